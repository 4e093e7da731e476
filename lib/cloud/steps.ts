/** How both machines call Lambdas: retries, waits with a task token, and the catchers every wait has. */
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  type IChainable,
  IntegrationPattern,
  JitterType,
  type RetryProps,
  StateMachine,
  TaskInput,
  type TaskStateBase,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { SIGNALS, type SignalName } from '../../functions/core/errors.ts';
import { RETRIES } from '../../functions/core/touch.ts';
import { aliasArn } from './machine.ts';

/** Signals are news, not trouble: the first matching retrier wins, so this one sends them on to the catchers. */
const NEWS: RetryProps = { errors: [...SIGNALS], maxAttempts: 0 };
/** Longer than any run, so that the earlier one has surely ended. 2 tries: 90 s, then 180 s. */
const IN_FLIGHT: RetryProps = {
  errors: ['SendInFlight'],
  interval: Duration.seconds(RETRIES.inFlight.seconds),
  maxAttempts: RETRIES.inFlight.tries,
  backoffRate: RETRIES.inFlight.factor,
};
/** Anything else but a timeout: 5 s doubling to at most an hour, 12 tries, 3 to 4 hours in all, half of that with jitter, then the alarm. */
const TROUBLE: RetryProps = {
  errors: ['States.TaskFailed'],
  interval: Duration.seconds(RETRIES.trouble.seconds),
  maxAttempts: RETRIES.trouble.tries,
  backoffRate: RETRIES.trouble.factor,
  maxDelay: Duration.seconds(RETRIES.trouble.most),
  jitterStrategy: JitterType.FULL,
};

/** It was started by an earlier try, or it is over already: it is there, and once is enough. */
const IS_THERE = 'StepFunctions.ExecutionAlreadyExistsException';

const entered = {
  now: '{% $states.context.State.EnteredTime %}',
  retry: '{% $states.context.State.RetryCount %}',
  plan: '{% $states.input %}',
};

type Wait = {
  fn: IFunction;
  /** The plan's seconds this state waits at most. */
  seconds: string;
  /** What the function needs to know beside the plan. */
  more: Record<string, string>;
};

const withRetries = (task: TaskStateBase): TaskStateBase =>
  task.addRetry(NEWS).addRetry(IN_FLIGHT).addRetry(TROUBLE);

/** A state that acts, keeps its task token and waits: one transition for all three. */
export const wait = (scope: Construct, name: string, { fn, seconds, more }: Wait): TaskStateBase =>
  withRetries(
    LambdaInvoke.jsonata(scope, name, {
      lambdaFunction: fn,
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      payload: TaskInput.fromObject({ token: '{% $states.context.Task.Token %}', ...entered, ...more }),
      taskTimeout: Timeout.jsonata(`{% $states.input.seconds.${seconds} %}`),
      retryOnServiceExceptions: false,
    }),
  );

/** A state that acts and goes on. */
export const act = (
  scope: Construct,
  name: string,
  fn: IFunction,
  more: Record<string, string>,
  outputs?: string,
): TaskStateBase =>
  withRetries(
    LambdaInvoke.jsonata(scope, name, {
      lambdaFunction: fn,
      payloadResponseOnly: true,
      payload: TaskInput.fromObject({ ...entered, ...more }),
      taskTimeout: Timeout.duration(Duration.minutes(2)),
      retryOnServiceExceptions: false,
      ...(outputs === undefined ? {} : { outputs }),
    }),
  );

/** Whoever signals sends the new plan as the cause; the next state takes it as its input. */
export const onSignal = (task: TaskStateBase, signal: SignalName, next: IChainable): TaskStateBase =>
  task.addCatch(next, { errors: [signal], outputs: '{% $parse($states.errorOutput.Cause) %}' });

/** Time is up: the plan stays as it was. */
export const onTimeout = (task: TaskStateBase, next: IChainable): TaskStateBase =>
  task.addCatch(next, { errors: ['States.Timeout'], outputs: '{% $states.input %}' });

/** The Lambda itself found out that the plan has changed: it fails with the signal's name and the new plan as its message. */
export const onNewPlan = (task: TaskStateBase, signal: SignalName, next: IChainable): TaskStateBase =>
  task.addCatch(next, {
    errors: [signal],
    outputs: '{% $parse($parse($states.errorOutput.Cause).errorMessage) %}',
  });

/** The Lambda itself found out, and fails with the signal's name: the plan stays as it was. */
export const onFinding = (task: TaskStateBase, signal: SignalName, next: IChainable): TaskStateBase =>
  task.addCatch(next, { errors: [signal], outputs: '{% $states.input %}' });

/**
 * Where an execution that is told to move on ends: it starts the newest version of its own machine, by the alias, with
 * the name and the plan that came with the signal. The name is made from its own, so trying again starts nothing new.
 */
export const goOnInNewest = (scope: Construct, machine: string, over: IChainable): TaskStateBase =>
  StepFunctionsStartExecution.jsonata(scope, 'Go on in the newest version', {
    stateMachine: StateMachine.fromStateMachineArn(scope, 'Newest', aliasArn(scope, machine)),
    name: '{% $states.input.name %}',
    input: TaskInput.fromText('{% $states.input.plan %}'),
    taskTimeout: Timeout.duration(Duration.minutes(2)),
  })
    .addRetry(NEWS)
    .addRetry({ errors: [IS_THERE], maxAttempts: 0 })
    .addRetry(TROUBLE)
    .addCatch(over, { errors: [IS_THERE], outputs: '{% $states.input.plan %}' });
