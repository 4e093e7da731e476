/** The hourly synthetic sale as a unit: what it says when a step of its way is broken. */
import { describe, expect, it } from 'vitest';
import type { CanaryPorts } from '../../../functions/adapters/canary-ports.ts';
import { createHandler } from '../../../functions/canary/handler.ts';
import { CANARY_SOURCE, saleIdOf } from '../../../functions/core/ids.ts';
import { Entry } from '../../../functions/core/journal.ts';
import { standard } from '../../../functions/shops/standard.ts';
import { context } from '../../fixtures/invocations.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, record, told } from '../../fixtures/sales.ts';

const SECRET = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const ORDER = `c${Date.parse(at(3, '08:35'))}`;
const SALE = saleIdOf(CANARY_SOURCE, ORDER);
const NOW = at(3, '09:35');

const check = (type: 'sent' | 'arrived') =>
  Entry.parse({
    type,
    at: at(3, '08:42'),
    message: 'check-in',
    attempt: 1,
    ...(type === 'sent' ? { messageId: 'ses-1', to: 'customer' } : {}),
  });

type Broken = 'webhook' | 'sale' | 'check-in' | 'arrival' | 'form' | 'answer' | 'end' | 'network';

/** The world of a synthetic sale that began an hour ago, whole but for one part. */
const worldWithout = async (broken?: Broken) => {
  const world = memoryWorld();
  const posted: { url: string; headers: Record<string, string>; body: string }[] = [];
  let run: { orderId: string; at: string } | undefined = { orderId: ORDER, at: at(3, '08:35') };
  if (broken !== 'sale') {
    await world.sales.open(record({ id: SALE, source: CANARY_SOURCE, orderId: ORDER }));
    await world.sales.append(SALE, told.ordered());
    await world.sales.append(SALE, told.started());
    if (broken !== 'check-in') await world.sales.append(SALE, check('sent'));
    if (broken !== 'arrival') await world.sales.append(SALE, check('arrived'));
  }
  const answer = async () => {
    if (broken === 'answer') return;
    await world.sales.append(SALE, told.replied(NOW, 4));
    if (broken !== 'end') await world.sales.append(SALE, Entry.parse({ type: 'ended', at: NOW, round: 1 }));
  };
  const ports: CanaryPorts = {
    ...world.ports,
    secrets: { of: async () => [SECRET] },
    log: {
      last: async () => run,
      note: async (next) => {
        run = next;
      },
    },
    outside: {
      get: async () => ({ status: broken === 'form' ? 404 : 200, text: '<input name="rating">' }),
      post: async (url, headers, body) => {
        if (broken === 'network') throw new TypeError('fetch failed');
        posted.push({ url, headers, body });
        if (url.includes('/r/')) await answer();
        return { status: broken === 'webhook' && url.includes('/webhooks/') ? 503 : 200, text: '' };
      },
    },
    pause: async () => undefined,
  };
  const types = () =>
    posted.flatMap(({ url, body }) => (url.includes('/webhooks/') ? [JSON.parse(body).type] : []));
  return { ports, posted, types, run: () => run, forget: () => (run = undefined) };
};

const fly = (ports: CanaryPorts, time = NOW) => createHandler(ports)({ time }, context);

describe('a synthetic sale', () => {
  it('goes its way as a customer would, and the next begins', async () => {
    const world = await worldWithout();

    const flown = await fly(world.ports);

    expect(flown).toEqual({ did: 'passed' });
    expect(world.types()).toEqual(['order.paid']);
    expect(world.run()).toEqual({ orderId: `c${Date.parse(NOW)}`, at: NOW });
  });

  it('signs its webhook as any shop must', async () => {
    const { ports, posted } = await worldWithout();

    await fly(ports);

    const webhook = posted.find(({ url }) => url.endsWith('/webhooks/canary'));
    const body = Buffer.from(webhook?.body ?? '');
    expect(
      standard.isSigned({ headers: webhook?.headers ?? {}, body, receivedAt: Date.parse(NOW) }, [SECRET]),
    ).toBe(true);
  });

  it('is the first: nothing is said about an hour that had none', async () => {
    const world = await worldWithout();
    world.forget();

    expect(await fly(world.ports)).toEqual({ did: 'first' });
  });

  it('has time for its mail to arrive', async () => {
    const world = await worldWithout('check-in');

    expect(await fly(world.ports, at(3, '08:45'))).toEqual({ did: 'under-way' });
    expect(world.posted).toEqual([]);
  });

  it.each<[Broken, string]>([
    ['sale', 'sale'],
    ['check-in', 'check-in'],
    ['arrival', 'arrival'],
    ['form', 'form'],
    ['answer', 'answer'],
    ['end', 'end'],
  ])('without its %s fails at the step "%s", is taken back, and the next begins', async (broken, why) => {
    const world = await worldWithout(broken);

    const flown = await fly(world.ports);

    expect(flown).toEqual({ did: 'failed', why });
    expect(world.types()).toEqual(['order.cancelled', 'order.paid']);
  });

  it.each<[Broken, string]>([
    ['webhook', 'webhook'],
    ['network', 'end'],
  ])('fails and does not throw when the %s is down', async (broken, why) => {
    const world = await worldWithout(broken);

    expect(await fly(world.ports)).toEqual({ did: 'failed', why });
  });
});
