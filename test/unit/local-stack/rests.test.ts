/** A schedule whose function says how long it will find nothing to do, played by the clock that is moved. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMeter, type Meter } from '../../../lib/local/meter.ts';
import { playSchedules } from '../../../lib/local/schedule/player.ts';
import { openStore, type Store } from '../../../lib/local/store.ts';
import { createTimekeeper, type Timekeeper } from '../../../lib/local/time.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let folder: string;
let store: Store;
let time: Timekeeper;
let meter: Meter;
/** When the function was called, in hours from the start. */
let calls: number[];
let start: number;
/** What it answers at that time. */
let answer: (now: number) => unknown;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-rests-'));
  store = openStore(join(folder, 'runtime.db'));
  time = createTimekeeper(store);
  meter = createMeter();
  calls = [];
  start = time.now();
  answer = () => ({ restsUntil: null });
});
afterEach(() => {
  time.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const play = (expression = 'rate(1 hour)') =>
  playSchedules({
    schedules: [
      {
        logicalId: 'Hourly',
        key: 'hourly',
        arn: 'arn:aws:events:us-east-1:000000000000:rule/hourly',
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:sweep',
        expression,
        timeZone: 'UTC',
        input: undefined,
        transformer: undefined,
      },
    ],
    store,
    time,
    meter,
    invoke: async () => {
      calls.push(Math.round((time.now() - start) / HOUR_MS));
      return { ok: true, payload: answer(time.now()) };
    },
    place: { region: 'us-east-1', accountId: '000000000000' },
    log: () => undefined,
  });

const iso = (hours: number) => new Date(start + hours * HOUR_MS).toISOString();
/** A whole hour and a bit: the schedule began a few milliseconds after the test. */
const moveTo = (hours: number) => time.advanceTo(start + hours * HOUR_MS + 60_000);
const write = () => meter.add('writeUnits', 1);

describe('a function that says nothing about rest', () => {
  it.each([[undefined], [null], ['fine'], [{ restsUntil: 'tomorrow' }]])(
    'is called every hour: %j',
    async (said) => {
      answer = () => said;
      play();

      await moveTo(5);

      expect(calls).toEqual([1, 2, 3, 4, 5]);
    },
  );
});

describe('a function that rests', () => {
  it('is not called through a year in which nothing is written', async () => {
    play();

    await time.advanceTo(start + 365 * DAY_MS);

    expect(calls).toEqual([1]);
  });

  it('is called at the first of its times that is not before the end of its rest', async () => {
    const rests = [iso(6.5), iso(29.5), null];
    answer = () => ({ restsUntil: rests[calls.length - 1] });
    play();

    await moveTo(31);

    expect(calls).toEqual([1, 7, 30]);
  });

  it('keeps its minute, however long it rested', async () => {
    const minutes: number[] = [];
    answer = (now) => {
      minutes.push(Math.round((now - start) / 60_000) % 60);
      return { restsUntil: new Date(now + 3.3 * HOUR_MS).toISOString() };
    };
    play();

    await moveTo(40);

    expect(new Set(minutes)).toEqual(new Set([0]));
    expect(calls.length).toBeGreaterThan(5);
  });

  it('that says it rests until a time that is past is called every hour', async () => {
    answer = () => ({ restsUntil: iso(-5) });
    play();

    await moveTo(4);

    expect(calls).toEqual([1, 2, 3, 4]);
  });

  it('is called within the hour when something is written, and never sleeps past what is new', async () => {
    play();
    time.register({
      name: 'writer',
      nextDueAt: () => (meter.read().writeUnits === 0 ? start + 100.5 * HOUR_MS : undefined),
      runDue: async (now) => {
        if (now < start + 100.5 * HOUR_MS) return 0;
        if (meter.read().writeUnits === 0) write();
        return 1;
      },
    });

    await moveTo(200);

    expect(calls).toEqual([1, 101]);
  });

  it('whose own run writes is not woken by that', async () => {
    answer = () => {
      write();
      return { restsUntil: iso(50) };
    };
    play();

    await moveTo(49);

    expect(calls).toEqual([1]);
  });

  it('is woken by what was written between two moves of the clock', async () => {
    play();
    await moveTo(10);
    write();

    await moveTo(20);

    expect(calls).toEqual([1, 11]);
  });

  it('is called again each hour once it fails to say', async () => {
    answer = (now) => (now < start + 2 * HOUR_MS ? { restsUntil: iso(5) } : { error: 'it fell over' });
    play();

    await moveTo(8);

    expect(calls).toEqual([1, 5, 6, 7, 8]);
  });
});

describe('a function that also rests although something was written', () => {
  const answerThatSleeps = (hours: number) => {
    answer = (now) => ({ restsUntil: null, notBefore: new Date(now + hours * HOUR_MS).toISOString() });
  };
  /** Something is written at half past each hour of the first two days. */
  const writeEachHour = () => {
    let next = 0;
    time.register({
      name: 'writer',
      nextDueAt: () => (next < 48 ? start + (next + 0.5) * HOUR_MS : undefined),
      runDue: async (now) => {
        if (next >= 48 || now < start + (next + 0.5) * HOUR_MS) return 0;
        next += 1;
        write();
        return 1;
      },
    });
  };

  it('is called no sooner than it said, and then at its next time', async () => {
    answerThatSleeps(6);
    play();
    writeEachHour();

    await moveTo(26);

    expect(calls).toEqual([1, 7, 13, 19, 25]);
  });

  it('is woken at once by what is written after that', async () => {
    answerThatSleeps(3);
    play();
    await moveTo(10);
    write();

    await moveTo(12);

    expect(calls).toEqual([1, 11]);
  });

  it('is still called when its rest ends sooner', async () => {
    answer = () => ({ restsUntil: iso(4.5), notBefore: iso(30) });
    play();
    writeEachHour();

    await moveTo(6);

    expect(calls).toEqual([1, 5, 6]);
  });
});
