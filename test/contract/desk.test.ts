/** The contracts of the desk's stores on memory, and on the real adapters against the DynamoDB of the one-machine runtime. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeskStore } from '../../functions/adapters/desk-store.ts';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { createPersonSearch } from '../../functions/adapters/person-search.ts';
import type { Table } from '../../functions/adapters/table.ts';
import { saleIdOf } from '../../functions/core/ids.ts';
import { createMemorySearch } from '../../lib/simulation/memory-search.ts';
import { memoryDesk } from '../fixtures/memory-desk.ts';
import { at } from '../fixtures/sales.ts';
import { type LocalAws, newFolder, startLocalAws } from '../unit/local-aws/local-aws.ts';
import { deskStoreContract, personSearchContract } from './desk-stores.ts';

describe('in memory', () => {
  deskStoreContract('in memory', memoryDesk);
  personSearchContract('in memory', createMemorySearch);
});

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });

describe('in DynamoDB', () => {
  let folder: Awaited<ReturnType<typeof newFolder>>;
  let aws: LocalAws;
  let sales: Table;
  let links: Table;

  beforeAll(async () => {
    folder = await newFolder();
    aws = await startLocalAws(folder.path);
    await aws.dynamodb.createTable({
      TableName: 'Sales',
      KeySchema: [
        { AttributeName: 'sale', KeyType: 'HASH' },
        { AttributeName: 'item', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [text('sale'), text('item')],
    });
    await aws.dynamodb.createTable({
      TableName: 'Links',
      KeySchema: [{ AttributeName: 'digest', KeyType: 'HASH' }],
      AttributeDefinitions: [text('digest')],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    sales = createTable(aws.clients.dynamodb, 'Sales');
    links = createTable(aws.clients.dynamodb, 'Links');
  });
  afterAll(async () => {
    await aws.stop();
    await folder.remove();
  });

  deskStoreContract('in DynamoDB', () => createDeskStore(links));
  personSearchContract('in DynamoDB', () => createPersonSearch(sales));

  it('ways in, sessions and the count of mails carry the second the database may remove them', async () => {
    const store = createDeskStore(links);
    await store.keepWayIn('ttl', { member: 'nora', expiresAt: at(20) });
    await store.openSession('ttl', { member: 'nora', expiresAt: at(21) });
    await store.takeMail('ttl', at(9));
    await store.spendWayIn('ttl', at(19));

    const ttlOf = async (digest: string) => (await links.get({ digest }))?.['ttl'];

    expect(await ttlOf('desk-way-in#ttl')).toBe(Date.parse(at(20)) / 1000);
    expect(await ttlOf('desk-session#ttl')).toBe(Date.parse(at(21)) / 1000);
    expect(await ttlOf('desk-mail#ttl#1')).toBe(Date.parse(at(9, '11:00')) / 1000);
  });

  it('a crash between the list and the rows leaves nothing unlisted, and the next run finishes', async () => {
    const id = saleIdOf('shop', 'crash');
    const keys = [{ partition: 'name#cr', sort: `crash#${id}`, words: ['crash'] }];
    const failing: Table = {
      ...sales,
      putAll: async () => {
        throw new Error('the process ended');
      },
    };

    await expect(createPersonSearch(failing).index(id, keys)).rejects.toThrow('the process ended');
    const search = createPersonSearch(sales);
    const listed = await search.keysOf(id);
    await search.index(id, keys);

    expect(listed).toEqual([{ partition: 'name#cr', sort: `crash#${id}` }]);
    expect((await search.find('name#cr', { prefix: 'cr', limit: 5 })).items).toEqual([id]);
  });

  it('indexing what is indexed costs nothing, when it is known how it was indexed', async () => {
    const id = saleIdOf('shop', 'twice');
    const keys = [{ partition: 'name#tw', sort: `twice#${id}`, words: ['twice'] }];
    await createPersonSearch(sales).index(id, keys);
    const calls: string[] = [];
    const counted: Table = {
      ...sales,
      get: async (key) => {
        calls.push('get');
        return sales.get(key);
      },
      putAll: async () => void calls.push('put'),
      update: async () => calls.push('update') > 0,
    };
    const [found] = await sales.query('sale', id);
    const written = String(found?.['written']);

    const isNew = await createPersonSearch(counted).index(id, keys, {
      written,
      keptUntil: undefined,
      hasBegun: true,
    });

    expect({ isNew, calls }).toEqual({ isNew: false, calls: [] });
  });

  it('of a sale that has not begun is written anew, whatever is noted: a crash may have left the rows out', async () => {
    const id = saleIdOf('shop', 'anew');
    const keys = [{ partition: 'name#an', sort: `anew#${id}`, words: ['anew'] }];
    const failing: Table = {
      ...sales,
      putAll: async () => {
        throw new Error('the process ended');
      },
    };
    const known = { written: undefined, keptUntil: at(28), hasBegun: false };
    await expect(createPersonSearch(failing).index(id, keys, known)).rejects.toThrow('the process ended');
    const [noted] = await sales.query('sale', id);

    await createPersonSearch(sales).index(id, keys, { ...known, written: String(noted?.['written']) });

    const rows = await sales.query('sale', 'name#an');
    expect(rows).toMatchObject([{ saleId: id, ttl: Date.parse(at(28)) / 1000 }]);
  });
});
