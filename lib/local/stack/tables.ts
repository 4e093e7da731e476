import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const Projection = z.object({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).default('ALL'),
  NonKeyAttributes: z.array(z.string()).optional(),
});

const Properties = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema,
  GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema, Projection })).default([]),
  LocalSecondaryIndexes: z
    .array(z.unknown())
    .max(0, 'local secondary indexes are not played: use a global one')
    .optional(),
  TimeToLiveSpecification: z
    .object({ Enabled: z.boolean(), AttributeName: z.string().optional() })
    .optional(),
});

export type Table = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly attributes: z.output<typeof Properties>['AttributeDefinitions'];
  readonly keys: z.output<typeof KeySchema>;
  readonly indexes: z.output<typeof Properties>['GlobalSecondaryIndexes'];
  /** The attribute whose epoch seconds say when DynamoDB removes an item. */
  readonly ttlAttribute: string | undefined;
};

export const readTables = (reader: ResourceReader): Table[] =>
  reader.idsOf('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').map((logicalId) => {
    const properties = reader.read(logicalId, Properties);
    const ttl = properties.TimeToLiveSpecification;
    return {
      logicalId,
      name: reader.names.name(logicalId),
      arn: reader.names.arn(logicalId),
      attributes: properties.AttributeDefinitions,
      keys: properties.KeySchema,
      indexes: properties.GlobalSecondaryIndexes,
      ttlAttribute: ttl?.Enabled === true ? ttl.AttributeName : undefined,
    };
  });
