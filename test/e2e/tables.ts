/** Every item of every table, as bytes to compare. */
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';

export const clientAt = (endpoint: string) =>
  ({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }) as const;

export const dumpTables = async (endpoint: string): Promise<string> => {
  const client = new DynamoDBClient(clientAt(endpoint));
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const items: string[] = [];
  for (const TableName of TableNames.sort()) {
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    for (const item of Items) items.push(`${TableName} ${JSON.stringify(item)}`);
  }
  return items.sort().join('\n');
};
