/**
 * What AWS deletes is gone; embedded stores keep the old bytes until they tidy up. SQLite's log is emptied a few minutes
 * after a queue has deleted a message, and whatever is overwritten around an erasure is swept out of LevelDB once the work
 * has gone on: forgetting a person takes many writes, by several hands.
 */
import type { Dynamodb } from './aws/dynamodb.ts';
import type { Store } from './store.ts';
import type { Timekeeper } from './time.ts';

const MINUTE_MS = 60_000;
const LOG_AFTER_MS = 5 * MINUTE_MS;
const TABLES_AFTER_MS = MINUTE_MS;
/** So long after an erasure writes may still belong to it. */
const FOLLOW_MS = 60 * MINUTE_MS;

type Parts = {
  readonly store: Pick<Store, 'hasOldBytes' | 'scrub'>;
  readonly time: Pick<Timekeeper, 'now' | 'register' | 'touch'>;
  readonly dynamodb: Pick<Dynamodb, 'beforeWrite' | 'compact'>;
  isErasure(request: Readonly<Record<string, unknown>>): boolean;
};

export const sweepOldBytes = ({ store, time, dynamodb, isErasure }: Parts): void => {
  let erasedAt = Number.NEGATIVE_INFINITY;
  let tablesDueAt: number | undefined;
  let logDueAt: number | undefined;

  dynamodb.beforeWrite(async (request) => {
    if (isErasure(request)) erasedAt = time.now();
    if (time.now() - erasedAt > FOLLOW_MS) return;
    tablesDueAt = time.now() + TABLES_AFTER_MS;
    time.touch();
  });

  time.register({
    name: 'old-bytes',
    nextDueAt: () => {
      if (logDueAt === undefined && store.hasOldBytes()) logDueAt = time.now() + LOG_AFTER_MS;
      const due = [tablesDueAt, logDueAt].filter((at) => at !== undefined);
      return due.length === 0 ? undefined : Math.min(...due);
    },
    runDue: async (now) => {
      if (tablesDueAt !== undefined && tablesDueAt <= now) {
        tablesDueAt = undefined;
        await dynamodb.compact();
      }
      if (logDueAt !== undefined && logDueAt <= now) {
        logDueAt = undefined;
        await store.scrub();
      }
      // Housekeeping is not an event of the story, so it does not count as one.
      return 0;
    },
  });
};
