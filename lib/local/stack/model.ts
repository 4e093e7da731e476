/** The synthesized stack as one machine plays it: every name, ARN and URL already resolved. */
import type { Alarm } from '../cloudwatch/alarm.ts';
import type { Dashboard } from '../cloudwatch/dashboard.ts';
import { readAlarms } from './alarms.ts';
import type { Assembly } from './assembly.ts';
import { type Bucket, readBuckets } from './buckets.ts';
import { readDashboards } from './dashboards.ts';
import { type EventDestination, readEventDestinations } from './event-destinations.ts';
import { type EventSource, readEventSources } from './event-sources.ts';
import { type LambdaFunction, readFunctions } from './functions.ts';
import { type HttpApi, readHttpApi } from './http-api.ts';
import { type Part, readParts } from './parts.ts';
import type { Place } from './place.ts';
import { createResourceReader } from './properties.ts';
import { type Queue, readQueues } from './queues.ts';
import { type ReceiptRule, readReceiptRules } from './receipt-rules.ts';
import { refuseUnknownTypes } from './resources.ts';
import { readSchedules, type Schedule } from './schedules.ts';
import { readSecrets, type Secret } from './secrets.ts';
import { readStateMachines, type StateMachine } from './state-machines.ts';
import { readTables, type Table } from './tables.ts';
import { readSubscriptions, readTopics, type Subscription, type Topic } from './topics.ts';

export type Stack = {
  readonly name: string;
  /** All its resources, for whoever looks one up by name. */
  readonly parts: readonly Part[];
  readonly functions: readonly LambdaFunction[];
  readonly tables: readonly Table[];
  readonly queues: readonly Queue[];
  readonly eventSources: readonly EventSource[];
  readonly stateMachines: readonly StateMachine[];
  /** undefined when the stack has no HTTP API. */
  readonly httpApi: HttpApi | undefined;
  readonly secrets: readonly Secret[];
  readonly schedules: readonly Schedule[];
  readonly topics: readonly Topic[];
  readonly subscriptions: readonly Subscription[];
  readonly buckets: readonly Bucket[];
  /** Who may write to the stack, and where their mail goes. */
  readonly receiptRules: readonly ReceiptRule[];
  /** Where it is told what becomes of the mails sent. */
  readonly eventDestinations: readonly EventDestination[];
  readonly alarms: readonly Alarm[];
  readonly dashboards: readonly Dashboard[];
};

/** @throws StackError naming the resource and what about it cannot be played on one machine. */
export const readStack = (assembly: Assembly, place: Omit<Place, 'stackName'>): Stack => {
  refuseUnknownTypes(assembly.template.Resources);
  const reader = createResourceReader(assembly.template, { ...place, stackName: assembly.stackName });
  const functions = readFunctions(reader, assembly.assetDirOf);
  const alarms = readAlarms(reader);
  return {
    name: assembly.stackName,
    parts: readParts(reader, assembly.template.Resources),
    functions,
    tables: readTables(reader),
    queues: readQueues(reader),
    eventSources: readEventSources(reader),
    stateMachines: readStateMachines(reader),
    httpApi: readHttpApi(reader),
    secrets: readSecrets(reader),
    schedules: readSchedules(reader),
    topics: readTopics(reader),
    subscriptions: readSubscriptions(reader),
    buckets: readBuckets(reader),
    receiptRules: readReceiptRules(reader),
    eventDestinations: readEventDestinations(reader),
    alarms,
    dashboards: readDashboards(reader, { alarms, functions }),
  };
};
