/** What the sweeper must look at, told from the rows alone: most hours there is nothing, and then nothing is loaded. */
import { addDelay, isBefore, nextOpen, type Opening, toEpochMs, toInstant } from './calendar.ts';
import type { Configuration, Member } from './configuration.ts';
import { nextDayBegins } from './daily-list.ts';
import { isOurTurn } from './desk/ranking.ts';
import type { Instant } from './ids.ts';
import { ASK_AGAIN_DAYS, ASK_DAYS } from './plan.ts';
import { addMinutes } from './promises/deadlines.ts';
import type { PromiseEntry } from './promises/entries.ts';
import type { OwedPromise } from './promises/promise.ts';
import type { PromiseRow } from './promises/row.ts';
import { decideStaffAct } from './promises/staff-acts.ts';
import type { Sale } from './sale.ts';
import { memberOf, nextUp, presentOwner } from './staff.ts';

/** Longer than the platform ever takes to go on by itself. */
const LATE_MINUTES = 10;
/** A run of any handler has ended long before: what it has not written by then it never will. */
const HALF_MADE_MINUTES = 60;
const HOUR_MS = 3_600_000;

/** More than ten minutes past. */
export const isLate = (instant: string, now: string): boolean =>
  isBefore(addMinutes(instant, LATE_MINUTES), now);

/** A row whose promise was never written is no longer about to be. */
export const isAbandoned = ({ madeAt }: PromiseRow, now: string): boolean =>
  isBefore(addMinutes(madeAt, HALF_MADE_MINUTES), now);

export const hasLeft = (config: Configuration, owner: string): boolean =>
  memberOf(config, owner)?.isActive !== true;

/** Sales are opened in the shop's zone. */
const customersOf = ({ shop, hours }: Configuration): Opening => ({
  zone: shop.zone,
  hours: hours.customers,
  closed: hours.holidays.customers,
});

/** When the two waits for the customer's word end, once staff have said that it is done. */
const askTimes = (config: Configuration, proposedAt: string): readonly [Instant, Instant] => {
  const opening = customersOf(config);
  const first = nextOpen(addDelay(proposedAt, { days: ASK_DAYS }, opening), opening);
  return [first, nextOpen(addDelay(first, { days: ASK_AGAIN_DAYS }, opening), opening)];
};

/** Staff have said it is done: the first wait is looked after once, in the hour after it, the second from its end on. */
const isProposalLate = (config: Configuration, proposedAt: string, now: string): boolean => {
  const [first, second] = askTimes(config, proposedAt);
  return isLate(second, now) || (isLate(first, now) && !isBefore(addMinutes(first, 60 + LATE_MINUTES), now));
};

/** Its next step is overdue, or whoever owes it works here no more. */
export const needsLook = (config: Configuration, row: PromiseRow, now: string): boolean => {
  if (isOurTurn(row) && hasLeft(config, row.owner)) return true;
  if (row.status === 'proposed' && row.proposedAt !== undefined)
    return isProposalLate(config, row.proposedAt, now);
  return isLate(row.nextAt, now);
};

/**
 * What this run takes: the longest overdue first. When there is more than one run can do, every hour begins elsewhere,
 * so that rows which fail each time never keep the others waiting.
 */
export const forThisRun = (late: readonly PromiseRow[], most: number, now: string): PromiseRow[] => {
  const sorted = [...late].sort((a, b) => toEpochMs(a.nextAt) - toEpochMs(b.nextAt));
  if (sorted.length <= most) return sorted;
  const start = (Math.floor(toEpochMs(now) / HOUR_MS) * most) % sorted.length;
  return [...sorted.slice(start), ...sorted.slice(0, start)].slice(0, most);
};

const standIn = (config: Configuration, sale: Sale, { owner, level }: OwedPromise, now: string): Member => {
  /* Nobody knows any more at which level they worked: what had climbed the ladder does not fall off it. */
  if (memberOf(config, owner) === undefined && level > 0)
    return nextUp(config, level === 1 ? 0 : 1, owner, sale.id, now).member;
  return presentOwner(config, owner, sale.id, now);
};

/** To whoever stands in; empty while nobody is here who could. */
export const handOverOfLeaver = (
  config: Configuration,
  sale: Sale,
  promise: OwedPromise,
  now: Instant,
): PromiseEntry[] => {
  const to = standIn(config, sale, promise, now);
  const decided = decideStaffAct(
    { config, sale, promise, by: 'system', now },
    { act: 'hand-over', to: to.id },
  );
  if ('refusal' in decided) return [];
  return decided.entries.map((entry) =>
    entry.type === 'handed-over' ? { ...entry, because: 'left' } : entry,
  );
};

/** When the next of these rows becomes late. */
const nextLook = (config: Configuration, row: PromiseRow, now: string): Instant => {
  const moments =
    row.status === 'proposed' && row.proposedAt !== undefined
      ? askTimes(config, row.proposedAt)
      : [row.nextAt];
  const late = moments.map((at) => addMinutes(at, LATE_MINUTES));
  return late.find((at) => isBefore(now, at)) ?? toInstant(toEpochMs(now));
};

/** Until when a run would find nothing to do as long as nobody writes anything; undefined for ever. */
export const restsUntil = (
  config: Configuration,
  rows: readonly PromiseRow[],
  now: string,
): Instant | undefined =>
  rows.length === 0
    ? undefined
    : rows
        .map((row) => nextLook(config, row, now))
        .reduce((soonest, at) => (isBefore(at, soonest) ? at : soonest), nextDayBegins(config, now));

const DAY_MS = 86_400_000;
const daysSince = (instant: string, now: string) => (toEpochMs(now) - toEpochMs(instant)) / DAY_MS;

export const isOlderThan = (instant: string, days: number, now: string): boolean =>
  daysSince(instant, now) >= days;

/** Two weeks without a sign of anybody are worth a question, a month is an alarm. */
export const OLD_DAYS = 14;
const ANCIENT_DAYS = 30;

/** What the daily check says. `contacts`: when somebody last did something about each promise older than two weeks. */
export const dailyCounts = (
  config: Configuration,
  open: readonly PromiseRow[],
  contacts: readonly string[],
  now: string,
) => {
  const silentFor = (days: number) => contacts.filter((at) => isOlderThan(at, days, now)).length;
  return {
    open: open.length,
    withoutNextAction: open.filter((row) => needsLook(config, row, now)).length,
    silentFor14Days: silentFor(OLD_DAYS),
    silentFor30Days: silentFor(ANCIENT_DAYS),
  };
};

const CONTACTS: ReadonlySet<string> = new Set<PromiseEntry['type']>([
  'taken',
  'moved',
  'offered',
  'booked',
  'accepted',
  'on-my-way',
  'delayed',
  'proposed',
]);

/** When a person last did something about it; when it was made, if nobody has. */
export const lastContact = (sale: Pick<Sale, 'journal'>, { id, madeAt }: OwedPromise): string =>
  sale.journal.findLast((entry) => 'promise' in entry && entry.promise === id && CONTACTS.has(entry.type))
    ?.at ?? madeAt;
