/** Housekeeping at midnight: when it runs, and on which nights it lets the clock go by. */
import { describe, expect, it } from 'vitest';
import { everyMidnight } from '../../../lib/local/daily.ts';

const at = (text: string): number => Date.parse(`2026-12-${text}:00Z`);

/** A clock that stops at whatever is due, as the runtime's does. */
const nights = (soonestAfter: (now: number) => number | undefined) => {
  let now = at('01T10:00');
  let changes = 0;
  const ran: string[] = [];
  let part: { nextDueAt(): number | undefined; runDue(now: number): Promise<number> } | undefined;
  const time = {
    now: () => now,
    register: (registered: NonNullable<typeof part>) => {
      part = registered;
    },
  };
  everyMidnight(time, 'nights', {
    run: async (instant) => {
      ran.push(new Date(instant).toISOString().slice(0, 16));
      return soonestAfter(instant);
    },
    changes: () => changes,
  });
  return {
    ran,
    change: () => {
      changes += 1;
    },
    goTo: async (goal: number) => {
      for (let due = part?.nextDueAt(); due !== undefined && due <= goal; due = part?.nextDueAt()) {
        now = Math.max(now, due);
        await part?.runDue(now);
      }
      now = goal;
    },
  };
};

describe('housekeeping', () => {
  it('runs on the first midnight, and then not while nothing that is there can be over', async () => {
    const world = nights(() => undefined);

    await world.goTo(at('31T10:00'));

    expect(world.ran).toEqual(['2026-12-02T00:00']);
  });

  it('runs on the midnight after something new came, and not before', async () => {
    const world = nights(() => undefined);
    await world.goTo(at('10T10:00'));
    world.change();

    await world.goTo(at('10T23:59'));
    expect(world.ran).toEqual(['2026-12-02T00:00']);
    await world.goTo(at('20T10:00'));

    expect(world.ran).toEqual(['2026-12-02T00:00', '2026-12-11T00:00']);
  });

  it.each([
    ['at noon, on the midnight after it', '05T12:00', '2026-12-06T00:00'],
    ['at midnight, on that very midnight', '05T00:00', '2026-12-05T00:00'],
  ])('runs when something is over: %s', async (_, end, midnight) => {
    const world = nights((now) => (now < at(end) ? at(end) : undefined));

    await world.goTo(at('31T10:00'));

    expect(world.ran).toEqual(['2026-12-02T00:00', midnight]);
  });

  it('runs each night while each night something is over', async () => {
    const world = nights((now) => now + 1);

    await world.goTo(at('05T10:00'));

    expect(world.ran).toEqual([
      '2026-12-02T00:00',
      '2026-12-03T00:00',
      '2026-12-04T00:00',
      '2026-12-05T00:00',
    ]);
  });
});
