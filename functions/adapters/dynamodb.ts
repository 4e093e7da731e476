/** The table's calls on DynamoDB. */
import {
  type AttributeValue,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type UpdateItemCommandOutput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Busy } from '../core/errors.ts';
import { dynamodbClient } from './clients.ts';
import { cursorOf, pageInput } from './dynamodb-page.ts';
import type { Condition, Item, Table } from './table.ts';

const OPTIONS = { removeUndefinedValues: true } as const;

export const createClient: () => DynamoDBClient = dynamodbClient;

/** Undefined when the condition said no. */
const unlessRefused = async <T>(call: Promise<T>): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};

const isTaken = async (call: Promise<unknown>): Promise<boolean> => (await unlessRefused(call)) !== undefined;

/** So many items go into one call. */
const BATCH = 25;
/** DynamoDB may leave some of a batch undone when it is busy; whoever calls is called again. */
const MOST_BATCHES = 5;

const conditionInput = ({ expression, names, values }: Condition) => ({
  ...(expression === undefined ? {} : { ConditionExpression: expression }),
  ...(names === undefined || Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
  ...(values === undefined || Object.keys(values).length === 0
    ? {}
    : { ExpressionAttributeValues: marshall(values, OPTIONS) }),
});

export const createTable = (client: DynamoDBClient, TableName: string): Table => {
  const putIf = (item: Item, condition: Condition) =>
    isTaken(
      client.send(
        new PutItemCommand({ TableName, Item: marshall(item, OPTIONS), ...conditionInput(condition) }),
      ),
    );
  const change = (
    key: Item,
    expression: string,
    condition: Condition,
    ReturnValues: 'ALL_NEW' | 'NONE',
  ): Promise<UpdateItemCommandOutput | undefined> =>
    unlessRefused(
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: marshall(key),
          UpdateExpression: expression,
          ...(ReturnValues === 'NONE' ? {} : { ReturnValues }),
          ...conditionInput(condition),
        }),
      ),
    );
  const putBatch = async (items: readonly Item[]): Promise<void> => {
    let left: WriteRequest[] = items.map((item) => ({ PutRequest: { Item: marshall(item, OPTIONS) } }));
    for (let tries = 0; tries < MOST_BATCHES && left.length > 0; tries += 1) {
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [TableName]: left } }),
      );
      left = UnprocessedItems?.[TableName] ?? [];
    }
    if (left.length > 0) throw new Busy(`${left.length} rows could not be written`);
  };
  return {
    get: async (key) => {
      const { Item: found } = await client.send(
        new GetItemCommand({ TableName, Key: marshall(key), ConsistentRead: true }),
      );
      return found === undefined ? undefined : unmarshall(found);
    },
    query: async (partitionName, partition) => {
      const items: Item[] = [];
      let start: Record<string, AttributeValue> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: '#p = :p',
            ExpressionAttributeNames: { '#p': partitionName },
            ExpressionAttributeValues: { ':p': { S: partition } },
            ConsistentRead: true,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        );
        for (const item of page.Items ?? []) items.push(unmarshall(item));
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
      return items;
    },
    put: async (item) => {
      await client.send(new PutItemCommand({ TableName, Item: marshall(item, OPTIONS) }));
    },
    putNew: (item) => {
      const [partition] = Object.keys(item);
      return putIf(item, { expression: 'attribute_not_exists(#k)', names: { '#k': partition ?? '' } });
    },
    putIf,
    putAll: async (items) => {
      for (let at = 0; at < items.length; at += BATCH) await putBatch(items.slice(at, at + BATCH));
    },
    delete: async (key) => {
      await client.send(new DeleteItemCommand({ TableName, Key: marshall(key) }));
    },
    page: async (query) => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({ TableName, ...pageInput(query) }),
      );
      return {
        items: Items.map((item) => unmarshall(item)),
        next: LastEvaluatedKey === undefined ? undefined : cursorOf(unmarshall(LastEvaluatedKey)),
      };
    },
    async *scan(IndexName) {
      let start: Record<string, AttributeValue> | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName,
            IndexName,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        );
        for (const item of page.Items ?? []) yield unmarshall(item);
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
    },
    update: async (key, expression, condition) =>
      (await change(key, expression, condition, 'NONE')) !== undefined,
    updated: async (key, expression, condition) => {
      const answer = await change(key, expression, condition, 'ALL_NEW');
      return answer === undefined ? undefined : unmarshall(answer.Attributes ?? {});
    },
  };
};
