import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/ask-customer/handler.ts';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { UNKNOWN } from '../../../functions/core/person/standing.ts';
import { indexSale } from '../../../functions/steps/index-sale.ts';
import { findSale } from '../../../functions/steps/load.ts';
import { shareAnswer } from '../../../functions/steps/share-answer.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, begun, customer, order, record, SALE, told } from '../../fixtures/sales.ts';
import { run } from './sale-on-file.ts';

let world: MemoryWorld;
beforeEach(() => {
  world = memoryWorld();
});

const FRIDAY = at(13, '09:01');
const OTHER = saleIdOf('shop', 'C-9');
const lamp = order({
  number: '#209',
  lines: [{ lineId: 'lamp', title: 'Brass lamp', quantity: 1 }],
});

/** A sale of the same person, found as the desk finds it. */
const put = async (
  id: SaleId,
  since: Entry[] = [],
  more: { order?: typeof lamp; record?: Partial<ReturnType<typeof record>> } = {},
) => {
  await world.sales.open(record({ id, ...more.record }));
  await world.sales.saveCustomer(id, customer, at(2), at(2));
  const first = more.order === undefined ? [] : [told.ordered(at(2, '09:02'), { order: more.order })];
  const [, ...rest] = begun(...since);
  for (const entry of first.length === 0 ? begun(...since) : [...first, ...rest])
    await world.sales.append(id, entry);
  const found = await findSale(world.ports, id);
  if (found !== undefined) await indexSale(world.ports, found.sale);
};

const ask = (more: { id?: SaleId; position?: 'ask' | 'again'; now?: string; retry?: number } = {}) => {
  const { id = SALE, position = 'ask', now = FRIDAY, retry = 0 } = more;
  const task = followUpTask(now, { retry });
  return run(createHandler(world.ports), {
    ...task,
    token: `${task.token}-${id}`,
    plan: { ...task.plan, saleId: id },
    position,
  });
};

const entriesOf = (type: Entry['type'], id = SALE) =>
  world.sales.entries(id).filter((entry) => entry.type === type);
const person = () => world.ids.digest(customer.email ?? '');
const touched = async (message: string, when: string, saleId = OTHER) => {
  const seen = await world.people.of(person());
  await world.people.touch(person(), { at: told.ended(when).at, message, saleId }, seen);
};
const lastPlan = () => {
  const last = world.workflows.told.at(-1);
  return last?.kind === 'failure' ? last.cause : undefined;
};

describe('a person who was asked lately', () => {
  const other = () => put(OTHER, [told.claimed('check-in', at(10)), told.sent('check-in', at(10))]);

  it('is asked later; the journal says why, and the plan waits until then', async () => {
    await put(SALE);
    await other();
    await touched('check-in', at(10));

    expect(await ask()).toEqual({ did: 'Rescheduled' });

    expect(world.mailer.tried).toEqual([]);
    expect(entriesOf('deferred')).toMatchObject([
      { message: 'check-in', until: at(17), why: { rule: 'days-between', inputs: { sale: OTHER } } },
    ]);
    expect(lastPlan()).toMatchObject({ seconds: { use: (4 * 24 - 9) * 3600 + 10 * 3600 - 60 } });
    expect(entriesOf('rescheduled')).toMatchObject([{ checkInAt: at(17) }]);
    expect(await ask({ now: at(17) })).toEqual({ did: 'sent' });
  });

  it('is reminded later without a second check-in: the plan waits out the reminder', async () => {
    await put(SALE, [told.claimed('check-in', at(9)), told.sent('check-in', at(9))]);
    await other();
    await touched('check-in', at(9), SALE);
    await touched('check-in', at(10));

    expect(await ask({ position: 'again' })).toEqual({ did: 'Rescheduled' });

    expect(entriesOf('deferred')).toMatchObject([{ message: 'reminder', until: at(17) }]);
    expect(entriesOf('rescheduled')).toEqual([]);
    expect(lastPlan()).toMatchObject({ seconds: { use: 1, answer: 349_140 } });
    expect(await ask({ position: 'ask', now: at(13, '09:02') })).toEqual({ did: 'sent' });
    expect(await ask({ position: 'again', now: at(17) })).toEqual({ did: 'sent' });
    expect(world.mails()).toEqual([`reminder to ${customer.email}`]);
  });

  it('is asked now when that mail never went out', async () => {
    await put(SALE);
    await put(OTHER, [told.claimed('check-in', at(10)), told.skipped('check-in', at(10))]);
    await touched('check-in', at(10));

    expect(await ask()).toEqual({ did: 'sent' });
  });

  it('is asked by one of two sales that come in the same instant, and by the other a week later', async () => {
    world = memoryWorld(configuration({ asking: { mergeDays: 0 } }));
    await put(SALE);
    await put(OTHER, [], { order: lamp });

    const did = await Promise.all([ask(), ask({ id: OTHER })]);

    expect(did.map((one) => one.did).sort()).toEqual(['Rescheduled', 'sent']);
    expect(world.mailer.taken).toHaveLength(1);
    const [late] = [...entriesOf('deferred'), ...entriesOf('deferred', OTHER)];
    expect(late).toMatchObject({ until: at(20, '09:01') });
  });

  it('is not held back by the turn that a crash before the send left behind', async () => {
    await put(SALE);
    world.failOnce('people.touch', 'after');
    await expect(ask()).rejects.toThrow('the network failed');

    expect(await ask({ retry: 1 })).toEqual({ did: 'sent' });
    expect((await world.people.of(person())).touches).toHaveLength(1);
  });

  it('is not asked after a stop that came between the look and the turn', async () => {
    await put(SALE);
    world.onceAfter(
      'people.of',
      () =>
        void world.people.suppress(person(), ['check-in', 'review'], {
          since: at(13),
          because: 'asked',
          method: 'page',
        }),
    );

    expect(await ask()).toEqual({ did: 'SaleClosed' });
    expect(world.mailer.tried).toEqual([]);
  });
});

describe('two orders of one person', () => {
  it('are asked about in one mail, and each says so', async () => {
    await put(SALE);
    await put(OTHER, [], { order: lamp });

    await ask();

    expect(world.mailer.taken).toHaveLength(1);
    expect(Buffer.from(world.mailer.taken[0]?.raw ?? '').toString()).toMatch(/Brass\s+lamp/);
    expect(entriesOf('joins')).toMatchObject([{ sale: OTHER }]);
    expect(entriesOf('joined', OTHER)).toMatchObject([{ to: SALE }]);
    expect(await ask({ id: OTHER, now: at(16) })).toEqual({ did: 'asked together' });
    expect(await ask({ id: OTHER, position: 'again', now: at(20) })).toEqual({ did: 'asked together' });
    expect(world.mailer.taken).toHaveLength(1);
    expect(entriesOf('skipped', OTHER)).toMatchObject([
      { message: 'check-in', why: { rule: 'asked-together', inputs: { sale: SALE } } },
      { message: 'review-ask', why: { rule: 'asked-together' } },
      { message: 'reminder', why: { rule: 'asked-together' } },
    ]);
  });

  it.each<[string, Parameters<typeof put>[2], Entry[]]>([
    ['it was a present', { order: { ...lamp, isGift: true } }, []],
    ['its mails are in another language', { order: lamp, record: { locale: 'de' } }, []],
    [
      'it was asked about already',
      { order: lamp },
      [told.claimed('check-in', at(4)), told.sent('check-in', at(4))],
    ],
    ['it was refunded', { order: lamp }, [told.refunded(at(12))]],
    ['it was answered already', { order: lamp }, [told.replied(at(12), 5)]],
    ['it is weeks from its day', { order: lamp }, [told.delivered(at(30))]],
  ])('stay apart when of the other %s', async (_, more, since) => {
    await put(SALE);
    await put(OTHER, since, more);

    await ask();

    expect(entriesOf('joins')).toEqual([]);
    expect(entriesOf('joined', OTHER)).toEqual([]);
  });

  it.each(['joined', 'joins#'])(
    'are joined also after a crash right after "%s" was written',
    async (entry) => {
      await put(SALE);
      await put(OTHER, [], { order: lamp });
      world.failOnce(`sales.append ${entry}`, 'after');
      await expect(ask()).rejects.toThrow('the network failed');

      await ask({ retry: 1 });

      expect(Buffer.from(world.mailer.taken[0]?.raw ?? '').toString()).toMatch(/Brass\s+lamp/);
      expect(await ask({ id: OTHER, now: at(16) })).toEqual({ did: 'asked together' });
    },
  );

  it('are asked about one by one when the leading one came back before it asked', async () => {
    await put(SALE, [told.refunded(at(13))]);
    await put(OTHER, [{ type: 'joined', at: told.ended(at(13)).at, to: SALE }], { order: lamp });

    expect(await ask({ id: OTHER, now: at(16) })).toEqual({ did: 'sent' });
  });

  it('wait for the leading one while it may still ask, and for no longer than an hour at a time', async () => {
    await put(SALE);
    await put(OTHER, [{ type: 'joined', at: told.ended(at(13)).at, to: SALE }], { order: lamp });

    expect(await ask({ id: OTHER })).toEqual({ did: 'Rescheduled' });
    expect(entriesOf('deferred', OTHER)).toMatchObject([{ until: at(13, '10:01') }]);
  });

  it('that took each other along are asked about by one of them', async () => {
    await put(SALE, [{ type: 'joined', at: told.ended(at(13)).at, to: OTHER }]);
    await put(OTHER, [{ type: 'joined', at: told.ended(at(13)).at, to: SALE }], { order: lamp });

    expect(await ask()).toEqual({ did: 'sent' });
    expect(await ask({ id: OTHER })).toEqual({ did: 'asked together' });
  });

  it('share an answer, once, without its words', async () => {
    await put(SALE, [
      { type: 'joins', at: told.ended(at(13)).at, sale: OTHER },
      told.replied(at(14), 2, { words: 'It rattles.' }),
    ]);
    await put(OTHER, [{ type: 'joined', at: told.ended(at(13)).at, to: SALE }], { order: lamp });
    const leader = (await findSale(world.ports, SALE))?.sale;
    if (leader === undefined) throw new Error('There is no sale');

    await Promise.all([
      shareAnswer(world.ports, leader, told.ended(at(14)).at),
      shareAnswer(world.ports, leader, told.ended(at(14)).at),
    ]);

    expect(entriesOf('replied', OTHER)).toEqual([
      { type: 'replied', at: at(14), n: 1, reply: { rating: 2, call: false }, joined: SALE, evidence: {} },
    ]);
    expect(entriesOf('promised', OTHER)).toEqual([]);
  });
});

describe('a present', () => {
  it('is asked about in words about the buying, and its review is dropped with the reason', async () => {
    await put(SALE, [], { order: { ...lamp, isGift: true } });

    await ask();

    expect(Buffer.from(world.mailer.taken[0]?.raw ?? '').toString()).toMatch(/went to\s+somebody else/);
    expect(entriesOf('skipped')).toMatchObject([{ message: 'review-ask', why: { rule: 'gift' } }]);
  });
});

describe('a customer who is away', () => {
  const away = (when: string, returns: string): Entry => ({
    type: 'wrote',
    at: told.ended(when).at,
    mail: 'abcdef0123456789',
    as: 'away',
    returns: told.ended(returns).at,
  });

  it('is asked when they are back', async () => {
    await put(SALE, [away(at(12), at(18, '07:00'))]);

    expect(await ask()).toEqual({ did: 'Rescheduled' });
    const [moved] = entriesOf('rescheduled');
    expect(moved).toMatchObject({ because: '11 days after it was paid, and not while they are away' });
    expect(JSON.stringify(moved)).toMatch(/"checkInAt":"2026-11-18T0[89]/);
  });

  it('is reminded when they are back', async () => {
    await put(SALE, [
      told.claimed('check-in', at(9)),
      told.sent('check-in', at(9)),
      away(at(9), at(18, '10:00')),
    ]);

    expect(await ask({ position: 'again' })).toEqual({ did: 'Rescheduled' });
    expect(entriesOf('deferred')).toMatchObject([
      { message: 'reminder', until: at(18), why: { rule: 'away', inputs: { returns: at(18) } } },
    ]);
  });
});

describe('a question that comes too late', () => {
  it('is not asked any more; a person rings, because nobody was asked', async () => {
    await put(SALE);

    expect(await ask({ now: at(30, '10:00') })).toEqual({ did: 'CannotWrite' });

    expect(world.mailer.tried).toEqual([]);
    expect(entriesOf('skipped')).toMatchObject([{ message: 'check-in', why: { rule: 'too-late' } }]);
    expect((await world.people.of(person())).touches).toEqual(UNKNOWN.touches);
  });

  it('is still asked on its last day', async () => {
    await put(SALE);

    expect(await ask({ now: at(27, '09:00') })).toEqual({ did: 'sent' });
  });

  it('counts the hours a failing state was tried again', async () => {
    await put(SALE);

    expect(await ask({ now: at(27, '08:59'), retry: 0 })).toEqual({ did: 'sent' });
    world = memoryWorld();
    await put(SALE);
    expect(await ask({ now: at(27, '08:59'), retry: 6 })).toEqual({ did: 'CannotWrite' });
  });

  it('is left out when it is a reminder; the call comes in its own time', async () => {
    await put(SALE, [told.claimed('check-in', at(9)), told.sent('check-in', at(9))]);

    expect(await ask({ position: 'again', now: at(23, '10:00') })).toEqual({ did: 'skipped' });
  });
});

describe('every mail that goes out', () => {
  it('says in the journal why it might', async () => {
    await put(SALE);

    await ask();

    expect(entriesOf('claimed')).toMatchObject([
      {
        why: {
          rule: 'in-hours',
          inputs: { zone: 'Europe/Zurich', zoneFrom: 'shop', window: '09:30-16:30', signer: 'nora' },
        },
      },
    ]);
  });
});
