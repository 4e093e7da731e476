/** Which promise to keep first: the one whose breaking costs the customer most. */
import type * as z from 'zod';
import { toEpochMs } from '../calendar.ts';
import { PromiseRow } from '../promise-row.ts';

/** What decides a row's place; also the cursor of a page, so that a row done meanwhile moves nothing. */
export const Place = PromiseRow.pick({
  severity: true,
  strikes: true,
  dueAt: true,
  amount: true,
  saleId: true,
  promise: true,
});
export type Place = z.output<typeof Place>;

const DAY_MS = 86_400_000;

/** Whole days beyond the due time; -1 while there is time left. Days, so that severity and value can decide within one. */
const daysOver = ({ dueAt }: Place, now: number): number => {
  const over = now - toEpochMs(dueAt);
  return over < 0 ? -1 : Math.floor(over / DAY_MS);
};

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Urgent, then broken most often, overdue longest, high, worth most, due first. Never 0 for two different promises. */
export const byCost =
  (now: string) =>
  (a: Place, b: Place): number => {
    const at = toEpochMs(now);
    return (
      Number(b.severity === 'urgent') - Number(a.severity === 'urgent') ||
      b.strikes - a.strikes ||
      daysOver(b, at) - daysOver(a, at) ||
      Number(b.severity === 'high') - Number(a.severity === 'high') ||
      b.amount - a.amount ||
      toEpochMs(a.dueAt) - toEpochMs(b.dueAt) ||
      byText(`${a.saleId}#${a.promise}`, `${b.saleId}#${b.promise}`)
    );
  };

/** Worth most first; the older one first where the worth is the same. */
export const byValue = (a: Place, b: Place): number =>
  b.amount - a.amount ||
  toEpochMs(a.dueAt) - toEpochMs(b.dueAt) ||
  byText(`${a.saleId}#${a.promise}`, `${b.saleId}#${b.promise}`);

/** The ball is with us. Once staff say it is done, or offer a new time, it is the customer's turn. */
export const isOurTurn = ({ status }: PromiseRow): boolean => status === 'open' || status === 'taken';

export const isOverdue = ({ dueAt }: Pick<PromiseRow, 'dueAt'>, now: string): boolean =>
  toEpochMs(dueAt) < toEpochMs(now);
