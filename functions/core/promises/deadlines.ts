/** By when something must have happened. Working hours count, holidays do not. */
import { addOpenHours, closeOfDay, laterOf, nextOpen, toEpochMs, toInstant } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import { staffOpening } from '../openings.ts';
import type { PromiseKind, Severity } from './entries.ts';
import type { OwedPromise } from './promise.ts';

/** Working hours within which somebody must have taken it. Urgent never waits longer than the rest. */
export const answerHours = (
  config: Configuration,
  kind: PromiseKind,
  severity: Severity = 'normal',
): number => {
  const policy = config.promises[kind];
  return severity === 'urgent' ? Math.min(policy.urgentHours, policy.answerHours) : policy.answerHours;
};

/** By when somebody must have taken it. */
export const answerDue = (
  config: Configuration,
  kind: PromiseKind,
  from: string,
  severity: Severity = 'normal',
): Instant => addOpenHours(from, answerHours(config, kind, severity), staffOpening(config));

/** By when who took it must have done it. */
export const keepDue = (config: Configuration, kind: PromiseKind, from: string): Instant =>
  addOpenHours(from, config.promises[kind].keepHours, staffOpening(config));

/** The head of the business is reminded ever more slowly, never not at all. */
const SLOWEST = 8;

/** By when the next level must have acted. */
export const escalatedDue = (config: Configuration, promise: OwedPromise, from: string): Instant => {
  const isAtTop = promise.level === 2;
  const slower = isAtTop ? Math.min(2 ** Math.max(0, promise.strikes - 1), SLOWEST) : 1;
  const hours = answerHours(config, promise.kind, promise.severity);
  return addOpenHours(from, hours * slower, staffOpening(config));
};

const MINUTE_MS = 60_000;
export const addMinutes = (instant: string, minutes: number): Instant =>
  toInstant(toEpochMs(instant) + minutes * MINUTE_MS);

/** When a visit without any sign of the provider counts as missed. */
export const visitDue = (config: Configuration, windowEnd: string): Instant =>
  addMinutes(windowEnd, config.promises.visit.graceMinutes);

/** Somebody was on the way: then the customer is asked first, and has the answering time to say so. */
export const visitDueOnceOnTheWay = (config: Configuration, windowEnd: string): Instant =>
  answerDue(config, 'visit', visitDue(config, windowEnd));

/** Found out five minutes before closing time, nobody could ring any more: that call is due the next morning. */
const LEAST_HOURS = 0.5;

/** After a visit nobody came to, a person rings on the same working day, or on the next when that one is over. */
export const sameDayDue = (config: Configuration, from: string): Instant => {
  const opening = staffOpening(config);
  return laterOf(closeOfDay(nextOpen(from, opening), opening), addOpenHours(from, LEAST_HOURS, opening));
};
