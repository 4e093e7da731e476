/** A request and its answer as the parts behind the one HTTP port see them. */
import type { IncomingHttpHeaders } from 'node:http';

export type LocalRequest = {
  readonly method: string;
  /** As it came, percent-encoding included, without the query. */
  readonly path: string;
  /** As it came, without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Every value of each header, names in lower case. */
  readonly headersDistinct: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  /** `HTTP/1.1`. */
  readonly protocol: string;
};

export type LocalAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
};

export const jsonAnswer = (status: number, value: unknown): LocalAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});
