/** The few DynamoDB calls the stores are made of. Single-item conditional writes only: no transactions. */
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
import type { Page } from './ports.ts';

export type Item = Record<string, unknown>;

export type Table = {
  get(key: Item): Promise<Item | undefined>;
  /** Every item of a partition, strongly consistent. */
  query(partitionName: string, partition: string): Promise<Item[]>;
  put(item: Item): Promise<void>;
  /** False when an item with this key exists. */
  putNew(item: Item): Promise<boolean>;
  /** Puts unless `condition` says no; false then. */
  putIf(item: Item, condition: Condition): Promise<boolean>;
  update(key: Item, expression: string, condition: Condition): Promise<boolean>;
  delete(key: Item): Promise<void>;
  /** Some items of a partition of the table or of an index, in the order of the sort key. */
  page(query: PageQuery): Promise<Page<Item>>;
  /** Every item of an index, page after page. */
  scan(index: string): AsyncIterable<Item>;
};

export type PageQuery = {
  index?: string;
  /** The partition's name and value. */
  partition: readonly [name: string, value: string];
  /** The sort key's name and bounds: from `from` on, before `before`. */
  sort?: { name: string; from?: string; before?: string };
  limit: number;
  /** The one attribute that is wanted; all of them when left out. */
  only?: string;
  /** Newest or largest first. */
  isBackwards?: boolean;
  after?: string | undefined;
};

export type Condition = { expression?: string; names?: Record<string, string>; values?: Item };

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
