import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { missedVisit, nextPromiseId, timeIsUp } from '../../../../functions/core/promises/ladder.ts';
import { promiseOf, type Sale } from '../../../../functions/core/sale.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { since } from '../../../fixtures/promise-entries.ts';
import { at, begun, saleOf, told } from '../../../fixtures/sales.ts';

const config = configuration();

const owedIn = (sale: Sale, id: string) => {
  const promise = promiseOf(sale, id);
  if (promise === undefined) throw new Error(`There is no ${id}`);
  return promise;
};
const up = (entries: Entry[], now: string, id = 'resolve-1') => {
  const sale = saleOf(begun(...entries));
  return timeIsUp(config, sale, owedIn(sale, id), now);
};

const owed = told.promised(at(17), 'resolve', { dueAt: at(17, '14:00') });
const visit = [since.visitPromised(at(10)), since.booked(at(10))];
const DUE = at(19, '11:15');

describe('when its time is up, a promise', () => {
  it('goes one level up to somebody with as long to act', () => {
    expect(up([owed], at(17, '14:00'))).toEqual([
      {
        type: 'escalated',
        at: at(17, '14:00'),
        promise: 'resolve-1',
        strike: 1,
        from: 'nora',
        owner: 'ines',
        level: 1,
        dueAt: at(18, '10:00'),
        because: 'overdue',
      },
    ]);
  });

  it.each<[string, Entry[], string]>([
    ['before it', [owed], at(17, '13:59')],
    ['once staff say it is done', [owed, told.proposed(at(17, '13:00'))], at(25)],
    ['once it is closed', [owed, told.judged(at(17, '13:00'), true)], at(25)],
    ['while the customer may still take the offer', [owed, since.offered(at(17, '13:00'))], at(18)],
  ])('stays where it is: %s', (_, entries, now) => {
    expect(up(entries, now)).toEqual([]);
  });

  it('takes the ball back when nobody answered the offer, without a strike', () => {
    const lapsed = up([owed, since.offered(at(17, '13:00'))], at(20, '12:00'));

    expect(lapsed).toMatchObject([{ type: 'offer-lapsed', n: 1, dueAt: at(20, '16:00') }]);
  });

  it('is counted by how often it went up, also after a strike was taken back', () => {
    const takenBack = [
      ...visit,
      since.missed(DUE),
      told.escalated(at(19, '11:16'), { promise: 'visit-1', because: 'missed', dueAt: at(20) }),
      told.judged(at(19, '12:00'), true, { promise: 'visit-1' }),
      told.judged(at(19, '13:00'), false, { promise: 'visit-1', n: 2 }),
      told.escalated(at(19, '13:00'), { promise: 'visit-1', strike: 2, because: 'not-yet', dueAt: at(20) }),
    ];

    expect(up(takenBack, at(20), 'visit-1')).toMatchObject([{ type: 'escalated', strike: 3 }]);
  });

  it('that is a visit without a time goes up like any other', () => {
    const [unbooked] = visit;

    expect(up(unbooked === undefined ? [] : [unbooked], DUE, 'visit-1')).toMatchObject([
      { type: 'escalated', because: 'overdue' },
    ]);
  });

  it('that is a visit nobody answers for goes up, and counts as missed by nobody', () => {
    const pending = [since.visitPromised(at(10)), since.booked(at(10), { needsAcceptance: true })];

    expect(up(pending, DUE, 'visit-1')).toMatchObject([{ type: 'escalated', because: 'overdue' }]);
  });
});

describe('a visit nobody came to', () => {
  it('is a strike, one level up, and a call on the same working day', () => {
    expect(up(visit, DUE, 'visit-1')).toMatchObject([
      { type: 'missed', promise: 'visit-1', n: 1, who: 'unknown', by: 'clock' },
      {
        type: 'promised',
        promise: 'call-1',
        kind: 'call',
        because: 'missed',
        after: 'visit-1',
        owner: 'ines',
        severity: 'high',
        dueAt: at(19, '16:00'),
      },
      { type: 'escalated', promise: 'visit-1', strike: 1, owner: 'ines', because: 'missed' },
    ]);
  });

  it.each([0, 1, 2, 3])('comes to the same whenever a crash ended the writing: after %d entries', (count) => {
    const again = at(19, '11:17');
    const written = up(visit, DUE, 'visit-1').slice(0, count);

    const rest = up([...visit, ...written], again, 'visit-1');

    const sale = saleOf(begun(...visit, ...written, ...rest));
    const all = [...written, ...rest].map(({ type }) => type);
    expect(all).toEqual(['missed', 'promised', 'escalated']);
    expect(owedIn(sale, 'visit-1')).toMatchObject({ strikes: 1, raises: 1, booking: { isStruck: true } });
    expect(sale.promises.filter(({ kind }) => kind === 'call')).toHaveLength(1);
    expect(up([...visit, ...written, ...rest], again, 'visit-1')).toEqual([]);
  });

  it('gets a call of its own each time', () => {
    const first = up(visit, DUE, 'visit-1');
    const again = since.booked(at(19, '15:00'), {
      n: 2,
      from: at(23, '09:00'),
      to: at(23, '11:00'),
      dueAt: at(23, '11:15'),
    });

    const second = up([...visit, ...first, again], at(23, '11:15'), 'visit-1');

    expect(second).toMatchObject([
      { type: 'missed', n: 2 },
      { type: 'promised', promise: 'call-2', owner: 'urs' },
      { type: 'escalated', strike: 2, owner: 'urs', level: 2 },
    ]);
  });

  it('gets a call again when the first was taken back because somebody seemed to have come', () => {
    const first = up(visit, DUE, 'visit-1');
    const mistaken = since.withdrawn(at(19, '12:00'), { promise: 'call-1' });
    const sale = saleOf(begun(...visit, ...first, mistaken));

    const entries = missedVisit(
      config,
      sale,
      owedIn(sale, 'visit-1'),
      { who: 'provider', by: 'customer' },
      at(19, '13:00'),
    );

    expect(entries).toMatchObject([
      { type: 'promised', promise: 'call-2' },
      { type: 'escalated', strike: 2 },
    ]);
  });

  it('found out in the evening is rung about on the next working day', () => {
    const evening = [
      since.visitPromised(at(10), { dueAt: at(19, '19:15') }),
      since.booked(at(10), { from: at(19, '17:00'), to: at(19, '19:00'), dueAt: at(19, '19:15') }),
    ];

    expect(up(evening, at(19, '19:15'), 'visit-1')[1]).toMatchObject({ dueAt: at(20, '16:00') });
  });

  it('is not one where the customer was the one who was not there', () => {
    const away = since.missed(at(19, '09:30'), { who: 'customer', by: 'nora', dueAt: at(20, '09:30') });

    expect(up([...visit, away], at(19, '12:00'), 'visit-1')).toEqual([]);
    expect(up([...visit, away], at(20, '09:30'), 'visit-1')).toMatchObject([
      { type: 'escalated', because: 'overdue' },
    ]);
  });

  it('is none without a booking', () => {
    const sale = saleOf(begun(since.visitPromised(at(10))));
    const miss = { who: 'unknown', by: 'clock' } as const;

    expect(missedVisit(config, sale, owedIn(sale, 'visit-1'), miss, DUE)).toEqual([]);
  });
});

describe('the id of a new promise', () => {
  it('counts the kind within the sale', () => {
    const sale = saleOf(begun(owed, told.promised(at(17), 'call')));

    expect(nextPromiseId(sale, 'call')).toBe('call-2');
    expect(nextPromiseId(sale, 'answer')).toBe('answer-1');
  });
});
