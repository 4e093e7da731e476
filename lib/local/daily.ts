/** Housekeeping at midnight UTC by the runtime's clock, on the nights on which there is something to do. */
import type { Timekeeper } from './time.ts';

const DAY_MS = 86_400_000;

export const nextMidnight = (now: number): number => (Math.floor(now / DAY_MS) + 1) * DAY_MS;

export type Housekeeping = {
  /** Answers when the next thing will be over, in epoch milliseconds; undefined when nothing that is there ever will. */
  run(now: number): Promise<number | undefined>;
  /** Another number whenever something new may have come that can be over. */
  changes(): number;
};

/** A year that passes in a second has 365 midnights; nights on which nothing can be over are left out. */
export const everyMidnight = (
  time: Pick<Timekeeper, 'now' | 'register'>,
  name: string,
  { run, changes }: Housekeeping,
): void => {
  let seen: number | undefined;
  let restsUntil: number | undefined;
  let wokenAt: number | undefined = nextMidnight(time.now());

  const nextDueAt = (): number | undefined => {
    if (changes() === seen) return restsUntil;
    wokenAt ??= nextMidnight(time.now());
    return wokenAt;
  };

  time.register({
    name,
    nextDueAt,
    runDue: async (now) => {
      const due = nextDueAt();
      if (due === undefined || now < due) return 0;
      seen = changes();
      wokenAt = undefined;
      const soonest = await run(now);
      restsUntil = soonest === undefined ? undefined : Math.max(nextMidnight(soonest - 1), nextMidnight(now));
      // Housekeeping is not an event of the story, so it does not count as one.
      return 0;
    },
  });
};
