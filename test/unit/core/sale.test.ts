import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import {
  foldFacts,
  foldSale,
  itemOf,
  lastReply,
  openPromises,
  promiseOf,
} from '../../../functions/core/sale.ts';
import { at, begun, order, saleOf, storedSale, told } from '../../fixtures/sales.ts';

const back = (when: string, lineId: string, quantity: number) =>
  told.refunded(when, { isFull: false, lines: [{ lineId, quantity }] });

const shopEntries: Entry[] = [
  told.ordered(at(2), { order: order() }),
  told.ordered(at(3), { order: order({ tags: ['changed'] }) }),
  told.fulfilled(at(3)),
  told.fulfilled(at(4), { expectedAt: at(6) }),
  told.delivered(at(6)),
  back(at(7), 'bell', 1),
  back(at(8), 'bell', 1),
  told.cancelled(at(9)),
];

describe('what the shop has told', () => {
  it('does not depend on the order of arrival', () => {
    const twoArrivals = fc
      .subarray(shopEntries)
      .chain((entries) =>
        fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
      );

    fc.assert(
      fc.property(twoArrivals, ([one, other]) => {
        expect(foldFacts(other)).toEqual(foldFacts(one));
      }),
    );
  });

  it('is the newest snapshot by the shop’s clock, not the one that came last', () => {
    const newer = told.ordered(at(4), { order: order({ tags: ['newer'] }) });
    const late = { ...told.ordered(at(3), { order: order({ tags: ['older'] }) }), at: at(5) };

    expect(foldFacts([newer, late]).order?.tags).toEqual(['newer']);
  });

  it('counts units taken back per line', () => {
    const facts = foldFacts([told.ordered(), back(at(7), 'bell', 1)]);

    expect(facts.lines.map(({ lineId, quantity }) => [lineId, quantity])).toEqual([
      ['frame', 1],
      ['bell', 1],
    ]);
    expect(facts.endedBy).toBeUndefined();
  });

  it('drops a line that was taken back whole', () => {
    const facts = foldFacts([told.ordered(), back(at(7), 'frame', 1)]);

    expect(facts.lines.map(({ lineId }) => lineId)).toEqual(['bell']);
  });

  it('takes every line back as a full refund', () => {
    const facts = foldFacts([told.ordered(), back(at(7), 'frame', 1), back(at(8), 'bell', 3)]);

    expect(facts).toMatchObject({ lines: [], endedBy: 'refunded' });
  });

  it('takes a refund of money only for what it is', () => {
    const money = told.refunded(at(7), { isFull: false });

    expect(foldFacts([told.ordered(), money])).toMatchObject({ endedBy: undefined });
    expect(foldFacts([told.ordered(), money]).lines).toHaveLength(2);
  });

  it('knows a refund before it knows the order', () => {
    expect(foldFacts([back(at(7), 'frame', 1)])).toMatchObject({ order: undefined, endedBy: undefined });
    expect(foldFacts([told.refunded(at(7))]).endedBy).toBe('refunded');
  });

  it('says cancelled rather than refunded when it is both', () => {
    expect(foldFacts([told.ordered(), told.refunded(at(7)), told.cancelled(at(8))]).endedBy).toBe(
      'cancelled',
    );
  });
});

describe('a sale', () => {
  it('is none before its order is known', () => {
    expect(foldSale(storedSale([told.delivered(at(5))], { record: undefined }))).toBeUndefined();
  });

  it('stands without a person', () => {
    expect(saleOf([told.ordered()], { customer: undefined }).customer).toEqual({});
  });

  it('knows its running round', () => {
    expect(saleOf([told.ordered()])).toMatchObject({ round: 0, isRoundOver: false });
    expect(saleOf(begun())).toMatchObject({ round: 1, isRoundOver: false });
    expect(saleOf(begun(told.ended(at(20))))).toMatchObject({ round: 1, isRoundOver: true });
    expect(saleOf(begun(told.ended(at(20)), told.started(at(25), 2)))).toMatchObject({
      round: 2,
      isRoundOver: false,
    });
  });

  it('is stopped while stop was the customer’s last word', () => {
    expect(saleOf(begun(told.stopped(at(9)))).isStopped).toBe(true);
    expect(saleOf(begun(told.stopped(at(9)), told.resumed(at(10)))).isStopped).toBe(false);
    expect(saleOf(begun(told.stopped(at(9)), told.resumed(at(10)), told.stopped(at(11)))).isStopped).toBe(
      true,
    );
  });

  it('is asked again after one undo, however often stop was pressed', () => {
    const pressedTwice = [told.stopped(at(9)), told.stopped(at(9, '10:01'))];

    expect(saleOf(begun(...pressedTwice, told.resumed(at(10)))).isStopped).toBe(false);
  });

  it('counts the last answer and keeps the ones before', () => {
    const sale = saleOf(begun(told.replied(at(11), 5, { n: 2 }), told.replied(at(10), 1)));

    expect(sale.replies.map(({ reply }) => reply.rating)).toEqual([1, 5]);
    expect(lastReply(sale)?.reply.rating).toBe(5);
  });

  it('names the first line that is still bought, and how many more', () => {
    expect(itemOf(saleOf(begun()))).toEqual({ title: 'Touring bike Jura', more: 1 });
    expect(itemOf(saleOf(begun(back(at(7), 'frame', 1))))).toEqual({ title: 'Brass bell', more: 0 });
    expect(itemOf(saleOf(begun(back(at(7), 'frame', 1), back(at(7, '11:00'), 'bell', 2))))).toBeUndefined();
  });

  it('finds its promises by id, and the open ones', () => {
    const sale = saleOf(
      begun(told.promised(at(10)), told.promised(at(10), 'call'), told.judged(at(12), true)),
    );

    expect(promiseOf(sale, 'call-1')?.kind).toBe('call');
    expect(promiseOf(sale, 'call-2')).toBeUndefined();
    expect(openPromises(sale).map(({ id }) => id)).toEqual(['call-1']);
  });

  it('is read without who it was and their words as soon as they are to be forgotten', () => {
    const wrote = told.replied(at(10), 2, { words: 'The frame is bent, says Selma', phone: '044 555' });

    const sale = saleOf(begun(wrote, told.promised(at(10), 'call', { private: { words: 'Call Selma' } })));
    const gone = saleOf([...sale.journal, told.erased(at(12))]);

    expect(JSON.stringify(sale)).toMatch(/Selma.*bent, says Selma.*Call Selma/);
    expect(JSON.stringify(gone)).not.toMatch(/Selma|044 555/);
    expect([gone.customer, lastReply(gone)?.reply.rating]).toEqual([{}, 2]);
  });
});
