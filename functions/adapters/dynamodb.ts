/** The few DynamoDB calls the stores are made of. Single-item conditional writes only: no transactions. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

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
