import { describe, expect, it } from 'vitest';
import { dailyLists, isFirstRunOfDay, nextDayBegins } from '../../../functions/core/daily-list.ts';
import { PromiseRow } from '../../../functions/core/promises/row.ts';
import { configuration, configurationInput, withAbsent } from '../../fixtures/configuration.ts';
import { at, SALE } from '../../fixtures/sales.ts';

const config = configuration();
/** Tuesday the 17th, nine in Zurich. */
const NOW = at(17, '08:00');

const row = (with_: Partial<PromiseRow> = {}): PromiseRow =>
  PromiseRow.parse({
    saleId: SALE,
    promise: 'call-1',
    kind: 'call',
    because: 'staff',
    status: 'open',
    owner: 'nora',
    level: 0,
    strikes: 0,
    severity: 'normal',
    madeAt: at(16),
    dueAt: at(17, '15:00'),
    nextAt: at(17, '15:00'),
    amount: 100,
    ...with_,
  });

describe('the day begins', () => {
  it.each([
    ['before opening, at opening', at(17, '03:00'), at(17, '08:00')],
    ['at opening, tomorrow', at(17, '08:00'), at(18, '08:00')],
    ['in the evening, tomorrow', at(17, '20:00'), at(18, '08:00')],
    ['on Friday evening, on Monday', at(20, '20:00'), at(23, '08:00')],
  ])('%s', (_, now, expected) => {
    expect(nextDayBegins(config, now)).toBe(expected);
  });

  it('after a holiday, and at the hour of the shop on the Monday after the change of the clocks', () => {
    const closed = configuration({
      hours: { ...configurationInput().hours, holidays: { staff: ['2026-11-18'], customers: [] } },
    });

    expect(nextDayBegins(closed, at(17, '12:00'))).toBe(at(19, '08:00'));
    expect(nextDayBegins(config, '2027-03-26T18:00:00.000Z')).toBe('2027-03-29T07:00:00.000Z');
  });
});

describe('the first run of a day', () => {
  it.each([
    ['a moment before opening', at(17, '07:59'), false],
    ['at opening', at(17, '08:00'), true],
    ['at the last minute of the first hour', at(17, '08:59'), true],
    ['an hour later, when the next run comes', at(17, '09:00'), false],
    ['in the evening', at(17, '18:00'), false],
    ['on Saturday', at(21, '08:30'), false],
  ])('comes %s (%s): %s', (_, now, expected) => {
    expect(isFirstRunOfDay(config, now)).toBe(expected);
  });
});

describe('the list of the morning', () => {
  const listed = (rows: readonly PromiseRow[], of = config) =>
    dailyLists(of, rows, NOW).map(({ member, rows: theirs }) => [
      member.id,
      ...theirs.map(({ promise }) => promise),
    ]);

  it('has what is due before midnight and what is overdue, the most costly first', () => {
    const rows = [
      row({ promise: 'call-1', dueAt: at(17, '22:59') }),
      row({ promise: 'call-2', dueAt: at(17, '23:00') }),
      row({ promise: 'call-3', dueAt: at(12), strikes: 1 }),
      row({ promise: 'call-4', severity: 'urgent' }),
    ];

    expect(listed(rows)).toEqual([['nora', 'call-4', 'call-3', 'call-1']]);
  });

  it('has a broken promise whose new time is only tomorrow: its customer waits since the first', () => {
    const broken = row({ dueAt: at(18), lateSince: at(12), strikes: 1 });

    expect(listed([broken])).toEqual([['nora', 'call-1']]);
    expect(listed([row({ dueAt: at(18) })])).toEqual([]);
  });

  it('has nothing that waits for the customer', () => {
    const rows = [
      row({ status: 'offered' }),
      row({ promise: 'call-2', status: 'proposed', proposedAt: at(16) }),
      row({ promise: 'call-3', status: 'taken' }),
    ];

    expect(listed(rows)).toEqual([['nora', 'call-3']]);
  });

  it('goes to each who owes something, and to nobody else', () => {
    expect(listed([row({ owner: 'urs', level: 2 }), row({ promise: 'call-2' })])).toEqual([
      ['nora', 'call-2'],
      ['urs', 'call-1'],
    ]);
    expect(listed([])).toEqual([]);
  });

  it('of somebody who is away is on the list of whoever stands in', () => {
    expect(listed([row()], withAbsent('nora'))).toEqual([['lio', 'call-1']]);
  });
});
