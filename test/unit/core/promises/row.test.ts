import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { PromiseRow, rowOf } from '../../../../functions/core/promises/row.ts';
import { promiseOf } from '../../../../functions/core/sale.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { since } from '../../../fixtures/promise-entries.ts';
import { at, begun, customer, order, saleOf, told } from '../../../fixtures/sales.ts';

const config = configuration();
const NOW = at(17, '10:00');
const call = told.promised(NOW, 'call', {
  because: 'staff',
  dueAt: at(18, '10:00'),
  private: { words: 'I ring Selma' },
});

const row = (entries: Entry[], id = 'call-1') => {
  const sale = saleOf(begun(...entries));
  const promise = promiseOf(sale, id);
  return promise && rowOf(config, sale, promise, NOW);
};

describe('the line of a promise on the desk', () => {
  it('says whose it is, since when, until when and what happens next', () => {
    expect(row([call])).toEqual({
      saleId: 'shop/B-204',
      promise: 'call-1',
      kind: 'call',
      because: 'staff',
      status: 'open',
      owner: 'nora',
      level: 0,
      strikes: 0,
      severity: 'normal',
      madeAt: NOW,
      dueAt: at(18, '10:00'),
      nextAt: at(17, '14:00'),
      amount: 1890,
    });
  });

  it('keeps to its schema in every status, and to its order of fields, by which changes are found', () => {
    const visit = [
      since.visitPromised(at(10)),
      since.booked(at(10)),
      told.proposed(at(19), { promise: 'visit-1' }),
    ];

    for (const found of [row([call, since.offered(NOW, { promise: 'call-1' })]), row(visit, 'visit-1')])
      expect(JSON.stringify(PromiseRow.parse(found))).toBe(JSON.stringify(found));
    expect(row(visit, 'visit-1')).toMatchObject({ visitAt: at(19, '09:00'), status: 'proposed' });
  });

  it.each<[string, Entry]>([
    ['kept', told.judged(NOW, true, { promise: 'call-1' })],
    ['assumed kept', told.assumed(NOW, { promise: 'call-1' })],
    ['waived', told.waived(NOW, { promise: 'call-1' })],
    ['taken back', since.withdrawn(NOW, { promise: 'call-1' })],
  ])('is none once it is %s', (_, closing) => {
    expect(row([call, closing])).toBeUndefined();
  });

  it('holds nothing personal', () => {
    const text = JSON.stringify(row([call, told.replied(NOW, 1, { words: 'I am cross' })]));

    for (const personal of [...Object.values(customer), 'Selma', 'cross'])
      expect(text).not.toContain(personal);
  });

  it('counts an amount that is none as nothing', () => {
    const strange = told.ordered(at(3), { order: order({ total: { amount: 'free', currency: 'CHF' } }) });

    expect(row([strange, call])).toMatchObject({ amount: 0 });
  });
});
