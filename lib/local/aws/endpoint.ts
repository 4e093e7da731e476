/**
 * One HTTP endpoint for every AWS service that the runtime plays, so that stock SDKs and the AWS CLI work against it.
 * It listens on 127.0.0.1 only. A request must look signed, which no web page can make a browser do without our
 * consent; the signature itself is not checked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerAws, MAX_BODY_BYTES } from './answer.ts';
import type { AwsCall, HttpAnswer } from './aws-call.ts';
import { ConnectionLost } from './aws-error.ts';
import { askAws } from './direct.ts';
import type { AwsServices } from './exchange.ts';
import type { Ask } from './question.ts';

export type AwsEndpoint = {
  /** Resolves to the port in use; 0 asks for a free one. */
  listen(port: number): Promise<number>;
  close(): Promise<void>;
  /** What a request over a socket would be answered; rejects with a `ConnectionLost` where that would break. */
  answer(call: AwsCall): Promise<HttpAnswer>;
  /** The same for a client in this process, which needs no request. */
  ask: Ask;
  /** How many calls there have been, whichever way they came. */
  calls(): number;
  /** `http://127.0.0.1:<port>`; throws before it listens. */
  readonly url: string;
};

/** Longer than SDK agents keep an idle connection, so that it is never closed under a request. */
const KEEP_ALIVE_MS = 75_000;

export const createAwsEndpoint = ({ services }: { services: AwsServices }): AwsEndpoint => {
  let calls = 0;
  const answer: AwsEndpoint['answer'] = (call) => {
    calls += 1;
    return answerAws(services, call);
  };
  const server = createServer((request, response) => {
    void handle(answer, request, response);
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
    answer,
    ask: (question) => {
      calls += 1;
      return askAws(services, question);
    },
    calls: () => calls,
    get url() {
      if (url === undefined) throw new Error('The AWS endpoint is not listening yet');
      return url;
    },
  };
};

const handle = async (answer: AwsEndpoint['answer'], request: IncomingMessage, response: ServerResponse) => {
  try {
    const { method = 'GET', url = '/' } = request;
    const call = { method, url, headers: request.headers, body: await readBody(request) };
    const { status, headers, body } = await answer(call);
    // The answer to HEAD tells the length of what it does not bring.
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
  } catch (error) {
    if (!(error instanceof ConnectionLost)) console.error(error);
    request.socket.destroy();
  }
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
