/** A server in the place of the local HTTP API that keeps what is posted to it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Posted = { path: string; headers: Record<string, string>; body: Buffer };

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  address !== null && typeof address === 'object';

export const stubWebhooks = async (answer: { status: number; body: string } = { status: 200, body: '' }) => {
  const posted: Posted[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    posted.push({ path: request.url ?? '', headers, body: Buffer.concat(chunks) });
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (!isAddress(address)) throw new Error('The stub listens on no port');
  return { url: `http://127.0.0.1:${address.port}`, posted };
};
