/** The hourly synthetic sale: its clock, and a secret that nobody has to set. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Base64 of 24 bytes: what a webhook secret must have at least. */
const SECRET_LENGTH = 32;

/** Made before the functions that read it. */
export const canarySecret = (scope: Construct, key: Key): Secret =>
  new Secret(scope, 'CanarySecret', {
    description: 'Signs the webhooks of the hourly synthetic sale',
    encryptionKey: key,
    generateSecretString: { excludePunctuation: true, passwordLength: SECRET_LENGTH },
    removalPolicy: RemovalPolicy.DESTROY,
  });

export class Canary extends Construct {
  constructor(scope: Construct, id: string, canary: IFunction) {
    super(scope, id);
    new Rule(this, 'Hourly', {
      description: 'Aftercare: a synthetic sale from webhook to end',
      schedule: Schedule.cron({ minute: '35' }),
      /* A run that comes late says nothing about the hour it was meant for. */
      targets: [new LambdaFunction(canary, { maxEventAge: Duration.minutes(10), retryAttempts: 0 })],
    });
  }
}
