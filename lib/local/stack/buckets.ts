import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

/** S3's rules for names, which also keep a name from leaving the folder that the buckets are in. */
const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

const Status = z.enum(['Enabled', 'Disabled']);

const LifecycleRule = z.strictObject({
  Id: z.string().optional(),
  Status,
  Prefix: z.string().default(''),
  ExpirationInDays: z.number().int().positive().optional(),
  /** Nothing is uploaded in parts here. */
  AbortIncompleteMultipartUpload: z.unknown().optional(),
});

const KeyRule = z.strictObject({
  Name: z.string().transform((name) => name.toLowerCase()),
  Value: z.string(),
});
const QueueNotification = z.strictObject({
  Event: z.literal('s3:ObjectCreated:*', 'only s3:ObjectCreated:* is played'),
  Queue: z.string(),
  Filter: z.strictObject({ S3Key: z.strictObject({ Rules: z.array(KeyRule) }) }).optional(),
});

const Properties = z.strictObject({
  BucketName: z.string().optional(),
  LifecycleConfiguration: z.strictObject({ Rules: z.array(LifecycleRule) }).optional(),
  NotificationConfiguration: z
    .strictObject({ QueueConfigurations: z.array(QueueNotification).default([]) })
    .optional(),
  /* Who may read and write, and how it is encrypted, makes no difference on one machine. */
  BucketEncryption: z.unknown().optional(),
  OwnershipControls: z.unknown().optional(),
  PublicAccessBlockConfiguration: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

/** Objects whose key begins with `prefix` go after so many days. */
export type Expiry = { readonly prefix: string; readonly days: number };

/** A queue is told of each object made whose key begins and ends so. */
export type ObjectNotification = {
  readonly queueArn: string;
  readonly prefix: string;
  readonly suffix: string;
};

export type Bucket = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly expiries: readonly Expiry[];
  readonly notifications: readonly ObjectNotification[];
};

const filterOf = (rules: readonly z.output<typeof KeyRule>[], wanted: 'prefix' | 'suffix') =>
  rules.find(({ Name }) => Name === wanted)?.Value ?? '';

export const readBuckets = (reader: ResourceReader): Bucket[] =>
  reader.idsOf('AWS::S3::Bucket').map((logicalId) => {
    const properties = reader.readWhole(logicalId, Properties);
    const name = reader.names.name(logicalId);
    if (!BUCKET_NAME.test(name))
      reader.refuse(logicalId, `"${name}" is no name for a bucket; give it one in lower case.`);
    return {
      logicalId,
      name,
      arn: reader.names.arn(logicalId),
      expiries: (properties.LifecycleConfiguration?.Rules ?? []).flatMap(
        ({ Status: status, Prefix: prefix, ExpirationInDays: days }) =>
          status === 'Enabled' && days !== undefined ? [{ prefix, days }] : [],
      ),
      notifications: (properties.NotificationConfiguration?.QueueConfigurations ?? []).map(
        ({ Queue, Filter }) => {
          const rules = Filter?.S3Key.Rules ?? [];
          return { queueArn: Queue, prefix: filterOf(rules, 'prefix'), suffix: filterOf(rules, 'suffix') };
        },
      ),
    };
  });
