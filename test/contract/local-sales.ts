/** The Sales table with its indexes, in the DynamoDB of the one-machine runtime. Keys as in lib/cloud/storage.ts. */
import { createTable } from '../../functions/adapters/dynamodb.ts';
import type { Table } from '../../functions/adapters/table.ts';
import { DUE_INDEX } from '../../functions/core/operations/due.ts';
import { OPEN_INDEX } from '../../functions/core/promises/row.ts';
import type { TableDefinition } from '../../lib/local/aws/dynamodb/definitions.ts';
import { newFolder, startLocalAws } from '../unit/local-aws/local-aws.ts';

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const;
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

const SALES: TableDefinition = {
  TableName: 'Sales',
  KeySchema: keys('sale', 'item'),
  AttributeDefinitions: ['sale', 'item', 'openOf', 'dueOf', 'dueAt'].map(text),
  GlobalSecondaryIndexes: [
    { IndexName: OPEN_INDEX, KeySchema: keys('openOf', 'dueAt'), Projection: { ProjectionType: 'ALL' } },
    { IndexName: DUE_INDEX, KeySchema: keys('dueOf', 'dueAt'), Projection: { ProjectionType: 'KEYS_ONLY' } },
  ],
};

export type LocalSales = { table: Table; stop(): Promise<void> };

export const startLocalSales = async (): Promise<LocalSales> => {
  const folder = await newFolder();
  const aws = await startLocalAws(folder.path);
  await aws.dynamodb.createTable(SALES);
  return {
    table: createTable(aws.clients.dynamodb, 'Sales'),
    stop: async () => {
      await aws.stop();
      await folder.remove();
    },
  };
};
