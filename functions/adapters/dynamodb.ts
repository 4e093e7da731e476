/** The table's calls on DynamoDB. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { cursorOf, pageInput } from './dynamodb-page.ts';
import type { Condition, Item, Table } from './table.ts';

const OPTIONS = { removeUndefinedValues: true } as const;

export const createClient = (): DynamoDBClient => new DynamoDBClient({});

const refusedCondition = async (call: Promise<unknown>): Promise<boolean> => {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

const conditionInput = ({ expression, names, values }: Condition) => ({
  ...(expression === undefined ? {} : { ConditionExpression: expression }),
  ...(names === undefined ? {} : { ExpressionAttributeNames: names }),
  ...(values === undefined ? {} : { ExpressionAttributeValues: marshall(values, OPTIONS) }),
});

export const createTable = (client: DynamoDBClient, TableName: string): Table => {
  const putIf = (item: Item, condition: Condition) =>
    refusedCondition(
      client.send(
        new PutItemCommand({ TableName, Item: marshall(item, OPTIONS), ...conditionInput(condition) }),
      ),
    );
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
    update: (key, expression, condition) =>
      refusedCondition(
        client.send(
          new UpdateItemCommand({
            TableName,
            Key: marshall(key),
            UpdateExpression: expression,
            ...conditionInput(condition),
          }),
        ),
      ),
  };
};
