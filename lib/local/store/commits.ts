/** The order of things: a group gathers, is committed, is brought to disk, is told; then the next one. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReachPoint } from '../failpoints.ts';
import type { DiskLog } from './disk-log.ts';
import { createGroupCommit, type Verdict, type Waiting } from './group-commit.ts';
import type { LogCarrier } from './log-carrier.ts';

export type Commits = {
  /** Resolves once the change is on disk. */
  write<T>(change: () => T): Promise<T>;
  /** Resolves once what the database shows now is on disk; undefined when it is. */
  durable(): Promise<void> | undefined;
  settled(): Promise<void>;
  /** Commits what waits and tells everybody, at once. */
  finish(): void;
};

type Options = {
  readonly db: DatabaseSync;
  readonly file: string;
  readonly reach: ReachPoint;
  /** Undefined for a database in memory. */
  readonly parts: { readonly log: DiskLog; readonly carrier: LogCarrier } | undefined;
};

/** Committed, and not told so yet. */
type Committed = { readonly group: readonly Waiting[]; readonly tell: Verdict };

const syncFailed = (file: string, cause: unknown): Error => {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(
    `What was written to ${file} did not reach the disk (${why}), so nothing is acknowledged any more. Look after the disk, then start Aftercare again.`,
    { cause },
  );
};

export const createCommits = ({ db, file, reach, parts }: Options): Commits => {
  const runGroup = createGroupCommit(db, file, reach);
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let committed: Committed | undefined;
  let syncing: Promise<void> | undefined;
  /** After a sync that failed nobody knows what the disk has, and a later one that succeeds does not tell. */
  let broken: Error | undefined;

  const commit = () => {
    const group = waiting;
    waiting = [];
    committed = { group, tell: runGroup(group) };
  };

  const tellDone = () => {
    const told = committed;
    // A store that was closed in the meantime has told them.
    if (told === undefined) return;
    committed = undefined;
    syncing = undefined;
    reach('committed');
    told.tell();
  };

  const tellBroken = (cause: unknown) => {
    broken = syncFailed(file, cause);
    const told = [...(committed?.group ?? []), ...waiting.splice(0)];
    committed = undefined;
    for (const one of told) one.fail(broken);
  };

  const bringToDisk = async () => {
    // In a store that is closed nothing was committed, and there is no log any more.
    if (parts === undefined || !db.isOpen) return tellDone();
    syncing = parts.log.sync();
    parts.carrier.look();
    await syncing.then(tellDone, tellBroken);
  };

  const work = async () => {
    while (waiting.length > 0) {
      // Whatever arrives in the same turn shares the sync.
      await nextTurn();
      await parts?.carrier.holding();
      // A store that was closed in the meantime has committed already.
      if (waiting.length === 0) break;
      commit();
      await bringToDisk();
    }
    working = undefined;
  };

  return {
    write: (change) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        let outcome: { value: ReturnType<typeof change> } | undefined;
        waiting.push({
          run: () => {
            outcome = { value: change() };
          },
          done: () => {
            if (outcome !== undefined) resolve(outcome.value);
          },
          fail: reject,
        });
        working ??= work();
      }),
    durable: () => (broken === undefined ? syncing : Promise.reject(broken)),
    settled: async () => working,
    finish: () => {
      // Those whose sync is under way, then those who wait: one more sync is for both.
      const earlier = committed;
      committed = undefined;
      if (waiting.length > 0) commit();
      if (earlier === undefined && committed === undefined) return;
      try {
        parts?.log.syncNow();
        earlier?.tell();
        tellDone();
      } catch (error) {
        tellBroken(error);
        for (const one of earlier?.group ?? []) one.fail(broken);
      }
    },
  };
};
