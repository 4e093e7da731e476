/**
 * Carries the log into the database file when it has grown, in a thread of its own: the pages and their sync take tenths of a
 * second. A first pass runs beside the commits; what they add meanwhile is carried by a second one, for which they wait, so that
 * SQLite can begin the log anew instead of letting it grow.
 */
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { FromCarrier, ToCarrier } from './log-carrier-thread.ts';

const SCRIPT = new URL('./log-carrier-thread.ts', import.meta.url);

export type LogCarrier = {
  /** Looks whether the log has grown enough; call it after each commit. */
  look(): void;
  /** While it resolves, nobody may commit; undefined when commits are free. */
  holding(): Promise<void> | undefined;
  /** Resolves when nothing is being carried. */
  idle(): Promise<void>;
  close(): void;
};

/** Copies into the database what the log has when it is asked to. */
export type CarrierThread = { pass(): Promise<void>; end(): void };

const openThread = (file: string): CarrierThread => {
  const worker = new Worker(SCRIPT, { workerData: { file }, execArgv: [] });
  worker.unref();
  let settle: { resolve(): void; reject(error: unknown): void } | undefined;
  const fail = (error: unknown) => settle?.reject(error);
  worker.on('message', ({ error }: FromCarrier) => {
    if (error === undefined) settle?.resolve();
    else fail(new Error(error));
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread that carries the log ended.')));
  return {
    pass: () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      settle = { resolve, reject };
      worker.postMessage('pass' satisfies ToCarrier);
      return promise;
    },
    end: () => void worker.terminate(),
  };
};

/** `atPages`: so long may the log become before it is carried. */
export const createLogCarrier = (
  db: DatabaseSync,
  file: string,
  atPages: number,
  open: (file: string) => CarrierThread = openThread,
): LogCarrier => {
  // Looks without doing anything, unlike every other kind of checkpoint.
  const length = db.prepare('PRAGMA wal_checkpoint(NOOP)');
  let thread: CarrierThread | undefined;
  let carrying: Promise<void> | undefined;
  let holding: Promise<void> | undefined;
  let isClosed = false;
  let nextAt = atPages;
  let last = 0;

  const pages = () => Number(length.get()?.['log']);

  const carry = async (): Promise<void> => {
    thread ??= open(file);
    try {
      await thread.pass();
      const rest = thread.pass();
      holding = rest.catch(() => undefined);
      await rest;
    } catch (error) {
      if (isClosed) return;
      console.error(`The log of ${file} could not be carried into it; that is tried again.`, error);
      thread.end();
      thread = undefined;
    } finally {
      holding = undefined;
      carrying = undefined;
    }
    // It stays as long as it is until the next commit begins it anew, which somebody who reads may prevent.
    if (db.isOpen) nextAt = pages() + atPages;
  };

  return {
    look: () => {
      const now = pages();
      if (now < last) nextAt = atPages;
      last = now;
      if (carrying === undefined && now >= nextAt) carrying = carry();
    },
    holding: () => holding,
    idle: async () => carrying,
    close: () => {
      isClosed = true;
      thread?.end();
    },
  };
};
