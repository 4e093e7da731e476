import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { createTable } from '../../../functions/adapters/dynamodb.ts';
import { createSaleStore } from '../../../functions/adapters/sale-store.ts';
import { at, record, SALE, told } from '../../fixtures/sales.ts';

const client = new DynamoDBClient({ region: 'eu-west-1' });
const dynamodb = mockClient(client);
const table = createTable(client, 'Sales');
const refusal = new ConditionalCheckFailedException({ $metadata: {}, message: 'no' });

afterEach(() => dynamodb.reset());

describe('reading', () => {
  it('is strongly consistent', async () => {
    dynamodb.on(GetItemCommand).resolves({ Item: { sale: { S: 'a' } } });
    dynamodb.on(QueryCommand).resolves({ Items: [] });

    expect(await table.get({ sale: 'a' })).toEqual({ sale: 'a' });
    await table.query('sale', 'a');

    expect(dynamodb.commandCalls(GetItemCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
    expect(dynamodb.commandCalls(QueryCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
  });

  it('follows every page', async () => {
    const next = { sale: { S: 'a' }, item: { S: '1' } };
    dynamodb
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ n: { N: '1' } }], LastEvaluatedKey: next })
      .resolvesOnce({ LastEvaluatedKey: next })
      .resolvesOnce({ Items: [{ n: { N: '2' } }] });

    expect(await table.query('sale', 'a')).toEqual([{ n: 1 }, { n: 2 }]);
    const starts = dynamodb.commandCalls(QueryCommand).map(({ args }) => args[0].input.ExclusiveStartKey);
    expect(starts).toEqual([undefined, next, next]);
  });

  it('of what is not there gives nothing', async () => {
    dynamodb.on(GetItemCommand).resolves({});

    expect(await table.get({ sale: 'a' })).toBeUndefined();
  });
});

describe('writing under a condition', () => {
  it('says no when the condition does', async () => {
    dynamodb.on(PutItemCommand).rejects(refusal);
    dynamodb.on(UpdateItemCommand).rejects(refusal);

    expect(await table.putNew({ sale: 'a' })).toBe(false);
    expect(await table.update({ sale: 'a' }, 'SET x = :x', { values: { ':x': 1 } })).toBe(false);
  });

  it('fails when the database does: a failure is never taken for a no', async () => {
    dynamodb.on(PutItemCommand).rejects(new Error('down'));

    await expect(table.putNew({ sale: 'a' })).rejects.toThrow('down');
  });

  it('asks whether the key is new', async () => {
    dynamodb.on(PutItemCommand).resolves({});

    await createSaleStore(table, { months: 24 }).append(SALE, told.claimed('check-in', at(9)));
    await createSaleStore(table, { months: 24 }).open(record());

    for (const { args } of dynamodb.commandCalls(PutItemCommand)) {
      expect(args[0].input).toMatchObject({
        ConditionExpression: 'attribute_not_exists(#k)',
        ExpressionAttributeNames: { '#k': 'sale' },
      });
    }
  });

  it('leaves out what is undefined', async () => {
    dynamodb.on(PutItemCommand).resolves({});

    await table.put({ sale: 'a', topic: undefined, data: { reason: undefined } });

    expect(dynamodb.commandCalls(PutItemCommand)[0]?.args[0].input.Item).toEqual({
      sale: { S: 'a' },
      data: { M: {} },
    });
  });
});

describe('writing several at once', () => {
  const rowsOf = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ sale: `name#${n}`, item: 'x' }));
  const put = (n: number) => ({ PutRequest: { Item: { sale: { S: `name#${n}` }, item: { S: 'x' } } } });
  const sizes = () =>
    dynamodb
      .commandCalls(BatchWriteItemCommand)
      .map(({ args }) => args[0].input.RequestItems?.['Sales']?.length);

  it('takes as many calls as DynamoDB wants, 25 in each', async () => {
    dynamodb.on(BatchWriteItemCommand).resolves({});

    await table.putAll(rowsOf(51));

    expect(sizes()).toEqual([25, 25, 1]);
  });

  it('says again what was left undone', async () => {
    dynamodb
      .on(BatchWriteItemCommand)
      .resolvesOnce({ UnprocessedItems: { Sales: [put(2), put(3)] } })
      .resolves({ UnprocessedItems: {} });

    await table.putAll(rowsOf(4));

    expect(sizes()).toEqual([4, 2]);
  });

  it('fails when some are left undone again and again: whoever called comes back', async () => {
    dynamodb.on(BatchWriteItemCommand).resolves({ UnprocessedItems: { Sales: [put(1)] } });

    await expect(table.putAll(rowsOf(2))).rejects.toThrow('1 rows could not be written');
  });
});
