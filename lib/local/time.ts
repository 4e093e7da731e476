/**
 * The one clock of the one-machine runtime. It runs in real time until somebody moves it; then everything that
 * falls due on the way runs in due order, as it would have on the day.
 */
import type { Store } from './store.ts';

/** A part of the runtime that has work due at instants, kept by itself on disk. */
export type TimedPart = {
  readonly name: string;
  /** Epoch milliseconds of the next thing due, undefined when nothing is. */
  nextDueAt(): number | undefined;
  /** Runs everything due at or before `now` and says how many things that was. */
  runDue(now: number): Promise<number>;
};

export type Timekeeper = {
  /** Virtual now, epoch milliseconds. */
  now(): number;
  register(part: TimedPart): void;
  /** Says that some part's next due instant may have changed. */
  touch(): void;
  /** The clock is being moved, so what lies between is not lived through. */
  isMoving(): boolean;
  /** Begins a piece of work; call what it returns when the work has ended. The clock never moves past open work. */
  busy(): () => void;
  /** How many pieces of work are open. */
  openWork(): number;
  whenIdle(): Promise<void>;
  /** Moves to an instant, running everything due on the way; resolves when idle there. Never moves back. */
  advanceTo(target: number): Promise<{ now: number; fired: number }>;
  /** Starts real-time running. Until then nothing fires by itself. */
  start(): void;
  stop(): void;
};

const LONGEST_TIMEOUT = 2_147_000_000;

export const createTimekeeper = (store: Store): Timekeeper => {
  store.db.exec(
    'CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset INTEGER NOT NULL) STRICT',
  );
  const saved = store.db.prepare('SELECT offset FROM clock WHERE id = 1').get();
  let offset = Number(saved?.['offset'] ?? 0);
  let frozenAt: number | undefined;
  let isRunning = false;
  let timer: NodeJS.Timeout | undefined;
  let open = 0;
  let idleWaiters: (() => void)[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const parts: TimedPart[] = [];

  const now = () => frozenAt ?? Date.now() + offset;
  const earliest = () => Math.min(...parts.map((part) => part.nextDueAt() ?? Number.POSITIVE_INFINITY));

  /** Resolves once no work is open, looking twice because finished work may have queued more in the same turn. */
  const whenIdle = async (): Promise<void> => {
    for (;;) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      await store.settled();
      if (open === 0) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        if (open === 0) return;
      } else {
        await new Promise<void>((resolve) => idleWaiters.push(resolve));
      }
    }
  };

  const busy = () => {
    open += 1;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      open -= 1;
      if (open > 0) return;
      const waiting = idleWaiters;
      idleWaiters = [];
      for (const resolve of waiting) resolve();
    };
  };

  const runDue = async (instant: number): Promise<number> => {
    const end = busy();
    let fired = 0;
    try {
      for (const part of parts) fired += await part.runDue(instant);
    } finally {
      end();
    }
    return fired;
  };

  const arm = () => {
    clearTimeout(timer);
    if (!isRunning || frozenAt !== undefined) return;
    const due = earliest();
    if (due === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(
      () => {
        if (frozenAt !== undefined) return;
        runDue(now()).then(arm, (error: unknown) => {
          console.error(error);
          arm();
        });
      },
      Math.min(Math.max(due - now(), 0), LONGEST_TIMEOUT),
    );
  };

  const keep = store.db.prepare(
    'INSERT INTO clock (id, offset) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET offset = excluded.offset',
  );
  const keepOffset = (value: number) =>
    store.write(() => {
      offset = value;
      keep.run(value);
    });

  const moveTo = async (target: number): Promise<{ now: number; fired: number }> => {
    const goal = Math.max(target, now());
    let fired = 0;
    frozenAt = now();
    clearTimeout(timer);
    try {
      await whenIdle();
      for (;;) {
        const due = earliest();
        if (due > goal) break;
        frozenAt = Math.max(due, frozenAt);
        // Both at once: what runs at an instant and that the clock stood there share a group commit.
        const [, ran] = await Promise.all([keepOffset(frozenAt - Date.now()), runDue(frozenAt)]);
        fired += ran;
        await whenIdle();
      }
      await keepOffset(goal - Date.now());
      return { now: goal, fired };
    } finally {
      frozenAt = undefined;
      arm();
    }
  };

  return {
    now,
    register: (part) => {
      parts.push(part);
      arm();
    },
    touch: arm,
    isMoving: () => frozenAt !== undefined,
    busy,
    openWork: () => open,
    whenIdle,
    advanceTo: (target) => {
      const mine = turn.then(() => moveTo(target));
      turn = mine.catch(() => undefined);
      return mine;
    },
    start: () => {
      isRunning = true;
      arm();
    },
    stop: () => {
      isRunning = false;
      clearTimeout(timer);
    },
  };
};
