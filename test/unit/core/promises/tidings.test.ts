import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { since } from '../../../fixtures/promise-entries.ts';
import { at, told } from '../../../fixtures/sales.ts';
import { next, said, toSay, withSaid } from '../say.ts';

const NOON = at(17, '10:00');
const NIGHT = at(17, '21:00');
/** Staff begin at nine, customers may be written to from half past nine, in Zurich. */
const MORNING = at(18, '08:00');
const CUSTOMERS_MORNING = at(18, '08:30');

const resolve = told.promised(NOON, 'resolve', { reply: 1, dueAt: at(20, '14:00') });
const call = (because: 'silent' | 'published' | 'staff' | 'asked', when = NOON) =>
  told.promised(when, 'call', { because, dueAt: at(24, '14:00') });
const ofCall = { promise: 'call-1' } as const;
const upAt = (when: string, because: 'overdue' | 'not-yet' = 'overdue') =>
  told.escalated(when, { dueAt: at(18, '14:00'), because });
const up = upAt(NOON);

describe('what is said about a promise', () => {
  it.each<[string, Entry[], string[]]>([
    ['was made by an answer, which has its own receipt', [resolve], ['owner to owner']],
    ['was published', [call('published')], ['owner to owner', 'receipt to customer']],
    ['was made by staff', [call('staff')], ['owner to owner', 'receipt to customer']],
    ['follows from silence', [call('silent')], ['owner to owner']],
    ['was handed over', [resolve, told.handedOver(NOON)], ['owner to owner']],
    [
      'changed hands because somebody left',
      [resolve, told.handedOver(NOON, { because: 'left' })],
      ['owner to owner', 'new-person to customer'],
    ],
    ['is broken', [resolve, up], ['owner to owner', 'sorry to customer']],
    [
      'came back because it was not done yet',
      [resolve, told.proposed(NOON), told.judged(NOON, false), upAt(NOON, 'not-yet')],
      ['owner to owner'],
    ],
    ['takes longer', [resolve, since.moved(NOON)], ['owner to owner', 'new-time to customer']],
    ['has another time offered', [resolve, since.offered(NOON)], ['offer to customer']],
    [
      'had the offered time answered',
      [resolve, since.offered(NOON), since.answered(NOON, true)],
      ['owner to owner', 'offer-answer to owner'],
    ],
    ['suits the customer less', [resolve, since.wished(NOON)], ['owner to owner', 'wish to owner']],
    [
      'was taken back',
      [resolve, since.withdrawn(NOON)],
      ['withdrawn-owner to owner', 'withdrawn to customer'],
    ],
    ['is kept', [resolve, told.proposed(NOON), told.judged(NOON, true)], []],
    ['was waived by a newer answer', [resolve, told.waived(NOON)], []],
    ['is said to be done', [resolve, told.proposed(NOON)], []],
  ])('when it %s', (_, entries, expected) => {
    expect(said(entries, NOON)).toEqual(expected);
  });

  it('is said once, whatever became of the mail', () => {
    const [note] = toSay([resolve], NOON);
    const message = note?.message ?? '';

    for (const outcome of [
      told.sent(message, NOON),
      told.skipped(message, NOON),
      told.unclear(message, NOON),
    ])
      expect(said([resolve, outcome], NOON)).toEqual([]);
    expect(said([resolve, told.refused(message, NOON)], NOON)).toEqual(['owner to owner']);
  });

  it('is said again, under another key, each time it happens again', () => {
    const life: Entry[] = [resolve];
    const messages: string[] = [];
    const happens = (...entries: Entry[]) => {
      life.push(...entries);
      for (const { message } of toSay(life, NOON)) {
        messages.push(message);
        life.push(told.sent(message, NOON));
      }
    };
    const soon = { dueAt: at(20, '14:00') };

    happens();
    happens(since.moved(NOON, soon));
    happens(since.moved(NOON, { n: 2, ...soon }));
    happens(told.escalated(NOON, soon));
    happens(told.escalated(NOON, { strike: 2, owner: 'urs', level: 2, ...soon }));
    happens(told.handedOver(at(17, '10:01'), { from: 'urs', to: 'nora', because: 'left', ...soon }));

    expect(messages.map((message) => message.replace('resolve-1/', ''))).toEqual([
      'owner#1',
      'new-time#1',
      'new-time#2',
      'owner#2',
      'sorry#1',
      'owner#3',
      'sorry#2',
      'owner#4',
      'new-person#1',
    ]);
  });

  it('says sorry for the first three strikes, and then once a week: never every day, never not at all', () => {
    const top = (strike: number, when = NOON) =>
      told.escalated(when, { strike, from: 'urs', owner: 'urs', level: 2 });
    const thrice = [resolve, up, top(2), top(3)];
    const sorry = told.sent('resolve-1/sorry#3', NOON);
    const [nextDay, nextWeek] = [at(18), at(24)];

    expect(said(thrice, NOON)).toContain('sorry to customer');
    expect(said([...thrice, sorry, top(4, nextDay)], nextDay)).not.toContain('sorry to customer');
    expect(said([...thrice, sorry, top(4, nextWeek)], nextWeek)).toContain('sorry to customer');
  });
});

describe('a call nobody told the customer of', () => {
  const silent = call('silent');

  it.each<[string, Entry[]]>([
    ['is made', [silent]],
    ['is moved', [silent, since.moved(NOON, ofCall)]],
    ['is late', [silent, told.escalated(NOON, { ...ofCall, dueAt: at(20) })]],
    ['changes hands', [silent, told.handedOver(NOON, { ...ofCall, because: 'left' })]],
    ['is taken back', [silent, since.withdrawn(NOON, ofCall)]],
  ])('is kept from them when it %s', (_, entries) => {
    expect(said(entries, NOON).filter((line) => line.endsWith('customer'))).toEqual([]);
  });

  it('is kept from them by every clock until it is due', () => {
    const spoken: string[] = [];
    let life: Entry[] = [silent];
    for (let now: string = NOON; now < at(24, '14:00'); now = next(life, now)) {
      spoken.push(...said(life, now));
      life = withSaid(life, now);
    }

    expect(spoken).toEqual(['owner to owner', 'half to owner', 'most to owner']);
  });
});

describe('at night', () => {
  const urgent = told.promised(NIGHT, 'resolve', { severity: 'urgent', dueAt: at(18, '09:00') });
  const farVisit = [
    since.visitPromised(NIGHT, { dueAt: at(26, '11:15') }),
    since.booked(NIGHT, { from: at(26, '09:00'), to: at(26, '11:00'), dueAt: at(26, '11:15') }),
  ];
  const nearVisit = [
    since.visitPromised(NIGHT, { dueAt: at(18, '11:15') }),
    since.booked(NIGHT, { from: at(18, '09:00'), to: at(18, '11:00'), dueAt: at(18, '11:15') }),
  ];

  it.each<[string, Entry[]]>([
    ['a new promise', [told.promised(NIGHT, 'resolve', { reply: 1, dueAt: at(20, '14:00') })]],
    ['a promise that came back', [resolve, upAt(NIGHT, 'not-yet')]],
    ['a wish', [...withSaid([resolve], NOON), since.wished(NIGHT)]],
    [
      'the answer to an offer',
      [...withSaid([resolve], NOON), since.offered(NOON), since.answered(NIGHT, true)],
    ],
    ['a visit in a week', farVisit],
  ])('staff hear nothing of %s, and hear of it in the morning', (_, entries) => {
    const toStaff = (now: string) => said(entries, now).filter((line) => !line.endsWith('customer'));

    expect(toStaff(NIGHT)).toEqual([]);
    expect(next(entries, NIGHT)).toBe(MORNING);
    expect(toStaff(MORNING)).not.toEqual([]);
  });

  it.each<[string, Entry[], string[]]>([
    ['an urgent promise', [urgent], ['owner to owner']],
    [
      'a visit within a day',
      nearVisit,
      ['owner to owner', 'booked to customer', 'booked-provider to provider'],
    ],
    [
      'a visit within a day that somebody else makes now',
      [
        ...withSaid(
          [
            since.visitPromised(at(10), { dueAt: at(18, '11:15') }),
            since.booked(at(10), { from: at(18, '09:00'), to: at(18, '11:00') }),
          ],
          at(10, '12:00'),
        ),
        since.booked(NIGHT, {
          n: 2,
          provider: 'lio',
          from: at(26, '09:00'),
          to: at(26, '11:00'),
          dueAt: at(26, '11:15'),
        }),
      ],
      ['booked to customer', 'booked-provider to provider', 'unbooked-provider to former-provider'],
    ],
  ])('they hear at once of %s', (_, entries, expected) => {
    expect(said(entries, NIGHT)).toEqual(expected);
  });

  it('the customer hears at once of a visit they booked, and of a word that is broken', () => {
    expect(said(farVisit, NIGHT)).toEqual(['booked to customer']);
    expect(said([resolve, upAt(NIGHT)], NIGHT)).toEqual(['sorry to customer']);
  });

  it('nobody is told of a published promise; in the morning each hears in their own hours', () => {
    const published = [call('published', NIGHT)];

    expect(said(published, NIGHT)).toEqual([]);
    expect(next(published, NIGHT)).toBe(MORNING);
    expect(said(published, MORNING)).toEqual(['owner to owner']);
    const morning = withSaid(published, MORNING);
    expect(next(morning, MORNING)).toBe(CUSTOMERS_MORNING);
    expect(said(morning, CUSTOMERS_MORNING)).toEqual(['receipt to customer']);
  });
});
