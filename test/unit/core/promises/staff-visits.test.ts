import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { backupFor, type StaffAct } from '../../../../functions/core/promises/staff-acts.ts';
import { whoMayAnswer } from '../../../../functions/core/promises/staff-rules.ts';
import { configuration, configurationInput } from '../../../fixtures/configuration.ts';
import { at, told } from '../../../fixtures/sales.ts';
import {
  about,
  arranged,
  booked,
  during,
  entriesOf,
  FROM,
  NOW,
  near,
  pending,
  refusalOf,
  TO,
  twiceMissed,
  visit,
} from './staff-cases.ts';

describe('after two misses', () => {
  const book = (provider: string, answersForIt: boolean): StaffAct => ({
    act: 'book',
    from: FROM,
    to: TO,
    provider,
    answersForIt,
  });

  it('a booking stands when somebody of the level it has climbed to answers for it by name', () => {
    expect(entriesOf(twiceMissed, 'urs', book('ines', true))).toMatchObject([
      { type: 'booked', n: 3, needsAcceptance: false, provider: 'ines' },
      { type: 'accepted', n: 3, by: 'urs' },
    ]);
  });

  it('nobody below may, and the other system has no name to give', () => {
    const handedDown = [...twiceMissed, told.handedOver(at(5), { ...visit(), from: 'urs', to: 'nora' })];

    expect(refusalOf(handedDown, 'nora', book('lio', true))).toBe('level-too-low');
    expect(refusalOf(handedDown, 'system', book('lio', true))).toBe('level-too-low');
    expect(entriesOf(handedDown, 'ines', book('lio', true))).toHaveLength(2);
  });

  it('without a name it does not stand', () => {
    expect(entriesOf(twiceMissed, 'urs', book('lio', false))).toMatchObject([{ needsAcceptance: true }]);
  });

  it('before that no name is asked for', () => {
    expect(entriesOf([arranged], 'nora', book('lio', true))).toMatchObject([{ needsAcceptance: false }]);
  });

  it.each([
    ['urs', ''],
    ['ines', 'level-too-low'],
    ['nora', 'level-too-low'],
    ['system', 'level-too-low'],
  ])('%s accepts what somebody else booked: %s', (by, refusal) => {
    expect(refusalOf([...twiceMissed, pending], by, { act: 'accept' })).toBe(refusal);
  });

  it('a visit that has begun is not answered for any more', () => {
    expect(refusalOf([...twiceMissed, pending], 'urs', { act: 'accept' }, FROM)).toBe('time-past');
  });

  it('a shop without anybody above lets the highest there is answer', () => {
    const config = configuration({
      staff: configurationInput().staff.filter(({ level }) => level === 0),
    });

    expect(whoMayAnswer(about(twiceMissed, 'nora', NOW, config)).map(({ id }) => id)).toEqual([
      'nora',
      'lio',
    ]);
  });

  it('somebody else is proposed to go: the named backup, or whoever is here', () => {
    const named = configuration({
      staff: configurationInput().staff.map((one) => (one.id === 'lio' ? { ...one, backup: 'urs' } : one)),
    });

    expect(backupFor(named, 'lio', NOW)).toBe('urs');
    expect(backupFor(configuration(), 'lio', NOW)).toBe('nora');
  });
});

describe('on the day of the visit', () => {
  const ahead = [arranged, booked()];
  const onMyWay: Entry = {
    type: 'on-my-way',
    at: at(18, '08:30'),
    ...visit(),
    n: 1,
    by: 'lio',
    dueAt: at(19),
  };

  it('“on my way” is said from twelve hours before, once, and not when the time is long over', () => {
    expect(refusalOf(ahead, 'lio', { act: 'on-my-way' }, at(17, '20:59'))).toBe('too-early');
    expect(refusalOf(ahead, 'lio', { act: 'on-my-way' }, at(17, '21:00'))).toBe('');
    expect(refusalOf([...ahead, onMyWay], 'lio', { act: 'on-my-way' }, near)).toBe('already-said');
    expect(refusalOf(ahead, 'lio', { act: 'on-my-way' }, at(18, '11:15'))).toBe('window-over');
  });

  it('late moves the window by as much, for the same day', () => {
    expect(entriesOf(ahead, 'lio', { act: 'late', minutes: 45 }, near)).toMatchObject([
      { type: 'delayed', n: 1, from: at(18, '09:45'), to: at(18, '11:45'), dueAt: at(18, '12:00') },
    ]);
  });

  it.each([
    ['to another day', 15 * 60, near],
    ['to a time that is over', 5, at(18, '11:10')],
    ['by nothing', 0, near],
    ['by no whole minutes', 1.5, near],
    ['by no number', Number.NaN, near],
  ])('late %s is refused', (_, minutes, now) => {
    expect(refusalOf(ahead, 'lio', { act: 'late', minutes }, now)).toBe('minutes-wrong');
  });

  it('late three times is enough', () => {
    const delayed = [1, 2, 3].map(
      (n): Entry => ({
        type: 'delayed',
        at: at(18, `07:0${n}`),
        ...visit(),
        n,
        by: 'lio',
        from: FROM,
        to: TO,
        dueAt: at(18, '11:15'),
      }),
    );

    expect(refusalOf([...ahead, ...delayed], 'lio', { act: 'late', minutes: 10 }, at(18, '08:00'))).toBe(
      'too-often',
    );
  });

  it('nobody at home leaves the visit owed', () => {
    expect(entriesOf(ahead, 'lio', { act: 'nobody-home' }, during)).toMatchObject([
      { type: 'missed', n: 1, who: 'customer', by: 'lio', dueAt: at(19, '09:30') },
    ]);
  });

  it('nobody of ours went is a miss as any other: a strike, a call today, one level up', () => {
    expect(entriesOf(ahead, 'lio', { act: 'nobody-went' }, during)).toMatchObject([
      { type: 'missed', who: 'provider', by: 'lio' },
      { type: 'promised', kind: 'call', after: 'visit-1', owner: 'ines' },
      { type: 'escalated', owner: 'ines', because: 'missed' },
    ]);
  });
});
