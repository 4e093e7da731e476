/** Asks the shops once an hour for what their webhooks may not have told; nothing of it is there when no source is asked. */
import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Configuration } from '../../functions/core/configuration.ts';
import { pullUrlOf } from '../../functions/core/source.ts';
import type { Functions } from './functions.ts';

const PULL = 'pull-orders';

export const isAnyPulled = ({ sources }: Configuration): boolean =>
  Object.values(sources).some((source) => pullUrlOf(source) !== undefined);

export class Pull extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { functions, key, sales }: { functions: Functions; key: Key; sales: Table },
  ) {
    super(scope, id);
    /* Apart from the webhooks' secrets: what can read a shop's orders is given to nobody else, and nothing here could sign one. */
    const credentials = new Secret(this, 'ShopCredentials', {
      description: 'What may read the orders of the shops, as {"<source>": "<credential>"}',
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const pull = functions.add(PULL, ['read-sales', 'queue']);
    const fn = functions.all.find(({ name }) => name === PULL)?.fn;
    fn?.addEnvironment('SHOP_CREDENTIALS_ID', credentials.secretArn);
    fn?.addToRolePolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [credentials.secretArn],
      }),
    );
    fn?.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem'],
        resources: [sales.tableArn],
        /* How far each shop has been asked, and no sale. */
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['source#*'] } },
      }),
    );
    new Rule(this, 'Hourly', {
      description: 'Aftercare: asks the shops for orders that no webhook told',
      schedule: Schedule.cron({ minute: '20' }),
      /* What one run does not reach, the next one does. */
      targets: [new LambdaFunction(pull, { maxEventAge: Duration.minutes(50), retryAttempts: 2 })],
    });
    new CfnOutput(this, 'ShopCredentialsId', {
      value: credentials.secretArn,
      description: 'Put the credentials of the shops here',
    });
  }
}
