/**
 * How sales ended, in the sales table: `outcome#<month>` / `<part>` holds a set of sales for each outcome, so that counting one
 * twice is impossible; `counts#<month>` / `<part>` says how large they are, so that a page for a year reads 192 small items
 * instead of every sale. Beside the journal, `<sale>` / `counted` says how the sale was counted last.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type CountedSales, type Counts, countsOf, OUTCOMES as NAMES } from '../core/after/count.ts';
import type { Outcome } from '../core/outcome.ts';
import { asText } from './item-text.ts';
import type { OutcomeCounts, SaleCount } from './ports.ts';
import type { Item, Table } from './table.ts';

/** Sets of a thousand sales a month stay below 1 kB each, which is what one write is billed for. */
const PARTS = 16;

const OUTCOMES = {
  delighted: 'delighted',
  content: 'content',
  recovered: 'recovered',
  unhappy: 'unhappy',
  silent: 'silent',
  cancelled: 'cancelled',
  'opted-out': 'optedOut',
} as const satisfies Record<Outcome, string>;
const MARKS = { hasBoughtAgain: 'again', hasRecommended: 'recommended', wasReferred: 'referred' } as const;

const Numbers = z.set(z.string()).default(new Set());
const Part = z.object({
  delighted: Numbers,
  content: Numbers,
  recovered: Numbers,
  unhappy: Numbers,
  silent: Numbers,
  cancelled: Numbers,
  optedOut: Numbers,
  again: Numbers,
  recommended: Numbers,
  referred: Numbers,
  version: z.int().default(0),
});

const CountsItem = z.object({
  data: asText(
    z.strictObject({
      cameBack: z.array(z.strictObject({ outcome: z.literal(NAMES), of: z.int(), again: z.int() })),
      recommended: z.int(),
      referred: z.int(),
    }),
  ),
});

/** 48 bits of a digest: two of a shop's sales share them once in a hundred thousand years. */
const numberOf = (id: string): { number: string; part: string } => {
  const digest = createHash('sha256').update(id).digest();
  return {
    number: digest.subarray(0, 6).toString('base64url'),
    part: String((digest[6] ?? 0) % PARTS).padStart(2, '0'),
  };
};

const countsIn = (item: Item): { counts: Counts; version: number } => {
  const { again, recommended, referred, optedOut, version, ...outcomes } = Part.parse(item);
  const sales: CountedSales = {
    outcomes: { ...outcomes, 'opted-out': optedOut },
    boughtAgain: again,
    recommended,
    referred,
  };
  return { counts: countsOf(sales), version };
};

/** Into which sets the sale belongs now; it is taken out of the others. */
const setsOf = ({ outcome, ...marks }: SaleCount): { into: string[]; outOf: string[] } => {
  const into = [
    ...(outcome === undefined ? [] : [OUTCOMES[outcome]]),
    ...(marks.hasBoughtAgain ? [MARKS.hasBoughtAgain] : []),
    ...(marks.hasRecommended ? [MARKS.hasRecommended] : []),
    ...(marks.wasReferred ? [MARKS.wasReferred] : []),
  ];
  const all = [...Object.values(OUTCOMES), ...Object.values(MARKS)];
  return { into, outOf: all.filter((name) => !into.some((one) => one === name)) };
};

const clause = (word: string, names: readonly string[]): string =>
  names.length === 0 ? '' : `${word} ${names.map((name) => `#${name} :n`).join(', ')}`;

/** How large the sets are, unless a newer state of them has been measured already. */
const measure = async (table: Table, month: string, part: string): Promise<void> => {
  const { counts, version } = countsIn((await table.get({ sale: `outcome#${month}`, item: part })) ?? {});
  await table.putIf(
    { sale: `counts#${month}`, item: part, data: JSON.stringify(counts), version },
    {
      expression: 'attribute_not_exists(#version) OR #version < :version',
      names: { '#version': 'version' },
      values: { ':version': version },
    },
  );
};

export const createOutcomeCounts = (table: Table): OutcomeCounts => ({
  count: async (id, count) => {
    const { number, part } = numberOf(id);
    const { into, outOf } = setsOf(count);
    await table.update(
      { sale: `outcome#${count.month}`, item: part },
      `ADD ${[...into.map((name) => `#${name} :n`), '#version :one'].join(', ')} ${clause('DELETE', outOf)}`,
      {
        names: Object.fromEntries([...into, ...outOf, 'version'].map((name) => [`#${name}`, name])),
        values: { ':n': new Set([number]), ':one': 1 },
      },
    );
    await measure(table, count.month, part);
    /* Last: a crash before it has the sale counted once more, which changes nothing. */
    await table.put({ sale: id, item: 'counted', data: JSON.stringify(count) });
  },
  ofMonth: async (month) =>
    (await table.query('sale', `counts#${month}`)).map((item) => CountsItem.parse(item).data),
});
