/** Laws of the review ask, in the deployed machines and handlers with a virtual clock: whatever happens, in any order. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { heldUntil } from '../../../functions/core/after/review-day.ts';
import { toEpochMs, toInstant } from '../../../functions/core/calendar.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { checkInTime } from '../../../functions/core/plan.ts';
import { openPromises, type Sale } from '../../../functions/core/sale.ts';
import type { OrderedEvent } from '../../../functions/core/shop-event.ts';
import { type MachineDefinitions, readMachines } from '../../../lib/simulation/machines.ts';
import { openWorld, type World } from '../../../lib/simulation/world.ts';
import { configuration, contentDir, publicUrl } from '../../fixtures/configuration.ts';
import { at, customer, order } from '../../fixtures/sales.ts';

const config = configuration();
const DAY = 86_400_000;
const MINUTE = 60_000;

let machines: MachineDefinitions;
beforeAll(() => {
  machines = readMachines();
}, 60_000);

const event: OrderedEvent = {
  type: 'ordered',
  source: 'shop',
  orderId: 'B-204',
  eventId: 'ordered-1',
  occurredAt: at(2, '09:02'),
  order: order(),
  customer,
  aliases: [],
};

const begin = async (): Promise<World> => {
  const world = await openWorld({
    settings: { config, contentDir, publicUrl },
    machines,
    start: at(2, '09:02'),
    source: 'shop',
    orderId: 'B-204',
  });
  await world.announce([event]);
  return world;
};

const saleIn = async (world: World): Promise<Sale> => {
  const sale = await world.sale();
  if (sale === undefined) throw new Error('the sale has gone');
  return sale;
};

const ACTS = ['happy', 'average', 'unhappy', 'call', 'proposed', 'kept', 'not-yet'] as const;
const ENDS = ['stopped', 'refunded', 'erased', 'reviewed'] as const;
type Act = (typeof ACTS)[number] | (typeof ENDS)[number];

const REPLIES = {
  happy: { rating: 5, call: false },
  average: { rating: 3, call: false },
  unhappy: { rating: 1, call: false },
  call: { rating: 4, call: true },
} as const;

/** What the act writes into this sale; nothing where it makes no sense. */
const entryOf = (act: Act, sale: Sale, now: string): Entry | undefined => {
  const base = { at: toInstant(toEpochMs(now)) };
  const inShop = { ...base, eventId: `${act}-${now}`, occurredAt: base.at };
  const promise = openPromises(sale)[0];
  switch (act) {
    case 'happy':
    case 'average':
    case 'unhappy':
    case 'call':
      return { type: 'replied', ...base, n: sale.nextReply, reply: REPLIES[act], evidence: {} };
    case 'proposed':
      if (promise === undefined || promise.status === 'proposed') return undefined;
      return {
        type: 'proposed',
        ...base,
        promise: promise.id,
        n: sale.journal.filter(({ type }) => type === 'proposed').length + 1,
        by: promise.owner,
        private: { what: 'Done.' },
      };
    case 'kept':
    case 'not-yet': {
      if (promise === undefined || (act === 'not-yet' && promise.status !== 'proposed')) return undefined;
      const n = sale.journal.filter(({ type }) => type === 'judged').length + 1;
      return { type: 'judged', ...base, promise: promise.id, n, isKept: act === 'kept' };
    }
    case 'stopped':
      return { type: 'stopped', ...base, method: 'page' };
    case 'refunded':
      return { type: 'refunded', ...inShop, isFull: true, lines: [] };
    case 'erased':
      return { type: 'erased', ...base, eventId: 'erased-1' };
    case 'reviewed':
      return { type: 'reviewed', ...inShop };
  }
};

const steps = fc.array(
  fc.record({
    after: fc.integer({ min: 1, max: 25 * 24 }),
    act: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...ACTS) },
      { weight: 1, arbitrary: fc.constantFrom(...ENDS) },
    ),
  }),
  { maxLength: 6 },
);

const isEnd = ({ type }: Entry): boolean =>
  type === 'stopped' || type === 'refunded' || type === 'erased' || type === 'reviewed';

describe('a review', () => {
  it('is asked for once, of everybody, in time, and never after the end', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const world = await begin();
        try {
          for (const { after, act } of plan) {
            await world.advanceTo(toInstant(toEpochMs(world.now()) + after * 3_600_000));
            const entry = entryOf(act, await saleIn(world), world.now());
            if (entry !== undefined) await world.act(entry);
          }
          await world.advanceTo(toInstant(toEpochMs(world.now()) + 150 * DAY));

          const sale = await saleIn(world);
          const asked = sale.journal.filter((one) => one.type === 'sent' && one.message === 'review-ask');
          const end = sale.journal.find(isEnd);
          expect(asked.length).toBeLessThanOrEqual(1);
          if (end !== undefined) for (const one of asked) expect(one.at <= end.at).toBe(true);
          if (end === undefined) expect(asked).toHaveLength(1);
          const { due } = checkInTime(config, sale.record, sale.facts, at(2), sale.journal);
          const latest = heldUntil(config, sale, due, at(2));
          for (const one of asked)
            expect(toEpochMs(one.at)).toBeLessThanOrEqual(toEpochMs(latest ?? '') + MINUTE);
          expect(sale.isRoundOver).toBe(true);
        } finally {
          world.close();
        }
      }),
      { numRuns: 10 },
    );
  });

  it('waits for a promise nobody keeps no longer than the shop says, in the same words', async () => {
    const bodyOf = async (act: 'happy' | 'unhappy') => {
      const world = await begin();
      await world.advanceTo(at(14));
      const entry = entryOf(act, await saleIn(world), world.now());
      if (entry !== undefined) await world.act(entry);
      await world.advanceTo('2027-03-01T12:00:00.000Z');
      const sale = await saleIn(world);
      world.close();
      const sent = sale.journal.find((one) => one.type === 'sent' && one.message === 'review-ask');
      const raw = sent?.type === 'sent' ? world.mails.get(sent.messageId) : undefined;
      return { on: sent?.at.slice(0, 10), open: openPromises(sale).length, raw };
    };

    const happy = await bodyOf('happy');
    const unhappy = await bodyOf('unhappy');

    expect({ on: happy.on, open: happy.open }).toEqual({ on: '2026-11-23', open: 0 });
    /* 8 days after the check-in of the 13th is Saturday the 21st; 30 days later is a Monday. */
    expect({ on: unhappy.on, open: unhappy.open }).toEqual({ on: '2026-12-21', open: 1 });
    const words = (raw: string | undefined) =>
      raw?.slice(raw.indexOf('Subject:')).replace(/=_[\w-]+|\/[a-z]\/\w+|Date:.*|Message-ID:.*/g, '').length;
    expect(words(unhappy.raw)).toBe(words(happy.raw));
  });
});
