import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import type { CustomerAct } from '../../../../functions/core/promises/customer-acts.ts';
import { promiseOf } from '../../../../functions/core/sale.ts';
import { waivable } from '../../../../functions/core/signals.ts';
import { at, told } from '../../../fixtures/sales.ts';
import {
  booked,
  decide,
  entriesOf,
  NOW,
  offered,
  outcomeOf,
  resolve,
  summary,
  visit,
  withdrawn,
} from './customer-cases.ts';

const STATUSES: Record<string, Entry[]> = {
  open: [resolve],
  late: [told.promised(at(16), 'resolve', { dueAt: at(17, '12:00') })],
  taken: [resolve, told.taken(at(17))],
  offered: [resolve, offered({ promise: 'resolve-1' })],
  proposed: [resolve, told.proposed(at(17))],
  refused: [resolve, told.proposed(at(17)), told.judged(at(17, '12:00'), false)],
  raised: [resolve, told.proposed(at(17)), told.judged(at(17), false), told.escalated(at(17, '12:00'))],
  kept: [resolve, told.proposed(at(17)), told.judged(at(17, '12:00'), true)],
  assumed: [resolve, told.proposed(at(17)), told.assumed(at(17, '12:00'))],
  waived: [resolve, told.waived(at(17))],
  withdrawn: [resolve, withdrawn('resolve-1')],
};

describe('what the customer says about a promise', () => {
  const acts: CustomerAct[] = [
    { act: 'yes' },
    { act: 'not-yet' },
    { act: 'nobody-came' },
    { act: 'suits' },
    { act: 'another-time', words: 'Friday' },
    { act: 'accept-offer' },
    { act: 'decline-offer', words: 'Friday' },
    { act: 'no-longer-needed' },
  ];
  const closed = ['already-closed', 'already-closed', 'already-closed', 'already-closed', 'already-closed'];

  it.each<[keyof typeof STATUSES, string[]]>([
    [
      'open',
      ['judged', '', 'no-visit', 'no-visit', 'wished', 'nothing-offered', 'nothing-offered', 'withdrawn'],
    ],
    [
      'late',
      [
        'judged',
        'judged + escalated',
        'no-visit',
        'no-visit',
        'wished',
        'nothing-offered',
        'nothing-offered',
        'withdrawn',
      ],
    ],
    [
      'taken',
      ['judged', '', 'no-visit', 'no-visit', 'wished', 'nothing-offered', 'nothing-offered', 'withdrawn'],
    ],
    [
      'offered',
      [
        'judged',
        '',
        'no-visit',
        'no-visit',
        'offer-answered',
        'offer-answered + booked',
        'offer-answered',
        'withdrawn',
      ],
    ],
    [
      'proposed',
      [
        'judged',
        'judged',
        'no-visit',
        'no-visit',
        'wished',
        'nothing-offered',
        'nothing-offered',
        'withdrawn',
      ],
    ],
    [
      'refused',
      ['judged', '', 'no-visit', 'no-visit', 'wished', 'nothing-offered', 'nothing-offered', 'withdrawn'],
    ],
    [
      'raised',
      ['judged', '', 'no-visit', 'no-visit', 'wished', 'nothing-offered', 'nothing-offered', 'withdrawn'],
    ],
    ['kept', ['', 'judged + escalated', 'no-visit', ...closed]],
    ['assumed', ['judged', 'judged + escalated', 'no-visit', ...closed]],
    ['waived', ['', 'judged + escalated', 'no-visit', ...closed]],
    ['withdrawn', ['', 'judged + escalated', 'no-visit', ...closed.slice(1), '']],
  ])('when it is %s', (status, expected) => {
    expect(acts.map((act) => summary(decide(STATUSES[status] ?? [], act)))).toEqual(expected);
  });

  it.each(['kept', 'assumed', 'waived', 'withdrawn'])('opens again what was %s, one level up', (status) => {
    const sale = outcomeOf(STATUSES[status] ?? [], { act: 'not-yet', words: 'It broke again.' });

    expect(promiseOf(sale, 'resolve-1')).toMatchObject({ status: 'open', level: 1, strikes: 1, cycle: 2 });
    expect(sale.journal).toContainEqual(
      expect.objectContaining({ type: 'judged', isKept: false, private: { words: 'It broke again.' } }),
    );
  });

  it.each(Object.keys(STATUSES))('twice in the same words is written once, from %s', (status) => {
    const since = STATUSES[status] ?? [];
    const many: CustomerAct[] = [
      ...acts,
      { act: 'not-yet', words: 'It squeaks.' },
      { act: 'yes', words: 'Fine.' },
    ];

    for (const act of many) {
      const first = entriesOf(decide(since, act));

      expect([act, entriesOf(decide([...since, ...first], act))]).toEqual([act, []]);
    }
  });

  it('not yet said again about the next proposal counts again', () => {
    const since = [...(STATUSES['raised'] ?? []), told.proposed(at(17, '14:00'), { n: 2, by: 'ines' })];

    expect(summary(decide(since, { act: 'not-yet' }))).toBe('judged');
    expect(promiseOf(outcomeOf(since, { act: 'not-yet' }), 'resolve-1')?.isRefused).toBe(true);
  });

  it('other words said twice are all kept', () => {
    const since = [
      ...(STATUSES['proposed'] ?? []),
      told.judged(at(17, '12:00'), false, { private: { words: 'No.' } }),
    ];

    expect(entriesOf(decide(since, { act: 'not-yet', words: 'And it squeaks.' }))).toMatchObject([
      { type: 'judged', n: 2, private: { words: 'And it squeaks.' } },
    ]);
  });

  it('is made whole when only the verdict was written about something closed', () => {
    const since = [...(STATUSES['assumed'] ?? []), told.judged(at(17, '13:00'), false)];

    expect(summary(decide(since, { act: 'not-yet' }))).toBe('escalated');
  });

  it('a promise the customer opened again is not waived again by the answer from before', () => {
    const since: Entry[] = [
      told.replied(at(16), 1, { n: 1 }),
      told.promised(at(16, '10:01'), 'resolve', { reply: 1 }),
      told.replied(at(17), 5, { n: 2 }),
      told.waived(at(17), { reply: 2 }),
    ];

    const sale = outcomeOf(since, { act: 'not-yet' });

    expect(promiseOf(sale, 'resolve-1')?.status).toBe('open');
    expect(waivable(sale)).toEqual([]);
  });

  it.each<[string, (words: string) => CustomerAct]>([
    ['yes', (words) => ({ act: 'yes', words })],
    ['not yet', (words) => ({ act: 'not-yet', words })],
    ['nobody came', (words) => ({ act: 'nobody-came', words })],
    ['another time', (words) => ({ act: 'another-time', words })],
    ['no to an offer', (words) => ({ act: 'decline-offer', words })],
    ['no longer needed', (words) => ({ act: 'no-longer-needed', words })],
  ])('%s takes 10,240 bytes of words and not one more', (_, saying) => {
    const say = (words: string) =>
      summary(decide([visit, booked(), offered()], saying(words), NOW, 'visit-1'));

    expect(say('ü'.repeat(5_120))).not.toContain('too-long');
    expect(say(`${'ü'.repeat(5_120)}a`)).toBe('words-too-long');
  });

  it('asking for another time without a word says what is missing', () => {
    expect(summary(decide([visit, booked()], { act: 'another-time', words: ' \n' }, NOW, 'visit-1'))).toBe(
      'words-missing',
    );
  });
});
