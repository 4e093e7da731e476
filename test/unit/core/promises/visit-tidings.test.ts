import { describe, expect, it } from 'vitest';
import { since, WINDOW } from '../../../fixtures/promise-entries.ts';
import { at, told } from '../../../fixtures/sales.ts';
import { next, said, toSay, withSaid } from '../say.ts';

const NOON = at(17, '10:00');
const ofVisit = { promise: 'visit-1' } as const;

describe('what is said about a visit', () => {
  const visit = [since.visitPromised(at(10)), since.booked(at(10))];
  const settled = withSaid(visit, at(10, '12:00'));
  const again = (with_: Parameters<typeof since.booked>[1] = {}) =>
    since.booked(at(17), {
      n: 2,
      from: at(24, '09:00'),
      to: at(24, '11:00'),
      dueAt: at(24, '11:15'),
      ...with_,
    });

  it('is confirmed to both sides', () => {
    expect(said(visit, at(10, '12:00'))).toEqual([
      'owner to owner',
      'booked to customer',
      'booked-provider to provider',
    ]);
  });

  it('is confirmed anew when it has another time, and who no longer goes is told', () => {
    expect(said([...settled, again()], NOON)).toEqual(['booked to customer', 'booked-provider to provider']);
    expect(said([...settled, again({ provider: 'lio' })], NOON)).toEqual([
      'booked to customer',
      'booked-provider to provider',
      'unbooked-provider to former-provider',
    ]);
  });

  it('is confirmed to nobody until somebody answers for it', () => {
    const pending = again({ needsAcceptance: true });

    expect(said([...settled, pending], NOON)).toEqual(['accept to owner']);
    expect(said([...settled, pending, since.accepted(at(17), { n: 2 })], NOON)).toEqual([
      'booked to customer',
      'booked-provider to provider',
    ]);
  });

  it('is not confirmed once it is over', () => {
    expect(said(visit, WINDOW.to)).not.toContain('booked to customer');
  });

  it('is the truth when the provider is late, and once for each delay', () => {
    const late = [...settled, told.sent('visit-1/tomorrow#1', at(18)), since.delayed(at(19, '08:20'))];

    expect(said(late, at(19, '08:20'))).toEqual(['late to customer']);
    const later = [...withSaid(late, at(19, '08:20')), since.delayed(at(19, '08:30'), { n: 2 })];
    expect(said(later, at(19, '08:30'))).toEqual(['late to customer']);
  });

  it('is an apology when nobody came, and one question when nobody was at home', () => {
    const struck = told.escalated(at(19, '11:15'), { ...ofVisit, because: 'missed', dueAt: at(20, '11:15') });
    const nobodyCame = [...settled, since.missed(at(19, '11:15')), struck];
    const nobodyHome = [
      ...settled,
      since.missed(at(19, '09:40'), { who: 'customer', dueAt: at(20, '09:40') }),
    ];

    expect(said(nobodyCame, at(19, '11:15'))).toEqual(['owner to owner', 'sorry to customer']);
    expect(said(nobodyHome, at(19, '09:40'))).toEqual(['nobody-home to customer']);
  });

  it('is told to the provider too when somebody else offers the customer another time, once, unless it is over', () => {
    const gone = [since.visitPromised(at(10)), since.booked(at(10), { provider: 'lio' })];
    const anotherTime = { ...ofVisit, from: at(24, '09:00'), to: at(24, '11:00') };
    const offer = since.offered(at(17), anotherTime);
    const told_ = withSaid(gone, at(10, '12:00'));
    const off = 'unbooked-provider to former-provider';

    expect(said([...told_, offer], NOON)).toEqual(['offer to customer', off]);
    expect(said([...told_, offer], WINDOW.to)).not.toContain(off);
    expect(said([...told_, since.offered(at(17), { ...anotherTime, by: 'lio' })], NOON)).not.toContain(off);
    expect(said([...settled, offer], NOON)).not.toContain(off);
    const heard = withSaid([...told_, offer], NOON);
    expect(said([...heard, again({ provider: 'ines' })], at(17, '11:00'))).not.toContain(off);
  });

  it('is told to the provider too when it is taken back, unless it is over', () => {
    const other = [since.visitPromised(at(10)), since.booked(at(10), { provider: 'lio' })];

    expect(said([...other, since.withdrawn(at(12), ofVisit)], at(12))).toEqual([
      'withdrawn-owner to owner',
      'withdrawn to customer',
      'withdrawn-provider to provider',
    ]);
    expect(said([...other, since.withdrawn(at(19, '12:00'), ofVisit)], at(19, '12:00'))).not.toContain(
      'withdrawn-provider to provider',
    );
  });

  it('is told step by step: each clock once, to whom it concerns', () => {
    const spoken: string[] = [];
    let life = settled;
    for (let now: string = at(10, '12:00'); now < at(19, '11:15'); now = next(life, now)) {
      spoken.push(...toSay(life, now).map(({ name, to }) => `${now.slice(8, 16)} ${name} to ${to}`));
      life = withSaid(life, now);
    }

    expect(spoken).toEqual([
      '18T09:00 tomorrow to customer',
      '18T09:00 tomorrow-provider to provider',
      '19T08:30 on-your-way to provider',
      '19T08:35 nobody-on-the-way to office',
      '19T08:45 may-be-late to customer',
    ]);
  });
});
