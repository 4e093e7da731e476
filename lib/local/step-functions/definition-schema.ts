/** The part of the Amazon States Language that this runtime plays. Anything else does not parse. */
import * as z from 'zod';
import { Json } from './json.ts';
import { isExpression } from './template.ts';

const SECONDS_LIMIT = 99_999_999;

const Expression = z.string().refine(isExpression, 'is neither a number nor a JSONata expression');
const Seconds = z.union([z.int().min(1).max(SECONDS_LIMIT), Expression]);
const Count = z.union([z.int().min(0), Expression]);
const ErrorNames = z.array(z.string()).min(1);

const Assign = z.record(z.string(), Json);

const Retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: ErrorNames,
  IntervalSeconds: z.int().min(1).max(SECONDS_LIMIT).default(1),
  MaxAttempts: z.int().min(0).max(SECONDS_LIMIT).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_399).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
});
export type Retrier = z.output<typeof Retrier>;

const Catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: ErrorNames,
  Next: z.string(),
  Assign: Assign.optional(),
  Output: Json.optional(),
});
export type Catcher = z.output<typeof Catcher>;

const common = {
  Comment: z.string().optional(),
  QueryLanguage: z.literal('JSONata').optional(),
};
const results = { Assign: Assign.optional(), Output: Json.optional() };
const next = { Next: z.string().optional(), End: z.literal(true).optional() };
const policies = { Retry: z.array(Retrier).default([]), Catch: z.array(Catcher).default([]) };

export const Flow = z.strictObject({
  Comment: z.string().optional(),
  StartAt: z.string(),
  States: z.record(z.string(), z.unknown()),
});

const PassState = z.strictObject({ Type: z.literal('Pass'), ...common, ...results, ...next });
export type PassState = z.output<typeof PassState>;

const TaskState = z.strictObject({
  Type: z.literal('Task'),
  ...common,
  ...results,
  ...next,
  ...policies,
  Resource: z.string(),
  Arguments: Json.optional(),
  TimeoutSeconds: Seconds.optional(),
  HeartbeatSeconds: Seconds.optional(),
});
export type TaskState = z.output<typeof TaskState>;

const ChoiceRule = z.strictObject({
  Comment: z.string().optional(),
  Condition: z.union([z.boolean(), Expression]),
  Next: z.string(),
  ...results,
});

const ChoiceState = z.strictObject({
  Type: z.literal('Choice'),
  ...common,
  ...results,
  Choices: z.array(ChoiceRule).min(1),
  Default: z.string().optional(),
});
export type ChoiceState = z.output<typeof ChoiceState>;

const WaitState = z.strictObject({
  Type: z.literal('Wait'),
  ...common,
  ...results,
  ...next,
  Seconds: z.union([z.int().min(0).max(SECONDS_LIMIT), Expression]).optional(),
  Timestamp: z.string().optional(),
});
export type WaitState = z.output<typeof WaitState>;

const SucceedState = z.strictObject({ Type: z.literal('Succeed'), ...common, Output: Json.optional() });
export type SucceedState = z.output<typeof SucceedState>;

const FailState = z.strictObject({
  Type: z.literal('Fail'),
  ...common,
  Error: z.string().optional(),
  Cause: z.string().optional(),
});
export type FailState = z.output<typeof FailState>;

const MapState = z.strictObject({
  Type: z.literal('Map'),
  ...common,
  ...results,
  ...next,
  ...policies,
  Items: z.union([z.array(Json), Expression]).optional(),
  ItemSelector: Json.optional(),
  ItemProcessor: Flow.extend({
    ProcessorConfig: z.strictObject({ Mode: z.literal('INLINE').default('INLINE') }).optional(),
  }),
  MaxConcurrency: Count.optional(),
  ToleratedFailureCount: Count.optional(),
  ToleratedFailurePercentage: Count.optional(),
});
export type MapState = z.output<typeof MapState>;

const ParallelState = z.strictObject({
  Type: z.literal('Parallel'),
  ...common,
  ...results,
  ...next,
  ...policies,
  Arguments: Json.optional(),
  Branches: z.array(Flow).min(1),
});
export type ParallelState = z.output<typeof ParallelState>;

export const State = z.discriminatedUnion('Type', [
  PassState,
  TaskState,
  ChoiceState,
  WaitState,
  SucceedState,
  FailState,
  MapState,
  ParallelState,
]);
export type State = z.output<typeof State>;

export const MachineDefinition = Flow.extend({
  QueryLanguage: z.enum(['JSONata', 'JSONPath']).default('JSONPath'),
  TimeoutSeconds: z.int().min(1).max(SECONDS_LIMIT).optional(),
  Version: z.literal('1.0').optional(),
});

export const InvokeArguments = z.strictObject({
  FunctionName: z.string(),
  // JSON already: a field of a definition, or what an expression yielded.
  Payload: z.custom<Json>().optional(),
  Qualifier: z.string().optional(),
  InvocationType: z.literal('RequestResponse').optional(),
});

export const StartArguments = z.strictObject({
  StateMachineArn: z.string(),
  // AWS makes one up when there is none; here a run that is repeated after a crash must find what it started.
  Name: z.string('is needed by this runtime, so that a start that is tried again starts nothing twice'),
  Input: z.custom<Json>().optional(),
});
