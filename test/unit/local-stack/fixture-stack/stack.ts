/** A small stack of its own kind: every resource type that the runtime plays, once. */
import { join } from 'node:path';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnAlias, Code, type IFunction, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  IntegrationPattern,
  QueryLanguage,
  StateMachine,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { buildSync } from 'esbuild';

/** Bundles a handler the way CDK's NodejsFunction does, and gives the folder that holds `index.js`. */
export const bundleFixture = (entry: string, folder: string): string => {
  buildSync({
    entryPoints: [join(import.meta.dirname, entry)],
    outfile: join(folder, 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return folder;
};

const storage = (stack: Stack) => {
  const key = new Key(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY });
  const table = new TableV2(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    globalSecondaryIndexes: [
      { indexName: 'by-token', partitionKey: { name: 'token', type: AttributeType.STRING } },
    ],
    timeToLiveAttribute: 'expiresAt',
  });
  const deadLetters = new Queue(stack, 'DeadLetters', { retentionPeriod: Duration.days(14) });
  const queue = new Queue(stack, 'Queue', {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    visibilityTimeout: Duration.seconds(60),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
  });
  return { table, queue };
};

const askAndWait = (stack: Stack, worker: IFunction, waitDays: number) => {
  const wait = Wait.jsonata(stack, 'Wait until used', { time: WaitTime.duration(Duration.days(waitDays)) });
  const ask = LambdaInvoke.jsonata(stack, 'Ask', {
    lambdaFunction: worker,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({
      ask: '{% $states.input.orderId %}',
      token: '{% $states.context.Task.Token %}',
    }),
    taskTimeout: Timeout.duration(Duration.days(30)),
    retryOnServiceExceptions: false,
  });
  const machine = new StateMachine(stack, 'Machine', {
    stateMachineName: 'Fixture-Machine',
    queryLanguage: QueryLanguage.JSONATA,
    definitionBody: DefinitionBody.fromChainable(wait.next(ask)),
  });
  const version = new CfnStateMachineVersion(stack, 'MachineVersion', {
    stateMachineArn: machine.stateMachineArn,
    stateMachineRevisionId: machine.stateMachineRevisionId,
  });
  return new CfnStateMachineAlias(stack, 'MachineAlias', {
    name: 'live',
    routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
  });
};

/** Synthesizes into `outdir` (the cloud assembly), with bundles beside it in `bundles`. */
export const synthesizeFixture = (
  outdir: string,
  bundles: string,
  { waitDays = 3 }: { waitDays?: number } = {},
): string => {
  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Fixture');
  const { table, queue } = storage(stack);
  const secret = new Secret(stack, 'ShopSecret', { secretName: 'fixture/shop-secret' });
  new ConfigurationSet(stack, 'Mail');

  const lambda = (id: string, entry: string, environment: Record<string, string>) =>
    new Lambda(stack, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(bundleFixture(entry, join(bundles, id))),
      timeout: Duration.seconds(10),
      environment: { TABLE_NAME: table.tableName, ...environment },
    });
  const worker = lambda('Worker', 'worker.ts', {});
  // Not the L2 Alias: CDK's own types disagree about it under exactOptionalPropertyTypes.
  const alias = new CfnAlias(stack, 'WorkerLive', {
    name: 'live',
    functionName: worker.functionName,
    functionVersion: worker.currentVersion.version,
  });
  const live = Lambda.fromFunctionAttributes(stack, 'Live', {
    functionArn: alias.ref,
    sameEnvironment: true,
  });
  const machineAlias = askAndWait(stack, live, waitDays);
  // A literal ARN, since a reference back from the function to the machine that calls it would be a cycle.
  worker.addEnvironment(
    'MACHINE_ARN',
    `arn:aws:states:${stack.region}:${stack.account}:stateMachine:Fixture-Machine:live`,
  );
  const intake = lambda('Intake', 'intake.ts', {
    QUEUE_URL: queue.queueUrl,
    SECRET_ARN: secret.secretArn,
    MACHINE_ARN: machineAlias.attrArn,
  });
  live.addEventSource(
    new SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true, maxConcurrency: 2 }),
  );
  new Rule(stack, 'Daily', {
    schedule: Schedule.rate(Duration.days(1)),
    targets: [new LambdaFunction(worker)],
  });

  const api = new HttpApi(stack, 'Api');
  const integration = new HttpLambdaIntegration('IntakeIntegration', intake);
  intake.addEnvironment('BASE_URL', api.apiEndpoint);
  api.addRoutes({ path: '/webhooks/{source}', methods: [HttpMethod.POST], integration });
  api.addRoutes({ path: '/answers/{orderId}', methods: [HttpMethod.POST], integration });
  return app.synth().directory;
};
