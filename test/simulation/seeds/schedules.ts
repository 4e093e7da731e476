/** What the clock calls: sweep, watch, wake-held. As on one machine, not again before there can be something to do. */
import * as z from 'zod';
import type { Agenda } from './agenda.ts';
import type { Ended } from './runs.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const Rest = z.object({ restsUntil: z.string().nullable(), notBefore: z.string().optional() });

/** `rest`: the longest it is left alone, whatever it says. */
const SCHEDULES = [
  { name: 'sweep', every: HOUR_MS, rest: 24 * HOUR_MS },
  { name: 'watch', every: 5 * MINUTE_MS, rest: 36 * HOUR_MS },
  { name: 'wake-held', every: 5 * MINUTE_MS, rest: 36 * HOUR_MS },
] as const;

type Ports = {
  inside: Agenda;
  now(): number;
  invoke(name: string, event: unknown, purpose: string): Promise<Ended>;
};

export const createSchedules = ({ inside, now, invoke }: Ports) => {
  const roundUp = (at: number, every: number) => Math.ceil(at / every) * every;

  const nextOf = (ended: Ended, every: number, rest: number): number => {
    const read = ended.kind === 'done' ? Rest.safeParse(ended.value) : undefined;
    if (read?.success !== true) return now() + every;
    const until = read.data.restsUntil === null ? now() + rest : Date.parse(read.data.restsUntil);
    return Math.min(now() + rest, Math.max(until, now() + every));
  };

  const run = async (schedule: (typeof SCHEDULES)[number]): Promise<void> => {
    const { name, every, rest } = schedule;
    const ended = await invoke(name, { time: new Date(now()).toISOString() }, String(now()));
    inside.add(roundUp(nextOf(ended, every, rest), every), () => void run(schedule));
  };

  return {
    start: () => {
      for (const schedule of SCHEDULES)
        inside.add(roundUp(now() + 1, schedule.every), () => void run(schedule));
    },
    /** Once more, whatever was said before. */
    runNow: async (): Promise<void> => {
      for (const { name } of SCHEDULES)
        await invoke(name, { time: new Date(now()).toISOString() }, `at last ${now()}`);
    },
  };
};
