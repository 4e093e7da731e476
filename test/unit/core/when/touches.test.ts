import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { touchesOf } from '../../../../functions/core/when/touches.ts';
import { isRule, RULES, whySentence } from '../../../../functions/core/when/why.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { at, begun, saleOf, told } from '../../../fixtures/sales.ts';

const config = configuration();
const lines = (...since: Entry[]) =>
  touchesOf(config, saleOf(begun(...since))).map(
    ({ message, state, at: when }) => `${message} ${state} ${when}`,
  );
const out = (message: string, when: string) => [told.claimed(message, when), told.sent(message, when)];
const held = (message: string, until: string): Entry => ({
  type: 'deferred',
  at: told.ended(at(14)).at,
  message,
  until: told.ended(until).at,
  why: { rule: 'days-between', inputs: { sale: 'shop/C-9' } },
});

describe('why they got it, or not', () => {
  it('tells of a new sale when the check-in is planned, and no more than is sure', () => {
    expect(lines()).toEqual([`check-in planned ${at(13, '09:01')}`]);
  });

  it('tells what went out, what comes next and what comes after it', () => {
    const [checkIn, reminder, review] = lines(...out('check-in', at(13)));

    expect([checkIn, reminder]).toEqual([`check-in sent ${at(13)}`, `reminder planned ${at(17)}`]);
    /* Eight days after a Friday is a Saturday. */
    expect(review).toMatch(/^review-ask planned 2026-11-23T(08|09)/);
  });

  it('tells until when something was put off, and why', () => {
    const line = touchesOf(config, saleOf(begun(...out('check-in', at(13)), held('reminder', at(20)))))[1];

    expect(line).toMatchObject({ state: 'put-off', at: at(20), why: { rule: 'days-between' } });
  });

  it('tells what is not known, and what was dropped', () => {
    expect(lines(told.claimed('check-in', at(13)), told.unclear('check-in', at(13)))[0]).toBe(
      `check-in unclear ${at(13)}`,
    );
    expect(lines(told.skipped('check-in', at(13)))[0]).toBe(`check-in dropped ${at(13)}`);
  });

  it('promises nothing after a stop', () => {
    expect(lines(...out('check-in', at(13)), told.stopped(at(14)))).toEqual([`check-in sent ${at(13)}`]);
  });

  it('has a sentence for every rule, also when a journal lacks its inputs, and the name of a rule it does not know', () => {
    const words = { when: String, message: String, name: String };

    for (const rule of RULES) {
      expect(isRule(rule)).toBe(true);
      expect(whySentence({ rule, inputs: {} }, words)).toMatch(/\w+ \w+/);
      expect(whySentence({ rule, inputs: {} }, words)).not.toContain('undefined');
    }
    expect(whySentence({ rule: 'of-tomorrow', inputs: {} }, words)).toBe('of-tomorrow');
  });
});
