/** The contracts on memory, and on the real adapters against the DynamoDB of the one-machine runtime. */

import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { createLinkStore } from '../../functions/adapters/link-store.ts';
import { createParkedStore } from '../../functions/adapters/parked-store.ts';
import { createPeopleStore } from '../../functions/adapters/people-store.ts';
import { createSaleStore } from '../../functions/adapters/sale-store.ts';
import type { Table } from '../../functions/adapters/table.ts';
import { saleIdOf } from '../../functions/core/ids.ts';
import type { TableDefinition } from '../../lib/local/aws/dynamodb-tables.ts';
import { memoryLinks, memoryParked, memoryPeople, memorySales } from '../fixtures/memory-stores.ts';
import { at, SALE } from '../fixtures/sales.ts';
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
