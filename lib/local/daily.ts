/** Housekeeping at midnight UTC by the runtime's clock. */
import type { Timekeeper } from './time.ts';

const DAY_MS = 86_400_000;

export const nextMidnight = (now: number): number => (Math.floor(now / DAY_MS) + 1) * DAY_MS;

export const everyMidnight = (
  time: Pick<Timekeeper, 'now' | 'register'>,
  name: string,
  run: (now: number) => Promise<unknown>,
): void => {
  let nextDueAt = nextMidnight(time.now());
  time.register({
    name,
    nextDueAt: () => nextDueAt,
    runDue: async (now) => {
      if (now < nextDueAt) return 0;
      nextDueAt = nextMidnight(now);
      await run(now);
      // Housekeeping is not an event of the story, so it does not count as one.
      return 0;
    },
  });
};
