/** The interpreter's clock: it stands still unless it is moved, and says what is due next. */
import type { TimedPart, Timekeeper } from '../../../lib/local/time.ts';

export type Clock = Timekeeper & {
  moveTo(instant: number): void;
  nextDueAt(): number;
  /** Lets everything happen that is due by now; resolves once all of it is written, not once it has ended. */
  fire(): Promise<void>;
};

export const createClock = (start: number): Clock => {
  const parts: TimedPart[] = [];
  let now = start;
  let open = 0;
  return {
    now: () => now,
    moveTo: (instant) => {
      now = Math.max(now, instant);
    },
    nextDueAt: () => Math.min(...parts.map((part) => part.nextDueAt() ?? Number.POSITIVE_INFINITY)),
    fire: async () => {
      for (const part of parts) await part.runDue(now);
    },
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
    whenIdle: async () => undefined,
    advanceTo: async (target) => ({ now: target, fired: 0 }),
    start: () => undefined,
    stop: () => undefined,
  };
};
