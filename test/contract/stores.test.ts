/** The contracts on memory, and on the real adapters against the DynamoDB of the one-machine runtime. */

import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { createLinkStore } from '../../functions/adapters/link-store.ts';
import { createParkedStore } from '../../functions/adapters/parked-store.ts';
import { createPeopleStore } from '../../functions/adapters/people-store.ts';
import { createPersonSearch } from '../../functions/adapters/person-search.ts';
import { createSaleStore } from '../../functions/adapters/sale-store.ts';
import type { Table } from '../../functions/adapters/table.ts';
import { saleIdOf } from '../../functions/core/ids.ts';
import type { TableDefinition } from '../../lib/local/aws/dynamodb/definitions.ts';
import { memoryLinks, memoryParked, memoryPeople, memorySales } from '../fixtures/memory-stores.ts';
import { at, customer, record, SALE, told } from '../fixtures/sales.ts';
import { type LocalAws, newFolder, startLocalAws } from '../unit/local-aws/local-aws.ts';
import { linkStoreContract, parkedStoreContract, peopleStoreContract } from './other-stores.ts';
import { saleStoreContract } from './sale-store.ts';

const unwatched = () => undefined;

describe('in memory', () => {
  saleStoreContract('in memory', () => memorySales(unwatched));
  linkStoreContract('in memory', () => memoryLinks(unwatched));
  peopleStoreContract('in memory', () => memoryPeople(unwatched));
  parkedStoreContract('in memory', () => {
    const store = memoryParked(unwatched);
    const parkedOf = async (source: string) =>
      store
        .all()
        .filter((event) => event.source === source)
        .map(({ id, reason, body }) => ({ id, reason, body }));
    return { ...store, parkedOf };
  });
});

/** Keys as in lib/cloud/storage.ts. */
const tableOf = (TableName: string, partition: string, sort?: string, ttl?: string): TableDefinition => ({
  TableName,
  KeySchema: [
    { AttributeName: partition, KeyType: 'HASH' },
    ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]),
  ],
  AttributeDefinitions: [partition, ...(sort === undefined ? [] : [sort])].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  ...(ttl === undefined ? {} : { TimeToLiveSpecification: { AttributeName: ttl, Enabled: true } }),
});

const Parked = z.object({ id: z.string(), reason: z.string(), body: z.string() });

describe('in DynamoDB', () => {
  let folder: Awaited<ReturnType<typeof newFolder>>;
  let aws: LocalAws;
  let sales: Table;

  beforeAll(async () => {
    folder = await newFolder();
    aws = await startLocalAws(folder.path);
    for (const table of [
      tableOf('Sales', 'sale', 'item'),
      tableOf('Links', 'digest', undefined, 'ttl'),
      tableOf('Parked', 'source', 'id', 'ttl'),
    ])
      await aws.dynamodb.createTable(table);
    sales = createTable(aws.clients.dynamodb, 'Sales');
  });

  afterAll(async () => {
    await aws.stop();
    await folder.remove();
  });

  const parked = async (source: string) => {
    const { Items = [] } = await aws.clients.dynamodb.send(
      new QueryCommand({
        TableName: 'Parked',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'source' },
        ExpressionAttributeValues: { ':s': { S: source } },
      }),
    );
    return Items.map((item) => unmarshall(item));
  };

  saleStoreContract('in DynamoDB', () => createSaleStore(sales, { months: 24 }));
  linkStoreContract('in DynamoDB', () => createLinkStore(createTable(aws.clients.dynamodb, 'Links')));
  peopleStoreContract('in DynamoDB', () => createPeopleStore(sales));
  parkedStoreContract('in DynamoDB', () => ({
    ...createParkedStore(createTable(aws.clients.dynamodb, 'Parked'), 30),
    parkedOf: async (source) => (await parked(source)).map((item) => Parked.parse(item)),
  }));

  describe('what only the database shows', () => {
    it('a link carries the second it expires, so that the database removes it', async () => {
      const links = createTable(aws.clients.dynamodb, 'Links');
      await createLinkStore(links).keep('digest-ttl', {
        saleId: SALE,
        audience: 'customer',
        expiresAt: at(20),
      });

      expect(await links.get({ digest: 'digest-ttl' })).toMatchObject({ ttl: Date.parse(at(20)) / 1000 });
    });

    it('a parked event is kept 30 days and cut to what an item can hold, which it says', async () => {
      const store = createParkedStore(createTable(aws.clients.dynamodb, 'Parked'), 30);
      const event = { source: 'wide', id: '1', reason: 'wide', topic: undefined, at: at(1) };
      await store.park({ ...event, body: 'x'.repeat(500_000) });

      const [item] = await parked('wide');
      expect(item).toMatchObject({ isCut: true, ttl: Date.parse(at(1)) / 1000 + 30 * 86_400 });
      expect(item?.['body']).toHaveLength(300_000);
    });

    it('a parked event of wide letters is cut by bytes, which is what an item counts', async () => {
      const store = createParkedStore(createTable(aws.clients.dynamodb, 'Parked'), 30);
      await store.park({
        source: 'kanji',
        id: '1',
        reason: 'wide',
        topic: undefined,
        at: at(1),
        body: '漢'.repeat(290_000),
      });

      expect((await parked('kanji'))[0]?.['body']).toHaveLength(100_000);
    });

    describe('for how long a sale is kept', () => {
      const seconds = (instant: string) => Date.parse(instant) / 1000;
      const ttls = async (id: string) =>
        Object.fromEntries((await sales.query('sale', id)).map(({ item, ttl }) => [item, ttl]));
      const store = () => createSaleStore(sales, { months: 6 });

      it('what is personal expires after the months that are set, the guard row never', async () => {
        const id = saleIdOf('shop', 'kept');
        await store().append(id, told.ordered(at(2)));
        await store().saveCustomer(id, customer, at(1), at(2));
        await store().open(record({ id }));
        await createPersonSearch(sales).index(id, [{ partition: 'name#se', sort: `selma#${id}` }]);

        const kept = seconds('2027-05-02T10:00:00.000Z');
        expect(await ttls(id)).toEqual({
          customer: kept,
          'found-by': kept,
          [`entry#shop#ordered#ordered-${at(2)}`]: kept,
          record: undefined,
        });
        expect(await ttls('name#se')).toEqual({ [`selma#${id}`]: kept });
      });

      it('a promise that is due late renews all of it', async () => {
        const id = saleIdOf('shop', 'renewed');
        await store().append(id, told.ordered(at(2)));
        await store().saveCustomer(id, customer, at(1), at(2));
        await createPersonSearch(sales).index(id, [{ partition: 'name#re', sort: `renewed#${id}` }]);

        await store().append(id, told.promised(at(3), 'call', { dueAt: '2027-04-03T10:00:00.000Z' }));

        const kept = seconds('2027-10-03T10:00:00.000Z');
        expect(new Set(Object.values(await ttls(id)))).toEqual(new Set([kept]));
        expect(await ttls('name#re')).toEqual({ [`renewed#${id}`]: kept });
      });

      it('an answer in the first half of the time renews nothing', async () => {
        const id = saleIdOf('shop', 'early');
        await store().append(id, told.ordered(at(2)));
        await store().saveCustomer(id, customer, at(1), at(2));

        await store().append(id, told.replied(at(20), 5));

        expect((await ttls(id))['customer']).toBe(seconds('2027-05-02T10:00:00.000Z'));
      });

      it('that somebody was forgotten is never forgotten', async () => {
        const id = saleIdOf('shop', 'tombstone');
        await store().append(id, told.ordered(at(2)));
        await store().saveCustomer(id, customer, at(1), at(2));

        await store().erase(id);

        expect(Object.values(await ttls(id))).toEqual([undefined, undefined]);
      });
    });

    it('a broken item is named by its keys, never by what is in it', async () => {
      const id = saleIdOf('shop', 'broken');
      await sales.put({ sale: id, item: 'entry#reply#1', data: { type: 'replied', words: 'secret words' } });

      const loading = createSaleStore(sales, { months: 24 }).load(id);

      await expect(loading).rejects.toMatchObject({ name: 'BrokenItem' });
      await expect(loading).rejects.toThrow('shop/broken entry#reply#1');
      await expect(loading).rejects.not.toThrow('secret');
    });
  });
});
