/** A request to an AWS service and its answer, whichever way they travel. */
import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came. */
export type AwsCall = {
  method: string;
  /** With its query. */
  url: string;
  headers: IncomingHttpHeaders;
  /** Text or bytes as the caller had it; undefined when it was too large to be kept. */
  body: Buffer | string | undefined;
};

export type HttpAnswer = { status: number; headers: Record<string, string>; body: string | Buffer };

export type Answer = (call: AwsCall) => Promise<HttpAnswer>;
