/**
 * A function that says how long it will find nothing to do need not be called every hour of a year that passes in a
 * second: while the clock is moved it rests until then, or until something is written to a table; `notBefore` says that
 * even then it rests so long.
 */
import * as z from 'zod';
import type { Meter } from '../meter.ts';
import type { Schedule } from '../stack/schedules.ts';

const Answer = z.object({
  restsUntil: z.iso.datetime().nullable(),
  notBefore: z.iso.datetime().optional(),
});

export type Rest = 'awake' | 'woken' | { until: number };

export type Rests = {
  /** Remembers what the function answered. */
  note(schedule: Schedule, answer: unknown): void;
  /** Until when it rests, in epoch milliseconds; `woken` once, by something that was written. */
  of(schedule: Schedule, now: number): Rest;
};

export const createRests = (meter: Meter): Rests => {
  const rests = new Map<Schedule, { until: number; writes: number; notBefore: number }>();
  const writes = () => meter.read().writeUnits;
  return {
    note: (schedule, answer) => {
      const { data } = Answer.safeParse(answer);
      if (data === undefined) {
        rests.delete(schedule);
        return;
      }
      const until = data.restsUntil === null ? Number.POSITIVE_INFINITY : Date.parse(data.restsUntil);
      const notBefore = data.notBefore === undefined ? 0 : Date.parse(data.notBefore);
      rests.set(schedule, { until, writes: writes(), notBefore });
    },
    of: (schedule, now) => {
      const rest = rests.get(schedule);
      if (rest === undefined) return 'awake';
      if (rest.writes === writes()) return rest;
      if (rest.notBefore > now) return { until: Math.min(rest.until, rest.notBefore) };
      rests.delete(schedule);
      return 'woken';
    },
  };
};
