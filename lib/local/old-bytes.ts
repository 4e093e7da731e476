/**
 * What AWS deletes is gone. SQLite overwrites what was deleted in its file, but its log keeps the old bytes until it is
 * emptied: that happens a few minutes after something was deleted or overwritten. Forgetting a person takes many writes,
 * by several hands, and what the last of them left is swept out here as well.
 */
import type { Store } from './store.ts';
import type { Timekeeper } from './time.ts';

const AFTER_MS = 5 * 60_000;

type Parts = {
  readonly store: Pick<Store, 'hasOldBytes' | 'leftOldBytes' | 'scrub'>;
  readonly time: Pick<Timekeeper, 'now' | 'register'>;
};

export const sweepOldBytes = ({ store, time }: Parts): void => {
  let dueAt: number | undefined;
  // A process that was killed left its log behind.
  store.leftOldBytes();

  time.register({
    name: 'old-bytes',
    nextDueAt: () => {
      if (dueAt === undefined && store.hasOldBytes()) dueAt = time.now() + AFTER_MS;
      return dueAt;
    },
    runDue: async (now) => {
      if (dueAt !== undefined && dueAt <= now) {
        dueAt = undefined;
        await store.scrub();
      }
      // Housekeeping is not an event of the story, so it does not count as one.
      return 0;
    },
  });
};
