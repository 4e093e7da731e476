import { describe, expect, it } from 'vitest';
import { isReviewDue } from '../../../functions/core/after/review.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { FollowUpPlan, followUpPlan } from '../../../functions/core/plan.ts';
import {
  type FollowUpPosition,
  followUpSignal,
  needsHelp,
  waivable,
} from '../../../functions/core/signals.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';
import { at, begun, record, saleOf, told } from '../../fixtures/sales.ts';

const config = configuration();
const NOW = at(10, '12:00');
/** When the check-in is due as long as the shop tells nothing about delivery. */
const DUE = at(13, '09:01');

const summary = (signal: ReturnType<typeof followUpSignal>): string => {
  if (signal === undefined) return 'waits';
  return signal.kind === 'success' ? 'goes on' : signal.error;
};

const waiting = (position: FollowUpPosition, since: Entry[], until = DUE) =>
  followUpSignal(config, saleOf(begun(...since)), position, until, NOW);

const help = [told.replied(at(10), 1)];
const promised = [...help, told.promised(at(10, '10:01'), 'resolve', { reply: 1 })];
const callPromised = [told.promised(at(10), 'call')];
const asked = [told.claimed('review-ask', at(9)), told.sent('review-ask', at(9))];

const EVENTS: Record<string, Entry[]> = {
  nothing: [],
  'a delivery that keeps the day': [told.delivered(at(9, '09:01'))],
  'a delivery that moves the day': [told.delivered(at(5))],
  'a refund': [told.refunded(at(9))],
  'a cancellation': [told.cancelled(at(9))],
  'a stop': [told.stopped(at(9))],
  'a partial refund': [told.refunded(at(9), { isFull: false, lines: [{ lineId: 'bell', quantity: 1 }] })],
  'a happy answer': [told.replied(at(10), 5)],
  'an unhappy answer': help,
  'a wish for a call': [told.replied(at(10), 3, { call: true })],
  'an unhappy answer after a refund': [told.refunded(at(9)), ...help],
  'a happy answer, review asked': [...asked, told.replied(at(10), 5)],
};

describe('a waiting follow-up', () => {
  it.each<[keyof typeof EVENTS, Record<FollowUpPosition, string>]>([
    ['nothing', { use: 'waits', ask: 'waits', again: 'waits', promise: 'ReviewLater', review: 'waits' }],
    [
      'a delivery that keeps the day',
      { use: 'waits', ask: 'waits', again: 'waits', promise: 'ReviewLater', review: 'waits' },
    ],
    [
      'a delivery that moves the day',
      { use: 'Rescheduled', ask: 'waits', again: 'waits', promise: 'ReviewLater', review: 'waits' },
    ],
    [
      'a refund',
      { use: 'SaleClosed', ask: 'SaleClosed', again: 'SaleClosed', promise: 'goes on', review: 'SaleClosed' },
    ],
    [
      'a cancellation',
      { use: 'SaleClosed', ask: 'SaleClosed', again: 'SaleClosed', promise: 'goes on', review: 'SaleClosed' },
    ],
    [
      'a stop',
      { use: 'SaleClosed', ask: 'SaleClosed', again: 'SaleClosed', promise: 'goes on', review: 'SaleClosed' },
    ],
    [
      'a partial refund',
      { use: 'waits', ask: 'waits', again: 'waits', promise: 'ReviewLater', review: 'waits' },
    ],
    [
      'a happy answer',
      {
        use: 'ReviewLater',
        ask: 'ReviewLater',
        again: 'ReviewLater',
        promise: 'ReviewLater',
        review: 'waits',
      },
    ],
    [
      'an unhappy answer',
      {
        use: 'CustomerNeedsHelp',
        ask: 'CustomerNeedsHelp',
        again: 'CustomerNeedsHelp',
        promise: 'CustomerNeedsHelp',
        review: 'CustomerNeedsHelp',
      },
    ],
    [
      'a wish for a call',
      {
        use: 'CustomerNeedsHelp',
        ask: 'CustomerNeedsHelp',
        again: 'CustomerNeedsHelp',
        promise: 'CustomerNeedsHelp',
        review: 'CustomerNeedsHelp',
      },
    ],
    [
      'an unhappy answer after a refund',
      {
        use: 'CustomerNeedsHelp',
        ask: 'CustomerNeedsHelp',
        again: 'CustomerNeedsHelp',
        promise: 'CustomerNeedsHelp',
        review: 'CustomerNeedsHelp',
      },
    ],
    [
      'a happy answer, review asked',
      { use: 'goes on', ask: 'goes on', again: 'goes on', promise: 'goes on', review: 'goes on' },
    ],
  ])('hears of %s as fits where it waits', (event, expected) => {
    const heard = Object.fromEntries(
      (['use', 'ask', 'again', 'promise', 'review'] as const).map((position) => [
        position,
        summary(waiting(position, EVENTS[event] ?? [])),
      ]),
    );

    expect(heard).toEqual(expected);
  });

  it.each([
    ['refund', told.refunded(at(11))],
    ['cancellation', told.cancelled(at(11))],
    ['stop', told.stopped(at(11))],
  ])('goes on keeping its promise after a %s', (_, event) => {
    expect(waiting('promise', [...promised, event])).toBeUndefined();
    expect(waiting('promise', [...callPromised, event])).toBeUndefined();
  });

  it('waits for a promise until it is closed, then for the review', () => {
    expect(summary(waiting('promise', promised))).toBe('waits');
    expect(summary(waiting('promise', [...promised, told.proposed(at(11))]))).toBe('waits');
    expect(summary(waiting('promise', [...promised, told.judged(at(12), true)]))).toBe('ReviewLater');
  });

  it('goes back to the promise when one was opened again before the review', () => {
    const reopened = [...promised, told.judged(at(12), true), told.escalated(at(14))];

    expect(summary(waiting('review', reopened))).toBe('CustomerNeedsHelp');
    expect(summary(waiting('promise', reopened))).toBe('waits');
  });

  it('waits as long as it can for a delivery foreseen in two years, and does not begin again at once for ever', () => {
    const foreseen = told.fulfilled(at(3), { expectedAt: '2028-11-03T10:00:00.000Z' });
    const { seconds } = followUpPlan(config, saleOf(begun(foreseen)), 1, NOW);
    const until = new Date(Date.parse(NOW) + seconds.use * 1000).toISOString();

    expect(waiting('use', [foreseen], until)).toBeUndefined();
  });

  it('ignores a move of less than a minute', () => {
    expect(waiting('use', [], at(13, '09:01:40.000'))).toBeUndefined();
    expect(summary(waiting('use', [], at(13, '09:03')))).toBe('Rescheduled');
  });

  it('is handed a plan that counts from now', () => {
    const signal = waiting('use', [told.delivered(at(5))]);
    const plan = signal?.kind === 'failure' ? FollowUpPlan.parse(signal.plan) : undefined;

    /* Four days after the 5th is the 9th, which is past: at once. */
    expect(plan?.seconds.use).toBe(1);
  });
});

describe('help', () => {
  it('is needed once per answer', () => {
    expect(needsHelp(saleOf(begun(...help)))).toBe(true);
    expect(needsHelp(saleOf(begun(...promised)))).toBe(false);
    expect(needsHelp(saleOf(begun(...promised, told.judged(at(12), true))))).toBe(false);
  });

  it('is not promised a second time for more words about the same trouble', () => {
    const more = told.replied(at(11), 1, { n: 2, words: 'and the bell is missing' });

    expect(needsHelp(saleOf(begun(...promised, more)))).toBe(false);
    expect(needsHelp(saleOf(begun(...promised, more, told.judged(at(12), true))))).toBe(false);
  });

  it.each([
    ['kept', told.judged(at(12), true)],
    ['assumed kept', told.assumed(at(12))],
    ['waived by a happy answer', told.waived(at(12))],
  ])('is needed again when things go wrong after the promise was %s', (_, closing) => {
    const worse = told.replied(at(14), 1, { n: 2 });

    expect(needsHelp(saleOf(begun(...promised, closing, worse)))).toBe(true);
  });

  it('is needed when the answer that waived the promise was taken back in the same instant', () => {
    const back = [told.replied(at(12), 5, { n: 2 }), told.waived(at(12)), told.replied(at(12), 1, { n: 3 })];

    expect(needsHelp(saleOf(begun(...promised, ...back)))).toBe(true);
  });

  it('for a bad answer is more than the call that is owed already', () => {
    expect(needsHelp(saleOf(begun(...callPromised, told.replied(at(11), 1))))).toBe(true);
    expect(needsHelp(saleOf(begun(...callPromised, told.replied(at(11), 3, { call: true }))))).toBe(false);
  });
});

describe('a later answer', () => {
  it('that is happy makes every open promise pointless', () => {
    const sale = saleOf(begun(...callPromised, told.replied(at(11), 5)));

    expect(waivable(sale).map(({ id }) => id)).toEqual(['call-1']);
    expect(
      waivable(saleOf(begun(...promised, told.replied(at(11), 4, { n: 2 })))).map(({ id }) => id),
    ).toEqual(['resolve-1']);
  });

  it('that is unhappy replaces a call by a resolution', () => {
    expect(waivable(saleOf(begun(...callPromised, told.replied(at(11), 1)))).map(({ id }) => id)).toEqual([
      'call-1',
    ]);
    expect(waivable(saleOf(begun(...promised, told.replied(at(11), 1, { n: 2 }))))).toEqual([]);
  });

  it('leaves alone what it asked for itself, what came after it and what is closed', () => {
    const own = begun(
      told.replied(at(10), 3, { call: true }),
      told.promised(at(10, '10:01'), 'call', { reply: 1 }),
    );
    const after = begun(told.replied(at(10), 5), told.promised(at(11), 'call'));
    const closed = begun(...promised, told.judged(at(12), true), told.replied(at(13), 5, { n: 2 }));

    for (const entries of [own, after, closed]) expect(waivable(saleOf(entries))).toEqual([]);
  });
});

describe('a review', () => {
  const { reviewUrl: _, ...withoutPlace } = configurationInput().shop;
  const { review: __, ...withoutReview } = record().journey;

  it.each<[boolean, string, boolean]>([
    [true, 'the journey wants one', isReviewDue(config, saleOf(begun()))],
    [true, 'the answer was unhappy', isReviewDue(config, saleOf(begun(...help)))],
    [false, 'it was asked for', isReviewDue(config, saleOf(begun(...asked)))],
    [false, 'it was decided against', isReviewDue(config, saleOf(begun(told.skipped('review-ask', at(9)))))],
    [false, 'there is no place for it', isReviewDue(configuration({ shop: withoutPlace }), saleOf(begun()))],
    [
      false,
      'the journey wants none',
      isReviewDue(config, saleOf(begun(), { record: record({ journey: withoutReview }) })),
    ],
    [false, 'there is no address', isReviewDue(config, saleOf(begun(), { customer: {} }))],
  ])('is due: %s, when %s', (expected, _, isDue) => {
    expect(isDue).toBe(expected);
  });
});
