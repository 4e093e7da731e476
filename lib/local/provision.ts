/** Makes what the stack declares: tables, queues, state machines and what feeds the functions. */
import * as z from 'zod';
import type { Dynamodb } from './aws/dynamodb.ts';
import type { S3 } from './aws/s3.ts';
import type { Sns } from './aws/sns.ts';
import type { Sqs } from './aws/sqs.ts';
import { everyMidnight } from './daily.ts';
import type { LambdaRunner } from './lambda/runner.ts';
import type { EventSource } from './stack/event-sources.ts';
import type { Stack } from './stack/model.ts';
import { StackError } from './stack/stack-error.ts';
import type { StateMachine } from './stack/state-machines.ts';
import type { Table } from './stack/tables.ts';
import type { StepFunctions } from './step-functions/step-functions.ts';
import type { Timekeeper } from './time.ts';

/** Step Functions wants a role; nothing here looks at it. */
const ROLE_ARN = 'arn:aws:iam::000000000000:role/local';

const Described = z.object({ definition: z.string() });
const Published = z.object({ stateMachineVersionArn: z.string() });

const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;

const createTable = (dynamodb: Dynamodb, { name, keys, attributes, indexes, ttlAttribute }: Table) =>
  dynamodb.createTable({
    TableName: name,
    KeySchema: keys,
    AttributeDefinitions: attributes,
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map(({ IndexName, KeySchema, Projection }) => ({
            IndexName,
            KeySchema,
            Projection: {
              ProjectionType: Projection.ProjectionType,
              ...(Projection.NonKeyAttributes === undefined
                ? {}
                : { NonKeyAttributes: Projection.NonKeyAttributes }),
            },
          })),
        }),
    ...(ttlAttribute === undefined
      ? {}
      : { TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true } }),
  });

/** Executions under way keep the definition that they started with; only new ones follow the change. */
const createOrUpdate = async (states: StepFunctions, { name, arn, definition }: StateMachine) => {
  try {
    const { definition: existing } = Described.parse(
      await states.call('DescribeStateMachine', { stateMachineArn: arn }),
    );
    if (existing !== definition)
      await states.call('UpdateStateMachine', { stateMachineArn: arn, definition });
  } catch (error) {
    if (!isNamed(error, 'StateMachineDoesNotExist')) throw error;
    await states.call('CreateStateMachine', { name, definition, roleArn: ROLE_ARN });
  }
};

const pointAlias = async (states: StepFunctions, machineArn: string, name: string, versionArn: string) => {
  const routingConfiguration = [{ stateMachineVersionArn: versionArn, weight: 100 }];
  try {
    await states.call('CreateStateMachineAlias', { name, routingConfiguration });
  } catch (error) {
    if (!isNamed(error, 'ConflictException')) throw error;
    const stateMachineAliasArn = `${machineArn}:${name}`;
    await states.call('UpdateStateMachineAlias', { stateMachineAliasArn, routingConfiguration });
  }
};

const createMachine = async (states: StepFunctions, machine: StateMachine) => {
  try {
    await createOrUpdate(states, machine);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StackError(`${machine.logicalId} (the state machine ${machine.name}): ${reason}`, { cause });
  }
  if (!machine.isVersioned) return;
  // Publishing an unchanged definition again gives the version that there is.
  const { stateMachineVersionArn } = Published.parse(
    await states.call('PublishStateMachineVersion', { stateMachineArn: machine.arn }),
  );
  for (const alias of machine.aliases) await pointAlias(states, machine.arn, alias, stateMachineVersionArn);
};

const attach = (sqs: Sqs, invoke: LambdaRunner['invoke'], source: EventSource) =>
  sqs.attach({
    queueArn: source.queueArn,
    batchSize: source.batchSize,
    batchWindowSeconds: source.batchingWindowSeconds,
    ...(source.maximumConcurrency === undefined ? {} : { maxConcurrency: source.maximumConcurrency }),
    invoke: async (event) => {
      const result = await invoke({ functionArn: source.functionArn, payload: event });
      if (!result.ok) throw new Error(`${source.functionArn} failed: ${result.cause}`);
      // Without ReportBatchItemFailures, AWS ignores what the function answers.
      return source.reportsBatchItemFailures ? result.payload : undefined;
    },
  });

export type Provisioned = {
  readonly dynamodb: Dynamodb;
  readonly s3: S3;
  readonly sns: Sns;
  readonly sqs: Sqs;
  readonly states: StepFunctions;
  readonly invoke: LambdaRunner['invoke'];
  readonly time: Timekeeper;
};

/** @throws StackError naming the state machine that Step Functions on one machine refuses. */
export const provision = async (stack: Stack, parts: Provisioned): Promise<void> => {
  const { dynamodb, s3, sns, sqs, states, invoke, time } = parts;
  for (const table of stack.tables) await createTable(dynamodb, table);
  for (const { arn } of stack.topics) sns.createTopic(arn);
  for (const queue of stack.queues)
    sqs.createQueue({
      name: queue.name,
      visibilitySeconds: queue.visibilityTimeoutSeconds,
      retentionSeconds: queue.retentionSeconds,
      ...(queue.redrive === undefined ? {} : { redrive: queue.redrive }),
    });
  for (const subscription of stack.subscriptions) sns.subscribe(subscription);
  for (const bucket of stack.buckets) s3.createBucket(bucket);
  for (const machine of stack.stateMachines) await createMachine(states, machine);
  for (const source of stack.eventSources) attach(sqs, invoke, source);
  // Expired items and objects go at midnight: DynamoDB promises no more than "within a few days".
  if (stack.tables.some(({ ttlAttribute }) => ttlAttribute !== undefined))
    everyMidnight(time, 'dynamodb-ttl', {
      run: async (now) => {
        await dynamodb.purgeExpired(now);
        return dynamodb.soonestExpiry(now);
      },
      changes: dynamodb.writes,
    });
  if (stack.buckets.some(({ expiries }) => expiries.length > 0))
    everyMidnight(time, 's3-lifecycle', {
      run: async (now) => {
        await s3.purgeExpired(now);
        return s3.soonestExpiry();
      },
      changes: s3.writes,
    });
};
