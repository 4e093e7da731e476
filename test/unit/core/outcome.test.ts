import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { isOver, type Outcome, outcomeOf, statusOf } from '../../../functions/core/outcome.ts';
import { at, begun, saleOf, told } from '../../fixtures/sales.ts';

const unhappy = [told.replied(at(10), 1), told.promised(at(10, '10:05'))];

describe('the outcome of a sale', () => {
  it.each<[Outcome | undefined, string, Entry[]]>([
    [undefined, 'nothing is known yet', []],
    [undefined, 'it was only asked', [told.sent('check-in', at(9))]],
    ['delighted', 'the answer is happy', [told.replied(at(10), 4)]],
    ['content', 'the answer is all right', [told.replied(at(10), 3)]],
    ['unhappy', 'the answer is bad and nothing was put right', unhappy],
    ['unhappy', 'staff say it is done', [...unhappy, told.proposed(at(11))]],
    ['unhappy', 'it is only assumed', [...unhappy, told.proposed(at(11)), told.assumed(at(18))]],
    [
      'unhappy',
      'a kept promise was followed by a bad answer',
      [...unhappy, told.judged(at(12), true), told.replied(at(14), 2, { n: 2 })],
    ],
    [
      'unhappy',
      'a call was made but nothing put right',
      [
        told.replied(at(10), 1),
        told.promised(at(10, '10:05'), 'call'),
        told.judged(at(12), true, { promise: 'call-1' }),
      ],
    ],
    ['recovered', 'the customer says it was put right', [...unhappy, told.judged(at(12), true)]],
    [
      'recovered',
      'it was put right and the customer is happy now',
      [...unhappy, told.judged(at(12), true), told.replied(at(14), 5, { n: 2 })],
    ],
    [
      'delighted',
      'a bad answer was corrected before anything was done',
      [...unhappy, told.replied(at(11), 5, { n: 2 }), told.waived(at(11))],
    ],
    ['silent', 'nobody answered and a person had to call', [told.promised(at(17), 'call')]],
    ['silent', 'we could not even write', [told.promised(at(9), 'call', { because: 'cannot-write' })]],
    ['cancelled', 'the shop cancelled it', [told.cancelled(at(4))]],
    ['cancelled', 'it was refunded', [told.refunded(at(4))]],
    ['cancelled', 'it was refunded after silence', [told.promised(at(17), 'call'), told.refunded(at(18))]],
    ['opted-out', 'the customer said stop', [told.stopped(at(10))]],
    ['unhappy', 'a refund followed a bad answer', [...unhappy, told.refunded(at(12))]],
    ['delighted', 'a stop followed a happy answer', [told.replied(at(10), 5), told.stopped(at(11))]],
  ])('is %s when %s', (outcome, _, since) => {
    expect(outcomeOf(saleOf(begun(...since)))).toBe(outcome);
  });

  it('of silence is never a happy one', () => {
    const silent = saleOf(begun(told.promised(at(17), 'call'), told.assumed(at(24), { promise: 'call-1' })));

    expect(outcomeOf(silent)).toBe('silent');
  });
});

describe('a sale', () => {
  it.each<[boolean, string, Entry[]]>([
    [false, 'runs', []],
    [true, 'was cancelled', [told.cancelled(at(4))]],
    [true, 'was refunded', [told.refunded(at(4))]],
    [true, 'was stopped', [told.stopped(at(4))]],
    [false, 'was stopped and resumed', [told.stopped(at(4)), told.resumed(at(5))]],
  ])('is over: %s, when it %s', (expected, _, since) => {
    expect(isOver(saleOf(begun(...since)))).toBe(expected);
  });

  it.each<['open' | 'closed', string, Entry[]]>([
    ['open', 'it runs', []],
    ['open', 'something is owed', unhappy],
    ['open', 'something is owed though it was refunded', [...unhappy, told.refunded(at(12))]],
    ['open', 'something is owed though its round ended', [...unhappy, told.ended(at(12))]],
    ['closed', 'its round ended', [told.ended(at(20))]],
    ['closed', 'it was cancelled', [told.cancelled(at(4))]],
    ['open', 'a late answer opened a new round', [told.ended(at(20)), told.started(at(25), 2)]],
    ['closed', 'that round ended too', [told.ended(at(20)), told.started(at(25), 2), told.ended(at(26), 2)]],
  ])('is %s when %s', (status, _, since) => {
    expect(statusOf(saleOf(begun(...since)))).toBe(status);
  });
});
