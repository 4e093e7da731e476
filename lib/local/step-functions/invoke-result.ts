import { randomUUID } from 'node:crypto';
import { parseJson } from './json.ts';

const VERSION = /:function:[^:]+:(\d+)$/;

/**
 * The result of `lambda:invoke` as JSON text. The answer's HTTP headers are given only with an instant: that of a
 * task which goes on to wait for its token shows in the history alone, where they would be dead weight.
 */
export const invokeResult = (payload: string, functionArn: string, at: number | undefined): string => {
  const version = VERSION.exec(functionArn)?.[1] ?? '$LATEST';
  const requestId = randomUUID();
  const headers = {
    Connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(payload)),
    'Content-Type': 'application/json',
    Date: new Date(at ?? 0).toUTCString(),
    'X-Amz-Executed-Version': version,
    'x-amzn-Remapped-Content-Length': '0',
    'x-amzn-RequestId': requestId,
    'X-Amzn-Trace-Id': `root=1-${requestId};parent=0;sampled=0`,
  };
  const http = {
    AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    HttpHeaders: headers,
    HttpStatusCode: 200,
  };
  return JSON.stringify({
    ExecutedVersion: version,
    Payload: parseJson(payload),
    ...(at === undefined ? {} : { SdkHttpMetadata: http }),
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  });
};
