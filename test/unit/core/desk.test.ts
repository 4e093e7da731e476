import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toInstant } from '../../../functions/core/calendar.ts';
import { silentCalls } from '../../../functions/core/desk/capacity.ts';
import { shopDay } from '../../../functions/core/desk/day.ts';
import { keptOf, tally } from '../../../functions/core/desk/kept-rate.ts';
import { byCost, byValue } from '../../../functions/core/desk/ranking.ts';
import { nameWords, plain, plainNumber, searchKeysOf } from '../../../functions/core/desk/search-keys.ts';
import { PromiseRow } from '../../../functions/core/promises/row.ts';
import { at, begun, customer, SALE, saleOf } from '../../fixtures/sales.ts';

const NOW = at(23, '08:00');

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
    dueAt: at(23, '15:00'),
    nextAt: at(23, '15:00'),
    amount: 100,
    ...with_,
  });

describe('the day of the shop', () => {
  it('begins and ends at its own midnight', () => {
    expect(shopDay(at(23, '23:30'), 'Europe/Zurich')).toEqual({ from: at(23, '23:00'), to: at(24, '23:00') });
  });

  it('has 25 hours when the clocks go back', () => {
    expect(shopDay('2026-10-25T12:00:00.000Z', 'Europe/Zurich')).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
  });
});

describe('what a promise costs the customer', () => {
  const ranked = (...rows: PromiseRow[]) => rows.toSorted(byCost(NOW)).map(({ promise }) => promise);

  it('ranks urgent, then broken most often, overdue longest, high, worth most, due first', () => {
    const expected = [
      row({ promise: 'call-1', severity: 'urgent' }),
      row({ promise: 'call-2', strikes: 2 }),
      row({ promise: 'call-3', strikes: 1, dueAt: at(19) }),
      row({ promise: 'call-4', strikes: 1 }),
      row({ promise: 'call-5', dueAt: at(18) }),
      row({ promise: 'call-6', dueAt: at(21) }),
      row({ promise: 'call-7', severity: 'high' }),
      row({ promise: 'call-8', amount: 900 }),
      row({ promise: 'call-9', dueAt: at(23, '09:00') }),
      row({ promise: 'call-10' }),
    ];

    expect(ranked(...expected.toReversed())).toEqual(expected.map(({ promise }) => promise));
  });

  it('lets severity and worth decide among those overdue for the same number of days', () => {
    const early = row({ promise: 'call-1', dueAt: at(22, '09:00'), amount: 10 });
    const worthMore = row({ promise: 'call-2', dueAt: at(22, '16:00'), amount: 900 });
    const high = row({ promise: 'call-3', dueAt: at(22, '20:00'), severity: 'high' });

    expect(ranked(early, worthMore, high)).toEqual(['call-3', 'call-2', 'call-1']);
  });

  const anyRow = fc
    .record({
      severity: fc.constantFrom('normal' as const, 'high' as const, 'urgent' as const),
      strikes: fc.nat(3),
      amount: fc.nat(3),
      due: fc.integer({ min: -72, max: 72 }),
      n: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ due, n, ...rest }) =>
      row({ ...rest, promise: `call-${n}`, dueAt: toInstant(Date.parse(NOW) + due * 3_600_000) }),
    );

  it.each([
    ['cost', byCost(NOW)],
    ['value', byValue()],
  ])('is a total order by %s', (_, compare) => {
    fc.assert(
      fc.property(anyRow, anyRow, anyRow, (a, b, c) => {
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('the calls that fit into a day', () => {
  const day = shopDay(NOW, 'Europe/Zurich');
  const silent = (n: number, with_: Partial<PromiseRow> = {}) =>
    row({ promise: `call-${n}`, because: 'silent', amount: n, ...with_ });

  it('are those worth most, and the others are counted', () => {
    const rows = [silent(1), silent(3), silent(2), row({ amount: 999 })];

    const { today, later, madeToday } = silentCalls(rows, 2, day);

    expect(today.map(({ amount }) => amount)).toEqual([3, 2]);
    expect([later, madeToday]).toEqual([1, 0]);
  });

  it('become fewer with each that was made today, and with none made yesterday', () => {
    const rows = [
      silent(1),
      silent(2),
      silent(3, { status: 'proposed', proposedAt: at(23, '07:00') }),
      silent(4, { status: 'proposed', proposedAt: at(22, '22:59') }),
      silent(5, { because: 'cannot-write', status: 'taken' }),
    ];

    const calls = silentCalls(rows, 2, day);

    expect(calls.today.map(({ amount }) => amount)).toEqual([5]);
    expect([calls.later, calls.madeToday]).toEqual([2, 1]);
  });

  it('are none when as many were made as fit, or more', () => {
    const made = (n: number) => silent(n, { status: 'proposed', proposedAt: at(23, '07:00') });

    expect(silentCalls([made(1), made(2), made(3), silent(4)], 2, day)).toEqual({
      today: [],
      later: 1,
      madeToday: 3,
    });
  });
});

describe('promises kept', () => {
  const turns = (result: 'kept' | 'late' | 'broken' | 'assumed', count: number, days = 10) =>
    Array.from({ length: count }, () => ({ result, at: toInstant(Date.parse(NOW) - days * 86_400_000) }));

  it('are kept in time out of all that came to their time; assumed stand apart', () => {
    const all = [...turns('kept', 6), ...turns('late', 1), ...turns('broken', 3), ...turns('assumed', 4)];

    expect(tally(all)).toEqual({ kept: 6, of: 10, assumed: 4 });
    expect(keptOf(all, NOW).percent).toBe(60);
  });

  it('are a rate from five on, assumed not counted', () => {
    expect(keptOf([...turns('kept', 4), ...turns('assumed', 9)], NOW).percent).toBeUndefined();
    expect(keptOf(turns('kept', 5), NOW).percent).toBe(100);
    expect(keptOf([], NOW)).toEqual({ kept: 0, of: 0, assumed: 0, percent: undefined, trend: undefined });
  });

  it('count for 90 days', () => {
    expect(keptOf([...turns('kept', 5, 89), ...turns('broken', 5, 90)], NOW).percent).toBe(100);
  });

  it.each([
    ['better', 5, 0, 4, 1],
    ['worse', 3, 2, 5, 0],
    ['same', 5, 0, 5, 0],
    [undefined, 5, 0, 4, 0],
    [undefined, 2, 2, 5, 0],
  ])(
    'are %s with %d kept and %d broken, after %d kept and %d broken',
    (trend, kept, broken, keptBefore, brokenBefore) => {
      const all = [
        ...turns('kept', kept),
        ...turns('broken', broken),
        ...turns('kept', keptBefore, 100),
        ...turns('broken', brokenBefore, 100),
      ];

      expect(keptOf(all, NOW).trend).toBe(trend);
    },
  );
});

describe('the words a sale is found by', () => {
  it.each([
    ['Núñez', 'nunez'],
    ['STRAßE', 'strasse'],
    ['Øyvind', 'oyvind'],
    ['O’Brien', 'obrien'],
    ['Łukasz', 'lukasz'],
    ['İpek', 'ipek'],
    ['Ｓｅｌｍａ', 'selma'],
  ])('%s is %s', (name, expected) => {
    expect(plain(name)).toBe(expected);
  });

  it('are the words of the name, each once, at most eight and none too long', () => {
    expect(nameWords('Anna-Lena  von der Ånna anna')).toEqual(['anna', 'lena', 'von', 'der']);
    expect(nameWords('a b c d e f g h i j')).toHaveLength(8);
    expect(nameWords('x'.repeat(300))[0]).toHaveLength(40);
    expect(nameWords('!!! – ')).toEqual([]);
  });

  it('do not depend on how a number is written', () => {
    expect(new Set(['#B-204', 'b204', ' B 204 '].map(plainNumber))).toEqual(new Set(['b204']));
  });

  it('are of the name, the address and the numbers, and hold no address', () => {
    const keys = searchKeysOf(saleOf(begun()), () => 'digest');

    expect(keys.map(({ partition, sort }) => `${partition} ${sort}`)).toEqual([
      `name#se selma#${SALE}`,
      `name#ay aydin#${SALE}`,
      `person#digest sale#${SALE}`,
      `number#b204 sale#${SALE}`,
      `number#204 sale#${SALE}`,
    ]);
    expect(JSON.stringify(keys)).not.toContain('@');
  });

  it('have no row for a number that is the id of the sale itself', () => {
    const sale = saleOf(begun());
    const keys = searchKeysOf({ ...sale, record: { ...sale.record, orderId: '204' } }, () => 'digest');

    expect(keys.filter(({ partition }) => partition.startsWith('number#'))).toEqual([]);
  });

  it('are the numbers alone when nothing is known of the person', () => {
    const keys = searchKeysOf(saleOf(begun(), { customer: {} }), () => 'digest');

    expect(keys.map(({ partition }) => partition)).toEqual(['number#b204', 'number#204']);
  });

  it('find the first letters of a name in whatever script', () => {
    const keys = searchKeysOf(saleOf(begun(), { customer: { ...customer, name: '王小明' } }), () => 'd');

    expect(keys[0]).toMatchObject({ partition: 'name#王小', sort: `王小明#${SALE}` });
  });
});
