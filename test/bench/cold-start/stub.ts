/** Stands for AWS: answers every call at once with the least that the clients take. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

const LINK = {
  digest: { S: 'x' },
  saleId: { S: 'standard/1001' },
  audience: { S: 'customer' },
  promise: { S: 'call-1' },
  staff: { S: 'ana' },
  member: { S: 'ana' },
  expiresAt: { S: '2099-01-01T00:00:00.000Z' },
};

const Asked = z.object({ TableName: z.string().optional() });
const Sent = z.object({ MessageBody: z.string() });

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** By the last word of `x-amz-target`, as in `DynamoDB_20120810.GetItem`. */
const answerTo = (target: string, body: string, audience: string): unknown => {
  switch (target.split('.').at(-1)) {
    case 'GetItem':
      return Asked.parse(JSON.parse(body)).TableName === 'links'
        ? { Item: { ...LINK, audience: { S: audience } } }
        : {};
    case 'Query':
      return { Items: [], Count: 0 };
    case 'GetSecretValue':
      return { SecretString: JSON.stringify({ shopify: ['local-secret'], standard: ['local-secret'] }) };
    case 'SendMessage':
      return { MessageId: 'm1', MD5OfMessageBody: md5(Sent.parse(JSON.parse(body)).MessageBody) };
    default:
      return {};
  }
};

export type Stub = {
  readonly url: string;
  /** Begins to count: `whenThird` hears of the third call, when the second has been answered and its answer read. */
  watch(audience: string, whenThird: () => void): { calls(): number };
  close(): void;
};

export const openStub = async (): Promise<Stub> => {
  let heard: (() => void) | undefined;
  let of = 'customer';
  const server = createServer(async (request, response) => {
    heard?.();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const target = String(request.headers['x-amz-target'] ?? '');
    const body = Buffer.concat(parts).toString();
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify(answerTo(target, body, of)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stub of AWS has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    watch: (audience, whenThird) => {
      let calls = 0;
      of = audience;
      heard = () => {
        calls += 1;
        if (calls === 3) whenThird();
      };
      return { calls: () => calls };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
