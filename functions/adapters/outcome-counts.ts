/**
 * How sales ended, in the sales table: `counts#<month>` / `d#<part>` holds sums, to which each sale adds the difference it makes.
 * Beside the journal, `<sale>` / `counted` says how the sale was counted last, and in which version. Two items cannot be
 * written at once, so the sums go first and take a mark of the sale and version (`s#<sale>`) with them: whoever dies in
 * between leaves a mark from which the next one finishes. Marks are taken off in passing, once the row says the same and
 * nobody can come any more who has read an older one. One case is left: a sale that stands again as its row says, before the
 * run that died at its last change has come again, is off by one until it changes next. What releases before this counted,
 * as sets, stands in `00` to `15`.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { addUp, type Counts, OUTCOMES } from '../core/after/count.ts';
import {
  beforeVersion,
  countsFrom,
  differenceOf,
  type Mark,
  markOf,
  marksToTakeOff,
  minuteOf,
  readMark,
} from '../core/after/difference.ts';
import { toEpochMs } from '../core/calendar.ts';
import type { SaleId } from '../core/ids.ts';
import type { CountedAs, OutcomeCounts, SaleCount } from './after-ports.ts';
import { asText } from './item-text.ts';
import type { Item, Table } from './table.ts';

/** So that neither one item takes all writes of a large shop nor its marks grow beyond what one write is billed for. */
const PARTS = 32;
const SUMS = 'd#';
const MARK = 's#';

const OldCounts = z.object({
  data: asText(
    z.strictObject({
      cameBack: z.array(z.strictObject({ outcome: z.literal(OUTCOMES), of: z.int(), again: z.int() })),
      recommended: z.int(),
      referred: z.int(),
    }),
  ),
});
const Keyed = z.object({ item: z.string() });
const Sum = z.int().default(0);
const VersionItem = z.object({ version: z.int().default(0) });

const partOf = (id: SaleId): string =>
  String((createHash('sha256').update(id).digest()[0] ?? 0) % PARTS).padStart(2, '0');

const countsIn = (item: Item): Counts =>
  Keyed.parse(item).item.startsWith(SUMS)
    ? countsFrom((term) => Sum.parse(item[term]))
    : OldCounts.parse(item).data;

const marksIn = (item: Item): (readonly [sale: string, mark: Mark])[] =>
  Object.entries(item).flatMap(([name, value]) => {
    const mark = name.startsWith(MARK) && typeof value === 'string' ? readMark(value) : undefined;
    return mark === undefined ? [] : [[name.slice(MARK.length), mark] as const];
  });

/** As JSON, in the order in which a sale's own count is written. */
const textOf = (month: string, { counted }: Mark): string => {
  const { outcome, hasBoughtAgain, hasRecommended, wasReferred } = counted;
  const count: SaleCount = { month, outcome, hasBoughtAgain, hasRecommended, wasReferred };
  return JSON.stringify(count);
};

export const createOutcomeCounts = (table: Table): OutcomeCounts => {
  const placeOf = (month: string, part: string) => ({ sale: `counts#${month}`, item: `${SUMS}${part}` });

  /** What the sums hold of it, unless the row knows of a later version. */
  const keep = async (sale: string, month: string, mark: Mark): Promise<void> => {
    const { version } = mark;
    await table.putIf(
      { sale, item: 'counted', data: textOf(month, mark), version },
      {
        expression: 'attribute_not_exists(#version) OR #version < :version',
        names: { '#version': 'version' },
        values: { ':version': version },
      },
    );
  };

  const versionOf = async (sale: string): Promise<number> =>
    VersionItem.parse((await table.get({ sale, item: 'counted' })) ?? {}).version;

  /** First every row says what its mark says; a mark that has changed meanwhile keeps all of them for the next time. */
  const takeOff = async (month: string, part: string, old: ReturnType<typeof marksIn>): Promise<void> => {
    for (const [sale, mark] of old) if ((await versionOf(sale)) < mark.version) await keep(sale, month, mark);
    await table.update(placeOf(month, part), `REMOVE ${old.map((_, n) => `#m${n}`).join(', ')}`, {
      expression: old.map((_, n) => `#m${n} = :m${n}`).join(' AND '),
      names: Object.fromEntries(old.map(([sale], n) => [`#m${n}`, `${MARK}${sale}`])),
      values: Object.fromEntries(old.map(([, mark], n) => [`:m${n}`, markOf(mark)])),
    });
  };

  const add = (id: SaleId, count: SaleCount, known: CountedAs | undefined, mark: Mark) => {
    const before = known === undefined ? undefined : known.count;
    const changes = [...differenceOf(before, count)];
    const sums = changes.map((_, n) => `#t${n} :t${n}`).join(', ');
    return table.updated(
      placeOf(count.month, partOf(id)),
      `SET #mark = :mark${sums === '' ? '' : ` ADD ${sums}`}`,
      {
        expression: 'attribute_not_exists(#mark) OR #mark < :mine',
        names: {
          '#mark': `${MARK}${id}`,
          ...Object.fromEntries(changes.map(([term], n) => [`#t${n}`, term])),
        },
        values: {
          ':mark': markOf(mark),
          ':mine': beforeVersion(mark.version),
          ...Object.fromEntries(changes.map(([, change], n) => [`:t${n}`, change])),
        },
      },
    );
  };

  /** Somebody has counted it since; if they died before the row said so, it is said now. */
  const finish = async (id: SaleId, month: string): Promise<void> => {
    const item = await table.get(placeOf(month, partOf(id)));
    const mark = marksIn(item ?? {}).find(([sale]) => sale === id)?.[1];
    if (mark !== undefined) await keep(id, month, mark);
  };

  return {
    count: async (id, count, known, now) => {
      const minute = minuteOf(toEpochMs(now));
      const mark = { version: (known?.version ?? 0) + 1, minute, counted: count };
      const item = await add(id, count, known, mark);
      if (item === undefined) {
        await finish(id, count.month);
        return false;
      }
      await keep(id, count.month, mark);
      const old = marksToTakeOff(marksIn(item), minute);
      if (old.length > 0) await takeOff(count.month, partOf(id), old);
      return true;
    },
    ofMonth: async (month) => [addUp((await table.query('sale', `counts#${month}`)).map(countsIn))],
  };
};
