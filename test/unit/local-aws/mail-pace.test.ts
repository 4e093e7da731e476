import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callsAtRate, createMailPace, mailRateOf } from '../../../lib/local/aws/mail-pace.ts';
import { createTurns } from '../../../lib/local/step-functions/turns.ts';

/** A clock that stands until it is moved; its timers come as late as it is told. */
const createClock = () => {
  let at = 0;
  let timers: { due: number; run(): void }[] = [];
  return {
    now: () => at,
    later: (ms: number, run: () => void) => {
      timers.push({ due: at + ms, run });
    },
    moveTo: async (target: number) => {
      await nextTurn();
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.due - b.due);
        if (next === undefined || next.due > target) break;
        timers = timers.filter((one) => one !== next);
        at = Math.max(at, next.due);
        next.run();
        await nextTurn();
      }
      at = target;
    },
    /** Nothing ran until then, as when the machine was busy. */
    stallTo: (target: number) => {
      at = target;
    },
  };
};

describe('a pace of mails', () => {
  it('lets them out at its rate, first come first served', async () => {
    const clock = createClock();
    const pace = createMailPace(10, clock);
    const left: [number, number][] = [];
    for (let mail = 0; mail < 25; mail += 1)
      void (async () => {
        await pace();
        left.push([mail, clock.now()]);
      })();

    await clock.moveTo(10_000);

    expect(left.map(([mail]) => mail)).toEqual(Array.from({ length: 25 }, (_, mail) => mail));
    expect(left.map(([, at]) => at)).toEqual(Array.from({ length: 25 }, (_, mail) => mail * 100));
  });

  it('loses no rate when a timer comes late', async () => {
    const clock = createClock();
    const pace = createMailPace(100, clock);
    let left = 0;
    for (let mail = 0; mail < 200; mail += 1) void pace()?.then(() => (left += 1));

    clock.stallTo(1000);
    await clock.moveTo(1000);
    await nextTurn();

    expect(left).toBe(100);
  });

  it('makes up for no silence', async () => {
    const clock = createClock();
    const pace = createMailPace(10, clock);
    await clock.moveTo(3_600_000);
    let left = 0;

    for (let mail = 0; mail < 50; mail += 1) void Promise.resolve(pace()).then(() => (left += 1));
    await clock.moveTo(3_600_900);

    expect(left).toBe(10);
  });

  it('is none unless it is set', () => {
    expect(createMailPace(undefined)()).toBeUndefined();
    expect(mailRateOf({})).toBeUndefined();
    expect(callsAtRate(undefined)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is set in mails per second', () => {
    expect(['14', '0.5'].map((text) => mailRateOf({ AFTERCARE_MAIL_RATE: text }))).toEqual([14, 0.5]);
  });

  it.each(['fast', '0', '-3', '0.01', 'Infinity'])('%s is none', (text) => {
    expect(() => mailRateOf({ AFTERCARE_MAIL_RATE: text })).toThrow(
      `AFTERCARE_MAIL_RATE=${text} is no rate. Write mails per second`,
    );
  });
});

describe('steps under way at a rate', () => {
  it.each([0.05, 1, 14, 500])(
    'wait for their mails at %d a second for a fraction of what a function may run',
    (rate) => {
      const longestWaitSeconds = callsAtRate(rate) / rate;

      expect(longestWaitSeconds).toBeLessThan(25);
      expect(callsAtRate(rate)).toBeGreaterThanOrEqual(1);
    },
  );

  it('begin in the order they came, so many at once', async () => {
    const inTurn = createTurns(3);
    const begun: number[] = [];
    const ends = new Map<number, () => void>();
    const jobs = Array.from({ length: 7 }, (_, job) =>
      inTurn(() => {
        begun.push(job);
        return new Promise<void>((resolve) => ends.set(job, resolve));
      }),
    );
    await nextTurn();
    const atFirst = [...begun];
    ends.get(1)?.();
    await nextTurn();
    const afterOne = [...begun];

    for (let job = 0; job < 7; job += 1) {
      ends.get(job)?.();
      await nextTurn();
    }
    await Promise.all(jobs);

    expect(atFirst).toEqual([0, 1, 2]);
    expect(afterOne).toEqual([0, 1, 2, 3]);
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('hand over the place of one that failed', async () => {
    const inTurn = createTurns(1);

    const failed = inTurn(() => Promise.reject(new Error('no')));
    const next = inTurn(async () => 'done');

    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});
