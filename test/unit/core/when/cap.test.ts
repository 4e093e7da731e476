import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEpochMs, toInstant } from '../../../../functions/core/calendar.ts';
import { saleIdOf } from '../../../../functions/core/ids.ts';
import type { Touch } from '../../../../functions/core/person/standing.ts';
import { heldBack } from '../../../../functions/core/when/cap.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { at, SALE } from '../../../fixtures/sales.ts';

const { asking } = configuration({ asking: { daysBetween: 7, mostIn30Days: 3 } });
const OTHER = saleIdOf('shop', 'C-7');
const touch = (when: string, message = 'check-in', saleId = OTHER): Touch => ({
  at: toInstant(toEpochMs(when)),
  message,
  saleId,
});
const held = (touches: Touch[], message = 'check-in', now = at(20)) =>
  heldBack(asking, touches, { message, saleId: SALE }, now);

describe('how often a person is asked', () => {
  it('holds nothing back from somebody who was not asked lately', () => {
    expect(held([])).toBeUndefined();
    expect(held([touch(at(13))])).toBeUndefined();
  });

  it('leaves so many days between two questions, whatever they are about, and says which came before', () => {
    const { until, why } = held([touch(at(14), 'review-ask')]) ?? {};

    expect(until).toBe(at(21));
    expect(why).toEqual({
      rule: 'days-between',
      inputs: { daysBetween: 7, last: at(14), message: 'review-ask', sale: OTHER, until: at(21) },
    });
  });

  it('never holds a message back for its own sake', () => {
    expect(held([touch(at(20), 'check-in', SALE)])).toBeUndefined();
  });

  it('leaves the distance between a check-in and its own reminder to the journey', () => {
    expect(held([touch(at(16), 'check-in', SALE)], 'reminder')).toBeUndefined();
    expect(held([touch(at(16), 'check-in', OTHER)], 'reminder')?.until).toBe(at(23));
    expect(held([touch(at(16), 'check-in', SALE)], 'review-ask')?.until).toBe(at(23));
  });

  it('asks no more than so often within thirty days, the own reminder too', () => {
    const three = [touch(at(2)), touch(at(9), 'reminder'), touch(at(12), 'check-in', SALE)];

    expect(held(three, 'reminder')).toMatchObject({
      until: '2026-12-02T10:00:00.000Z',
      why: { rule: 'most-in-30-days', inputs: { asked: 3, most: 3, first: at(2) } },
    });
  });

  it('does not count what is owed', () => {
    expect(held([touch(at(19), 'resolve-1/receipt'), touch(at(20), 'call-1/late#1')])).toBeUndefined();
  });

  it('names a day on which nothing holds it back any more, and none before', () => {
    const touches = fc.array(
      fc.record({
        at: fc.integer({ min: Date.UTC(2026, 9, 20), max: Date.UTC(2026, 10, 20) }).map(toInstant),
        message: fc.constantFrom('check-in', 'reminder', 'review-ask'),
        saleId: fc.constantFrom(OTHER, saleIdOf('shop', 'D-8')),
      }),
      { maxLength: 12 },
    );

    fc.assert(
      fc.property(touches, (asked) => {
        const now = held(asked);
        if (now === undefined) return;

        expect(now.until > at(20)).toBe(true);
        expect(held(asked, 'check-in', now.until)).toBeUndefined();
        expect(held(asked, 'check-in', toInstant(toEpochMs(now.until) - 1000))).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });
});
