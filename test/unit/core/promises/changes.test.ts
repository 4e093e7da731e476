import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { foldPromises } from '../../../../functions/core/promises/fold.ts';
import { isClosed, type OwedPromise, standingBooking } from '../../../../functions/core/promises/promise.ts';
import { since } from '../../../fixtures/promise-entries.ts';
import { at, told } from '../../../fixtures/sales.ts';

const only = (entries: Entry[]): OwedPromise => {
  const [promise] = foldPromises(entries);
  if (promise === undefined) throw new Error('There is no promise');
  return promise;
};

const resolve = (...entries: Entry[]) => only([told.promised(at(10)), ...entries]);
const visit = (...entries: Entry[]) => only([since.visitPromised(at(10)), ...entries]);
const ofVisit = { promise: 'visit-1' } as const;

describe('the time of a promise', () => {
  it.each<[string, Entry[], string]>([
    ['it is taken', [told.taken(at(11))], at(26, '12:00')],
    ['it is handed over', [told.handedOver(at(11))], at(25, '12:00')],
    ['the owner needs longer', [since.moved(at(11))], at(27, '12:00')],
    ['another time is offered', [since.offered(at(11))], at(20, '12:00')],
    ['the customer takes it', [since.offered(at(11)), since.answered(at(12), true)], at(27, '12:00')],
    ['nobody answers the offer', [since.offered(at(11)), since.lapsed(at(12))], at(27, '12:00')],
    ['it goes up', [told.escalated(at(11))], at(27, '12:00')],
  ])('runs anew when %s', (_, entries, dueAt) => {
    const promise = resolve(...entries);
    const last = entries.at(-1)?.at;

    expect(promise).toMatchObject({ dueAt, termAt: last, newsAt: last });
    expect(promise.term).toBe(1 + entries.length);
    expect(promise.turn).toBe(1 + entries.length);
  });

  it.each<[string, Entry]>([
    ['wishes another time', since.wished(at(11))],
    ['takes it back', since.withdrawn(at(11))],
  ])('runs on, and everybody hears of it, when the customer %s', (_, entry) => {
    expect(resolve(entry)).toMatchObject({ dueAt: at(24, '12:00'), term: 1, turn: 2, newsAt: at(11) });
  });

  it.each<[string, Entry]>([
    ['the last level was paged', since.paged(at(11))],
    ['staff say it is done', told.proposed(at(11))],
    ['the customer says not yet', told.judged(at(11), false)],
  ])('is untouched when %s', (_, entry) => {
    expect(resolve(entry)).toMatchObject({ dueAt: at(24, '12:00'), term: 1, turn: 1 });
  });

  it('that was given in days counts working hours once somebody has it', () => {
    const inDays = told.promised(at(10), 'call', { clock: 'calendar' });
    const taken = told.taken(at(11), { promise: 'call-1' });

    expect(only([inDays]).isCalendar).toBe(true);
    expect(only([inDays, taken]).isCalendar).toBe(false);
  });
});

describe('an offered time', () => {
  it('gives the ball to the customer, and back when they answer or do not', () => {
    expect(resolve(since.offered(at(11)))).toMatchObject({
      status: 'offered',
      offer: { to: at(27, '12:00') },
    });
    expect(resolve(since.offered(at(11)), since.answered(at(12), false))).toMatchObject({
      status: 'taken',
      offer: undefined,
    });
    expect(resolve(since.offered(at(11)), since.lapsed(at(12)))).toMatchObject({
      status: 'open',
      offer: undefined,
    });
  });

  it('is over when staff say it is done', () => {
    expect(resolve(since.offered(at(11)), told.proposed(at(12)))).toMatchObject({
      status: 'proposed',
      offer: undefined,
    });
  });

  it('cannot be answered twice, nor after it lapsed', () => {
    const late = resolve(since.offered(at(11)), since.lapsed(at(12)), since.answered(at(13), true));

    expect(late).toMatchObject({ status: 'open', term: 3 });
  });

  it('takes the visit off that was booked', () => {
    const off = visit(since.booked(at(10)), since.offered(at(11), ofVisit));

    expect(standingBooking(off)).toBeUndefined();
    expect(off.booking).toMatchObject({ n: 1, isOff: true });
  });
});

describe('a visit', () => {
  const booked = since.booked(at(10), { private: { place: 'Rebgasse 9', bring: 'the key' } });
  const struck = told.escalated(at(19, '11:20'), { ...ofVisit, because: 'missed' });

  it('is booked with a window, a place and who goes there', () => {
    expect(standingBooking(visit(booked))).toMatchObject({
      n: 1,
      from: at(19, '09:00'),
      to: at(19, '11:00'),
      place: 'Rebgasse 9',
      bring: 'the key',
      provider: 'nora',
    });
  });

  it('that nobody answers for does not stand until somebody does', () => {
    const pending = since.booked(at(10), { needsAcceptance: true });

    expect(standingBooking(visit(pending))).toBeUndefined();
    expect(standingBooking(visit(pending, since.accepted(at(11))))).toMatchObject({
      acceptedBy: 'urs',
      settledAt: at(11),
    });
  });

  it('keeps the earlier booking and takes nothing that is about it', () => {
    const again = since.booked(at(12), { n: 2, from: at(23, '09:00'), to: at(23, '11:00') });
    const promise = visit(booked, again, since.onMyWay(at(13)), since.suits(at(13)), since.missed(at(13)));

    expect(promise.bookings.map(({ n }) => n)).toEqual([1, 2]);
    expect(standingBooking(promise)).toMatchObject({ n: 2, onMyWayAt: undefined, suitsAt: undefined });
  });

  it('that is late has a new window, and the time from the old one on stays taken', () => {
    expect(visit(booked, since.delayed(at(19, '08:50'))).booking).toMatchObject({
      from: at(19, '09:40'),
      to: at(19, '11:40'),
      heldFrom: at(19, '09:00'),
      delays: 1,
      settledAt: at(19, '08:50'),
    });
  });

  it('that nobody came to is a strike once, whoever was missing', () => {
    const promise = visit(
      booked,
      since.missed(at(19, '11:15')),
      struck,
      since.missed(at(19, '15:00'), { who: 'provider', by: 'customer' }),
    );

    expect(promise).toMatchObject({
      strikes: 1,
      booking: { noShow: 'provider', isStruck: true, isOff: true },
    });
  });

  it('is known to have been missed by somebody, whatever a clock says later', () => {
    const provider = since.missed(at(19, '11:10'), { who: 'provider', by: 'customer' });

    expect(visit(booked, provider, since.missed(at(19, '11:15'))).booking?.noShow).toBe('provider');
  });

  it('that somebody came to after all takes the strike back and puts the result right', () => {
    const promise = visit(
      booked,
      since.missed(at(19, '11:15')),
      struck,
      told.judged(at(19, '12:00'), true, ofVisit),
    );

    expect(promise).toMatchObject({ status: 'kept', strikes: 0, raises: 1, booking: { noShow: undefined } });
    expect(promise.results).toEqual([
      { term: 2, owner: 'nora', at: at(19, '11:20'), dueAt: at(19, '11:15'), result: 'broken' },
      { term: 2, owner: 'nora', at: at(19, '11:20'), dueAt: at(19, '11:15'), result: 'kept' },
    ]);
  });

  it('takes back no strike that was not for this visit', () => {
    const promise = visit(
      told.escalated(at(11), ofVisit),
      since.booked(at(12)),
      since.missed(at(19, '11:15')),
      told.judged(at(19, '12:00'), true, ofVisit),
    );

    expect(promise).toMatchObject({ status: 'kept', strikes: 1 });
    expect(promise.results.map(({ result }) => result)).toEqual(['broken', 'late']);
  });

  it('that is withdrawn was missed by nobody', () => {
    const promise = visit(booked, since.missed(at(19, '11:15')), since.withdrawn(at(19, '11:16'), ofVisit));

    expect(promise).toMatchObject({ status: 'withdrawn', booking: { noShow: undefined } });
  });

  it.each<[string, Entry[]]>([
    [
      'was closed and opened again before it',
      [told.judged(at(12), true, ofVisit), told.escalated(at(13), ofVisit)],
    ],
    ['was over and is not right yet', [told.escalated(at(19, '12:00'), ofVisit)]],
  ])('no longer stands when the promise %s', (_, entries) => {
    expect(standingBooking(visit(booked, ...entries))).toBeUndefined();
  });

  it('stands on when the promise goes up before it', () => {
    expect(standingBooking(visit(booked, told.escalated(at(12), ofVisit)))).toMatchObject({ n: 1 });
  });
});

describe('a closed promise', () => {
  const yes = told.judged(at(12), true);

  it.each<[string, Entry]>([
    ['silence that was none', told.assumed(at(13))],
    ['a waiver', told.waived(at(13))],
    ['a withdrawal', since.withdrawn(at(13))],
    ['an offer', since.offered(at(13))],
    ['somebody taking it', told.taken(at(13))],
    ['staff saying it is done', told.proposed(at(13))],
    ['a booking', since.booked(at(13), { promise: 'resolve-1' })],
  ])('stays kept after %s', (_, entry) => {
    expect(resolve(told.proposed(at(11)), yes, entry)).toMatchObject({ status: 'kept', closedAt: at(12) });
  });

  it('is not closed by silence once the customer has said not yet', () => {
    const refused = resolve(told.proposed(at(11)), told.judged(at(12), false), told.assumed(at(13)));

    expect(isClosed(refused)).toBe(false);
    expect(refused.isRefused).toBe(true);
  });

  it('scores one result for each turn', () => {
    const promise = resolve(
      told.escalated(at(11)),
      told.proposed(at(12)),
      told.assumed(at(19)),
      told.judged(at(20), true, { n: 2 }),
    );

    expect(promise.results.map(({ owner, result }) => `${owner} ${result}`)).toEqual([
      'nora broken',
      'ines assumed',
    ]);
  });

  it('was late when staff said so after it was due', () => {
    expect(resolve(told.proposed(at(25)), told.judged(at(26), true)).results).toMatchObject([
      { result: 'late' },
    ]);
    expect(resolve(told.proposed(at(23)), told.judged(at(26), true)).results).toMatchObject([
      { result: 'kept' },
    ]);
  });

  it('gets a workflow of its own when it is started again', () => {
    expect(resolve(since.rescued(at(11)))).toMatchObject({ cycle: 2, rescues: 1, status: 'open' });
  });
});
