/** What a table is made of, as CloudFormation and DynamoDB say it. */
import * as z from 'zod';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })).min(1);

const IndexDefinition = z.object({
  IndexName: z.string(),
  KeySchema,
  Projection: z.object({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).optional() }),
});

/** The part of CloudFormation's `AWS::DynamoDB::Table` that has a meaning on one machine; the rest is ignored. */
export const TableDefinition = z.object({
  TableName: z.string(),
  KeySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z.array(IndexDefinition).optional(),
  LocalSecondaryIndexes: z.array(IndexDefinition).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
});
export type TableDefinition = z.output<typeof TableDefinition>;

const DescribedIndexes = z.array(z.looseObject(IndexDefinition.shape)).optional();

/** What DescribeTable tells, everything included. */
export const Described = z.looseObject({
  ...TableDefinition.shape,
  GlobalSecondaryIndexes: DescribedIndexes,
  LocalSecondaryIndexes: DescribedIndexes,
});
