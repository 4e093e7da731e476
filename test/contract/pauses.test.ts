/** What pauses and the list of those they hold keep to: in memory, and in DynamoDB as the real adapters use it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHeldSales } from '../../functions/adapters/held-sales.ts';
import type { HeldSale, HeldSales, Pauses } from '../../functions/adapters/pause-ports.ts';
import { createPauses } from '../../functions/adapters/pauses.ts';
import type { Table } from '../../functions/adapters/table.ts';
import { saleIdOf } from '../../functions/core/ids.ts';
import { HELD_SHARDS, heldShard, type Pause, type Paused } from '../../functions/core/operations/pause.ts';
import { createMemoryHeldSales, createMemoryPauses } from '../../lib/simulation/memory-pauses.ts';
import { at } from '../fixtures/sales.ts';
import { type LocalSales, startLocalSales } from './local-sales.ts';

const pause = (what: Paused, until = at(18)): Pause => ({
  what,
  from: at(17),
  until,
  by: 'mara',
  reason: 'a wrong link in the check-in',
});
const ALL: Paused = { of: 'all' };
const SHOP: Paused = { of: 'source', name: 'shop' };

const pausesContract = (name: string, make: () => Promise<Pauses>): void => {
  describe(`pauses, ${name}`, () => {
    let pauses: Pauses;
    beforeEach(async () => {
      pauses = await make();
    });

    it('are none where nothing was ever paused', async () => {
      expect(await pauses.read()).toEqual({ pauses: [], endedUntil: undefined });
    });

    it('stand beside each other, and the newest word about one thing counts', async () => {
      await pauses.put(pause(ALL));
      await pauses.put(pause(SHOP));
      await pauses.put(pause(SHOP, at(20)));

      const { pauses: found } = await pauses.read();

      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([pause(ALL), pause(SHOP, at(20))]));
    });

    it('end once, and how late those wait whom it held is known from then on', async () => {
      await pauses.put(pause(ALL));

      expect([await pauses.end(pause(ALL)), await pauses.end(pause(ALL))]).toEqual([true, false]);
      expect(await pauses.read()).toEqual({ pauses: [], endedUntil: at(18) });
    });

    it('end only as they were seen: what was renewed meanwhile stays', async () => {
      await pauses.put(pause(ALL, at(20)));

      expect(await pauses.end(pause(ALL))).toBe(false);
      expect((await pauses.read()).pauses).toEqual([pause(ALL, at(20))]);
    });

    it('made shorter say how late those wait whom it held before; made longer they need not', async () => {
      await pauses.put(pause(ALL, at(18)), pause(ALL, at(20)));
      expect((await pauses.read()).endedUntil).toBe(at(20));

      await pauses.put(pause(ALL, at(19)), pause(ALL, at(18)));
      expect((await pauses.read()).endedUntil).toBe(at(20));
    });

    it('remember the latest of several ends', async () => {
      await pauses.put(pause(ALL, at(20)));
      await pauses.put(pause(SHOP, at(18)));
      await pauses.end(pause(ALL, at(20)));
      await pauses.end(pause(SHOP, at(18)));

      expect((await pauses.read()).endedUntil).toBe(at(20));
    });

    it('are taken off when over, but not a newer word, and not a later end', async () => {
      await pauses.put(pause(ALL, at(20)));
      await pauses.forget(pause(ALL));
      expect((await pauses.read()).pauses).toHaveLength(1);
      await pauses.end(pause(ALL, at(20)));

      await pauses.forget({ endedUntil: at(18) });
      expect((await pauses.read()).endedUntil).toBe(at(20));
      await pauses.forget({ endedUntil: at(20) });
      expect(await pauses.read()).toEqual({ pauses: [], endedUntil: undefined });
    });
  });
};

const held = (order: string, until = at(18)): HeldSale => ({
  saleId: saleIdOf('shop', order),
  journey: 'goods',
  until,
});

const heldContract = (name: string, make: () => Promise<HeldSales>): void => {
  describe(`sales that a pause holds, ${name}`, () => {
    let sales: HeldSales;
    beforeEach(async () => {
      sales = await make();
    });

    const all = async (limit = 100): Promise<HeldSale[]> => {
      const found: HeldSale[] = [];
      for (let shard = 0; shard < HELD_SHARDS; shard += 1) {
        let after: string | undefined;
        do {
          const { items, next } = await sales.look(shard, { limit, after });
          expect(items.every(({ saleId }) => heldShard(saleId) === shard)).toBe(true);
          found.push(...items);
          after = next;
        } while (after !== undefined);
      }
      return found;
    };

    it('stand once for each end, and are found page by page', async () => {
      const many = Array.from({ length: 40 }, (_, n) => held(`B-${n}`));
      for (const one of many) await sales.hold(one);
      await sales.hold(held('B-1'));

      const found = await all(2);

      expect(found).toHaveLength(40);
      expect(found).toEqual(expect.arrayContaining(many));
      expect(new Set(found.map(({ saleId }) => heldShard(saleId))).size).toBeGreaterThan(8);
    });

    it('come first whose pause ends first', async () => {
      for (const until of [at(20), at(18), at(19)]) await sales.hold(held('C-1', until));

      expect((await all()).map(({ until }) => until)).toEqual([at(18), at(19), at(20)]);
    });

    it('are taken off one end at a time; taking off twice changes nothing', async () => {
      await sales.hold(held('D-1', at(18)));
      await sales.hold(held('D-1', at(19)));

      await sales.drop(held('D-1', at(18)));
      await sales.drop(held('D-1', at(18)));

      expect(await all()).toEqual([held('D-1', at(19))]);
    });
  });
};

pausesContract('in memory', async () => createMemoryPauses());
heldContract('in memory', async () => createMemoryHeldSales());

describe('in DynamoDB', () => {
  let local: LocalSales;
  let table: Table;
  beforeAll(async () => {
    local = await startLocalSales();
    table = local.table;
  });
  afterAll(() => local.stop());

  const empty = async (partitions: readonly string[]) => {
    for (const partition of partitions)
      for (const { sale, item } of await table.query('sale', partition)) await table.delete({ sale, item });
  };

  pausesContract('in DynamoDB', async () => {
    await empty(['control']);
    return createPauses(table);
  });
  heldContract('in DynamoDB', async () => {
    await empty(Array.from({ length: HELD_SHARDS }, (_, shard) => `held#${String(shard).padStart(2, '0')}`));
    return createHeldSales(table);
  });
});
