/** What `watch` reads: waits by the time they run to, and the shops that were heard of. In memory and in DynamoDB. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dueShard } from '../../functions/adapters/due-shard.ts';
import { createDueWaits } from '../../functions/adapters/due-waits.ts';
import type { SaleStore } from '../../functions/adapters/ports.ts';
import { createSaleStore } from '../../functions/adapters/sale-store.ts';
import { createSourcesSeen } from '../../functions/adapters/sources-seen.ts';
import type { DueWaits, SourcesSeen } from '../../functions/adapters/watch-ports.ts';
import { type SaleId, saleIdOf } from '../../functions/core/ids.ts';
import { DUE_SHARDS } from '../../functions/core/operations/due.ts';
import { memorySales } from '../fixtures/memory-stores.ts';
import { memorySeen } from '../fixtures/memory-watch.ts';
import { at } from '../fixtures/sales.ts';
import { type LocalSales, startLocalSales } from './local-sales.ts';

type Made = { sales: SaleStore; due: DueWaits };

let count = 0;

/** So many sales that stand in one shard. */
const inOneShard = (many: number): { ids: SaleId[]; shard: string } => {
  const [first] = DUE_SHARDS;
  const ids: SaleId[] = [];
  while (ids.length < many) {
    count += 1;
    const id = saleIdOf('shop', `W-${count}`);
    if (dueShard(id) === first) ids.push(id);
  }
  return { ids, shard: first };
};

const dueContract = (make: () => Made): void => {
  let sales: SaleStore;
  let due: DueWaits;

  beforeEach(() => {
    ({ sales, due } = make());
  });

  const wait = (id: SaleId, until: string, token = 'token') =>
    sales.wait(id, { key: 'FollowUp', position: 'ask', token, until });
  const past = async (shard: string, ids: readonly SaleId[], before = at(28)) =>
    (await due.past(shard, { before, limit: 500 })).items.filter(({ saleId }) => ids.includes(saleId));

  it('has what is past, longest past first, page by page, and nothing that is to come', async () => {
    const { ids, shard } = inOneShard(4);
    for (const [index, id] of ids.entries()) await wait(id, at(20 - index));

    expect((await past(shard, ids, at(20))).map(({ dueAt }) => dueAt)).toEqual([at(17), at(18), at(19)]);
    const first = await due.past(shard, { before: at(28), limit: 1 });
    expect(first.items).toHaveLength(1);
    const second = await due.past(shard, { before: at(28), limit: 1, after: first.next });
    expect(second.items[0]?.saleId).not.toBe(first.items[0]?.saleId);
  });

  it('knows the first that is to come', async () => {
    const { ids, shard } = inOneShard(2);
    const [near, far] = ids;
    if (near !== undefined) await wait(near, '2031-01-01T00:00:00.000Z');
    if (far !== undefined) await wait(far, '2032-01-01T00:00:00.000Z');

    expect(await due.next(shard, '2030-12-31T00:00:00.000Z')).toEqual({
      saleId: near,
      key: 'FollowUp',
      dueAt: '2031-01-01T00:00:00.000Z',
    });
    expect(await due.next(shard, '2033-01-01T00:00:00.000Z')).toBeUndefined();
  });

  it('has no wait that ended, moves one that was hastened, and one that waits anew', async () => {
    const { ids, shard } = inOneShard(3);
    const [ended, hastened, anew] = ids;
    for (const id of ids) await wait(id, at(17));
    if (ended !== undefined) await sales.endWait(ended, 'FollowUp', 'token');
    if (hastened !== undefined) await sales.hastenWait(hastened, 'FollowUp', at(3));
    if (anew !== undefined) await wait(anew, at(19), 'other');

    expect((await past(shard, ids)).map(({ saleId, dueAt }) => [saleId, dueAt])).toEqual([
      [hastened, at(3)],
      [anew, at(19)],
    ]);
  });

  it('has an ended wait again that is hastened: what could not be told is not over', async () => {
    const { ids, shard } = inOneShard(1);
    for (const id of ids) {
      await wait(id, at(17));
      await sales.endWait(id, 'FollowUp');
      await sales.hastenWait(id, 'FollowUp', at(5));
    }

    expect(await past(shard, ids)).toMatchObject([{ dueAt: at(5) }]);
  });

  it('notes that a workflow was told, as long as the same wait stands there', async () => {
    const { ids, shard } = inOneShard(1);
    const toldAt = async (id: SaleId) => (await sales.load(id))?.waiters.map((one) => one.toldAt);
    for (const id of ids) {
      await wait(id, at(17));
      await sales.hastenWait(id, 'FollowUp', at(5));
      await due.noteTold(id, { key: 'FollowUp', token: 'gone', dueAt: at(9) }, at(6));
      expect(await toldAt(id)).toEqual([undefined]);

      await due.noteTold(id, { key: 'FollowUp', token: 'token', dueAt: at(17) }, at(6));
      expect(await toldAt(id)).toEqual([at(6)]);
      expect(await past(shard, ids)).toMatchObject([{ dueAt: at(17) }]);

      await sales.hastenWait(id, 'FollowUp', at(7));
      expect(await toldAt(id)).toEqual([undefined]);
      await wait(id, at(18), 'next');
      expect((await sales.load(id))?.waiters).toEqual([
        { key: 'FollowUp', position: 'ask', token: 'next', until: at(18) },
      ]);
    }
  });
};

const seenContract = (make: () => SourcesSeen): void => {
  it('keeps when a shop was heard of, and the longest gap of the day', async () => {
    const seen = make();
    for (const time of ['08:00', '08:00:30.000', '11:00', '12:00']) await seen.note('shopify', at(5, time));
    await seen.note('stripe', at(5));

    const all = await seen.all();

    expect(all.find(({ source }) => source === 'shopify')).toEqual({
      source: 'shopify',
      firstAt: at(5, '08:00'),
      lastAt: at(5, '12:00'),
      days: [{ day: '2026-11-05', longestGapSeconds: 10_800 }],
    });
    expect(all.find(({ source }) => source === 'stripe')).toMatchObject({ lastAt: at(5), days: [] });
  });
};

describe('in memory', () => {
  dueContract(() => {
    const sales = memorySales(() => undefined);
    return { sales, due: sales.due };
  });
  seenContract(memorySeen);
});

describe('in DynamoDB', () => {
  let local: LocalSales;

  beforeAll(async () => {
    local = await startLocalSales();
  });
  afterAll(() => local.stop());

  dueContract(() => ({
    sales: createSaleStore(local.table, { months: 24 }),
    due: createDueWaits(local.table),
  }));
  seenContract(() => createSourcesSeen(local.table));

  it('writes a shop once a minute at most, whoever notes it', async () => {
    const writes: string[] = [];
    const counting = {
      ...local.table,
      putIf: (...given: Parameters<typeof local.table.putIf>) => {
        writes.push(String(given[0]['lastAt']));
        return local.table.putIf(...given);
      },
    };
    const [one, other] = [createSourcesSeen(counting), createSourcesSeen(counting)];

    await one.note('busy', at(6, '10:00'));
    for (const seen of [one, other])
      for (const time of ['10:00:10.000', '10:00:50.000']) await seen.note('busy', at(6, time));
    await other.note('busy', at(6, '10:01'));

    expect(writes).toEqual([at(6, '10:00'), at(6, '10:01')]);
  });
});
