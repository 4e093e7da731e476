import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, toInstant } from '../../../functions/core/calendar.ts';
import { customerOpening } from '../../../functions/core/openings.ts';
import {
  checkInTime,
  FollowUpPlan,
  followUpCalendar,
  followUpPlan,
  PromisePlan,
  promisePlan,
} from '../../../functions/core/plan.ts';
import { foldFacts, promiseOf } from '../../../functions/core/sale.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { at, begun, customer, record, saleOf, told } from '../../fixtures/sales.ts';

const config = configuration();
const opening = customerOpening(config, record());

const checkIn = (entries: Parameters<typeof foldFacts>[0], now = at(2, '09:02')) =>
  checkInTime(config, record(), foldFacts(entries), now);

describe('the check-in', () => {
  it('counts from delivery when that is known', () => {
    const time = checkIn([told.ordered(), told.fulfilled(at(3)), told.delivered(at(5, '13:00'))]);

    expect(time).toMatchObject({ at: at(9, '13:00'), because: '4 days after it was delivered' });
  });

  it('counts from shipping when only that is known', () => {
    const time = checkIn([told.ordered(), told.fulfilled(at(3, '13:00'))]);

    expect(time).toMatchObject({ at: at(10, '13:00'), because: '7 days after it was sent' });
  });

  it('counts from the foreseen delivery when the shop foresees one', () => {
    const time = checkIn([told.ordered(), told.fulfilled(at(3), { expectedAt: at(6, '13:00') })]);

    expect(time.at).toBe(at(13, '13:00'));
  });

  it('counts from payment when nothing else is ever told', () => {
    expect(checkIn([told.ordered()])).toMatchObject({
      at: at(13, '09:01'),
      because: '11 days after it was paid',
    });
  });

  it('says one day, not one days', () => {
    const oneDay = { ...record().journey, checkIn: [{ after: 'paid' as const, wait: { days: 1 } }] };

    const { because } = checkInTime(config, record({ journey: oneDay }), foldFacts([told.ordered()]), at(2));

    expect(because).toBe('1 day after it was paid');
  });

  it('of a delivery long ago is now, inside the hours one may write', () => {
    expect(checkIn([told.ordered(), told.delivered(at(3))], at(24, '10:00')).at).toBe(at(24, '10:00'));
  });

  it('that falls on a weekend waits for Monday morning, a few minutes in', () => {
    const { at: moment } = checkIn([told.ordered(), told.delivered(at(3))]);

    expect(moment >= at(9, '08:30')).toBe(true);
    expect(moment < at(9, '09:15')).toBe(true);
  });

  it('cannot be planned before the order is known', () => {
    expect(() => checkIn([])).toThrow(RangeError);
  });

  it('is never in the past and never outside the hours, whenever it is planned', () => {
    const moments = fc.integer({ min: 1_793_000_000_000, max: 1_830_000_000_000 }).map(toInstant);

    fc.assert(
      fc.property(moments, moments, fc.boolean(), (told_, now, isDelivered) => {
        const event = isDelivered ? told.delivered(told_) : told.fulfilled(told_);

        const time = checkIn([told.ordered(), event], now);

        expect(time.at >= now).toBe(true);
        expect(isOpen(time.at, opening)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the calendar of a sale nobody answers', () => {
  const facts = foldFacts([told.ordered(), told.delivered(at(5, '13:00'))]);

  it('reminds, lets a person step in while staff work, then asks for a review', () => {
    const calendar = followUpCalendar(config, { record: record(), facts, journal: [] }, at(5, '13:00'));

    expect(calendar).toMatchObject({
      checkIn: { at: at(9, '13:00') },
      reminderAt: at(13, '13:00'),
      personAt: at(16, '13:00'),
      reviewAt: at(17, '13:00'),
    });
  });

  it('leaves at least a day of silence before the review ask', () => {
    const late = followUpCalendar(config, { record: record(), facts, journal: [] }, at(25, '10:00'));

    expect(late.reviewAt).toBe(at(26, '10:00'));
  });

  it('has no review when the journey has none', () => {
    const { review: _, ...journey } = record().journey;

    expect(
      followUpCalendar(config, { record: record({ journey }), facts, journal: [] }, at(5)).reviewAt,
    ).toBeUndefined();
  });
});

describe('the plan that travels', () => {
  it('holds ids and whole seconds from now on', () => {
    const plan = followUpPlan(config, saleOf(begun(told.delivered(at(5, '13:00')))), 1, at(5, '13:00'));

    expect(plan).toEqual({
      v: 1,
      saleId: 'shop/B-204',
      round: 1,
      seconds: { use: 345_600, answer: 345_600, again: 259_200, promise: 2_678_400, review: 1_036_800 },
    });
  });

  it('holds nothing personal', () => {
    const text = JSON.stringify(followUpPlan(config, saleOf(begun(told.replied(at(9), 1))), 1, at(9)));

    for (const personal of Object.values(customer)) expect(text).not.toContain(personal);
  });

  it('always fits its own schema, however late or early it is made', () => {
    const days = fc.integer({ min: -40, max: 900 });

    fc.assert(
      fc.property(days, fc.constantFrom(...(['delivered', 'fulfilled'] as const)), (offset, kind) => {
        const now = toInstant(Date.UTC(2026, 10, 2 + offset, 3, 7));
        const sale = saleOf(begun(told[kind](at(5))));

        expect(FollowUpPlan.safeParse(followUpPlan(config, sale, 1, now)).success).toBe(true);
      }),
    );
  });

  it('waits a year at most, and looks again, when delivery is foreseen later', () => {
    const foreseen = told.fulfilled(at(3), { expectedAt: '2027-11-03T10:00:00.000Z' });

    const plan = followUpPlan(config, saleOf(begun(foreseen)), 1, at(3));

    expect(plan.seconds.use).toBe(31_000_000);
    expect(FollowUpPlan.safeParse(plan).success).toBe(true);
  });

  it('of a promise runs to its next clock and gives the customer two rounds', () => {
    const sale = saleOf(begun(told.promised(at(10), 'resolve', { dueAt: at(10, '14:00') })));
    const promise = promiseOf(sale, 'resolve-1');
    if (promise === undefined) throw new Error('There is no promise');

    const plan = promisePlan(config, sale, promise, at(10, '10:00'));

    expect(PromisePlan.parse(plan)).toEqual({
      v: 1,
      saleId: 'shop/B-204',
      promise: 'resolve-1',
      turn: 1,
      cycle: 1,
      seconds: { owner: 7_200, ask: 259_200, again: 345_600 },
    });
  });

  it('of an overdue promise is still a positive wait', () => {
    const sale = saleOf(begun(told.promised(at(10), 'resolve', { dueAt: at(10, '14:00') })));
    const promise = promiseOf(sale, 'resolve-1');
    if (promise === undefined) throw new Error('There is no promise');

    expect(promisePlan(config, sale, promise, at(24)).seconds.owner).toBe(1);
  });
});
