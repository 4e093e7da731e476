import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const dynamodb = new DynamoDBClient({});

export const handler = async ({ id }: { id: string }) => {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: process.env['TABLE_NAME'], Key: { pk: { S: id } } }),
  );
  return Item;
};
