/** What the desk's lists keep to: in memory, and in DynamoDB as the real adapter uses it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PromiseLists, Score } from '../../functions/adapters/ports.ts';
import { createPromiseLists } from '../../functions/adapters/promise-lists.ts';
import { createSaleStore } from '../../functions/adapters/sale-store.ts';
import { saleIdOf } from '../../functions/core/ids.ts';
import { PromiseId } from '../../functions/core/promises/entries.ts';
import { PromiseRow } from '../../functions/core/promises/row.ts';
import { createMemoryLists } from '../../lib/simulation/memory-lists.ts';
import { at } from '../fixtures/sales.ts';
import { type LocalSales, startLocalSales } from './local-sales.ts';

const CALL = PromiseId.parse('call-1');

const row = (order: string, with_: Partial<PromiseRow> = {}): PromiseRow => ({
  saleId: saleIdOf('shop', order),
  promise: CALL,
  kind: 'call',
  because: 'silent',
  status: 'open',
  owner: 'nora',
  level: 0,
  strikes: 0,
  severity: 'normal',
  madeAt: at(10),
  dueAt: at(20),
  nextAt: at(15),
  amount: 129.9,
  ...with_,
});

const score = (owner: string, day: number, with_: Partial<Score> = {}): Score => ({
  saleId: saleIdOf('shop', `${owner}-${day}`),
  promise: CALL,
  term: 1,
  owner,
  at: at(day),
  dueAt: at(20),
  result: 'kept',
  ...with_,
});

/** `make` gives lists that may hold other people's promises already; so every test has an owner of its own. */
const contract = (name: string, make: () => PromiseLists): void => {
  describe(`the lists of the desk, ${name}`, () => {
    let lists: PromiseLists;
    let owner: string;
    let count = 0;

    beforeEach(() => {
      lists = make();
      count += 1;
      owner = `owner-${count}`;
    });

    const keep = async (...rows: PromiseRow[]) => {
      for (const one of rows) await lists.keep(one, 0);
    };
    const idsOf = (rows: readonly PromiseRow[]) => rows.map(({ saleId }) => saleId.replace('shop/', ''));
    const listOf = async (who: string, options: { limit?: number; dueBefore?: string } = {}) =>
      idsOf((await lists.openOf(who, { limit: 50, ...options })).items);

    it('hold nothing of somebody who owes nothing', async () => {
      expect(await lists.openOf(owner, { limit: 10 })).toEqual({ items: [], next: undefined });
    });

    it('give a line back as it was kept', async () => {
      const visit = row(`${owner}-a`, {
        owner,
        promise: PromiseId.parse('visit-1'),
        kind: 'visit',
        visitAt: at(19),
        proposedAt: at(19),
        status: 'proposed',
      });

      await keep(visit);

      expect((await lists.openOf(owner, { limit: 10 })).items).toEqual([visit]);
    });

    it('sort by the time something is due, soonest first, and leave out what is due later', async () => {
      await keep(
        row(`${owner}-late`, { owner, dueAt: at(25) }),
        row(`${owner}-soon`, { owner, dueAt: at(18) }),
        row(`${owner}-then`, { owner, dueAt: at(20) }),
      );

      expect(await listOf(owner)).toEqual([`${owner}-soon`, `${owner}-then`, `${owner}-late`]);
      expect(await listOf(owner, { dueBefore: at(20) })).toEqual([`${owner}-soon`]);
    });

    it('come in pages that miss nobody and show nobody twice, also when many are due at one instant', async () => {
      const orders = Array.from({ length: 7 }, (_, index) => `${owner}-${index}`);
      await keep(...orders.map((order) => row(order, { owner })));

      const seen: string[] = [];
      let after: string | undefined;
      let pages = 0;
      do {
        const page = await lists.openOf(owner, { limit: 3, after });
        expect(page.items.length).toBeLessThanOrEqual(3);
        seen.push(...idsOf(page.items));
        after = page.next;
        pages += 1;
      } while (after !== undefined && pages < 10);

      expect([...seen].sort()).toEqual(orders);
      expect(pages).toBe(3);
    });

    it('begin at their beginning for a cursor nobody made', async () => {
      await keep(row(`${owner}-a`, { owner }));

      expect((await lists.openOf(owner, { limit: 5, after: 'nonsense' })).items).toHaveLength(1);
    });

    it('move a promise to its next owner', async () => {
      await keep(row(`${owner}-a`, { owner }), row(`${owner}-a`, { owner: `${owner}-next`, level: 1 }));

      expect(await listOf(owner)).toEqual([]);
      expect(await listOf(`${owner}-next`)).toEqual([`${owner}-a`]);
    });

    it('lose what is closed, and show it again when it is opened again', async () => {
      const open = row(`${owner}-a`, { owner });
      await keep(open);

      await lists.drop(open.saleId, open.promise, 1);
      expect(await listOf(owner)).toEqual([]);

      await keep(open);
      expect(await listOf(owner)).toEqual([`${owner}-a`]);
    });

    it('hold every open promise of everybody', async () => {
      await keep(row(`${owner}-a`, { owner }), row(`${owner}-b`, { owner: `${owner}-other` }));

      const all: PromiseRow[] = [];
      for await (const one of lists.all()) all.push(one);

      expect(
        idsOf(all)
          .filter((id) => id.startsWith(`${owner}-`))
          .sort(),
      ).toEqual([`${owner}-a`, `${owner}-b`]);
    });

    it('keep how turns ended, newest first, each once', async () => {
      for (const day of [11, 13, 12, 13]) await lists.score(score(owner, day));

      expect((await lists.scoresOf(owner, 10)).map((one) => one.at)).toEqual([at(13), at(12), at(11)]);
      expect(await lists.scoresOf(owner, 2)).toHaveLength(2);
    });

    it('put a result right that is said again of the same turn', async () => {
      await lists.score(score(owner, 11, { result: 'broken' }));
      await lists.score(score(owner, 11, { result: 'kept' }));

      expect(await lists.scoresOf(owner, 10)).toEqual([score(owner, 11)]);
    });
  });
};

contract('in memory', createMemoryLists);

describe('in DynamoDB', () => {
  let local: LocalSales;

  beforeAll(async () => {
    local = await startLocalSales();
  });
  afterAll(() => local.stop());

  contract('in DynamoDB', () => createPromiseLists(local.table));

  it('a line comes with the sale it is about, in the order of fields it was written in', async () => {
    const line = row('with-sale', { visitAt: at(19), owner: 'ines' });
    await createPromiseLists(local.table).keep(line, 2);

    const loaded = await createSaleStore(local.table, { months: 24 }).load(line.saleId);

    expect(loaded?.listed).toEqual([{ promise: 'call-1', row: line, scored: 2 }]);
    expect(JSON.stringify(loaded?.listed[0]?.row)).toBe(JSON.stringify(PromiseRow.parse(line)));
  });

  it('the page of one owner is no way into the list of another', async () => {
    const lists = createPromiseLists(local.table);
    for (const owner of ['one', 'other'])
      for (const order of ['a', 'b']) await lists.keep(row(`${owner}-${order}`, { owner }), 0);
    const { next } = await lists.openOf('one', { limit: 1 });

    const page = await lists.openOf('other', { limit: 5, after: next });

    expect(page.items.map(({ saleId }) => saleId)).toEqual(['shop/other-a', 'shop/other-b']);
  });

  it('a closed promise leaves the index and keeps how far it was scored', async () => {
    const lists = createPromiseLists(local.table);
    const line = row('closed', { owner: 'lio' });
    await lists.keep(line, 0);

    await lists.drop(line.saleId, line.promise, 1);

    const loaded = await createSaleStore(local.table, { months: 24 }).load(line.saleId);
    expect(loaded?.listed).toEqual([{ promise: 'call-1', row: undefined, scored: 1 }]);
  });
});
