/** Earlier releases kept the tables in a LevelDB of dynalite's. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableDefinition } from '../../../lib/local/aws/dynamodb/definitions.ts';
import { type Dynamodb, openDynamodb } from '../../../lib/local/aws/dynamodb.ts';
import { createMeter } from '../../../lib/local/meter.ts';
import { StartError } from '../../../lib/local/start-error.ts';
import { openStore, type Store } from '../../../lib/local/store.ts';
import { openDynalite } from './dynalite-in-memory.ts';
import { newFolder } from './local-aws.ts';

const TableName = 'Sales';
const definition: TableDefinition = {
  TableName,
  KeySchema: [
    { AttributeName: 'sale', KeyType: 'HASH' },
    { AttributeName: 'item', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: ['sale', 'item', 'openOf'].map((AttributeName) => ({
    ...{ AttributeName, AttributeType: 'S' as const },
  })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'open',
      KeySchema: [{ AttributeName: 'openOf', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
};
const ENDS = 1_900_000_000;
const ITEMS = Array.from({ length: 1203 }, (_, turn) => ({
  sale: { S: `woo#${turn % 100}` },
  item: { S: `entry#${turn}` },
  ...(turn % 3 === 0 && { openOf: { S: 'ann' } }),
  ...(turn % 400 === 0 && { expires: { N: String(ENDS + turn) } }),
}));

let folder: Awaited<ReturnType<typeof newFolder>>;
let store: Store;
beforeEach(async () => {
  folder = await newFolder();
  const earlier = await openDynalite(join(folder.path, 'dynamodb'));
  const { TimeToLiveSpecification: _, ...table } = definition;
  await earlier.createTable({ ...table, BillingMode: 'PAY_PER_REQUEST' });
  await Promise.all(ITEMS.map((Item) => earlier.call('PutItem', { TableName, Item })));
  await earlier.close();
  store = openStore(join(folder.path, 'aftercare.sqlite'));
});
afterEach(async () => {
  store.close();
  await folder.remove();
});

const start = async (given: Store = store, log?: (line: string) => void): Promise<Dynamodb> => {
  const dynamodb = await openDynamodb({
    ...{ store: given, path: join(folder.path, 'dynamodb'), meter: createMeter(), ...(log && { log }) },
    ...{ region: 'eu-west-1', accountId: '000000000000' },
  });
  await dynamodb.createTable(definition);
  return dynamodb;
};

const isPage = (page: unknown): page is { Items: { item: { S: string } }[]; LastEvaluatedKey?: unknown } =>
  typeof page === 'object' && page !== null && 'Items' in page;
const allOf = async (dynamodb: Dynamodb, IndexName?: string): Promise<unknown[]> => {
  const page = await dynamodb.call('Scan', { TableName, ...(IndexName && { IndexName }) });
  if (!isPage(page)) throw new Error('A scan gives items.');
  expect(page.LastEvaluatedKey).toBeUndefined();
  return page.Items.toSorted((a, b) => Number(a.item.S.slice(6)) - Number(b.item.S.slice(6)));
};

describe('the tables of an earlier release', () => {
  it('are there after the first start, with their indexes and what ends when', async () => {
    const said: string[] = [];

    const dynamodb = await start(store, (line) => said.push(line));

    expect(await allOf(dynamodb)).toEqual(ITEMS);
    expect(await allOf(dynamodb, 'open')).toEqual(ITEMS.filter((item) => 'openOf' in item));
    expect(await dynamodb.soonestExpiry(0)).toBe(ENDS * 1000);
    expect(existsSync(join(folder.path, 'dynamodb'))).toBe(false);
    expect(existsSync(join(folder.path, 'dynamodb.taken-over'))).toBe(false);
    expect(said).toEqual([`Took 1203 items over from ${join(folder.path, 'dynamodb')}`]);
  });

  it('are taken over from the start when the process dies on the way, each item once', async () => {
    let changes = 0;
    const dying: Store = {
      ...store,
      write: (change) => {
        changes += 1;
        return changes > 2 ? Promise.reject(new Error('killed')) : store.write(change);
      },
    };

    await expect(start(dying)).rejects.toThrow('killed');
    const half = store.db.prepare('SELECT count(*) AS items FROM dynamodb_items').get();
    const dynamodb = await start();

    expect(half).toEqual({ items: 500 });
    expect(await allOf(dynamodb)).toEqual(ITEMS);
    expect(await allOf(dynamodb, 'open')).toHaveLength(401);
  });

  it('stop the start in words when their folder is damaged', async () => {
    for (const file of readdirSync(join(folder.path, 'dynamodb')).filter((name) =>
      name.startsWith('MANIFEST'),
    ))
      writeFileSync(join(folder.path, 'dynamodb', file), 'nothing of the kind');

    await expect(start()).rejects.toThrow(StartError);
    await expect(start()).rejects.toThrow(
      /The tables of an earlier release in .+dynamodb cannot be read \(.+\)\. Put back/,
    );
    expect(existsSync(join(folder.path, 'dynamodb'))).toBe(true);
  });

  it('are not read again from a folder that was half removed', async () => {
    const done = join(folder.path, 'dynamodb.taken-over');
    await cp(join(folder.path, 'dynamodb'), done, { recursive: true });
    await rename(join(folder.path, 'dynamodb'), join(folder.path, 'elsewhere'));

    const dynamodb = await start();

    expect(await allOf(dynamodb)).toEqual([]);
    expect(existsSync(done)).toBe(false);
  });
});
