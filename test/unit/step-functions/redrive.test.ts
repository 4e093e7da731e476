import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import {
  ask,
  type Bench,
  bench,
  FUNCTION,
  type Lambda,
  LambdaError,
  MACHINE,
  open,
  task,
  temporaryFile,
  tokenKeeper,
} from './bench-of-one.ts';

const DAY = 86_400;
const Redriven = z.object({ redriveDate: z.number() });

const redrive = (sfn: Bench, executionArn: string, more: object = {}) =>
  sfn.call('RedriveExecution', { executionArn, ...more });

const describeOf = (sfn: Bench, executionArn: string) => sfn.call('DescribeExecution', { executionArn });

const FIRST_THEN_SEND = {
  First: { Type: 'Pass', Assign: { kept: 'of the first' }, Output: { to: 'sale' }, Next: 'Send' },
  Send: task({ Output: { sent: '{% $states.result %}', kept: '{% $kept %}' } }),
};

/** Fails until it is mended. */
const breakable = () => {
  const seen: unknown[] = [];
  let isMended = false;
  const lambda: Lambda = (payload) => {
    seen.push(payload);
    if (!isMended) throw new LambdaError('Broken');
    return 'yes';
  };
  return {
    lambda,
    seen,
    mend: () => {
      isMended = true;
    },
  };
};

describe('RedriveExecution', () => {
  it('runs the failed state again with the same input and variables, and nothing before it', async () => {
    const { lambda, seen, mend } = breakable();
    const sfn = bench(lambda);
    await sfn.create(FIRST_THEN_SEND, 'First');
    const arn = await sfn.start();
    const before = sfn.meter.read().stateTransitions;
    mend();

    await redrive(sfn, arn);
    await sfn.time.whenIdle();

    expect(await sfn.outcome(arn)).toEqual({
      status: 'SUCCEEDED',
      output: { sent: 'yes', kept: 'of the first' },
    });
    expect(seen).toEqual([{ to: 'sale' }, { to: 'sale' }]);
    expect(sfn.meter.read().stateTransitions - before).toBe(1);
  });

  it('appends to the history, which tells the redrive', async () => {
    const { lambda, mend } = breakable();
    const sfn = bench(lambda);
    await sfn.create({ Send: task() }, 'Send');
    const arn = await sfn.start();
    mend();

    await redrive(sfn, arn);
    await sfn.time.whenIdle();

    const { events } = await sfn.history(arn);
    const failed = events.findIndex(({ type }) => type === 'ExecutionFailed');
    expect(events.slice(failed).map(({ type }) => type)).toEqual([
      'ExecutionFailed',
      'ExecutionRedriven',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events[failed + 1]).toMatchObject({
      previousEventId: failed + 1,
      executionRedrivenEventDetails: { redriveCount: 1 },
    });
  });

  it('counts and dates redrives, in the description, the list and what expressions see', async () => {
    const counts: unknown[] = [];
    const sfn = bench((payload) => {
      counts.push(payload);
      throw new LambdaError('Broken');
    });
    const count = '{% $states.context.Execution.RedriveCount %}';
    await sfn.create({ Send: task({ Arguments: { count } }) }, 'Send');
    const arn = await sfn.start();
    await sfn.pass(60);

    const never = await describeOf(sfn, arn);
    await redrive(sfn, arn);
    await sfn.time.whenIdle();
    const { redriveDate } = Redriven.parse(await redrive(sfn, arn));
    await sfn.time.whenIdle();

    const list = { stateMachineArn: MACHINE };
    expect(never).toMatchObject({ redriveCount: 0, redriveStatus: 'REDRIVABLE' });
    expect(never).not.toHaveProperty('redriveDate');
    expect(await describeOf(sfn, arn)).toMatchObject({ redriveCount: 2, redriveDate, status: 'FAILED' });
    expect(counts).toEqual([{ count: 0 }, { count: 1 }, { count: 2 }]);
    expect(await sfn.call('ListExecutions', { ...list, redriveFilter: 'REDRIVEN' })).toMatchObject({
      executions: [{ redriveCount: 2, redriveDate }],
    });
    expect(await sfn.call('ListExecutions', { ...list, redriveFilter: 'NOT_REDRIVEN' })).toEqual({
      executions: [],
    });
  });

  it('gives retriers all their attempts again', async () => {
    const { lambda, seen } = breakable();
    const sfn = bench(lambda);
    const Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1, IntervalSeconds: 5 }];
    await sfn.create({ Send: task({ Retry }) }, 'Send');
    const arn = await sfn.start();
    await sfn.pass(5);

    await redrive(sfn, arn);
    await sfn.time.whenIdle();
    await sfn.pass(5);

    expect(seen).toHaveLength(4);
    expect(await sfn.outcome(arn)).toMatchObject({ status: 'FAILED', error: 'Broken' });
  });

  it('lets a task that timed out wait its whole time again, with a token of its own', async () => {
    const { lambda, latest, tokens } = tokenKeeper();
    const sfn = bench(lambda);
    await sfn.create({ Ask: ask({ TimeoutSeconds: 60 }) }, 'Ask');
    const arn = await sfn.start();
    const old = latest();
    await sfn.pass(60);
    await redrive(sfn, arn);
    await sfn.time.whenIdle();
    await sfn.pass(59);

    await expect(sfn.succeed(old, 'late')).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await sfn.succeed(latest(), 'in time');

    expect(tokens).toHaveLength(2);
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'in time' });
  });

  it('takes up an aborted wait, and one that ran out of its whole time, which begins anew', async () => {
    const sfn = bench();
    const states = { Pause: { Type: 'Wait', Seconds: 100, End: true } };
    await sfn.create(states, 'Pause', { TimeoutSeconds: 150 });
    const arn = await sfn.start({ id: 1 });
    await sfn.pass(60);
    await sfn.call('StopExecution', { executionArn: arn });

    await redrive(sfn, arn);
    await sfn.pass(99);
    const { status } = await sfn.outcome(arn);
    await sfn.pass(1);

    expect(status).toBe('RUNNING');
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: { id: 1 } });
  });

  it('keeps the definition that the execution started with', async () => {
    const { lambda, mend } = breakable();
    const sfn = bench(lambda);
    await sfn.create({ Send: task({ Output: 'old' }) }, 'Send');
    const arn = await sfn.start();
    const states = { Send: task({ Output: 'new' }) };
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Send', States: states });
    await sfn.call('UpdateStateMachine', { stateMachineArn: MACHINE, definition });
    mend();

    await redrive(sfn, arn);
    await sfn.time.whenIdle();

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'old' });
  });

  it('is carried out once for a client token, for a quarter of an hour', async () => {
    const { lambda, seen } = breakable();
    const sfn = bench(lambda);
    await sfn.create({ Send: task() }, 'Send');
    const arn = await sfn.start();
    const clientToken = 'one-and-the-same';

    const first = await redrive(sfn, arn, { clientToken });
    await sfn.time.whenIdle();
    await sfn.pass(60);
    const second = await redrive(sfn, arn, { clientToken });
    await sfn.time.whenIdle();
    expect(second).toEqual(first);
    expect(seen).toHaveLength(2);

    await sfn.pass(900);
    await redrive(sfn, arn, { clientToken });
    await sfn.time.whenIdle();
    expect(seen).toHaveLength(3);
  });

  it('survives a restart before it and after it', async () => {
    const file = temporaryFile();
    const { lambda, mend } = breakable();
    const first = open(file, lambda);
    await first.create(FIRST_THEN_SEND, 'First');
    const arn = await first.start();
    first.store.close();
    mend();
    const second = open(file, lambda);
    onTestFinished(() => second.store.close());

    await redrive(second, arn);
    await second.time.whenIdle();

    expect(await second.outcome(arn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await describeOf(second, arn)).toMatchObject({ redriveCount: 1 });
  });
});

describe('What cannot be redriven', () => {
  const Reason = z.object({ redriveStatus: z.literal('NOT_REDRIVABLE'), redriveStatusReason: z.string() });

  const refused = async (sfn: Bench, arn: string): Promise<string> => {
    await expect(redrive(sfn, arn)).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
      httpStatus: 400,
    });
    return Reason.parse(await describeOf(sfn, arn)).redriveStatusReason;
  };

  it('is what runs or has succeeded', async () => {
    const { lambda, latest } = tokenKeeper();
    const sfn = bench(lambda);
    await sfn.create({ Ask: ask() }, 'Ask');
    const arn = await sfn.start();

    const running = await refused(sfn, arn);
    await sfn.succeed(latest(), {});
    const succeeded = await refused(sfn, arn);

    expect(running).toBe('Execution is RUNNING and cannot be redriven');
    expect(succeeded).toBe('Execution is SUCCEEDED and cannot be redriven');
  });

  it('is what ended more than fourteen days ago', async () => {
    const { lambda } = breakable();
    const sfn = bench(lambda);
    await sfn.create({ Send: task() }, 'Send');
    const arn = await sfn.start();
    await sfn.pass(14 * DAY - 60);
    expect(await describeOf(sfn, arn)).toMatchObject({ redriveStatus: 'REDRIVABLE' });

    /* A second more: the clock runs on while it is moved, and milliseconds are lost on the way. */
    await sfn.pass(61);

    expect(await refused(sfn, arn)).toBe('Execution redrivable period exceeded');
  });

  it('is a Map or a Parallel, whose failed parts AWS would redrive', async () => {
    const { lambda } = breakable();
    const sfn = bench(lambda);
    const branch = { StartAt: 'Send', States: { Send: task({ Resource: FUNCTION }) } };
    await sfn.create({ Both: { Type: 'Parallel', Branches: [branch], End: true } }, 'Both');
    const arn = await sfn.start();

    expect(await refused(sfn, arn)).toContain("failed parts of a Parallel state ('Both')");
  });

  it('is what does not exist', async () => {
    const sfn = bench();
    await sfn.create({ Send: task() }, 'Send');
    const none = MACHINE.replace('stateMachine', 'execution').concat(':none');

    await expect(redrive(sfn, none)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    await expect(redrive(sfn, 'x')).rejects.toMatchObject({ name: 'InvalidArn' });
  });
});
