/** Sums and rows are two items: whoever dies between them, and whoever comes late, leaves them saying the same. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SaleCount } from '../../../functions/adapters/after-ports.ts';
import { createOutcomeCounts } from '../../../functions/adapters/outcome-counts.ts';
import type { LoadedSale } from '../../../functions/adapters/ports.ts';
import { createSaleStore } from '../../../functions/adapters/sale-store.ts';
import type { Item, Table } from '../../../functions/adapters/table.ts';
import { addUp, type Counts, countsOf, OUTCOMES } from '../../../functions/core/after/count.ts';
import { markOf, readMark } from '../../../functions/core/after/difference.ts';
import { saleIdOf } from '../../../functions/core/ids.ts';
import { createCountsTable } from './counts-table.ts';

const MONTH = '2026-11';
const MINUTE_MS = 60_000;
const START = Date.parse('2026-11-20T10:00:00.000Z');
const isInOnePart = (id: string): boolean => (createHash('sha256').update(id).digest()[0] ?? 0) % 32 === 7;
/* All in the same part of the sums, so that marks must be taken off. */
const SALES = Array.from({ length: 1500 }, (_, n) => saleIdOf('shop', String(1000 + n)))
  .filter(isInOnePart)
  .slice(0, 30);

const counted: fc.Arbitrary<SaleCount> = fc.record({
  month: fc.constant(MONTH),
  outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined }),
  hasBoughtAgain: fc.boolean(),
  hasRecommended: fc.boolean(),
  wasReferred: fc.boolean(),
});

const step = fc.record({
  sale: fc.nat(29),
  count: counted,
  /** The process dies before its so-manieth write; never when that is more than it makes. */
  diesAt: fc.nat(8),
  /** It has read the sale so many steps ago, but never longer ago than a run may last. */
  readBefore: fc.nat(3),
  minutes: fc.nat(40),
});

class Died extends Error {}

const dyingAt = (table: Table, writes: number): Table => {
  let left = writes;
  const dies = () => {
    left -= 1;
    if (left < 0) throw new Died();
  };
  return {
    ...table,
    putIf: async (item, condition) => {
      dies();
      return table.putIf(item, condition);
    },
    update: async (key, expression, condition) => {
      dies();
      return table.update(key, expression, condition);
    },
    updated: async (key, expression, condition) => {
      dies();
      return table.updated(key, expression, condition);
    },
  };
};

const shown = (counts: Counts) => ({
  ...counts,
  /* Who came back is told by how it ended; of nobody knows how it is not told. */
  cameBack: counts.cameBack.filter(({ of, again }) => of !== 0 || again !== 0),
});

/** What sets of sales would say. */
const expected = (counts: ReadonlyMap<string, SaleCount>): Counts => {
  const where = (is: (count: SaleCount) => boolean) =>
    new Set([...counts].filter(([, count]) => is(count)).map(([id]) => id));
  return countsOf({
    outcomes: Object.fromEntries(OUTCOMES.map((one) => [one, where(({ outcome }) => outcome === one)])),
    boughtAgain: where(({ hasBoughtAgain }) => hasBoughtAgain),
    recommended: where(({ hasRecommended }) => hasRecommended),
    referred: where(({ wasReferred }) => wasReferred),
  });
};

type Known = LoadedSale['counted'];

const isSame = (known: Known, count: SaleCount): boolean =>
  JSON.stringify(known?.count) === JSON.stringify(count);

describe('how sales ended, counted by differences', () => {
  it('comes to the same as sets of sales, whoever dies or comes late', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 150, size: 'max' }), async (steps) => {
        const table = createCountsTable();
        const store = createSaleStore(table, { months: 24 });
        const knownOf = async (index: number): Promise<Known> =>
          (await store.load(SALES[index] ?? saleIdOf('shop', 'x')))?.counted;
        const history = new Map<number, Known[]>();
        const last = new Map<string, SaleCount>();
        const died = new Set<number>();
        let now = START;
        const settle = async (index: number, count: SaleCount) => {
          const id = SALES[index] ?? saleIdOf('shop', 'x');
          const counts = createOutcomeCounts(table);
          for (let tries = 0; tries < 5; tries += 1) {
            const known = await knownOf(index);
            if (isSame(known, count)) break;
            if (await counts.count(id, count, known, new Date(now).toISOString())) break;
          }
          last.set(id, count);
        };

        for (const { sale, count, diesAt, readBefore, minutes } of steps) {
          /* Whoever read the sale before this much time had passed has ended. */
          if (minutes > 0) history.clear();
          now += minutes * MINUTE_MS;
          /* Nobody counts what the row says already, so whoever died before the row said otherwise has come again by then. */
          const dead = last.get(SALES[sale] ?? '');
          if (died.delete(sale) && dead !== undefined && isSame(await knownOf(sale), count))
            await settle(sale, dead);
          const read = [...(history.get(sale) ?? []), await knownOf(sale)];
          history.set(sale, read);
          const known = read.at(-1 - Math.min(readBefore, read.length - 1));
          const counts = createOutcomeCounts(dyingAt(table, diesAt));
          const id = SALES[sale] ?? saleIdOf('shop', 'x');
          await counts.count(id, count, known, new Date(now).toISOString()).catch((error: unknown) => {
            if (!(error instanceof Died)) throw error;
            died.add(sale);
          });
          last.set(id, count);
        }
        /* Every sale is read once more, as its next entry or a retry would have it. */
        for (const [index, id] of SALES.entries()) {
          const count = last.get(id);
          if (count !== undefined) await settle(index, count);
        }

        const parts = await createOutcomeCounts(table).ofMonth(MONTH);
        expect(shown(addUp(parts))).toEqual(shown(expected(last)));
      }),
      { numRuns: 60 },
    );
  });

  it('goes on from what releases before it have counted as sets', async () => {
    const table = createCountsTable();
    const [id = saleIdOf('shop', 'x')] = SALES;
    const silent: SaleCount = {
      month: MONTH,
      outcome: 'silent',
      hasBoughtAgain: false,
      hasRecommended: false,
      wasReferred: false,
    };
    const old = { cameBack: [{ outcome: 'silent', of: 3, again: 1 }], recommended: 2, referred: 0 };
    await table.put({ sale: `counts#${MONTH}`, item: '07', data: JSON.stringify(old), version: 9 });
    await table.put({ sale: id, item: 'counted', data: JSON.stringify(silent) });
    const known = (await createSaleStore(table, { months: 24 }).load(id))?.counted;

    const isCounted = await createOutcomeCounts(table).count(
      id,
      { ...silent, outcome: 'recovered' },
      known,
      new Date(START).toISOString(),
    );

    const counts = addUp(await createOutcomeCounts(table).ofMonth(MONTH));
    expect({ isCounted, known }).toEqual({ isCounted: true, known: { count: silent, version: 0 } });
    expect(shown(counts)).toEqual({
      cameBack: [
        { outcome: 'recovered', of: 1, again: 0 },
        { outcome: 'silent', of: 2, again: 1 },
      ],
      recommended: 2,
      referred: 0,
    });
  });

  it('keeps its items small: marks that nobody needs are taken off', async () => {
    const table = createCountsTable();
    const count: SaleCount = {
      month: MONTH,
      outcome: 'content',
      hasBoughtAgain: false,
      hasRecommended: false,
      wasReferred: false,
    };

    for (let n = 0; n < 700; n += 1) {
      const now = new Date(START + n * 5 * MINUTE_MS).toISOString();
      await createOutcomeCounts(table).count(saleIdOf('shop', String(n)), count, undefined, now);
    }

    const sizes = (await table.query('sale', `counts#${MONTH}`)).map(
      (item: Item) => JSON.stringify(item).length,
    );
    expect(Math.max(...sizes)).toBeLessThan(1000);
    const [counts] = await createOutcomeCounts(table).ofMonth(MONTH);
    expect(counts?.cameBack.find(({ outcome }) => outcome === 'content')?.of).toBe(700);
  });

  it('a mark is read as it was written', () => {
    fc.assert(
      fc.property(counted, fc.nat(9999), fc.nat(40_000_000), ({ month: _, ...count }, version, minute) => {
        const mark = { version, minute, counted: count };

        expect(readMark(markOf(mark))).toEqual(mark);
      }),
    );
  });
});
