/** The HTTP port: reads requests whole, hands them on, writes the answers. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { jsonAnswer, type LocalAnswer, type LocalRequest } from './exchange.ts';

export type HttpServer = {
  /** Resolves to the port in use; 0 asks for a free one. Rejects when the port cannot be had. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no new requests and resolves when those under way are answered. */
  close(): Promise<void>;
};

type Options = {
  answer(request: LocalRequest): Promise<LocalAnswer>;
  /** Bytes of body that a path takes. */
  limitOf(path: string): number;
  log(line: string): void;
};

/** Longer than load balancers and SDK agents keep an idle connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 75_000;

const TOO_LARGE = jsonAnswer(413, { message: 'Request Entity Too Large' });
const FAILED = jsonAnswer(500, { message: 'Internal Server Error' });

/** undefined when it is too large; the rest is then read and dropped, so that the answer gets through. */
const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
};

const splitUrl = (url: string) => {
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
};

const readRequest = async (incoming: IncomingMessage, limitOf: (path: string) => number) => {
  const { path, query } = splitUrl(incoming.url ?? '/');
  const body = await readBody(incoming, limitOf(path));
  if (body === undefined) return undefined;
  return {
    method: incoming.method ?? 'GET',
    path,
    query,
    headers: incoming.headers,
    headersDistinct: incoming.headersDistinct,
    body,
    sourceIp: (incoming.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    protocol: `HTTP/${incoming.httpVersion}`,
  };
};

export const createHttpServer = ({ answer, limitOf, log }: Options): HttpServer => {
  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    let result: LocalAnswer;
    try {
      const request = await readRequest(incoming, limitOf);
      result = request === undefined ? TOO_LARGE : await answer(request);
    } catch (error) {
      if (incoming.socket.destroyed) return;
      log(
        `${incoming.method} ${incoming.url} failed: ${error instanceof Error ? error.stack : String(error)}`,
      );
      result = FAILED;
    }
    for (const [name, value] of Object.entries(result.headers)) response.setHeader(name, value);
    response.setHeader('content-length', Buffer.byteLength(result.body));
    response.writeHead(result.status).end(result.body);
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      log(`${incoming.method} ${incoming.url} could not be answered: ${String(error)}`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          const address = server.address();
          if (address === null || typeof address === 'string') reject(new Error('No TCP address'));
          else resolve(address.port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
};
