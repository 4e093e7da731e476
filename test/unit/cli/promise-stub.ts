/** Something that answers POST /promises as told, and keeps what it was asked; its clock stands where `now` says. */
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { standard } from '../../../functions/shops/standard.ts';

type Reply = [status: number, body: unknown];
type Asked = { id: string; isSigned: boolean; body: unknown };

const NOW = '2031-03-03T08:00:00.000Z';
/** The sample secret of this machine. */
const SECRET = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';

export const promiseStub = async (replies: Reply[], secret = SECRET) => {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.url === '/_local/health') {
        response.end(JSON.stringify({ ready: true, now: NOW }));
        return;
      }
      const body = Buffer.concat(parts);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const isSigned = standard.isSigned({ headers, body, receivedAt: Date.parse(NOW) }, [secret]);
      asked.push({ id: headers['webhook-id'] ?? '', isSigned, body: JSON.parse(body.toString('utf8')) });
      const [status, answer] = replies.shift() ?? [500, {}];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stub listens on no port');
  return { url: `http://127.0.0.1:${address.port}`, asked };
};

export const problem = (status: number, detail: string, errors?: object[]): Reply => [
  status,
  { type: 'urn:problem-type:aftercare:x', title: 'Refused', status, detail, ...(errors ? { errors } : {}) },
];
