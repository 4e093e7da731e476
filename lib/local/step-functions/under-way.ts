/**
 * Executions whose Lambda runs are looked at again within moments: their rows are kept as they were written, so that
 * the Lambda's return reads nothing. Executions that wait for anything else are on disk alone.
 */
import type { Execution, Stored } from './execution.ts';
import type { ExecutionTable } from './execution-table.ts';
import type { Thread } from './thread.ts';
import type { ThreadTable } from './thread-table.ts';

export type Known = { stored: Stored | undefined; threads: Pick<ThreadTable, 'get' | 'childrenOf'> };

type Kept = { stored: Stored; threads: ReadonlyMap<number, Thread> };

export const createUnderWay = (disk: { executions: ExecutionTable; threads: ThreadTable }) => {
  const kept = new Map<number, Kept>();
  return {
    /** What was just written; only executions with running threads are kept. */
    keep: (execution: Execution, root: Thread | undefined, running: readonly Thread[]): void => {
      if (running.length === 0) return;
      const threads = new Map(running.map((one) => [one.ordinal, one]));
      kept.set(execution.id, { stored: { execution, root }, threads });
    },
    /** Hands it over: whoever takes it changes it, and a change that is not written must leave nothing behind. */
    take: (id: number): Known => {
      const known = kept.get(id);
      if (known === undefined) return { stored: disk.executions.get(id), threads: disk.threads };
      kept.delete(id);
      return {
        stored: known.stored,
        threads: {
          get: (execution, ordinal) => known.threads.get(ordinal) ?? disk.threads.get(execution, ordinal),
          childrenOf: disk.threads.childrenOf,
        },
      };
    },
  };
};
