/** Runs changes in one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import type { ReachPoint } from '../failpoints.ts';

export type Waiting = { run(): void; done(): void; fail(error: unknown): void };

/** What everybody of a group is to be told, once what they wrote or read is on disk. */
export type Verdict = () => void;

const verdictOf =
  (verdicts: readonly Verdict[]): Verdict =>
  () => {
    for (const verdict of verdicts) verdict();
  };

/** `file` is for people to read. */
export const createGroupCommit = (db: DatabaseSync, file: string, reach: ReachPoint) => {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const savepoint = db.prepare('SAVEPOINT one');
  const release = db.prepare('RELEASE one');
  const end = db.prepare('COMMIT');

  /** A change that throws is undone alone. */
  const runAlone = (one: Waiting): Verdict => {
    savepoint.run();
    try {
      one.run();
      release.run();
      return one.done;
    } catch (error) {
      db.exec('ROLLBACK TO one; RELEASE one');
      return () => one.fail(error);
    }
  };

  const runApart = (group: readonly Waiting[]): Verdict[] => {
    begin.run();
    return group.map(runAlone);
  };

  /** Hardly a change ever throws, and savepoints would cost every one of them two more statements. */
  const runTogether = (group: readonly Waiting[]): Verdict[] | undefined => {
    begin.run();
    try {
      for (const one of group) one.run();
      return group.map((one) => one.done);
    } catch {
      // Whatever it was happens again when they run apart, and reaches the one it belongs to.
      if (db.isTransaction) db.exec('ROLLBACK');
      return undefined;
    }
  };

  return (group: readonly Waiting[]): Verdict => {
    try {
      const verdicts = runTogether(group) ?? runApart(group);
      reach('committing');
      end.run();
      return verdictOf(verdicts);
    } catch (error) {
      if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
      const why = error instanceof Error ? error.message : String(error);
      const words = `Nothing can be written to ${file} (${why}), so nothing is acknowledged. Is the disk full?`;
      return verdictOf(group.map((one) => () => one.fail(new Error(words, { cause: error }))));
    }
  };
};
