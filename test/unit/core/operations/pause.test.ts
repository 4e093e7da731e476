import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEpochMs } from '../../../../functions/core/calendar.ts';
import { saleIdOf } from '../../../../functions/core/ids.ts';
import {
  askAfterPause,
  heldMessages,
  type Pause,
  pausedDecision,
  pausedName,
  pauseOf,
  pauseOfAll,
  RESUMED,
  whyNotUntil,
} from '../../../../functions/core/operations/pause.ts';
import { askMoment } from '../../../../functions/core/when/moment.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { at, record, saleOf, told } from '../../../fixtures/sales.ts';

const pause = (what: Pause['what'], until = at(18)): Pause => ({
  what,
  from: at(17),
  until,
  by: 'mara',
  reason: 'a wrong link',
});
const ALL = pause({ of: 'all' });
const NOW = at(17, '12:00');

describe('a pause', () => {
  it.each([
    ['everything', { of: 'all' }, true],
    ['its source', { of: 'source', name: 'shop' }, true],
    ['its journey', { of: 'journey', name: 'goods' }, true],
    ['another source', { of: 'source', name: 'web' }, false],
    ['another journey', { of: 'journey', name: 'class' }, false],
  ] as const)('of %s holds a sale or leaves it alone', (_, what, isHeld) => {
    expect(pauseOf([pause(what)], record(), NOW) !== undefined).toBe(isHeld);
  });

  it('is over at its end, to the millisecond', () => {
    expect(pauseOf([ALL], record(), at(18, '09:59:59.999'))).toEqual(ALL);
    expect(pauseOf([ALL], record(), at(18))).toBeUndefined();
  });

  it('holds a state that was entered before it began and is tried again', () => {
    expect(pauseOf([ALL], record(), at(16))).toEqual(ALL);
  });

  it('of several is the one that ends last', () => {
    const longer = pause({ of: 'source', name: 'shop' }, at(19));

    expect(pauseOf([longer, ALL], record(), NOW)).toEqual(longer);
    expect(pauseOf([ALL, longer], record(), NOW)).toEqual(longer);
  });

  it('never holds the synthetic sale', () => {
    const id = saleIdOf('canary', '1');

    expect(pauseOf([ALL], { ...record(), id, source: 'canary' }, NOW)).toBeUndefined();
  });

  it('of a source says nothing about lists to staff; one of everything does', () => {
    expect(pauseOfAll([pause({ of: 'source', name: 'shop' })], NOW)).toBeUndefined();
    expect(pauseOfAll([ALL], NOW)).toEqual(ALL);
  });

  it('stands in the journal without its reason and without who pressed the button', () => {
    const text = JSON.stringify(pausedDecision(ALL));

    expect(text).toContain(at(18));
    expect(text).not.toContain('wrong link');
    expect(text).not.toContain('mara');
    expect(pausedName({ of: 'source', name: 'shop' })).toBe('source shop');
  });

  it('lasts a week at most, and ends after it begins', () => {
    expect(whyNotUntil(at(2), at(9))).toBeUndefined();
    expect(whyNotUntil(at(2), at(9, '10:00:00.001'))).toBe('too long');
    expect(whyNotUntil(at(2), at(2))).toBe('over already');
  });
});

describe('a question that waits for the end of a pause', () => {
  it('is asked in hours one may ask in, and never before the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 167 }), (order, hours) => {
        const sale = record({ id: saleIdOf('shop', `B-${order}`) });
        const until = new Date(toEpochMs(at(17)) + hours * 3_600_000).toISOString();

        const asked = askAfterPause(configuration(), sale, { ...ALL, until });

        expect(toEpochMs(asked)).toBeGreaterThanOrEqual(toEpochMs(until));
        expect(askMoment(configuration(), sale, asked).at).toBe(asked);
      }),
      { numRuns: 60 },
    );
  });

  it('is asked in a minute of its own within the hour after it', () => {
    const asked = Array.from({ length: 200 }, (_, n) =>
      askAfterPause(configuration(), record({ id: saleIdOf('shop', `B-${n}`) }), ALL),
    );

    const minutes = new Set(asked.map((one) => (toEpochMs(one) - toEpochMs(at(18))) / 60_000));
    expect(Math.max(...minutes)).toBeLessThan(60);
    expect(minutes.size).toBeGreaterThan(40);
  });
});

describe('what a pause has held back', () => {
  const held = (message: string, when = NOW) =>
    ({ type: 'deferred', at: when, message, until: at(18), why: pausedDecision(ALL) }) as const;

  it('is known by its last word in the journal', () => {
    expect(heldMessages(saleOf([told.ordered(), held('check-in')]), NOW)).toEqual([
      { message: 'check-in', until: at(18) },
    ]);
  });

  it('is held no more once it was claimed, dropped or resumed', () => {
    const claimed = told.claimed('check-in', at(17, '13:00'));
    const dropped = told.skipped('check-in', at(17, '13:00'));
    const resumed = { ...held('check-in', at(17, '13:00')), until: at(17, '13:00'), why: RESUMED };

    for (const later of [claimed, dropped, resumed])
      expect(heldMessages(saleOf([told.ordered(), held('check-in'), later]), at(17, '14:00'))).toEqual([]);
  });

  it('is held still when the mail service had refused it before', () => {
    const refused = [told.claimed('check-in', at(17, '11:00')), told.refused('check-in', at(17, '11:00'))];

    expect(heldMessages(saleOf([told.ordered(), ...refused, held('check-in')]), NOW)).toHaveLength(1);
  });

  it('is not what waits for another reason', () => {
    const away = { ...held('check-in'), why: { rule: 'outside-hours', inputs: {} } };

    expect(heldMessages(saleOf([told.ordered(), away]), NOW)).toEqual([]);
  });
});
