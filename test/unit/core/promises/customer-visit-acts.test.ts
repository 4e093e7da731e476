import { describe, expect, it } from 'vitest';
import { type Entry, keyOf } from '../../../../functions/core/journal.ts';
import type { CustomerAct } from '../../../../functions/core/promises/customer-acts.ts';
import { promiseOf } from '../../../../functions/core/sale.ts';
import { at, told } from '../../../fixtures/sales.ts';
import {
  booked,
  callAfter,
  decide,
  entriesOf,
  missed,
  NOW,
  offered,
  outcomeOf,
  struck,
  summary,
  visit,
  withdrawn,
} from './customer-cases.ts';

type Wordless = Exclude<CustomerAct['act'], 'another-time'>;

describe('what the customer says about a visit', () => {
  const on = (since: Entry[], act: CustomerAct, now = NOW) => decide([visit, ...since], act, now, 'visit-1');
  const then = (since: Entry[], act: CustomerAct, now = NOW) =>
    outcomeOf([visit, ...since], act, now, 'visit-1');

  it.each<[string, Entry[], string, Wordless, string]>([
    [
      'before its window nobody can have stayed away',
      [booked()],
      at(18, '08:59'),
      'nobody-came',
      'too-early',
    ],
    ['the day before nobody can have come', [booked()], at(17), 'yes', 'too-early'],
    ['somebody may come early', [booked()], at(18, '08:30'), 'yes', 'judged'],
    ['nobody came, before anyone noticed', [booked()], NOW, 'nobody-came', 'missed + promised + escalated'],
    [
      'nobody came, as the clock saw',
      [booked(), missed('unknown'), callAfter, struck],
      NOW,
      'nobody-came',
      'missed',
    ],
    ['nobody came, said already', [booked(), missed('provider'), callAfter, struck], NOW, 'nobody-came', ''],
    [
      'nobody came, and writing it failed halfway',
      [booked(), missed('provider'), callAfter],
      NOW,
      'nobody-came',
      'escalated',
    ],
    [
      'nobody came, though the provider says nobody was in',
      [booked(), missed('customer')],
      NOW,
      'nobody-came',
      'missed + promised + escalated',
    ],
    [
      'nobody came, though staff say it is done',
      [booked(), told.proposed(at(18, '09:40'), { promise: 'visit-1' })],
      NOW,
      'nobody-came',
      'missed + promised + escalated',
    ],
    [
      'nobody came, said after yes',
      [booked(), told.judged(at(18, '09:40'), true, { promise: 'visit-1' })],
      NOW,
      'nobody-came',
      'missed + promised + escalated',
    ],
    [
      'a booking nobody answers for is none',
      [booked({ needsAcceptance: true })],
      NOW,
      'nobody-came',
      'no-visit',
    ],
    ['it suits', [booked()], at(17), 'suits', 'suits'],
    [
      'it suits, said already',
      [booked(), { type: 'suits', at: at(16, '12:00'), promise: 'visit-1', n: 1 }],
      at(17),
      'suits',
      '',
    ],
    ['a window that is over cannot suit', [booked()], at(18, '11:00'), 'suits', 'no-visit'],
    [
      'an offer is accepted and books the visit',
      [booked(), offered()],
      at(18, '07:00'),
      'accept-offer',
      'offer-answered + booked',
    ],
    [
      'an offer for a time that is over cannot be',
      [booked(), offered()],
      at(20, '09:00'),
      'accept-offer',
      'offer-past',
    ],
    [
      'an offer answered already',
      [
        booked(),
        offered(),
        {
          type: 'offer-answered',
          at: at(17, '12:00'),
          promise: 'visit-1',
          n: 1,
          isAccepted: false,
          dueAt: at(19),
        },
      ],
      NOW,
      'decline-offer',
      '',
    ],
    [
      'an offer answered otherwise',
      [
        booked(),
        offered(),
        {
          type: 'offer-answered',
          at: at(17, '12:00'),
          promise: 'visit-1',
          n: 1,
          isAccepted: false,
          dueAt: at(19),
        },
      ],
      NOW,
      'accept-offer',
      'nothing-offered',
    ],
  ])('%s', (_, since, now, name, expected) => {
    expect(summary(on(since, { act: name }, now))).toBe(expected);
  });

  it('nobody came: a strike, the next level, and a call the same day', () => {
    const sale = then([booked()], { act: 'nobody-came', words: 'I waited all morning.' });

    expect(promiseOf(sale, 'visit-1')).toMatchObject({
      level: 1,
      strikes: 1,
      owner: 'ines',
      booking: { noShow: 'provider', isStruck: true },
    });
    expect(promiseOf(sale, 'call-1')).toMatchObject({
      severity: 'high',
      dueAt: at(18, '16:00'),
      owner: 'ines',
    });
    expect(sale.journal).toContainEqual(
      expect.objectContaining({ private: { words: 'I waited all morning.' } }),
    );
  });

  it('somebody came after a suspected miss: the strike is taken back and nobody needs to ring', () => {
    const sale = then([booked(), missed('unknown'), callAfter, struck], { act: 'yes' });

    expect(promiseOf(sale, 'visit-1')).toMatchObject({ status: 'kept', strikes: 0 });
    expect(promiseOf(sale, 'call-1')?.status).toBe('withdrawn');
  });

  it('opened again after a strike was taken back, it still goes up, and the call is owed anew', () => {
    const kept = [booked(), missed('unknown'), callAfter, struck];
    const settled = [...kept, ...entriesOf(on(kept, { act: 'yes' }))];

    const sale = then(settled, { act: 'nobody-came' }, at(18, '12:00'));

    expect(promiseOf(sale, 'visit-1')).toMatchObject({ status: 'open', level: 2, strikes: 1, raises: 2 });
    expect(promiseOf(sale, 'call-2')).toMatchObject({ after: 'visit-1', status: 'open' });
    /* A key of its own, or the journal would refuse it. */
    expect(new Set(sale.journal.map(keyOf)).size).toBe(sale.journal.length);
  });

  it('no longer needed and then needed after all: the old time does not stand again', () => {
    const sale = then([booked({ from: at(20, '09:00'), to: at(20, '11:00') }), withdrawn()], {
      act: 'not-yet',
    });

    expect(promiseOf(sale, 'visit-1')).toMatchObject({ status: 'open', level: 1, booking: { isOff: true } });
  });

  it('an accepted offer keeps the provider, the place and what is needed', () => {
    const sale = then([booked(), offered()], { act: 'accept-offer' }, at(18, '07:00'));

    expect(promiseOf(sale, 'visit-1')).toMatchObject({
      status: 'open',
      dueAt: at(20, '11:15'),
      booking: {
        n: 2,
        from: at(20, '09:00'),
        provider: 'lio',
        place: 'Rebgasse 3',
        bring: 'a ladder',
        isPending: false,
      },
    });
  });

  it('an accepted offer that a crash kept from being booked is booked when they press again, and only then', () => {
    const accept = { act: 'accept-offer' } as const;
    const [answered, ...rest] = entriesOf(on([booked(), offered()], accept, at(18, '07:00')));
    if (answered === undefined) throw new Error('Nothing was answered');
    const half = [booked(), offered(), answered];

    expect(rest.map(({ type }) => type)).toEqual(['booked']);
    expect(summary(on(half, accept, at(18, '07:01')))).toBe('booked');
    expect(summary(on([...half, ...rest], accept, at(18, '07:02')))).toBe('');
    expect(summary(on(half, accept, at(20, '09:00')))).toBe('');
    expect(summary(on([...half, withdrawn()], accept, at(18, '07:01')))).toBe('already-closed');
  });

  it('after two strikes an accepted offer needs a name', () => {
    const strikes = [1, 2].map((strike) =>
      told.escalated(at(16, `1${strike}:00`), { promise: 'visit-1', strike }),
    );

    const sale = then([...strikes, offered()], { act: 'accept-offer' }, at(18, '07:00'));

    expect(promiseOf(sale, 'visit-1')?.booking?.isPending).toBe(true);
  });
});
