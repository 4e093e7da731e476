import { createServer } from 'node:http';
import { SESClient } from '@aws-sdk/client-ses';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMailer } from '../../../functions/adapters/mailer.ts';

const servers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of servers.splice(0)) await close();
});

/** Cuts every connection once the request is there, as a network does that fails at the worst moment. */
const cuttingServer = async () => {
  let requests = 0;
  const server = createServer((request) => {
    requests += 1;
    request.resume().on('end', () => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No TCP address');
  return { url: `http://127.0.0.1:${address.port}`, requests: () => requests };
};

describe('the mailer as it is deployed', () => {
  it('sends a request once, even when the connection breaks', async () => {
    const service = await cuttingServer();
    vi.stubEnv('AWS_ENDPOINT_URL_SES', service.url);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');

    const result = await createMailer('set').send({
      raw: 'x',
      from: 'a@b.example',
      to: 'c@d.example',
      tags: {},
    });

    expect(result.kind).toBe('unclear');
    expect(service.requests()).toBe(1);
  });

  it('would be tried again by the SDK’s own default', async () => {
    expect(await new SESClient({ region: 'eu-west-1' }).config.maxAttempts()).toBeGreaterThan(1);
  });
});
