import { randomUUID } from 'node:crypto';

const VERSION = /:function:[^:]+:(\d+)$/;

const httpMetadata = (payload: string, version: string, requestId: string, at: number) => {
  const headers = {
    Connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(payload)),
    'Content-Type': 'application/json',
    Date: new Date(at).toUTCString(),
    'X-Amz-Executed-Version': version,
    'x-amzn-Remapped-Content-Length': '0',
    'x-amzn-RequestId': requestId,
    'X-Amzn-Trace-Id': `root=1-${requestId};parent=0;sampled=0`,
  };
  return {
    AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    HttpHeaders: headers,
    HttpStatusCode: 200,
  };
};

/**
 * The result of `lambda:invoke` as JSON text. The answer's HTTP headers are given only with an instant: that of a
 * task which goes on to wait for its token shows in the history alone, where they would be dead weight.
 */
export const invokeResult = (payload: string, functionArn: string, at: number | undefined): string => {
  const version = VERSION.exec(functionArn)?.[1] ?? '$LATEST';
  const requestId = randomUUID();
  const metadata = JSON.stringify({
    ...(at === undefined ? {} : { SdkHttpMetadata: httpMetadata(payload, version, requestId, at) }),
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  });
  // The payload is JSON text already: it goes in as it is.
  return `{"ExecutedVersion":"${version}","Payload":${payload},${metadata.slice(1)}`;
};
