import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEpochMs, toInstant } from '../../../../functions/core/calendar.ts';
import { Entry, keyOf } from '../../../../functions/core/journal.ts';
import { answerClocks } from '../../../../functions/core/promises/answer-clock.ts';
import { configuration, configurationInput } from '../../../fixtures/configuration.ts';
import { at, begun, told } from '../../../fixtures/sales.ts';

/** Staff work 09:00-17:00 in Zurich, which is 08:00-16:00 here; a resolution is owed within 4 hours, an answer within 8. */
const config = configuration();

const of = (type: Entry['type'], when: string, fields: Record<string, unknown> = {}): Entry =>
  Entry.parse({ type, at: when, promise: 'resolve-1', ...fields });
const by = { n: 1, by: 'nora' };

const clocksOf = (entries: readonly Entry[], now?: string) => answerClocks(begun(...entries), config, now);
const firstOf = (entries: readonly Entry[], now?: string) => clocksOf(entries, now)[0];

/** Friday 15:00, an hour before closing time. */
const asked = at(6, '15:00');
const unhappy = told.replied(asked, 2);
const owed = told.promised(asked, 'resolve', { reply: 1 });

describe('a message that asks for something', () => {
  it.each<[string, Entry[], string, number]>([
    ['an unhappy answer', [unhappy], 'reply', 4],
    ['a call that is wished for', [told.replied(asked, 4, { call: true })], 'reply', 8],
    ['a question in an answer', [told.replied(asked, 5, { question: true })], 'reply', 8],
    ['somebody who is stuck', [told.replied(asked, 2, { blocked: true })], 'reply', 1],
    ['a question', [told.promised(asked, 'answer', { because: 'question' })], 'question', 8],
    ['"not yet"', [owed, told.judged(asked, false)], 'not-yet', 4],
    ['a wish for another time', [owed, of('wished', asked, { n: 1 })], 'another-time', 4],
  ])('starts a clock: %s', (_, entries, kind, limitHours) => {
    expect(clocksOf(entries)).toEqual([
      expect.objectContaining({ asked: kind, startedAt: asked, state: 'running', limitHours, isMiss: false }),
    ]);
  });

  it.each<[string, Entry[]]>([
    ['a happy answer', [told.replied(asked, 5)]],
    ['"yes, it is fixed"', [owed, told.judged(asked, true)]],
    ['a promise the shop makes of itself', [told.promised(asked, 'call', { because: 'published' })]],
    ['a wish about nothing that is promised', [of('wished', asked, { n: 1 })]],
  ])('does not start one: %s', (_, entries) => {
    expect(clocksOf(entries)).toEqual([]);
  });

  it('has one clock when a question within an answer becomes a promise', () => {
    const entries = [
      told.replied(asked, 5, { question: true }),
      told.promised(at(6, '15:01'), 'answer', { because: 'question', reply: 1 }),
    ];

    expect(clocksOf(entries).map((clock) => clock.asked)).toEqual(['reply']);
  });

  it('has a clock of its own each time', () => {
    const again = told.judged(at(9, '10:00'), false, { n: 1 });

    expect(
      clocksOf([unhappy, owed, of('proposed', at(9, '09:00'), by), again]).map(({ message }) => message),
    ).toEqual(['reply#1', 'promise#resolve-1#judged#1']);
  });
});

describe('the first human act of staff', () => {
  const monday = at(9, '09:00');

  it.each<[string, Entry]>([
    ['taking it', of('taken', monday, { ...by, dueAt: at(10) })],
    ['saying what was done', of('proposed', monday, by)],
    ['a new time', of('moved', monday, { ...by, dueAt: at(10) })],
    ['offering a time', of('offered', monday, { ...by, to: at(11), dueAt: at(10) })],
    ['taking it back with a reason', of('withdrawn', monday, { ...by, because: 'no-longer-needed' })],
  ])('stops it after an hour on Friday and one on Monday: %s', (_, act) => {
    expect(firstOf([unhappy, owed, act], at(20))).toMatchObject({
      state: 'answered',
      stoppedAt: monday,
      answeredBy: 'nora',
      hours: 2,
      isMiss: false,
      limitAt: undefined,
    });
  });

  it('stops it when a visit is booked', () => {
    const wish = of('wished', asked, { promise: 'visit-1', n: 1 });
    const visit = told.promised(at(5), 'visit', { because: 'booked' });
    const window = { from: at(10, '09:00'), to: at(10, '11:00'), dueAt: at(10, '11:15') };
    const booked = (who: string) =>
      of('booked', monday, {
        ...{ promise: 'visit-1', n: 1, by: who, ...window },
        ...{ zone: 'Europe/Zurich', provider: 'lio', needsAcceptance: false },
      });

    expect(firstOf([visit, wish, booked('nora')])?.state).toBe('answered');
    expect(firstOf([visit, wish, booked('customer')])?.state).toBe('running');
    expect(firstOf([visit, wish, booked('system')])?.state).toBe('running');
  });

  it.each<[string, Entry[]]>([
    ['passing it on', [told.handedOver(monday)]],
    ['the ladder', [told.escalated(monday)]],
    ['a receipt', [told.claimed('resolve-1/receipt', monday), told.sent('resolve-1/receipt', monday)]],
    ['an apology', [told.sent('resolve-1/sorry#1', monday)]],
    ['another system', [of('moved', monday, { n: 1, by: 'system', dueAt: at(10) })]],
    ['a page', [of('paged', monday, { n: 1 })]],
    [
      'an act on something else',
      [
        told.promised(monday, 'call', { because: 'published' }),
        of('taken', monday, { ...by, promise: 'call-1', dueAt: at(10) }),
      ],
    ],
    ['an act before it was said', [of('taken', at(6, '14:00'), { ...by, dueAt: at(10) })]],
  ])('is not %s', (_, entries) => {
    expect(firstOf([unhappy, owed, ...entries], monday)).toMatchObject({ state: 'running', hours: 2 });
  });
});

describe('who wished for a call', () => {
  const wish = told.replied(asked, 4, { call: true });
  const published = told.promised(at(3), 'call', { because: 'published' });
  const taken = (promise: string) => of('taken', at(9, '09:00'), { ...by, promise, dueAt: at(10) });

  it('is not answered by the call that was promised to everybody', () => {
    expect(firstOf([published, wish, taken('call-1')])?.state).toBe('running');
  });

  it('is answered by whoever takes a call that was owed already, or puts it right', () => {
    const silent = told.promised(at(3), 'call', { because: 'silent' });

    expect(firstOf([silent, wish, taken('call-1')])?.state).toBe('answered');
    expect(firstOf([owed, wish, taken('resolve-1')])?.state).toBe('answered');
  });

  it('is not answered by an act on a promise that nobody has made yet', () => {
    const afterwards = told.promised(at(10), 'call', { because: 'asked', reply: 1 });

    expect(firstOf([wish, taken('call-1'), afterwards])?.state).toBe('running');
  });
});

describe('a first answer that is late', () => {
  const late = of('taken', at(9, '12:00'), { ...by, dueAt: at(10) });

  it('is a miss from the moment the limit is over', () => {
    expect(firstOf([unhappy, owed], at(9, '11:00'))).toMatchObject({ hours: 4, isMiss: false });
    expect(firstOf([unhappy, owed], '2026-11-09T11:00:00.001Z')).toMatchObject({ isMiss: true });
  });

  it('says when the limit was, before and after', () => {
    const limits = [asked, at(9, '10:00'), at(9, '15:00'), at(12)].map(
      (now) => firstOf([unhappy, owed], now)?.limitAt,
    );

    expect(limits).toEqual(limits.map(() => at(9, '11:00')));
    expect(firstOf([unhappy, owed, late])?.limitAt).toBe(at(9, '11:00'));
  });

  it('stays a miss when it is answered, proposed, kept and long forgotten', () => {
    const after = [late, of('proposed', at(10), by), told.judged(at(11), true), told.ended(at(20))];

    for (let count = 1; count <= after.length; count += 1)
      expect(firstOf([unhappy, owed, ...after.slice(0, count)])).toMatchObject({
        state: 'answered',
        stoppedAt: at(9, '12:00'),
        hours: 5,
        isMiss: true,
      });
  });

  it('is none over a holiday', () => {
    const closed = configuration({
      hours: { ...configurationInput().hours, holidays: { staff: ['2026-11-09'] } },
    });

    expect(answerClocks(begun(unhappy, owed, late), closed)[0]).toMatchObject({ hours: 1, isMiss: false });
  });
});

describe('while the customer has the ball', () => {
  const system = { n: 1, by: 'system' };
  const offered = of('offered', at(9, '08:00'), { ...system, to: at(12), dueAt: at(11) });
  const proposed = of('proposed', at(9, '08:00'), system);

  it('the clock stands still', () => {
    expect(firstOf([unhappy, owed, offered], at(20))).toMatchObject({
      state: 'paused',
      hours: 1,
      limitAt: undefined,
      isMiss: false,
    });
  });

  it.each<[string, Entry, Entry]>([
    ['answered', offered, of('offer-answered', at(10, '08:00'), { n: 1, isAccepted: false, dueAt: at(11) })],
    ['left unanswered', offered, of('offer-lapsed', at(10, '08:00'), { n: 1, dueAt: at(11) })],
    ['judged', proposed, told.judged(at(10, '08:00'), false)],
  ])('and runs on when what was asked of them is %s', (_, pause, resume) => {
    expect(firstOf([unhappy, owed, pause, resume], at(10, '10:00'))).toMatchObject({
      state: 'running',
      hours: 3,
      limitAt: at(10, '11:00'),
    });
  });

  it('what they ask gives it back to us', () => {
    const wished = of('wished', at(9, '09:00'), { n: 1 });

    expect(clocksOf([owed, offered, wished], at(9, '11:00'))).toEqual([
      expect.objectContaining({ asked: 'another-time', state: 'running', hours: 2 }),
    ]);
  });
});

describe('a clock that nobody answers ends', () => {
  it.each<[string, Entry]>([
    ['when all is well after all', told.replied(at(9, '09:00'), 5, { n: 2 })],
    ['when the customer says it is kept', told.judged(at(9, '09:00'), true)],
    [
      'when they need it no longer',
      of('withdrawn', at(9, '09:00'), { n: 1, by: 'customer', because: 'no-longer-needed' }),
    ],
  ])('%s', (_, entry) => {
    expect(firstOf([unhappy, owed, entry], at(20))).toMatchObject({
      state: 'void',
      stoppedAt: at(9, '09:00'),
      answeredBy: undefined,
      hours: 2,
      isMiss: false,
    });
  });

  it('too late to have been none', () => {
    expect(firstOf([unhappy, owed, told.judged(at(10), true)])).toMatchObject({
      state: 'void',
      isMiss: true,
    });
  });

  it('not because the promise was exchanged for a better one', () => {
    const call = told.replied(asked, 4, { call: true });
    const promised = told.promised(asked, 'call', { because: 'asked', reply: 1 });
    const worse = told.replied(at(9, '09:00'), 1, { n: 2 });
    const better = told.promised(at(9, '09:01'), 'resolve', { reply: 2 });
    const waived = told.waived(at(9, '09:02'), { promise: 'call-1' });

    expect(clocksOf([call, promised, worse, better, waived], at(9, '10:00'))).toMatchObject([
      { message: 'reply#1', state: 'running', hours: 3 },
      { message: 'reply#2', state: 'running', hours: 1 },
    ]);
  });
});

/** Anything that can happen to a sale with two promises, at any minute of four weeks. */
const minute = fc.integer({ min: 0, max: 28 * 1440 });
const when = (minutes: number) => toInstant(toEpochMs(at(2, '09:05')) + minutes * 60_000);
const actor = fc.constantFrom('nora', 'lio', 'system', 'customer', 'clock');
const promise = fc.constantFrom('resolve-1', 'call-1');
const promising = fc.constantFrom('unhappy', 'question', 'published');

const happening = fc
  .record({
    minutes: minute,
    n: fc.integer({ min: 1, max: 3 }),
    by: actor,
    promise,
    because: promising,
    flag: fc.boolean(),
  })
  .chain(({ minutes, n, by: who, promise: id, because, flag }) => {
    const time = when(minutes);
    const due = { dueAt: when(minutes + 600) };
    const on = { promise: id, n };
    return fc.constantFrom<Entry[]>(
      told.replied(time, flag ? 1 : 5, { n }),
      told.promised(time, id === 'call-1' ? 'call' : 'resolve', { because, owner: 'nora', ...due }),
      of('taken', time, { ...on, by: who, ...due }),
      of('moved', time, { ...on, by: who, ...due }),
      of('offered', time, { ...on, by: who, to: when(minutes + 900), ...due }),
      of('offer-answered', time, { ...on, isAccepted: flag, ...due }),
      of('offer-lapsed', time, { ...on, ...due }),
      of('wished', time, on),
      of('proposed', time, { ...on, by: who }),
      of('judged', time, { ...on, isKept: flag }),
      of('withdrawn', time, { ...on, by: who, because: 'no-longer-needed' }),
      of('assumed', time, on),
      told.sent('check-in', time),
    );
  });
/** A journal takes no entry twice. */
const journal = fc.uniqueArray(happening, { maxLength: 25, selector: keyOf });

describe('answer clocks of any journal', () => {
  it('do not depend on the order in which it is read', () => {
    fc.assert(
      fc.property(
        journal.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          expect(answerClocks(shuffled, config)).toEqual(answerClocks(entries, config));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never forget a message, forgive a miss or restart what was stopped when more happens later', () => {
    fc.assert(
      fc.property(journal, minute, (entries, cut) => {
        const before = answerClocks(
          entries.filter((entry) => entry.at <= when(cut)),
          config,
        );
        const after = new Map(answerClocks(entries, config).map((clock) => [clock.message, clock]));

        for (const clock of before) {
          const later = after.get(clock.message);
          expect(later?.startedAt).toBe(clock.startedAt);
          expect(later?.hours).toBeGreaterThanOrEqual(clock.hours - 1e-9);
          if (clock.isMiss) expect(later).toMatchObject({ isMiss: true, limitAt: clock.limitAt });
          if (clock.stoppedAt !== undefined) expect(later).toEqual(clock);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('pass over what is only said by machines', () => {
    fc.assert(
      fc.property(journal, (entries) => {
        const last = when(30 * 1440);
        const mails = entries.map((entry, index) => told.sent(`reminder-${index}`, entry.at));

        expect(answerClocks([...entries, ...mails], config, last)).toEqual(
          answerClocks(entries, config, last),
        );
      }),
      { numRuns: 100 },
    );
  });
});
