/** How old what a run has read may be when it writes: in one instant calls take no time, unless something goes wrong. */
import type { Seen } from './seen.ts';

/** The longest a function may run, as deployed. */
const RUN_MS = 30_000;
/** Clocks that are behind date an entry so much earlier than it was written. */
const BEHIND_MS = 5 * 60_000;

/** Nothing in calm minutes; wherever nobody wrote down what went wrong, as long as a run may last. */
export const latitudeAt = ({ troubles }: Seen, at: string): number => {
  const moment = Date.parse(at);
  const isCalm =
    troubles?.every(
      ({ from, until }) => Date.parse(until) < moment - BEHIND_MS || Date.parse(from) > moment + BEHIND_MS,
    ) ?? false;
  return isCalm ? 0 : RUN_MS;
};
