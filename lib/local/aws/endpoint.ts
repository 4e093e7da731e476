/**
 * One HTTP endpoint for every AWS service that the runtime plays, so that stock SDKs and the AWS CLI work against it.
 * It listens on 127.0.0.1 only. A request must look signed, which no web page can make a browser do without our
 * consent; the signature itself is not checked.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ConnectionLost } from './aws-error.ts';
import type { AwsRequest, AwsServices, HttpAnswer } from './exchange.ts';
import { answerJson } from './json-protocol.ts';
import { answerLambda } from './lambda-protocol.ts';
import { answerQuery } from './query-protocol.ts';
import { answerS3 } from './s3-protocol.ts';
import { answerSesV2 } from './ses-account.ts';

export type AwsEndpoint = {
  /** Resolves to the port in use; 0 asks for a free one. */
  listen(port: number): Promise<number>;
  close(): Promise<void>;
  /** `http://127.0.0.1:<port>`; throws before it listens. */
  readonly url: string;
};

/** SendRawEmail takes 10 MB, half as much again once it is base64 and URL-encoded. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The scope of a signature names the service; requests of these tell it by nothing else. */
const SIGNED_FOR_S3 = /Credential=[^,]*\/s3\/aws4_request/;
const SIGNED_FOR_LAMBDA = /Credential=[^,]*\/lambda\/aws4_request/;

/** Longer than SDK agents keep an idle connection, so that it is never closed under a request. */
const KEEP_ALIVE_MS = 75_000;

export const createAwsEndpoint = ({ services }: { services: AwsServices }): AwsEndpoint => {
  const server = createServer((request, response) => {
    void handle(services, request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  let url: string | undefined;

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          const address = server.address();
          if (address === null || typeof address === 'string') return reject(new Error('No TCP address'));
          url = `http://127.0.0.1:${address.port}`;
          resolve(address.port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    get url() {
      if (url === undefined) throw new Error('The AWS endpoint is not listening yet');
      return url;
    },
  };
};

const handle = async (services: AwsServices, request: IncomingMessage, response: ServerResponse) => {
  try {
    const { status, headers, body } = await answer(services, request);
    // The answer to HEAD tells the length of what it does not bring.
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
  } catch (error) {
    if (!(error instanceof ConnectionLost)) console.error(error);
    request.socket.destroy();
  }
};

const answer = async (services: AwsServices, request: IncomingMessage): Promise<HttpAnswer> => {
  const requestId = randomUUID();
  const { headers } = request;
  const body = await readBody(request);
  if (body === undefined) return refusal(413, 'RequestEntityTooLarge', requestId);
  if (!headers.authorization?.startsWith('AWS4-')) {
    return refusal(403, 'MissingAuthenticationToken', requestId);
  }
  const { method = 'GET', url = '/' } = request;
  const aws: AwsRequest = { method, url, headers, body, requestId };
  if (SIGNED_FOR_S3.test(headers.authorization)) return answerS3(services.s3, aws);
  if (SIGNED_FOR_LAMBDA.test(headers.authorization)) return answerLambda(services.lambda, aws);
  if (url.startsWith('/v2/email/')) return answerSesV2(services.ses, aws);
  if (headers['x-amz-target'] !== undefined) return answerJson(services, aws);
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return answerQuery(services, aws);
  }
  return refusal(400, 'UnknownOperationException', requestId);
};

/** Undefined when it is too large; the rest of it is then read and dropped, so that the answer gets through. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
};

const refusal = (status: number, name: string, requestId: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId },
  body: JSON.stringify({
    __type: name,
    message:
      'The one-machine AWS endpoint takes signed requests in the AWS JSON and Query protocols and those of S3.',
  }),
});
