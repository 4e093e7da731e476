import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import type { Change } from '../../../functions/core/operations/change.ts';
import { isChange, measureChange, measureEntry } from '../../../functions/core/operations/measure.ts';
import type { StoredSale } from '../../../functions/core/sale.ts';
import { oneOfEach } from '../../fixtures/entries.ts';
import { since } from '../../fixtures/promise-entries.ts';
import { at, begun, saleOf, told } from '../../fixtures/sales.ts';

const HOURS = 24;

const changeOf = (entry: Entry, before: readonly Entry[], with_: Partial<StoredSale> = {}): Change => ({
  before: saleOf(before, with_),
  after: saleOf([...before, entry], with_),
});

/** What an entry means that comes after these. */
const meant = (entry: Entry, before: readonly Entry[], with_: Partial<StoredSale> = {}) =>
  measureChange(entry, changeOf(entry, begun(...before), with_), HOURS);

const replanned = (when: string, checkInAt: string): Entry => ({
  type: 'rescheduled',
  at: when,
  checkInAt,
  because: 'told',
});

const unhappy = told.replied(at(14, '09:00'), 2);
const owed = told.promised(at(14, '09:00'), 'resolve', { reply: 1 });

describe('what an entry says by itself', () => {
  it('is a promise made, with its kind, level and cause', () => {
    expect(measureEntry(told.promised(at(14)))).toEqual([
      { values: { PromisesMade: 1 }, details: { kind: 'resolve', level: 0, why: 'unhappy' } },
    ]);
  });

  it('is a silent sale when a call is owed because nobody answered', () => {
    expect(measureEntry(told.promised(at(14), 'call'))[0]?.values).toEqual({
      PromisesMade: 1,
      SalesSilent: 1,
    });
  });

  it('names a mail without the promise and the number of it', () => {
    expect(measureEntry(told.sent('resolve-1/we-owe-you#2', at(14)))).toEqual([
      { values: { MailsSent: 1 }, details: { message: 'we-owe-you' } },
    ]);
  });

  it('is a want of access when the mail service says so', () => {
    const refused = (error: string) =>
      measureEntry({ type: 'refused', at: at(14), message: 'check-in', attempt: 1, error });

    expect(refused('AccessDenied')[0]?.values).toEqual({ MailsRefused: 1, AccessDenied: 1 });
    expect(refused('Throttling')[0]?.values).toEqual({ MailsRefused: 1 });
  });

  it('tells nothing personal, whatever the entry holds', () => {
    const lines = oneOfEach.flatMap(measureEntry);

    expect(lines.length).toBeGreaterThan(5);
    expect(JSON.stringify(lines)).not.toMatch(/Selma|@|555|ses-/);
  });
});

describe('the first contact', () => {
  it('is in time up to so many hours after the planned day, and late after them', () => {
    const first = (day: number, time: string) => meant(told.sent('check-in', at(day, time)), [])[0]?.values;

    expect(first(13, '09:02')).toEqual({ CheckInsSent: 1, ContactsInTime: 1 });
    expect(first(14, '09:01')).toEqual({ CheckInsSent: 1, ContactsInTime: 1 });
    expect(first(14, '09:02')).toEqual({ CheckInsSent: 1, ContactsLate: 1 });
  });

  it('counts from the day it was moved to ahead of its time', () => {
    const moved = replanned(at(6), at(20));

    expect(meant(told.sent('check-in', at(20, '11:00')), [moved])[0]?.values).toMatchObject({
      ContactsInTime: 1,
    });
  });

  it('is late when the day was planned anew only because it had come and gone', () => {
    const moved = replanned(at(16), at(16, '12:00'));

    expect(meant(told.sent('check-in', at(16, '12:00')), [moved])[0]?.values).toMatchObject({
      ContactsLate: 1,
    });
  });

  it.each([
    ['frequency-cap', 'ContactsInTime'],
    ['paused', 'ContactsLate'],
    ['resumed', 'ContactsLate'],
  ])('that the rule %s put off for days is counted as %s', (rule, counted) => {
    const off = {
      type: 'deferred',
      at: at(13, '09:01'),
      message: 'check-in',
      until: at(17),
      why: { rule, inputs: {} },
    } as const;
    const moved = replanned(at(13, '09:01'), at(17));

    expect(meant(told.sent('check-in', at(17)), [off, moved])[0]?.values).toHaveProperty(counted);
  });

  it('is no second one when the check-in goes out again', () => {
    expect(meant(told.sent('check-in', at(16), 2), [told.sent('check-in', at(13))])).toEqual([]);
  });

  it('is missed once, with the reason, when nobody can write', () => {
    const call = told.promised(at(13), 'call', { because: 'cannot-write' });

    expect(meant(call, [], { customer: { name: 'Selma' } })).toEqual([
      { values: { ContactsMissed: 1 }, details: { why: 'no-address' } },
    ]);
    expect(meant(call, [told.skipped('check-in', at(13), 'missing: firstName')])[0]?.details).toEqual({
      why: 'missing-data',
    });
    expect(
      meant(told.promised(at(14), 'call', { because: 'cannot-write', promise: 'call-2' }), [call]),
    ).toEqual([]);
  });

  it('is not missed when the check-in went out and only the reminder cannot', () => {
    const call = told.promised(at(20), 'call', { because: 'cannot-write' });

    expect(meant(call, [told.sent('check-in', at(13))])).toEqual([]);
  });

  it('is missed after all when the check-in came back', () => {
    const call = told.promised(at(14), 'call', { because: 'cannot-write' });
    const back: Entry = { type: 'bounced', at: at(13), message: 'check-in', attempt: 1, kind: 'hard' };

    expect(meant(call, [told.sent('check-in', at(13)), back])[0]?.details).toEqual({ why: 'came-back' });
  });
});

describe('an answer', () => {
  it.each([
    [5, 'RepliesDelighted'],
    [3, 'RepliesContent'],
    [1, 'RepliesUnhappy'],
  ] as const)('of %s is one of %s', (rating, name) => {
    expect(meant(told.replied(at(14), rating), [])).toEqual([{ values: { [name]: 1 } }]);
  });

  it('that only a person can read is unread', () => {
    const mail: Entry = { type: 'replied', at: at(14), n: 1, reply: { call: false }, evidence: {} };

    expect(meant(mail, [])).toEqual([{ values: { RepliesUnread: 1 } }]);
  });

  it('said again counts when the mood is another, and not when only words are new', () => {
    const first = told.replied(at(14), 5);

    expect(meant(told.replied(at(15), 4, { n: 2, words: 'Thanks' }), [first])).toEqual([]);
    expect(meant(told.replied(at(15), 1, { n: 2 }), [first])).toEqual([{ values: { RepliesUnhappy: 1 } }]);
  });

  it('is late after the round was over', () => {
    expect(meant(told.replied(at(20), 1), [told.ended(at(19))])).toEqual([
      { values: { RepliesUnhappy: 1, LateReplies: 1 } },
    ]);
  });

  it('of something that may be no person counts when it is confirmed', () => {
    const doubtful: Entry = {
      type: 'replied',
      at: at(14),
      n: 1,
      reply: { rating: 5, call: false },
      isUnconfirmed: true,
      evidence: {},
    };

    expect(meant(doubtful, [])).toEqual([]);
    expect(meant({ type: 'confirmed', at: at(15), n: 1 }, [doubtful])).toEqual([
      { values: { RepliesDelighted: 1 } },
    ]);
  });
});

describe('a promise', () => {
  const details = { kind: 'resolve', level: 0, why: 'unhappy' };

  it('the customer says was kept counts with the time it took, and recovers an unhappy sale', () => {
    const journal = [unhappy, owed, told.proposed(at(16))];

    expect(meant(told.judged(at(17, '09:00'), true), journal)).toEqual([
      {
        values: { PromisesKept: 1, ResolutionSeconds: 3 * 86_400, SalesRecovered: 1 },
        details,
      },
    ]);
  });

  it('is kept once, however often the customer says so', () => {
    const journal = [unhappy, owed, told.proposed(at(16)), told.judged(at(17), true)];

    expect(meant(told.judged(at(18), true, { n: 2 }), journal)).toEqual([]);
  });

  it('is broken when the customer says not yet, and the step up for that is no second breach', () => {
    const journal = [unhappy, owed, told.proposed(at(16))];
    const not = told.judged(at(17), false);

    expect(meant(not, journal)).toEqual([{ values: { PromisesBroken: 1 }, details }]);
    expect(meant(told.escalated(at(17), { because: 'not-yet' }), [...journal, not])).toEqual([]);
  });

  it('whose time passed is late at the level it had until then', () => {
    expect(meant(told.escalated(at(24)), [unhappy, owed])).toEqual([
      { values: { PromisesLate: 1 }, details },
    ]);
  });

  it('nobody came for is broken', () => {
    expect(meant(told.escalated(at(24), { because: 'missed' }), [unhappy, owed])[0]?.values).toEqual({
      PromisesBroken: 1,
    });
  });

  it('nobody confirmed is assumed, which is not kept', () => {
    expect(meant(told.assumed(at(24)), [unhappy, owed, told.proposed(at(16))])[0]?.values).toEqual({
      PromisesAssumed: 1,
    });
  });
});

describe('the time to the first act of a person', () => {
  const seconds = (entry: Entry, before: readonly Entry[]) => meant(entry, before)[0]?.values;

  it('runs from the answer, not from the promise made of it', () => {
    const later = told.promised(at(14, '09:05'), 'resolve', { reply: 1 });

    expect(seconds(told.taken(at(14, '10:00')), [unhappy, later])).toEqual({ FirstAnswerSeconds: 3600 });
  });

  it('is told once: the second act answers nothing', () => {
    expect(seconds(told.proposed(at(15)), [unhappy, owed, told.taken(at(14, '10:00'))])).toBeUndefined();
  });

  it('runs anew from "not yet"', () => {
    const journal = [unhappy, owed, told.proposed(at(15)), told.judged(at(16, '08:00'), false)];
    const again = told.proposed(at(16, '12:00'), { n: 2 });

    expect(seconds(again, journal)).toEqual({ FirstAnswerSeconds: 4 * 3600 });
  });

  it('runs through what clocks and the sweeper do', () => {
    const journal = [unhappy, owed, told.escalated(at(15)), told.handedOver(at(16), { because: 'left' })];

    expect(seconds(told.taken(at(17, '09:00'), { n: 3, by: 'ines' }), journal)).toEqual({
      FirstAnswerSeconds: 3 * 86_400,
    });
    expect(isChange(told.handedOver(at(16), { because: 'left' }))).toBe(false);
    expect(isChange(since.moved(at(16), { by: 'system' }))).toBe(false);
  });

  it('runs from the first word nobody answered, however often the customer says it again', () => {
    const said: Entry = {
      type: 'said',
      at: at(15, '09:00'),
      promise: 'resolve-1',
      n: 1,
      mail: 'cd'.repeat(16),
    };

    expect(seconds(told.taken(at(16, '09:00')), [unhappy, owed, said])).toEqual({
      FirstAnswerSeconds: 2 * 86_400,
    });
  });

  it('does not exist for what nobody complained of', () => {
    const call = told.promised(at(14), 'call');

    expect(seconds(told.taken(at(15), { promise: 'call-1' }), [call])).toBeUndefined();
  });
});

describe('entries that need the sale', () => {
  it('are few: most are counted without a read', () => {
    const types = new Set(oneOfEach.filter(isChange).map(({ type }) => type));

    expect(
      [...types].filter((type) => ['claimed', 'arrived', 'started', 'ended', 'ordered'].includes(type)),
    ).toEqual([]);
    expect(types.has('judged')).toBe(true);
  });
});
