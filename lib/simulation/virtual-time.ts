/** A clock that stands still unless it is moved: the same sale always gives the same calendar, to the second. */
import type { Store } from '../local/store.ts';
import type { TimedPart, Timekeeper } from '../local/time.ts';

export type VirtualTime = Timekeeper & {
  /** Moves to the next thing due at or before `limit` and lets it happen; false when there is none. */
  step(limit: number): Promise<boolean>;
};

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

export const createVirtualTime = (store: Store, start: number): VirtualTime => {
  const parts: TimedPart[] = [];
  let now = start;
  let open = 0;

  /** Looks twice, because finished work may have queued more in the same turn. */
  const whenIdle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 2; ) {
      await nextTurn();
      await store.settled();
      quiet = open === 0 ? quiet + 1 : 0;
    }
  };

  const step = async (limit: number): Promise<boolean> => {
    await whenIdle();
    const due = Math.min(...parts.map((part) => part.nextDueAt() ?? Number.POSITIVE_INFINITY));
    if (due > limit || due === Number.POSITIVE_INFINITY) return false;
    now = Math.max(now, due);
    for (const part of parts) await part.runDue(now);
    await whenIdle();
    return true;
  };

  return {
    now: () => now,
    register: (part) => {
      parts.push(part);
    },
    touch: () => undefined,
    isMoving: () => true,
    busy: () => {
      open += 1;
      let isOpen = true;
      return () => {
        if (isOpen) open -= 1;
        isOpen = false;
      };
    },
    openWork: () => open,
    whenIdle,
    step,
    advanceTo: async (target) => {
      let fired = 0;
      while (await step(target)) fired += 1;
      now = Math.max(now, target);
      return { now, fired };
    },
    start: () => undefined,
    stop: () => undefined,
  };
};
