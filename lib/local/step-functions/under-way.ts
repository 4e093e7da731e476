/**
 * Executions whose Lambda runs are looked at again within moments: their rows are kept as they were written, so that
 * the Lambda's return reads nothing. Executions that wait for anything else are on disk alone.
 */
import type { Execution, ExecutionTable } from './execution-table.ts';
import type { Thread, ThreadTable } from './thread-table.ts';

export type Known = {
  execution: Execution | undefined;
  threads: Pick<ThreadTable, 'get' | 'childrenOf'>;
};

type Kept = { execution: Execution; threads: ReadonlyMap<number, Thread> };

export const createUnderWay = (disk: { executions: ExecutionTable; threads: ThreadTable }) => {
  const kept = new Map<number, Kept>();
  return {
    /** What was just written; only executions with running threads are kept. */
    keep: (execution: Execution, running: readonly Thread[]): void => {
      if (running.length === 0) return;
      kept.set(execution.id, { execution, threads: new Map(running.map((one) => [one.ordinal, one])) });
    },
    /** Hands it over: whoever takes it changes it, and a change that is not written must leave nothing behind. */
    take: (id: number): Known => {
      const known = kept.get(id);
      if (known === undefined) return { execution: disk.executions.get(id), threads: disk.threads };
      kept.delete(id);
      return {
        execution: known.execution,
        threads: {
          get: (execution, ordinal) => known.threads.get(ordinal) ?? disk.threads.get(execution, ordinal),
          childrenOf: disk.threads.childrenOf,
        },
      };
    },
  };
};
