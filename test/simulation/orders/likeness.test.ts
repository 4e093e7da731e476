/** What may differ after a crash, and what may not. */
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../functions/adapters/table.ts';
import { isAlike } from './likeness.ts';
import { SALE_ID } from './sale.ts';
import { emptyState, type State } from './state.ts';
import { NO_TABLES } from './tables.ts';

const AT = '2026-11-02T10:00:00.000Z';

const answer = (n: number, rating: number): Item => ({
  ...{ sale: SALE_ID, item: `entry#reply#${n}` },
  data: { type: 'replied', at: AT, n, reply: { rating, call: false } },
});

const waivedBy = (reply: number): Item => ({
  ...{ sale: SALE_ID, item: `entry#promise#resolve-1#waived#${reply}` },
  data: { type: 'waived', at: AT, promise: 'resolve-1', reply },
});

const stateOf = (...items: Item[]): State => ({
  ...emptyState(0),
  tables: { ...NO_TABLES, Sales: new Map([[SALE_ID, items]]) },
});

describe('a state after a crash is like the one without it', () => {
  const clean = stateOf(answer(1, 2), answer(2, 5), waivedBy(2));

  it('when the same answer was given twice, and a promise closed by the second', () => {
    const crashed = stateOf(answer(1, 2), answer(2, 5), answer(3, 5), waivedBy(3));

    expect(isAlike(clean, crashed)).toBe(true);
  });

  it('but not when the promise closed by another answer', () => {
    const crashed = stateOf(answer(1, 2), answer(2, 5), waivedBy(1));

    expect(isAlike(clean, crashed)).toBe(false);
  });

  it('and not when the answer itself is another', () => {
    const crashed = stateOf(answer(1, 2), answer(2, 4), waivedBy(2));

    expect(isAlike(clean, crashed)).toBe(false);
  });
});
