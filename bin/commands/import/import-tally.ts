/** What a whole file comes to: counted while it streams by, so that its size does not matter. */
import { dayOf } from '../../../functions/core/calendar.ts';
import type { Verdict } from './import-judge.ts';

const LINES_NAMED = 5;

type Day = { count: number; first: string; last: string };
type Reason = { count: number; lines: number[] };

export type Tally = {
  orders: number;
  sendable: number;
  webhooks: number;
  byPhone: number;
  /** Sales that begin with something owed. */
  owing: number;
  /** Asked as soon as they are sent, because their day has passed. */
  overdue: number;
  journeys: Map<string, number>;
  days: Map<string, Day>;
  skipped: Map<string, Reason>;
};

export const emptyTally = (): Tally => ({
  ...{ orders: 0, sendable: 0, webhooks: 0, byPhone: 0, owing: 0, overdue: 0 },
  ...{ journeys: new Map(), days: new Map(), skipped: new Map() },
});

const countSkip = ({ skipped }: Tally, reason: string, line: number | undefined): void => {
  const known = skipped.get(reason) ?? { count: 0, lines: [] };
  known.count += 1;
  if (line !== undefined && known.lines.length < LINES_NAMED) known.lines.push(line);
  skipped.set(reason, known);
};

const countDay = ({ days }: Tally, at: string, zone: string): void => {
  const day = dayOf(at, zone);
  const known = days.get(day) ?? { count: 0, first: at, last: at };
  days.set(day, {
    count: known.count + 1,
    first: at < known.first ? at : known.first,
    last: at > known.last ? at : known.last,
  });
};

export const REPEATED = 'twice in the file';

/** Adds one order to the tally. `now`: an instant; `zone`: whose days are counted. */
export const count = (tally: Tally, verdict: Verdict, { zone, now }: { zone: string; now: string }): void => {
  const { order } = verdict;
  tally.orders += 1;
  for (const line of order.repeats) countSkip(tally, REPEATED, line);
  if (verdict.kind === 'skip') {
    countSkip(tally, verdict.reason, order.lines[0]);
    return;
  }
  tally.sendable += 1;
  tally.webhooks += order.bodies.length;
  tally.journeys.set(verdict.journey, (tally.journeys.get(verdict.journey) ?? 0) + 1);
  if (verdict.owed > 0) tally.owing += 1;
  if (verdict.isByPhone) tally.byPhone += 1;
  else {
    countDay(tally, verdict.checkInAt, zone);
    if (verdict.dueAt <= now) tally.overdue += 1;
  }
};
