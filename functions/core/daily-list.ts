/** The list of the morning: what each member owes today, the most costly for a customer first. */
import { addDelay, isBefore, nextOpen, toEpochMs } from './calendar.ts';
import type { Configuration, Member } from './configuration.ts';
import { shopDay } from './desk/day.ts';
import { byCost, isOurTurn } from './desk/ranking.ts';
import type { Instant } from './ids.ts';
import { staffOpening } from './openings.ts';
import { dueSince, type PromiseRow } from './promises/row.ts';
import { isPresent, presentOwner } from './staff.ts';

/** Runs come at the same minute of every hour, and their events carry that time: one of them is within this. */
const FIRST_RUN_HOURS = 1;

/** When the shop opens on the day of the instant, or on the next day it does. */
const opensOn = (config: Configuration, now: string): Instant =>
  nextOpen(shopDay(now, config.shop.zone).from, staffOpening(config));

/** When people next begin to work. */
export const nextDayBegins = (config: Configuration, now: string): Instant => {
  const today = opensOn(config, now);
  return isBefore(now, today) ? today : nextOpen(shopDay(now, config.shop.zone).to, staffOpening(config));
};

/** The shop has just opened. */
export const isFirstRunOfDay = (config: Configuration, now: string): boolean => {
  const opened = opensOn(config, now);
  const end = addDelay(opened, { hours: FIRST_RUN_HOURS }, staffOpening(config));
  return !isBefore(now, opened) && toEpochMs(now) < toEpochMs(end);
};

export type MemberList = { member: Member; rows: PromiseRow[] };

/** Of each member who is here and owes something that is due today or overdue. */
export const dailyLists = (config: Configuration, rows: readonly PromiseRow[], now: string): MemberList[] => {
  const { to } = shopDay(now, config.shop.zone);
  const due = rows.filter((row) => isOurTurn(row) && isBefore(dueSince(row), to)).sort(byCost(now));
  return config.staff
    .filter((member) => isPresent(config, member, now))
    .map((member) => ({
      member,
      rows: due.filter((row) => presentOwner(config, row.owner, row.saleId, now).id === member.id),
    }))
    .filter((list) => list.rows.length > 0);
};
