/**
 * One client of each service for each environment: it keeps its connections and its signing key. The SDK reads region,
 * credentials and addresses from the environment that Lambda gives.
 */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Sha256 } from './sha256.ts';

const SETTINGS = { sha256: Sha256 };

/** On one machine the runtime answers the clients of its functions itself, before they make requests (docs/adr/0020). */
const TAKES_CLIENTS = Symbol.for('aftercare.takes-clients');

const isTaker = (found: unknown): found is (client: object) => void => typeof found === 'function';

const offered = <T extends object>(client: T): T => {
  const found: unknown = Reflect.get(process, TAKES_CLIENTS);
  if (isTaker(found)) found(client);
  return client;
};

const once = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= offered(make());
    return made;
  };
};

export const dynamodbClient = /* @__PURE__ */ once(() => new DynamoDBClient(SETTINGS));
export const sfnClient = /* @__PURE__ */ once(() => new SFNClient(SETTINGS));
export const sqsClient = /* @__PURE__ */ once(() => new SQSClient(SETTINGS));
export const snsClient = /* @__PURE__ */ once(() => new SNSClient(SETTINGS));
export const s3Client = /* @__PURE__ */ once(() => new S3Client(SETTINGS));
export const secretsClient = /* @__PURE__ */ once(() => new SecretsManagerClient(SETTINGS));
export const cloudFormationClient = /* @__PURE__ */ once(() => new CloudFormationClient(SETTINGS));
export const sesv2Client = /* @__PURE__ */ once(() => new SESv2Client(SETTINGS));
/** For questions about the account. */
export const sesClient = /* @__PURE__ */ once(() => new SESClient(SETTINGS));
/** For mails: SES has no idempotency token, so nothing is sent again unasked. */
export const mailClient = /* @__PURE__ */ once(() => new SESClient({ ...SETTINGS, maxAttempts: 1 }));
