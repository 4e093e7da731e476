import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { createWorkflows } from '../../../functions/adapters/step-functions.ts';

const client = new SFNClient({ region: 'eu-west-1' });
const sfn = mockClient(client);
const workflows = createWorkflows({ followUp: 'arn:follow-up', promise: 'arn:promise' }, client);
const error = { $metadata: {}, message: 'no' };

afterEach(() => sfn.reset());

describe('starting a workflow', () => {
  it('names it and hands over the plan', async () => {
    sfn.on(StartExecutionCommand).resolves({});

    expect(await workflows.startFollowUp('s-1', { v: 1 })).toBe(true);
    expect(await workflows.startPromise('p-1', { v: 1 })).toBe(true);

    expect(sfn.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input)).toEqual([
      { stateMachineArn: 'arn:follow-up', name: 's-1', input: '{"v":1}' },
      { stateMachineArn: 'arn:promise', name: 'p-1', input: '{"v":1}' },
    ]);
  });

  it('is no news when one of that name exists', async () => {
    sfn.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(error));

    expect(await workflows.startFollowUp('s-1', {})).toBe(false);
  });

  it('fails when the service does', async () => {
    sfn.on(StartExecutionCommand).rejects(new Error('down'));

    await expect(workflows.startFollowUp('s-1', {})).rejects.toThrow('down');
  });
});

describe('telling a waiting workflow', () => {
  it('sends what comes next', async () => {
    sfn.on(SendTaskSuccessCommand).resolves({});
    sfn.on(SendTaskFailureCommand).resolves({});

    expect(await workflows.succeed('token', { v: 1 })).toBe(true);
    expect(await workflows.fail('token', 'SaleClosed', '{"v":1}')).toBe(true);

    expect(sfn.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: 'token',
      output: '{"v":1}',
    });
    expect(sfn.commandCalls(SendTaskFailureCommand)[0]?.args[0].input).toEqual({
      taskToken: 'token',
      error: 'SaleClosed',
      cause: '{"v":1}',
    });
  });

  it.each([
    ['its time is up', new TaskTimedOut(error)],
    ['it was told before', new TaskDoesNotExist(error)],
    ['the token is none', new InvalidToken(error)],
  ])('reaches nobody when %s', async (_, gone) => {
    sfn.on(SendTaskSuccessCommand).rejects(gone);
    sfn.on(SendTaskFailureCommand).rejects(gone);

    expect(await workflows.succeed('token', {})).toBe(false);
    expect(await workflows.fail('token', 'SaleClosed', '{}')).toBe(false);
  });

  it('fails when the service does', async () => {
    sfn.on(SendTaskSuccessCommand).rejects(new Error('down'));

    await expect(workflows.succeed('token', {})).rejects.toThrow('down');
  });
});

describe('looking whether a promise is kept by a workflow', () => {
  const place = 'arn:aws:states:eu-west-1:123456789012';
  const machines = { followUp: 'arn:follow-up', promise: `${place}:stateMachine:Promise:live` };
  const arn = (name: string) => ({ executionArn: `${place}:execution:Promise:${name}` });
  const are = (running: Record<string, 'RUNNING' | 'SUCCEEDED' | 'FAILED'>) => {
    sfn.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(error));
    for (const [name, status] of Object.entries(running))
      sfn.on(DescribeExecutionCommand, arn(name)).resolves({ status });
  };

  it.each([
    ['runs', { 'p-1': 'RUNNING' }, true],
    [
      'was moved to a newer version, and runs there',
      { 'p-1': 'SUCCEEDED', 'p-1-m1': 'SUCCEEDED', 'p-1-m2': 'RUNNING' },
      true,
    ],
    ['was moved, and has ended there', { 'p-1': 'SUCCEEDED', 'p-1-m1': 'SUCCEEDED' }, false],
    ['was moved, and failed there', { 'p-1': 'SUCCEEDED', 'p-1-m1': 'FAILED' }, false],
    ['never began', {}, false],
  ] as const)('sees that it %s', async (_, executions, isRunning) => {
    are(executions);

    expect(await createWorkflows(machines, client).isPromiseRunning('p-1')).toBe(isRunning);
  });
});
