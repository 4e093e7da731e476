/** Which promise to keep first: the one whose breaking costs the customer most. */
import type * as z from 'zod';
import { toEpochMs } from '../calendar.ts';
import { dueSince, PromiseRow } from '../promises/row.ts';

/** What decides a row's place; also the cursor of a page, so that a row done meanwhile moves nothing. */
export const Place = PromiseRow.pick({
  severity: true,
  strikes: true,
  dueAt: true,
  lateSince: true,
  amount: true,
  saleId: true,
  promise: true,
});
export type Place = z.output<typeof Place>;

const DAY_MS = 86_400_000;

type Compare = (a: Place, b: Place) => number;
type DueMs = (row: Place) => number;

/** A sort compares each row a dozen times, and reading an instant costs more than all else in it. */
const dueOnce = (): DueMs => {
  const known = new Map<string, number>();
  return (row) => {
    const due = dueSince(row);
    const found = known.get(due) ?? toEpochMs(due);
    known.set(due, found);
    return found;
  };
};

/** Whole days beyond the due time; -1 while there is time left. Days, so that severity and value can decide within one. */
const daysOver = (due: number, now: number): number => (now < due ? -1 : Math.floor((now - due) / DAY_MS));

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const byKey: Compare = (a, b) => byText(`${a.saleId}#${a.promise}`, `${b.saleId}#${b.promise}`);

/** Urgent, then broken most often, overdue longest, high, worth most, due first. Never 0 for two different promises. */
export const byCost = (now: string): Compare => {
  const at = toEpochMs(now);
  const due = dueOnce();
  return (a, b) =>
    Number(b.severity === 'urgent') - Number(a.severity === 'urgent') ||
    b.strikes - a.strikes ||
    daysOver(due(b), at) - daysOver(due(a), at) ||
    Number(b.severity === 'high') - Number(a.severity === 'high') ||
    b.amount - a.amount ||
    due(a) - due(b) ||
    byKey(a, b);
};

/** Worth most first; the older one first where the worth is the same. */
export const byValue = (): Compare => {
  const due = dueOnce();
  return (a, b) => b.amount - a.amount || due(a) - due(b) || byKey(a, b);
};

/** The ball is with us. Once staff say it is done, or offer a new time, it is the customer's turn. */
export const isOurTurn = ({ status }: PromiseRow): boolean => status === 'open' || status === 'taken';

/** Also a broken one whose new time is still to come: the customer waits since the first. */
export const isOverdue = (row: Pick<PromiseRow, 'dueAt' | 'lateSince'>, now: string): boolean =>
  toEpochMs(dueSince(row)) < toEpochMs(now);
