import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableDefinition } from '../../../lib/local/aws/dynamodb/definitions.ts';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;

const byOwner = {
  IndexName: 'byOwner',
  KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['dueAt'] },
};

const promises: TableDefinition = {
  TableName: 'Promises',
  KeySchema: [
    { AttributeName: 'sale', KeyType: 'HASH' },
    { AttributeName: 'id', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'sale', AttributeType: 'S' },
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'owner', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [byOwner],
  TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
};

beforeEach(async () => {
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
  await aws.dynamodb.createTable(promises);
});

afterEach(async () => {
  await aws.stop();
  await folder.remove();
});

const TableName = 'Promises';
const keyOf = (id: string) => ({ sale: { S: 'woo#1' }, id: { S: id } });

const put = (id: string, attributes: object = {}, extra: object = {}) =>
  aws.clients.dynamodb.send(
    new PutItemCommand({ TableName, Item: { ...keyOf(id), ...attributes }, ...extra }),
  );

const get = async (id: string, extra: object = {}) => {
  const answer = await aws.clients.dynamodb.send(new GetItemCommand({ TableName, Key: keyOf(id), ...extra }));
  return answer.Item;
};

const ofOwner = async (owner: string) => {
  const { Items = [] } = await aws.clients.dynamodb.send(
    new QueryCommand({
      TableName,
      IndexName: 'byOwner',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': { S: owner } },
    }),
  );
  return Items;
};

/** The units that `run` cost. */
const costOf = async (run: () => Promise<unknown>) => {
  const before = aws.meter.read();
  await run();
  const after = aws.meter.read();
  return { write: after.writeUnits - before.writeUnits, read: after.readUnits - before.readUnits };
};

describe('DynamoDB on one machine', () => {
  it('writes, reads, queries and deletes items', async () => {
    await put('p1', { text: { S: 'call back' } });
    await put('p2');

    const item = await get('p1', { ConsistentRead: true });
    const { Items } = await aws.clients.dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'sale = :s AND begins_with(id, :p)',
        ExpressionAttributeValues: { ':s': { S: 'woo#1' }, ':p': { S: 'p' } },
      }),
    );
    await aws.clients.dynamodb.send(new DeleteItemCommand({ TableName, Key: keyOf('p1') }));

    expect(item).toEqual({ ...keyOf('p1'), text: { S: 'call back' } });
    expect(Items?.map(({ id }) => id?.S)).toEqual(['p1', 'p2']);
    expect(await get('p1')).toBeUndefined();
  });

  it('refuses a condition that fails, and returns the item found when asked to', async () => {
    await put('p1', { claim: { S: 'first' } });

    const again = put(
      'p1',
      { claim: { S: 'second' } },
      {
        ConditionExpression: 'attribute_not_exists(id)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    );

    await expect(again).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    await expect(again).rejects.toMatchObject({ Item: { ...keyOf('p1'), claim: { S: 'first' } } });
    expect(await get('p1')).toMatchObject({ claim: { S: 'first' } });
  });

  it('lets exactly one of many concurrent claims through', async () => {
    const claims = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        put('claim', { by: { N: String(index) } }, { ConditionExpression: 'attribute_not_exists(id)' }),
      ),
    );

    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('keeps an index in step with updates and deletes', async () => {
    await put('p1', { owner: { S: 'ann' }, dueAt: { S: '2026-01-01' }, secret: { S: 'x' } });
    const atAnn = await ofOwner('ann');

    await aws.clients.dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf('p1'),
        UpdateExpression: 'SET #o = :o',
        ExpressionAttributeNames: { '#o': 'owner' },
        ExpressionAttributeValues: { ':o': { S: 'bob' } },
      }),
    );
    const moved = { ann: await ofOwner('ann'), bob: await ofOwner('bob') };
    await aws.clients.dynamodb.send(new DeleteItemCommand({ TableName, Key: keyOf('p1') }));

    expect(atAnn).toEqual([{ ...keyOf('p1'), owner: { S: 'ann' }, dueAt: { S: '2026-01-01' } }]);
    expect(moved.ann).toEqual([]);
    expect(moved.bob).toHaveLength(1);
    expect(await ofOwner('bob')).toEqual([]);
  });

  it('refuses transactions and unknown tables by name', async () => {
    const transaction = aws.clients.dynamodb.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: keyOf('p1') } }] }),
    );
    const elsewhere = aws.clients.dynamodb.send(
      new PutItemCommand({ TableName: 'Nowhere', Item: keyOf('p1') }),
    );

    await expect(Promise.allSettled([transaction, elsewhere])).resolves.toMatchObject([
      { reason: { name: 'UnknownOperationException', message: expect.stringContaining('no transactions') } },
      { reason: expect.any(ResourceNotFoundException) },
    ]);
  });
});

describe('billed units', () => {
  it('counts a write for each kilobyte begun', async () => {
    expect(await costOf(() => put('small'))).toEqual({ write: 1, read: 0 });
    expect(await costOf(() => put('large', { text: { S: 'x'.repeat(2500) } }))).toEqual({
      write: 3,
      read: 0,
    });
  });

  it('counts a strong read for each 4 KB begun and half as much for an eventual one', async () => {
    await put('large', { text: { S: 'x'.repeat(5000) } });

    expect(await costOf(() => get('large', { ConsistentRead: true }))).toEqual({ write: 0, read: 2 });
    expect(await costOf(() => get('large'))).toEqual({ write: 0, read: 1 });
    expect(await costOf(() => get('missing'))).toEqual({ write: 0, read: 0.5 });
    expect(await costOf(() => ofOwner('nobody'))).toEqual({ write: 0, read: 0.5 });
  });

  it('counts index writes only when an index entry changes', async () => {
    const insert = await costOf(() => put('p1', { owner: { S: 'ann' } }));
    const elsewhere = await costOf(() => put('p1', { owner: { S: 'ann' }, note: { S: 'not projected' } }));
    const moved = await costOf(() => put('p1', { owner: { S: 'bob' } }));

    expect(insert.write).toBe(2);
    expect(elsewhere.write).toBe(1);
    expect(moved.write).toBe(3);
  });

  it('counts an update inside of what an index shows, and none beside it', async () => {
    await put('p1', { owner: { S: 'ann' }, dueAt: { M: { oclock: { N: '9' } } }, notes: { M: {} } });
    const set = (UpdateExpression: string) =>
      costOf(() =>
        aws.clients.dynamodb.send(
          new UpdateItemCommand({
            ...{ TableName, Key: keyOf('p1'), UpdateExpression },
            ExpressionAttributeValues: { ':n': { N: '10' } },
          }),
        ),
      );

    const inside = await set('SET dueAt.oclock = :n');
    const again = await set('SET dueAt.oclock = :n');
    const beside = await set('SET notes.calls = :n');

    expect([inside.write, again.write, beside.write]).toEqual([2, 1, 1]);
  });

  it('counts a refused conditional write, and each item of a batch', async () => {
    await put('p1');

    const refused = await costOf(() =>
      put('p1', {}, { ConditionExpression: 'attribute_not_exists(id)' }).catch(() => undefined),
    );
    const batch = await costOf(() =>
      aws.clients.dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [TableName]: [
              { PutRequest: { Item: keyOf('a') } },
              { PutRequest: { Item: keyOf('b') } },
              { DeleteRequest: { Key: keyOf('p1') } },
            ],
          },
        }),
      ),
    );

    expect(refused.write).toBe(1);
    expect(batch.write).toBe(3);
  });

  it('tells consumed capacity only to who asks for it', async () => {
    const silent = await put('p1');
    const asked = await put('p1', {}, { ReturnConsumedCapacity: 'TOTAL' });

    expect(silent.ConsumedCapacity).toBeUndefined();
    expect(asked.ConsumedCapacity).toMatchObject({ CapacityUnits: 1, TableName });
  });
});

describe('tables', () => {
  it('stay as they are when made again', async () => {
    await put('p1');

    await aws.dynamodb.createTable(promises);

    expect(await get('p1')).toBeDefined();
    const { TableNames } = await aws.clients.dynamodb.send(new ListTablesCommand({}));
    expect(TableNames).toEqual([TableName]);
  });

  it('get a new index filled with the items that are there', async () => {
    await put('p1', { owner: { S: 'ann' }, kind: { S: 'call' } });
    await aws.stop();
    aws = await startLocalAws(folder.path);

    await aws.dynamodb.createTable({
      ...promises,
      AttributeDefinitions: [...promises.AttributeDefinitions, { AttributeName: 'kind', AttributeType: 'S' }],
      GlobalSecondaryIndexes: [
        byOwner,
        {
          IndexName: 'byKind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
    const { Items } = await aws.clients.dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'byKind',
        KeyConditionExpression: 'kind = :k',
        ExpressionAttributeValues: { ':k': { S: 'call' } },
      }),
    );

    expect(Items).toHaveLength(1);
    expect(await ofOwner('ann')).toHaveLength(1);
    expect(await get('p1')).toBeDefined();
  });

  it('refuse other keys', async () => {
    const changed = aws.dynamodb.createTable({
      TableName,
      KeySchema: [{ AttributeName: 'sale', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'sale', AttributeType: 'S' }],
    });

    await expect(changed).rejects.toThrow('The keys of table Promises have changed');
  });

  it('lose items whose time to live is over, and only those', async () => {
    const now = Date.parse('2026-06-01T00:00:00Z');
    const seconds = (offset: number) => ({ expires: { N: String(now / 1000 + offset) } });
    await put('over', seconds(-1));
    await put('later', seconds(60));
    await put('ancient', seconds(-6 * 365 * 86_400));
    await put('text', { expires: { S: '1' } });
    await put('forever');

    const deleted = await aws.dynamodb.purgeExpired(now);

    const { Items = [] } = await aws.clients.dynamodb.send(new ScanCommand({ TableName }));
    expect(deleted).toBe(1);
    expect(Items.map(({ id }) => id?.S).toSorted()).toEqual(['ancient', 'forever', 'later', 'text']);
    const { TimeToLiveDescription } = await aws.clients.dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName }),
    );
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  });
});
