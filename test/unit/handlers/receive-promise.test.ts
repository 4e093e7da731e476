import { beforeEach, describe, expect, it } from 'vitest';
import { saleIdOf } from '../../../functions/core/ids.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { NOW, SECRET, sender } from './promise-sender.ts';
import { putSale } from './sale-on-file.ts';

let world: MemoryWorld;
let send: ReturnType<typeof sender>['send'];

const open = async (since: readonly Entry[] = []) => {
  world = memoryWorld();
  await putSale(world, since);
  ({ send } = sender(world));
};
beforeEach(() => open());

/** An id nobody has announced. */
const OTHER = saleIdOf('shop', 'C-1');
const order = { source: 'shop', id: 'B-204' };
const call = { type: 'promise.create', order, kind: 'call' };
const window = { from: at(12, '09:00'), to: at(12, '11:00') };
const visit = { type: 'promise.create', order, kind: 'visit', visit: window };
const entries = (type: Entry['type']) => world.sales.entries(SALE).filter((entry) => entry.type === type);
const startedPromises = () =>
  world.workflows.executions.filter(({ machine }) => machine === 'Promise').length;
const journal = () => world.sales.dump();

describe('a promise made by another system', () => {
  it('is owed by the owner of the sale at the time the policy gives, and its workflow starts', async () => {
    const heard = await send(call);

    expect(heard).toMatchObject({ status: 201, type: 'application/json' });
    expect(heard.body).toEqual({
      promise: 'call-1',
      order,
      status: 'open',
      dueAt: at(11, '09:00'),
      owner: 'nora',
    });
    expect(entries('promised')).toMatchObject([{ because: 'system', by: 'system', level: 0 }]);
    expect(entries('promised')[0]).not.toHaveProperty('clock');
    expect(startedPromises()).toBe(1);
    expect(world.lists.open()).toMatchObject([{ promise: 'call-1', owner: 'nora' }]);
  });

  it('is made with everything that is given, times in UTC, the order as one text', async () => {
    const heard = await send({
      ...call,
      order: 'shop/B-204',
      due: '2026-11-20T16:00:00+01:00',
      says: 'Nora rings about the saddle. ',
      owner: 'ines',
      severity: 'urgent',
    });

    expect(heard.body).toMatchObject({ dueAt: at(20, '15:00'), owner: 'ines' });
    expect(entries('promised')).toMatchObject([
      {
        level: 1,
        severity: 'urgent',
        clock: 'calendar',
        private: { words: 'Nora rings about the saddle.' },
      },
    ]);
  });

  it('within five days keeps time in working hours', async () => {
    await send({ ...call, due: at(15, '08:59') });
    await send({ ...call, due: at(15, '09:01') });

    expect(entries('promised').map((entry) => 'clock' in entry)).toEqual([false, true]);
  });

  it('as a visit is booked with whoever owes it', async () => {
    const heard = await send({ ...visit, visit: { ...window, place: 'Rebgasse 3', bring: 'a saddle' } });

    expect(heard.status).toBe(201);
    expect(heard.body).toMatchObject({
      promise: 'visit-1',
      status: 'open',
      dueAt: at(12, '11:15'),
      visit: { ...window, zone: 'Europe/Zurich', provider: 'nora' },
    });
    expect(entries('booked')).toMatchObject([
      { by: 'system', needsAcceptance: false, private: { place: 'Rebgasse 3', bring: 'a saddle' } },
    ]);
  });

  it('as a visit without a time begins with agreeing on one', async () => {
    const heard = await send({ type: 'promise.create', order, kind: 'visit' });

    expect(heard.body).toMatchObject({ promise: 'visit-1', dueAt: at(11, '09:00') });
    expect(heard.body).not.toHaveProperty('visit');
    expect(entries('booked')).toEqual([]);
  });

  it('to a customer who has been forgotten is refused, and none of its words are kept', async () => {
    await open([{ type: 'erased', at: at(9), eventId: 'redact-1' }]);
    const before = journal();

    const heard = await send({ ...visit, says: 'We ring Selma.', visit: { ...window, place: 'Rebgasse 3' } });

    expect(heard.status).toBe(409);
    expect(heard.body.type).toContain('customer-forgotten');
    expect(journal()).toEqual(before);
    expect(world.lists.open()).toEqual([]);
  });

  it('is found under another id of the order', async () => {
    await world.sales.alias(OTHER, SALE);

    expect(await send({ ...call, order: 'shop/C-1' })).toMatchObject({ status: 201, body: { order } });
  });

  it('that sends the same provider somewhere twice at once is refused, and nothing is made', async () => {
    await send(visit);
    const before = journal();

    const heard = await send({ ...visit, visit: { from: at(12, '10:30'), to: at(12, '12:00') } });

    expect(heard).toMatchObject({ status: 409, body: { type: 'urn:problem-type:aftercare:provider-busy' } });
    expect(journal()).toBe(before);
  });

  it('takes the next number when somebody else makes one at the same moment', async () => {
    world.onceAfter('sales.load', () => {
      void world.sales.append(SALE, told.promised(NOW, 'visit', { because: 'staff', by: 'lio' }));
    });

    const heard = await send(visit);

    expect(heard).toMatchObject({ status: 201, body: { promise: 'visit-2' } });
    const theirs = await world.ports.bookings.reserve('nora', window.from, window.to, `${SALE}#visit-1`);
    expect(theirs).toBe(false);
  });
});

describe('a promise that another system changes', () => {
  const one = (type: string, more: object) => ({ type, order, promise: 'call-1', ...more });

  it('is due at the new time, with a reason the customer reads', async () => {
    await send(call);

    const heard = await send(
      one('promise.reschedule', { due: at(16, '14:00'), reason: 'The part is late.' }),
    );

    expect(heard).toMatchObject({
      status: 200,
      body: { promise: 'call-1', dueAt: at(16, '14:00'), owner: 'nora' },
    });
    expect(entries('moved')).toMatchObject([{ by: 'system', private: { reason: 'The part is late.' } }]);
  });

  it('is owed by somebody else', async () => {
    await send(call);

    const heard = await send(one('promise.hand-over', { to: 'lio', note: 'You know them.' }));

    expect(heard).toMatchObject({ status: 200, body: { owner: 'lio', status: 'open' } });
    expect(world.lists.open()).toMatchObject([{ owner: 'lio' }]);
  });

  it('as a visit is made by whoever owes it now: both know of one time', async () => {
    await send(visit);

    const heard = await send({ type: 'promise.hand-over', order, promise: 'visit-1', to: 'lio' });

    expect(heard.body).toMatchObject({ owner: 'lio', visit: { ...window, provider: 'lio' } });
    expect(await world.ports.bookings.reserve('nora', window.from, window.to, 'else')).toBe(true);
  });

  it('is owed no more, and cannot be changed again', async () => {
    await send(call);

    const heard = await send(one('promise.cancel', { reason: 'They sold the bike.' }));
    const again = await send(one('promise.hand-over', { to: 'lio' }));

    expect(heard).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
    expect(entries('withdrawn')).toMatchObject([{ because: 'asked-by-system' }]);
    expect(world.lists.open()).toEqual([]);
    expect(again).toMatchObject({ status: 409, body: { type: 'urn:problem-type:aftercare:already-closed' } });
  });

  it('as a visit gets another time and keeps place and provider; the old time is free', async () => {
    await send({ ...visit, visit: { ...window, place: 'Rebgasse 3', provider: 'lio' } });
    const later = { from: at(13, '09:00'), to: at(13, '11:00') };

    const heard = await send({ type: 'promise.reschedule', order, promise: 'visit-1', visit: later });

    expect(heard).toMatchObject({ status: 200, body: { visit: { ...later, provider: 'lio' } } });
    expect(entries('booked')[1]).toMatchObject({ n: 2, private: { place: 'Rebgasse 3' } });
    expect(await world.ports.bookings.reserve('lio', window.from, window.to, 'else')).toBe(true);
    expect(await world.ports.bookings.reserve('lio', later.from, later.to, 'else')).toBe(false);
  });

  it('as a visit missed twice waits for somebody to answer for it by name, and another provider is proposed', async () => {
    await open([
      told.promised(at(3), 'visit', { because: 'booked' }),
      ...([1, 2] as const).flatMap((n): Entry[] => [
        {
          type: 'booked',
          at: at(2 + n),
          promise: 'visit-1',
          n,
          by: 'system',
          from: at(4 + n, '09:00'),
          to: at(4 + n, '11:00'),
          zone: 'Europe/Zurich',
          provider: 'nora',
          dueAt: at(4 + n, '11:15'),
          needsAcceptance: false,
        },
        { type: 'missed', at: at(4 + n, '11:15'), promise: 'visit-1', n, who: 'provider', by: 'clock' },
        told.escalated(at(4 + n, '11:15'), {
          promise: 'visit-1',
          strike: n,
          owner: n === 1 ? 'ines' : 'urs',
          level: n === 1 ? 1 : 2,
          because: 'missed',
          dueAt: at(20),
        }),
      ]),
    ]);

    const heard = await send({ type: 'promise.reschedule', order, promise: 'visit-1', visit: window });

    expect(heard.status).toBe(202);
    expect(heard.body).toMatchObject({ status: 'needs-acceptance', owner: 'urs' });
    expect(heard.body['visit']).not.toMatchObject({ provider: 'nora' });
  });
});

describe('a request that comes again', () => {
  it('is answered as before and does nothing, whatever happened since', async () => {
    const first = await send(call, { id: 'msg_a' });
    await send({ type: 'promise.hand-over', order, promise: 'call-1', to: 'lio' });
    await send({ type: 'promise.cancel', order, promise: 'call-1', reason: 'Sold.' });
    const before = journal();

    const again = await send(call, { id: 'msg_a', now: at(12) });

    expect(again).toEqual(first);
    expect(journal()).toBe(before);
  });

  it.each([
    { type: 'promise.reschedule', order, promise: 'call-1', due: at(16) },
    { type: 'promise.hand-over', order, promise: 'call-1', to: 'lio' },
    { type: 'promise.cancel', order, promise: 'call-1', reason: 'Sold.' },
  ])('is answered as before: $type', async (body) => {
    await send(call);
    const first = await send(body, { id: 'msg_a' });
    const before = journal();

    expect(await send(body, { id: 'msg_a', now: at(10, '15:00') })).toEqual(first);
    expect(journal()).toBe(before);
  });

  it('with another body is refused', async () => {
    await send(call, { id: 'msg_a' });
    const before = journal();

    const heard = await send({ ...call, kind: 'answer' }, { id: 'msg_a' });

    expect(heard).toMatchObject({ status: 409, body: { type: 'urn:problem-type:aftercare:other-body' } });
    expect(journal()).toBe(before);
  });

  it('is tried anew when it was refused before: the order may have come since', async () => {
    const body = { ...call, order: 'shop/C-1' };
    const early = await send(body, { id: 'msg_a' });
    await world.sales.alias(OTHER, SALE);

    const later = await send(body, { id: 'msg_a' });

    expect(early.status).toBe(404);
    expect(later).toMatchObject({ status: 201, body: { order } });
  });
});

describe('a request that is refused', () => {
  const unchanged = async (body: unknown, more: Parameters<typeof send>[1] = {}) => {
    const before = journal();
    const heard = await send(body, more);
    expect(journal()).toBe(before);
    return heard;
  };

  it.each<[string, unknown, NonNullable<Parameters<typeof send>[1]>]>([
    ['by another secret', call, { secret: 'whsec_b3RoZXI=' }],
    ['six minutes ago', call, { headers: { 'webhook-timestamp': String(Date.parse(NOW) / 1000 - 360) } }],
    ['for another id', call, { headers: { 'webhook-id': 'msg_other' } }],
    ['without an id', call, { headers: { 'webhook-id': '' } }],
    ['not at all', call, { headers: { 'webhook-signature': '' } }],
    ['and is no JSON', '{', { secret: 'whsec_b3RoZXI=' }],
  ])('signed %s: 401, the same words for all', async (_, body, more) => {
    const heard = await unchanged(body, more);

    expect(heard).toMatchObject({ status: 401, type: 'application/problem+json' });
    expect(heard.body.detail).toBe(
      'Expected webhook-id, webhook-timestamp within five minutes of now, and webhook-signature made with the secret of a source of kind standard.',
    );
  });

  it('is 413 over 64 kB, 415 as a form, 400 without JSON', async () => {
    const wide = await unchanged({ ...call, says: 'x'.repeat(65_536) });
    const form = await unchanged(call, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const text = await unchanged('a call, please');

    expect([wide.status, form.status, text.status]).toEqual([413, 415, 400]);
    expect(text.body.detail).toBe('Expected JSON: the body is not JSON.');
  });

  it.each<[object, string, string]>([
    [{ ...call, kind: 'letter' }, 'kind', 'expected call, visit, answer or resolve'],
    [{ ...call, due: 'tomorrow' }, 'due', 'expected a time such as "2026-11-27T15:00:00+01:00"'],
    [{ ...call, due: '2026-11-27T15:00:00' }, 'due', 'expected a time such as "2026-11-27T15:00:00+01:00"'],
    [{ ...call, colour: 'red' }, 'colour', 'there is no such field here'],
    [{ ...call, visit: window }, 'visit', 'expected only with kind "visit"'],
    [{ ...visit, due: at(12) }, 'due', 'expected no due time beside `visit`: its window says when'],
    [
      { ...visit, visit: { from: at(12) } },
      'visit.to',
      'expected a time such as "2026-11-27T15:00:00+01:00"',
    ],
    [{ ...visit, visit: { ...window, who: 'me' } }, 'visit.who', 'there is no such field here'],
    [
      { ...call, order: 'B-204' },
      'order',
      'expected {"source": "standard", "id": "1001"} or "standard/1001"',
    ],
    [{ ...call, says: '  ' }, 'says', 'expected text, or leave it out'],
    [{ ...call, severity: 'high!' }, 'severity', 'expected normal, high or urgent'],
    [
      { type: 'promise.make', order },
      'type',
      'expected promise.create, promise.reschedule, promise.hand-over, promise.cancel or staff.left',
    ],
    [{ type: 'promise.reschedule', order, promise: 'call-1' }, 'due', 'expected either `due` or `visit`'],
    [
      { type: 'promise.reschedule', order, promise: 'call-1', due: at(12), visit: window },
      'due',
      'expected either `due` or `visit`',
    ],
    [
      { type: 'promise.reschedule', order, promise: 'visit-1', visit: window, reason: 'Rain.' },
      'reason',
      'expected only with `due`: a new visit is confirmed as it stands',
    ],
    [
      { type: 'promise.hand-over', order, promise: 'the call', to: 'lio' },
      'promise',
      'expected the id of a promise, as "call-1"',
    ],
  ])('is 400 with the place and what is expected there: %#', async (body, path, detail) => {
    const heard = await unchanged(body);

    expect(heard).toMatchObject({
      status: 400,
      type: 'application/problem+json',
      body: { type: 'urn:problem-type:aftercare:not-understood', errors: [{ path, detail }] },
    });
  });

  it('names every mistake and never what stood there', async () => {
    const heard = await unchanged({
      type: 'promise.create',
      order: 'Selma Aydin',
      kind: 'Rebgasse 3',
      owner: 'Selma!',
      'selma@example.org is angry': 1,
    });

    expect(heard.body.errors?.map(({ path }) => path)).toEqual(['order', 'kind', 'owner', '(a field)']);
    expect(JSON.stringify(heard)).not.toMatch(/selma|rebgasse/i);
  });

  it.each<[number, string, object]>([
    [404, 'order-unknown', { ...call, order: 'shop/Z-9' }],
    [404, 'order-unknown', { ...call, order: 'nowhere/B-204' }],
    [404, 'promise-unknown', { type: 'promise.cancel', order, promise: 'call-7', reason: 'Sold.' }],
    [404, 'owner-unknown', { ...call, owner: 'zoe' }],
    [404, 'staff-unknown', { ...visit, visit: { ...window, provider: 'zoe' } }],
    [404, 'staff-unknown', { type: 'staff.left', staff: 'zoe', to: 'lio' }],
    [404, 'staff-unknown', { type: 'staff.left', staff: 'nora', to: 'zoe' }],
    [422, 'to-unknown', { type: 'staff.left', staff: 'nora', to: 'nora' }],
    [422, 'time-past', { ...call, due: at(10, '08:59') }],
    [422, 'time-past', { ...call, due: NOW }],
    [422, 'time-too-far', { ...call, due: '2028-01-01T10:00:00Z' }],
    [422, 'time-order', { ...visit, visit: { from: window.to, to: window.from } }],
    [422, 'window-too-long', { ...visit, visit: { from: at(12, '06:00'), to: at(12, '19:00') } }],
  ])('is %i %s', async (status, code, body) => {
    const heard = await unchanged(body);

    expect(heard).toMatchObject({ status, body: { type: `urn:problem-type:aftercare:${code}`, status } });
    expect(world.lists.open()).toEqual([]);
  });

  it('is 422 for somebody who is away, 404 for an order of which only other events came', async () => {
    const { config } = world.ports.settings;
    for (const member of config.staff) if (member.id === 'lio') member.isActive = false;
    await world.sales.append(OTHER, told.delivered(at(5)));

    expect(await unchanged({ ...call, owner: 'lio' })).toMatchObject({
      status: 422,
      body: { type: 'urn:problem-type:aftercare:owner-absent' },
    });
    expect(await unchanged({ ...call, order: 'shop/C-1' })).toMatchObject({ status: 404 });
  });
});

describe('two systems', () => {
  it('may number their requests alike: each is known by the secret it signs with', async () => {
    const config = configuration({
      sources: { shop: { kind: 'standard' }, crm: { kind: 'standard' }, till: { kind: 'stripe' } },
    });
    world = memoryWorld(config);
    await putSale(world);
    ({ send } = sender(world, {
      shop: [SECRET],
      crm: ['whsec_bmV3', 'whsec_b2xk'],
      till: ['whsec_dGlsbA=='],
    }));

    const shop = await send(call, { id: 'msg_1' });
    const crm = await send(call, { id: 'msg_1', secret: 'whsec_b2xk' });
    const till = await send(call, { id: 'msg_1', secret: 'whsec_dGlsbA==' });

    expect([shop.status, crm.status, till.status]).toEqual([201, 201, 401]);
    expect(crm.body.promise).toBe('call-2');
  });
});
