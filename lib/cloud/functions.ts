/** One Lambda per folder in functions/, one role per Lambda, each given only what its ports use. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  type Alias,
  Architecture,
  Code,
  type IFunction,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { CfnConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DUE_INDEX } from '../../functions/core/operations/due.ts';
import { OPEN_INDEX } from '../../functions/core/promises/row.ts';
import type { Bundles } from './bundle.ts';
import { functionOf } from './exact.ts';
import { FUNCTION_TIMEOUT } from './function-timeout.ts';
import { MAIL_PREFIX } from './inbound.ts';
import { ALIAS, aliasArn } from './machine.ts';
import type { Need } from './need.ts';
import {
  lookAtExecutions,
  lookAtMailAccount,
  sendMailFrom,
  startMachine,
  tellMachines,
} from './statements.ts';
import type { Storage } from './storage.ts';

type World = {
  bundles: Bundles;
  storage: Storage;
  key: Key;
  queue: Queue;
  forgetQueue: Queue;
  /** Undefined when no mail comes in. */
  mails: Bucket | undefined;
  secrets: Secret;
  /** Undefined when no synthetic sale is made. */
  canarySecret: Secret | undefined;
  configurationSets: { customers: CfnConfigurationSet; staff: CfnConfigurationSet };
  pages: ITopic;
  mailFrom: string;
  publicUrl: string;
  machines: { followUp: string; promise: string };
};

const MEMORY_MB = 512;

/** A function as it stands in the stack: what alarms watch, dashboards draw and deploys shift. */
export type Deployed = {
  /** Its folder in functions/. */
  readonly name: string;
  readonly fn: LambdaFunction;
  readonly alias: Alias;
  readonly logGroup: LogGroup;
};

export class Functions extends Construct {
  /** In the order they were added. */
  readonly all: Deployed[] = [];
  readonly #world: World;

  constructor(scope: Construct, id: string, world: World) {
    super(scope, id);
    this.#world = world;
  }

  /** Callers invoke the alias, so a deploy can shift and roll back. */
  add(name: string, needs: readonly Need[]): IFunction {
    const { bundles, publicUrl } = this.#world;
    const id = name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
    const logGroup = new LogGroup(this, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    const fn = new LambdaFunction(this, id, {
      code: Code.fromAsset(bundles.folderOf(name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: MEMORY_MB,
      timeout: FUNCTION_TIMEOUT,
      logGroup,
      role,
      /* What Lambda says of each call (START, END, REPORT) is twice what we say, and stands in its metrics. */
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { PUBLIC_URL: publicUrl },
      description: `Aftercare: functions/${name}`,
      /* A version that ran stays, so that the alias can go back to it; one of a failed deploy would block the next. */
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    });
    for (const need of needs) this.#provide(fn, need);
    const alias = fn.addAlias(ALIAS);
    this.all.push({ name, fn, alias, logGroup });
    return functionOf(alias);
  }

  #provide(fn: LambdaFunction, need: Need): void {
    const { storage, secrets, configurationSets } = this.#world;
    switch (need) {
      case 'sales':
        fn.addEnvironment('SALES_TABLE', storage.sales.tableName);
        this.#allowTable(fn, storage.sales, ['GetItem', 'PutItem', 'UpdateItem', 'Query']);
        return;
      case 'read-sales':
        fn.addEnvironment('SALES_TABLE', storage.sales.tableName);
        this.#allowTable(fn, storage.sales, ['GetItem', 'Query']);
        return;
      case 'desk-sessions':
        fn.addEnvironment('LINKS_TABLE', storage.links.tableName);
        this.#allowTable(fn, storage.links, ['GetItem']);
        return;
      case 'links':
        fn.addEnvironment('LINKS_TABLE', storage.links.tableName);
        this.#allowTable(fn, storage.links, ['GetItem', 'PutItem']);
        return;
      case 'parked':
        fn.addEnvironment('PARKED_TABLE', storage.parked.tableName);
        this.#allowTable(fn, storage.parked, ['PutItem']);
        return;
      case 'read-post-box':
        fn.addEnvironment('PARKED_TABLE', storage.parked.tableName);
        this.#allowTable(fn, storage.parked, ['GetItem']);
        return;
      case 'post-box':
        fn.addEnvironment('PARKED_TABLE', storage.parked.tableName);
        this.#allowTable(fn, storage.parked, ['GetItem', 'Query', 'DeleteItem']);
        return;
      case 'forget-parked':
        this.#allowTable(fn, storage.parked, ['Query', 'DeleteItem']);
        return;
      case 'queue':
        this.#allowQueue(fn, 'INTAKE_QUEUE_URL', this.#world.queue);
        return;
      case 'forget-queue':
        this.#allowQueue(fn, 'FORGET_QUEUE_URL', this.#world.forgetQueue);
        return;
      case 'mail-archive':
        this.#allowMails(fn, 's3:GetObject');
        return;
      case 'forget-mail':
        this.#allowMails(fn, 's3:DeleteObject');
        return;
      case 'secrets':
        fn.addEnvironment('SECRETS_ID', secrets.secretArn);
        secrets.grantRead(fn);
        return;
      case 'canary-secret': {
        const { canarySecret } = this.#world;
        if (canarySecret === undefined) return;
        fn.addEnvironment('CANARY_SECRET_ID', canarySecret.secretArn);
        canarySecret.grantRead(fn);
        return;
      }
      case 'mail':
        fn.addEnvironment('CONFIGURATION_SET', configurationSets.customers.ref);
        fn.addEnvironment('STAFF_CONFIGURATION_SET', configurationSets.staff.ref);
        this.#allowMail(fn);
        return;
      case 'forget':
        this.#allowTable(fn, storage.sales, ['DeleteItem']);
        return;
      case 'held-sales':
        fn.addToRolePolicy(
          new PolicyStatement({
            actions: ['dynamodb:DeleteItem'],
            resources: [storage.sales.tableArn],
            conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['held#*'] } },
          }),
        );
        return;
      case 'search-rows':
        /* A batch may also delete, so it reaches what finds sales and nothing else. */
        fn.addToRolePolicy(
          new PolicyStatement({
            actions: ['dynamodb:BatchWriteItem'],
            resources: [storage.sales.tableArn],
            conditions: {
              'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['name#*', 'number#*', 'person#*'] },
            },
          }),
        );
        return;
      case 'scan-sales':
        this.#allowTable(fn, storage.sales, ['Scan']);
        return;
      case 'forget-links':
        this.#allowTable(fn, storage.links, ['DeleteItem']);
        return;
      case 'lists':
        this.#allowIndex(fn, OPEN_INDEX, ['Query', 'Scan']);
        return;
      case 'open-promises':
        this.#allowIndex(fn, OPEN_INDEX, ['Query']);
        return;
      case 'due-waits':
        this.#allowIndex(fn, DUE_INDEX, ['Query']);
        return;
      case 'mail-account':
        fn.addToRolePolicy(lookAtMailAccount());
        return;
      case 'pages':
        fn.addEnvironment('PAGES_TOPIC_ARN', this.#world.pages.topicArn);
        fn.addToRolePolicy(
          new PolicyStatement({ actions: ['sns:Publish'], resources: [this.#world.pages.topicArn] }),
        );
        this.#allowKey(fn);
        return;
      case 'signal':
        this.#allowSignals(fn);
        return;
      case 'look':
        fn.addToRolePolicy(lookAtExecutions(this, this.#world.machines.promise));
        return;
      case 'start-follow-up':
        fn.addToRolePolicy(startMachine(this, this.#world.machines.followUp));
        return;
      case 'start-promise':
        fn.addToRolePolicy(startMachine(this, this.#world.machines.promise));
        return;
    }
  }

  #allowTable(fn: LambdaFunction, table: Table, actions: readonly string[]): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [table.tableArn],
      }),
    );
    this.#allowKey(fn);
  }

  #allowIndex(fn: LambdaFunction, index: string, actions: readonly string[]): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [`${this.#world.storage.sales.tableArn}/index/${index}`],
      }),
    );
  }

  #allowQueue(fn: LambdaFunction, name: string, { queueUrl, queueArn }: Queue): void {
    fn.addEnvironment(name, queueUrl);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn] }));
    this.#allowKey(fn);
  }

  #allowMails(fn: LambdaFunction, action: string): void {
    const { mails } = this.#world;
    if (mails === undefined) return;
    fn.addEnvironment('MAIL_BUCKET', mails.bucketName);
    fn.addToRolePolicy(
      new PolicyStatement({ actions: [action], resources: [mails.arnForObjects(`${MAIL_PREFIX}*`)] }),
    );
    this.#allowKey(fn);
  }

  #allowKey(fn: LambdaFunction): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: [this.#world.key.keyArn],
      }),
    );
  }

  #allowMail(fn: LambdaFunction): void {
    const { mailFrom, configurationSets } = this.#world;
    const names = Object.values(configurationSets).map(({ ref }) => ref);
    fn.addToRolePolicy(sendMailFrom(Stack.of(this), mailFrom, names));
  }

  /** Both machines: whoever writes into a journal may have to tell either. */
  #allowSignals(fn: LambdaFunction): void {
    const { followUp, promise } = this.#world.machines;
    fn.addEnvironment('FOLLOW_UP_ARN', aliasArn(this, followUp));
    fn.addEnvironment('PROMISE_ARN', aliasArn(this, promise));
    fn.addToRolePolicy(tellMachines(this, [followUp, promise]));
  }
}
