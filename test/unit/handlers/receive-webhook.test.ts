import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { IntakeMessage } from '../../../functions/core/intake.ts';
import { createHandler } from '../../../functions/receive-webhook/handler.ts';
import {
  type ShopRequest,
  shopifyRequest,
  standardRequest,
  stripeRequest,
} from '../../../lib/local/sample-orders/shop-requests.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { httpRequest } from '../../fixtures/invocations.ts';
import { standardEvent, standardOrder, stripeCheckout } from '../../fixtures/orders.ts';
import { at } from '../../fixtures/sales.ts';
import { wooPing } from '../../fixtures/woo-ping.ts';
import { run } from './sale-on-file.ts';

const NOW = at(2, '09:15:06.000');
const SECRET = 'whsec_dGVzdC1zZWNyZXQ=';

let queued: string[];
let isQueueDown: boolean;

const handler = createHandler({
  settings: { config: configuration() },
  secrets: { of: async (source) => (source === 'roastery' ? [] : [SECRET, 'older-secret']) },
  queue: {
    send: async (body) => {
      if (isQueueDown) throw new Error('the queue is down');
      queued.push(body);
    },
  },
});

beforeEach(() => {
  queued = [];
  isQueueDown = false;
});

const receive = ({ path, headers, body }: ShopRequest, source = path.replace('/webhooks/', '')) =>
  run(handler, httpRequest({ method: 'POST', path, at: NOW, headers, body, parameters: { source } }));

const signed = (body: unknown = standardEvent('order.paid', standardOrder()), secret = SECRET) =>
  standardRequest({ source: 'shop', body, secret, at: Date.parse(NOW) });

const messages = () => queued.map((body) => IntakeMessage.parse(JSON.parse(body)));

describe('a webhook that its shop signed', () => {
  it('is queued byte for byte, with when it came and what it is called', async () => {
    const request = signed();

    const answer = await receive(request);

    expect(answer.statusCode).toBe(200);
    expect(messages()).toEqual([
      {
        v: 1,
        source: 'shop',
        deliveryId: request.headers['webhook-id'],
        receivedAt: NOW,
        body: request.body,
        encoding: 'text',
      },
    ]);
  });

  it('is accepted with an older secret while one is rotated', async () => {
    const request = stripeRequest({
      source: 'till',
      body: stripeCheckout(),
      secret: 'older-secret',
      at: Date.parse(NOW),
    });

    expect(await receive(request)).toMatchObject({ statusCode: 200 });
    expect(queued).toHaveLength(1);
  });

  it('is compressed when a queue message could not hold it', async () => {
    const body = JSON.stringify({ text: 'wide '.repeat(60_000) });

    await receive(signed(body));

    const [message] = messages();
    expect(message?.encoding).toBe('gzip');
    expect(queued[0]?.length).toBeLessThan(200_000);
    expect(gunzipSync(Buffer.from(message?.body ?? '', 'base64')).toString()).toBe(body);
  });

  it('is answered only once it is durable: a queue that is down makes the shop try again', async () => {
    isQueueDown = true;

    await expect(receive(signed())).rejects.toThrow('the queue is down');
  });
});

describe('a request that is turned away', () => {
  it.each<[number, string, () => ReturnType<typeof receive>]>([
    [404, 'to an unknown source', () => receive(signed(), 'nowhere')],
    [404, 'to a source named like a part of every object', () => receive(signed(), 'constructor')],
    [413, 'larger than 1 MB', () => receive(signed(`"${'x'.repeat(1_048_576)}"`))],
    [401, 'signed with another secret', () => receive(signed(undefined, 'whsec_b3RoZXI='))],
    [401, 'changed after it was signed', () => receive({ ...signed(), body: '{}' })],
    [401, 'without a signature', () => receive({ ...signed(), headers: {} })],
    [401, 'of another source', () => receive(signed(), 'web')],
    [
      401,
      'signed an hour ago',
      () =>
        receive(
          standardRequest({ source: 'shop', body: {}, secret: SECRET, at: Date.parse(NOW) - 3_600_000 }),
        ),
    ],
    [
      401,
      'of a source without secrets',
      () => receive(shopifyRequest({ source: 'roastery', topic: 'orders/paid', body: {}, secret: '' })),
    ],
    [400, 'that is no JSON', () => receive(signed('order=1'))],
  ])('gets %i %s, and nothing is queued', async (status, _, send) => {
    const answer = await send();

    expect(answer.statusCode).toBe(status);
    expect(queued).toEqual([]);
  });

  it('gets no detail that would help to forge one', async () => {
    const wrong = await receive(signed(undefined, 'whsec_b3RoZXI='));
    const none = await receive({ ...signed(), headers: {} });

    expect(wrong.body).toBe(none.body);
  });
});

describe('a ping', () => {
  it('is answered and does nothing', async () => {
    expect(await receive(wooPing({ source: 'roastery' }))).toMatchObject({ statusCode: 200 });
    expect(queued).toEqual([]);
  });
});
