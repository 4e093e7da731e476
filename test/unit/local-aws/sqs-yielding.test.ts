import { describe, expect, it } from 'vitest';
import { createYielding } from '../../../lib/local/aws/sqs-yielding.ts';

/** A door that requests come in at, real time that stands until it is moved, and a count of open work. */
const createPlace = ({ isMoving = false } = {}) => {
  let requests = 0;
  let now = 0;
  let open = 0;
  let rested = 0;
  const timers: { at: number; run(): void }[] = [];
  const yielding = createYielding({
    requests: () => requests,
    time: {
      now: () => 1_000_000 + now,
      isMoving: () => isMoving,
      busy: () => {
        open += 1;
        return () => {
          open -= 1;
        };
      },
    },
    rested: () => {
      rested += 1;
    },
    real: { now: () => now, later: (ms, run) => void timers.push({ at: now + ms, run }) },
  });
  return {
    ...yielding,
    openWork: () => open,
    rested: () => rested,
    restsUntil: () => timers.map(({ at }) => at),
    pass: (ms: number) => {
      now += ms;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      }
    },
    /** A batch of ten during which so many requests came. */
    batch: (came: number, { ms = 100, ageMs = 0 } = {}) => {
      const ended = yielding.begin();
      requests += came;
      now += ms;
      ended({ messages: 10, oldestSentAt: 1_000_000 + now - ageMs });
    },
  };
};

describe('a queue beside requests', () => {
  it('works on as many batches as it likes while few come', () => {
    const queue = createPlace();

    queue.batch(19);

    expect(queue.allows(4)).toBe(true);
    expect(queue.openWork()).toBe(0);
  });

  it('rests in a rush for four times as long as its batch took, then works on one batch at a time', () => {
    const queue = createPlace();

    queue.batch(20);
    const during = [queue.allows(0), queue.openWork()];
    queue.pass(399);
    const before = queue.allows(0);
    queue.pass(1);

    expect(during).toEqual([false, 1]);
    expect(before).toBe(false);
    expect([queue.allows(0), queue.allows(1)]).toEqual([true, false]);
    expect([queue.rested(), queue.openWork()]).toEqual([1, 0]);
  });

  it('rests a second at most, and once for all batches of the moment', () => {
    const queue = createPlace();

    queue.batch(100, { ms: 5000 });
    queue.batch(100, { ms: 0 });

    expect(queue.restsUntil()).toEqual([6000]);
  });

  it('works as ever when the rush is over', () => {
    const queue = createPlace();
    queue.batch(100);
    queue.pass(1000);

    queue.batch(3);

    expect(queue.allows(4)).toBe(true);
  });

  it('stands back no more for messages that have waited for a minute', () => {
    const queue = createPlace();

    queue.batch(100, { ageMs: 60_000 });

    expect(queue.allows(4)).toBe(true);
  });

  it('never rests while the clock is moved', () => {
    const queue = createPlace({ isMoving: true });

    queue.batch(100);

    expect(queue.allows(4)).toBe(true);
    expect(queue.openWork()).toBe(0);
  });
});
