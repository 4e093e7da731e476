import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import type { StaffAct } from '../../../../functions/core/promises/staff-acts.ts';
import { configuration, configurationInput } from '../../../fixtures/configuration.ts';
import { at, told } from '../../../fixtures/sales.ts';
import {
  arranged,
  booked,
  call,
  entriesOf,
  FROM,
  NOW,
  offered,
  ordinary,
  refusalOf,
  TO,
  taken,
} from './staff-cases.ts';

describe('taking', () => {
  const dueOf = (since: Entry[], by = 'nora') => {
    const [entry] = [entriesOf(since, by, { act: 'take' })].flat();
    return typeof entry === 'object' && 'dueAt' in entry ? entry.dueAt : entry;
  };

  it('what an answer brought gives time to put it right', () => {
    expect(dueOf([told.promised(at(16), 'resolve', { dueAt: at(17, '12:00') })])).toBe(at(19, '09:00'));
  });

  it('keeps a time the customer was told, far or near', () => {
    expect(dueOf([call])).toBe(at(18, '12:00'));
    expect(dueOf([arranged, booked()])).toBe(at(18, '11:15'));
  });

  it('never makes it due sooner', () => {
    expect(dueOf([told.promised(at(16), 'resolve', { dueAt: at(27) })])).toBe(at(27));
  });

  it('is a thing of its own each time it is up again', () => {
    const nOf = (since: Entry[]) => entriesOf(since, 'nora', { act: 'take' });
    const lapsed: Entry = {
      type: 'offer-lapsed',
      at: at(17, '08:00'),
      promise: 'call-1',
      n: 1,
      dueAt: at(18),
    };

    expect(nOf([call])).toMatchObject([{ n: 1 }]);
    expect(nOf([call, taken('call-1'), offered('call-1'), lapsed])).toMatchObject([{ n: 2 }]);
  });
});

describe('handing over', () => {
  it('who was to go there hands over the way as well, at the same time, for the same place', () => {
    const entries = entriesOf([arranged, booked({ provider: 'nora' })], 'nora', {
      act: 'hand-over',
      to: 'lio',
    });

    expect(entries).toMatchObject([
      { type: 'handed-over', from: 'nora', to: 'lio', dueAt: at(18, '11:15') },
      {
        type: 'booked',
        n: 2,
        from: FROM,
        to: TO,
        provider: 'lio',
        needsAcceptance: false,
        private: { place: 'Rebgasse 3' },
      },
    ]);
  });

  it('leaves the way with somebody else who was to go', () => {
    expect(entriesOf([arranged, booked()], 'nora', { act: 'hand-over', to: 'ines' })).toHaveLength(1);
  });

  it.each([
    ['nobody', '', 'to-missing'],
    ['a stranger', 'zoe', 'to-unknown'],
    ['the owner', 'nora', 'to-unknown'],
  ])('to %s is refused', (_, to, refusal) => {
    expect(refusalOf([call], 'nora', { act: 'hand-over', to })).toBe(refusal);
  });

  it('keeps a later time and gives at least the answering time', () => {
    const soon = told.promised(at(16), 'call', { because: 'staff', dueAt: at(17, '09:30') });

    expect(entriesOf([soon], 'nora', { act: 'hand-over', to: 'lio' })).toMatchObject([
      { dueAt: at(18, '09:00') },
    ]);
    expect(entriesOf([call], 'nora', { act: 'hand-over', to: 'lio' })).toMatchObject([
      { dueAt: at(18, '12:00') },
    ]);
  });
});

describe('a new time', () => {
  it.each([
    ['now', NOW, 'time-past'],
    ['in the past', at(16), 'time-past'],
    ['more than half a year ahead', '2027-05-17T09:00:00.000Z', 'time-too-far'],
  ])('%s is refused', (_, dueAt, refusal) => {
    expect(refusalOf([call], 'nora', { act: 'more-time', dueAt })).toBe(refusal);
    expect(refusalOf([call], 'nora', { act: 'offer', to: dueAt })).toBe(refusal);
  });

  it('is moved three times by a rep, and then no more; somebody above may', () => {
    const moved = [1, 2, 3].map(
      (n): Entry => ({
        type: 'moved',
        at: at(16, `1${n}:00`),
        promise: 'call-1',
        n,
        by: 'nora',
        dueAt: at(18),
      }),
    );

    expect(refusalOf([call, ...moved], 'nora', ordinary('other')['more-time'])).toBe('too-often');
    expect(refusalOf([call, ...moved], 'ines', ordinary('other')['more-time'])).toBe('');
  });

  it('that is offered waits two days for an answer, and never beyond itself', () => {
    const [far] = [entriesOf([call], 'nora', { act: 'offer', to: at(27) })].flat();
    const [near_] = [entriesOf([call], 'nora', { act: 'offer', to: at(17, '11:00') })].flat();

    expect(far).toMatchObject({ dueAt: at(20, '09:00') });
    expect(near_).toMatchObject({ dueAt: at(17, '11:00') });
  });

  it('for a visit is a window, for anything else a time', () => {
    expect(refusalOf([arranged], 'nora', { act: 'offer', to: at(19) })).toBe('time-order');
    expect(refusalOf([call], 'nora', { act: 'offer', from: at(19), to: at(20) })).toBe('not-a-visit');
  });

  it.each([
    ['ends before it begins', at(19, '11:00'), at(19, '09:00'), 'time-order'],
    ['is longer than twelve hours', at(19, '07:00'), at(19, '19:01'), 'window-too-long'],
    ['has begun', at(17, '08:00'), at(17, '12:00'), 'time-past'],
  ])('of a visit that %s is refused', (_, from, to, refusal) => {
    expect(
      refusalOf([arranged], 'nora', { act: 'book', from, to, provider: 'lio', answersForIt: false }),
    ).toBe(refusal);
  });

  it.each(['zoe', 'lio'])('with %s, who is not there that day, is refused', (provider) => {
    const config = configuration({
      staff: configurationInput().staff.map((one) =>
        one.id === 'lio' ? { ...one, away: [{ from: '2026-11-19', to: '2026-11-20' }] } : one,
      ),
    });
    const act: StaffAct = {
      act: 'book',
      from: at(19, '09:00'),
      to: at(19, '11:00'),
      provider,
      answersForIt: false,
    };

    expect(refusalOf([arranged], 'nora', act, NOW, config)).toBe('provider-unknown');
  });

  it('keeps place and tools unless they are changed or taken off', () => {
    const again = (place?: string) =>
      entriesOf([arranged, booked()], 'nora', {
        act: 'book',
        from: at(19, '09:00'),
        to: at(19, '11:00'),
        provider: 'lio',
        answersForIt: false,
        ...(place === undefined ? {} : { place }),
      });

    expect(again()).toMatchObject([{ private: { place: 'Rebgasse 3', bring: 'Two screws' } }]);
    expect(again('Rebgasse 5')).toMatchObject([{ private: { place: 'Rebgasse 5' } }]);
    expect(again('')).toEqual([expect.objectContaining({ private: { bring: 'Two screws' } })]);
  });
});

describe('words', () => {
  const long = 'x'.repeat(10_241);

  it.each<[string, StaffAct, string]>([
    ['what was done, left out', { act: 'done', what: '  ' }, 'what-missing'],
    ['what was done', { act: 'done', what: long }, 'words-too-long'],
    ['a note', { act: 'hand-over', to: 'lio', note: long }, 'words-too-long'],
    ['a reason for more time', { act: 'more-time', dueAt: at(19), reason: long }, 'words-too-long'],
    ['a reason for an offer', { act: 'offer', to: at(19), reason: long }, 'words-too-long'],
    ['a reason to take it back, left out', { act: 'withdraw', reason: ' ' }, 'reason-missing'],
    ['a reason to take it back', { act: 'withdraw', reason: long }, 'words-too-long'],
  ])('%s: refused', (_, act, refusal) => {
    expect(refusalOf([call], 'nora', act)).toBe(refusal);
  });

  it('are stored without the blanks around them, and not at all when there are none', () => {
    expect(
      entriesOf([call], 'nora', { act: 'more-time', dueAt: at(19), reason: ' The part is late. ' }),
    ).toMatchObject([{ private: { reason: 'The part is late.' } }]);
    expect(entriesOf([call], 'nora', { act: 'more-time', dueAt: at(19), reason: ' ' })).toEqual([
      expect.not.objectContaining({ private: expect.anything() }),
    ]);
  });
});
