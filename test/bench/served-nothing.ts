/** A server that reads what it is sent and says 200: the least that any server can do. */
import { createServer } from 'node:http';
import * as z from 'zod';

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"received":true}');
  });
});

const tell = (message: Record<string, unknown>) => process.send?.(message);

server.listen(0, '127.0.0.1', () => {
  const { port } = z.object({ port: z.number() }).parse(server.address());
  tell({ url: `http://127.0.0.1:${port}` });
});
process.on('message', (question) => {
  if (question === 'stop') process.exit(0);
  const { user, system } = process.cpuUsage();
  tell({ cpuMs: (user + system) / 1000, residentMb: process.memoryUsage().rss / 1_048_576 });
});
process.on('disconnect', () => process.exit(0));
