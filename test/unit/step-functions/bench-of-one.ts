/** A Step Functions on its own store and a clock that only tests move, with Lambdas written in the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { createMeter } from '../../../lib/local/meter.ts';
import type { TaskRunner } from '../../../lib/local/step-functions/engine.ts';
import { createStepFunctions } from '../../../lib/local/step-functions/step-functions.ts';
import { openStore } from '../../../lib/local/store.ts';
import { createTimekeeper } from '../../../lib/local/time.ts';

export const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:send';
export const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:Sale';
export const ROLE = 'arn:aws:iam::123456789012:role/flow';

const Described = z.looseObject({
  status: z.string(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
const Event = z.looseObject({ id: z.number(), previousEventId: z.number(), type: z.string() });
const History = z.object({ events: z.array(Event), nextToken: z.string().optional() });
const Started = z.object({ executionArn: z.string(), startDate: z.number() });

export type Lambda = (payload: unknown) => unknown;

/** Fails as a Lambda that threw does. */
export class LambdaError extends Error {
  readonly errorType: string;

  constructor(errorType: string, message = 'no luck') {
    super(message);
    this.errorType = errorType;
  }
}

const runnerOf =
  (lambda: Lambda): TaskRunner =>
  async ({ payload }) => {
    try {
      return { ok: true, payload: await lambda(payload) };
    } catch (error) {
      if (!(error instanceof LambdaError)) throw error;
      const { errorType, message } = error;
      return {
        ok: false,
        error: errorType,
        cause: JSON.stringify({ errorType, errorMessage: message, trace: [] }),
      };
    }
  };

export const open = (file: string, lambda: Lambda) => {
  const store = openStore(file);
  const time = createTimekeeper(store);
  const meter = createMeter();
  const place = { region: 'eu-west-1', accountId: '123456789012' };
  const stepFunctions = createStepFunctions({ store, time, meter, invokeLambda: runnerOf(lambda), ...place });
  stepFunctions.resume();
  const { call } = stepFunctions;

  const start = async (input: unknown = {}, name?: string, stateMachineArn = MACHINE) => {
    const body = { stateMachineArn, input: JSON.stringify(input), ...(name === undefined ? {} : { name }) };
    const { executionArn } = Started.parse(await call('StartExecution', body));
    await time.whenIdle();
    return executionArn;
  };
  const describeOf = async (executionArn: string) =>
    Described.parse(await call('DescribeExecution', { executionArn }));
  const history = async (executionArn: string, more: object = {}) =>
    History.parse(await call('GetExecutionHistory', { executionArn, maxResults: 1000, ...more }));

  return {
    ...stepFunctions,
    store,
    time,
    meter,
    create: (states: object, startAt: string, more: object = {}) => {
      const definition = JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: startAt,
        States: states,
        ...more,
      });
      return call('CreateStateMachine', { name: 'Sale', definition, roleArn: ROLE });
    },
    arn: MACHINE,
    start,
    /** Status with parsed output, or with error and cause. */
    outcome: async (executionArn: string) => {
      const { status, output, error, cause } = await describeOf(executionArn);
      return {
        status,
        ...(output === undefined ? {} : { output: z.json().parse(JSON.parse(output)) }),
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      };
    },
    history,
    types: async (executionArn: string) => (await history(executionArn)).events.map(({ type }) => type),
    pass: (seconds: number) => time.advanceTo(time.now() + seconds * 1000),
    succeed: (taskToken: string, output: unknown) =>
      call('SendTaskSuccess', { taskToken, output: JSON.stringify(output) }),
  };
};

export type Bench = ReturnType<typeof open>;

export const temporaryFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'step-functions-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'store.db');
};

/** One bench for one test; closed when the test ends. */
export const bench = (lambda: Lambda = (payload) => payload): Bench => {
  // No restart, so no disk: a file would be synced at every step.
  const one = open(':memory:', lambda);
  onTestFinished(() => {
    if (one.store.db.isOpen) one.store.close();
  });
  return one;
};

export const task = (more: object = {}) => ({ Type: 'Task', Resource: FUNCTION, End: true, ...more });

/** A task that hands its token to the Lambda and waits. */
export const ask = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: FUNCTION, Payload: { token: '{% $states.context.Task.Token %}' } },
  End: true,
  ...more,
});

const WithToken = z.looseObject({ token: z.string() });

/** A Lambda that keeps the tokens it was handed. */
export const tokenKeeper = () => {
  const tokens: string[] = [];
  return {
    tokens,
    latest: () => tokens.at(-1) ?? '',
    lambda: (payload: unknown) => {
      tokens.push(WithToken.parse(payload).token);
      return { sent: true };
    },
  };
};
