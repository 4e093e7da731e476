/** Serves given pages as the pages function does, headers included, and keeps what is posted. */
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export type Served = { status?: number; headers: Record<string, string>; body: string };

export type PageServer = {
  origin: string;
  /** Every POST so far, form fields decoded. */
  posted: { path: string; fields: Record<string, string> }[];
  close(): Promise<void>;
};

const NOT_HERE: Served = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not here' };

export const servePages = async (
  answer: (path: string, request: IncomingMessage, body: string) => Served | undefined,
): Promise<PageServer> => {
  const posted: PageServer['posted'] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const path = request.url ?? '/';
      if (request.method === 'POST')
        posted.push({ path, fields: Object.fromEntries(new URLSearchParams(body)) });
      const served = answer(path, request, body) ?? NOT_HERE;
      response.writeHead(served.status ?? 200, served.headers).end(served.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    posted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
