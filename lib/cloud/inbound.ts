/** Mail of customers coming in: SES puts it into a bucket, the bucket tells a queue, the queue a function. */
import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { CfnReceiptRule, CfnReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { consume, durableQueue } from './durable-queue.ts';
import { letEncrypt, letSend } from './service-grants.ts';

/** "Email receiving endpoints" in https://docs.aws.amazon.com/general/latest/gr/ses.html; AWS adds to it now and then. */
const RECEIVING_REGIONS = new Set([
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
]);

/** A stack for any region finds out at its deploy. */
export const canReceiveMail = (region: string): boolean =>
  Token.isUnresolved(region) || RECEIVING_REGIONS.has(region);

/** Where mails lie in the bucket. */
export const MAIL_PREFIX = 'mail/';
const RULE = 'replies';

type Props = {
  key: Key;
  /** Mail to any address of this domain is taken. */
  replyDomain: string;
  /** How long a mail is kept. */
  mailDays: number;
};

export class Inbound extends Construct {
  readonly bucket: Bucket;
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { key, replyDomain, mailDays }: Props) {
    super(scope, id);
    const { queue, deadLetters } = durableQueue(this, key);
    this.queue = queue;
    this.deadLetters = deadLetters;
    /* Named by hand, because the queue must let the bucket in before there is one. */
    const bucketName = `${Stack.of(this).stackName.toLowerCase()}-mail-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
    letSend(queue, 's3.amazonaws.com', `arn:${Aws.PARTITION}:s3:::${bucketName}`);
    letEncrypt(key, 's3.amazonaws.com');
    this.bucket = this.#makeBucket(key, bucketName, mailDays);

    const rules = new CfnReceiptRuleSet(this, 'Rules');
    this.#letWrite(rules);
    const rule = new CfnReceiptRule(this, 'Rule', {
      ruleSetName: rules.ref,
      rule: {
        name: RULE,
        enabled: true,
        recipients: [replyDomain],
        scanEnabled: true,
        tlsPolicy: 'Require',
        /* No kmsKeyArn: with it SES encrypts on its side, and only its own client could read the mail. */
        actions: [{ s3Action: { bucketName: this.bucket.bucketName, objectKeyPrefix: MAIL_PREFIX } }],
      },
    });
    /* SES puts a test message there when the rule is made, and refuses it when it may not. */
    if (this.bucket.policy !== undefined) rule.node.addDependency(this.bucket.policy);
    new CfnOutput(this, 'MxRecord', {
      value: `${replyDomain} MX 10 inbound-smtp.${Aws.REGION}.amazonaws.com`,
      description: 'Set this DNS record, then activate the receipt rule set (docs/deploy.md)',
    });
    new CfnOutput(this, 'RuleSet', { value: rules.ref, description: 'The receipt rule set to activate' });
  }

  consumeWith(consumer: IFunction): void {
    consume(this.queue, consumer, 5);
  }

  /** Without versions, so that what is deleted is gone. */
  #makeBucket(key: Key, bucketName: string, mailDays: number): Bucket {
    const bucket = new Bucket(this, 'Mails', {
      bucketName,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: [
        { prefix: MAIL_PREFIX, expiration: Duration.days(mailDays) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const resource = bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) throw new Error('A bucket has no CloudFormation resource');
    /* CDK's own way would add a function that sets this after the deploy. */
    resource.notificationConfiguration = {
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: this.queue.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: MAIL_PREFIX }] } },
        },
      ],
    };
    /* S3 sends a test message when the bucket is made, and refuses it when it may not. */
    const queuePolicy = this.queue.node.tryFindChild('Policy');
    if (queuePolicy !== undefined) bucket.node.addDependency(queuePolicy);
    return bucket;
  }

  #letWrite(rules: CfnReceiptRuleSet): void {
    const ruleArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'receipt-rule-set',
      resourceName: `${rules.ref}:receipt-rule/${RULE}`,
    });
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`${MAIL_PREFIX}*`)],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': ruleArn },
        },
      }),
    );
  }
}
