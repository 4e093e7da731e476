/** How many customers who stayed silent one person can still ring today, and which: the others are counted, not hidden. */
import { isBefore } from '../calendar.ts';
import type { PromiseRow } from '../promises/row.ts';
import type { ShopDay } from './day.ts';
import { byValue, isOurTurn } from './ranking.ts';

/** Nobody was promised this call: it is owed because the customer did not answer, or cannot be written to. */
const isSilentCall = ({ because }: PromiseRow): boolean => because === 'silent' || because === 'cannot-write';

const wasMadeOn = ({ status, proposedAt }: PromiseRow, { from, to }: ShopDay): boolean =>
  status === 'proposed' &&
  proposedAt !== undefined &&
  !isBefore(proposedAt, from) &&
  isBefore(proposedAt, to);

export type SilentCalls = {
  /** Best value first, as many as still fit into today. */
  today: PromiseRow[];
  /** How many wait for another day. */
  later: number;
  madeToday: number;
};

export const silentCalls = (rows: readonly PromiseRow[], callsPerDay: number, day: ShopDay): SilentCalls => {
  const silent = rows.filter(isSilentCall);
  const waiting = silent.filter(isOurTurn).sort(byValue());
  const madeToday = silent.filter((row) => wasMadeOn(row, day)).length;
  const today = waiting.slice(0, Math.max(0, callsPerDay - madeToday));
  return { today, later: waiting.length - today.length, madeToday };
};
