/** The tables. Keys and access patterns stand beside the adapters that use them and in docs/architecture.md. */
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DUE_INDEX } from '../../functions/core/operations/due.ts';
import { OPEN_INDEX } from '../../functions/core/promises/row.ts';

export class Storage extends Construct {
  /** `sale` + `item`: guard rows, people, journals, task tokens. What is personal expires, a guard row never. */
  readonly sales: Table;
  /** `digest` of a token -> sale. Expires. */
  readonly links: Table;
  /** `source` + `id`: events nobody understood and mails nobody has sorted. Expire. */
  readonly parked: Table;

  constructor(scope: Construct, id: string, { key }: { key: Key }) {
    super(scope, id);
    const common = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    } satisfies Partial<TableProps>;
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    this.sales = new Table(this, 'Sales', {
      ...common,
      partitionKey: text('sale'),
      sortKey: text('item'),
      timeToLiveAttribute: 'ttl',
    });
    /* Holds a row only as long as a promise is open: what an owner must do, soonest due first. */
    this.sales.addGlobalSecondaryIndex({
      indexName: OPEN_INDEX,
      partitionKey: text('openOf'),
      sortKey: text('dueAt'),
    });
    /* Who waits, soonest due first: what nobody ended in time is found here. Keys only: a row changes with each wait. */
    this.sales.addGlobalSecondaryIndex({
      indexName: DUE_INDEX,
      partitionKey: text('dueOf'),
      sortKey: text('dueAt'),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.links = new Table(this, 'Links', {
      ...common,
      partitionKey: text('digest'),
      timeToLiveAttribute: 'ttl',
    });
    this.parked = new Table(this, 'Parked', {
      ...common,
      partitionKey: text('source'),
      sortKey: text('id'),
      timeToLiveAttribute: 'ttl',
    });
  }
}
