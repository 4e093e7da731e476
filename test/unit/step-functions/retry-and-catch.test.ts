import { describe, expect, it } from 'vitest';
import { pauseBefore } from '../../../lib/local/step-functions/retry.ts';
import { ask, bench, LambdaError, task, tokenKeeper } from './bench-of-one.ts';

const failing = (errorType: string) => () => {
  throw new LambdaError(errorType);
};
const DONE = { Type: 'Succeed' };

describe('Retry', () => {
  it('waits the interval, grown by the backoff rate, before each attempt', async () => {
    const at: number[] = [];
    const sfn = bench(() => {
      at.push(sfn.time.now());
      throw new LambdaError('Busy');
    });
    const retry = {
      ErrorEquals: ['Busy'],
      IntervalSeconds: 10,
      BackoffRate: 3,
      MaxAttempts: 3,
      MaxDelaySeconds: 60,
    };
    await sfn.create({ Send: task({ Retry: [retry] }) }, 'Send');
    const arn = await sfn.start();

    await sfn.pass(1000);

    const pauses = at.slice(1).map((instant, index) => Math.round((instant - (at[index] ?? 0)) / 1000));
    expect(pauses).toEqual([10, 30, 60]);
    expect(await sfn.outcome(arn)).toMatchObject({ status: 'FAILED', error: 'Busy' });
  });

  it('spreads the pause over its whole length with full jitter', () => {
    const retrier = { ErrorEquals: ['E'], IntervalSeconds: 4, MaxAttempts: 3, BackoffRate: 2 };

    const pause = pauseBefore({ ...retrier, JitterStrategy: 'FULL' }, 1, () => 0.25);

    expect(pause).toBe(2000);
  });

  it('hands each attempt a new token and its count', async () => {
    const keeper = tokenKeeper();
    const counts: unknown[] = [];
    const sfn = bench((payload) => {
      counts.push(payload);
      return keeper.lambda(payload);
    });
    const payload = {
      token: '{% $states.context.Task.Token %}',
      count: '{% $states.context.State.RetryCount %}',
    };
    const state = ask({
      TimeoutSeconds: 60,
      Arguments: { FunctionName: 'send', Payload: payload },
      Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }],
    });
    await sfn.create({ Ask: state }, 'Ask');
    const arn = await sfn.start();

    await sfn.pass(62);
    const [first = '', second = ''] = keeper.tokens;
    const late = await sfn.succeed(first, 'late').catch((error: unknown) => error);
    await sfn.succeed(second, 'in time');

    expect(counts).toMatchObject([{ count: 0 }, { count: 1 }]);
    expect(late).toMatchObject({ name: 'TaskTimedOut' });
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'in time' });
  });

  it('never applies to States.Runtime, even by name', async () => {
    const sfn = bench(failing('States.Runtime'));
    const named = [{ ErrorEquals: ['States.Runtime'], Next: 'Done' }];
    await sfn.create(
      { Send: task({ Catch: named, Retry: [{ ErrorEquals: ['States.ALL'] }] }), Done: DONE },
      'Send',
    );

    const arn = await sfn.start();

    expect(await sfn.outcome(arn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});

describe('Catch', () => {
  it('shows a timeout as an error with an empty cause', async () => {
    const sfn = bench(tokenKeeper().lambda);
    const caught = { ErrorEquals: ['States.Timeout'], Next: 'Done' };
    await sfn.create({ Ask: ask({ TimeoutSeconds: 60, Catch: [caught] }), Done: DONE }, 'Ask');
    const arn = await sfn.start();

    await sfn.pass(60);

    expect(await sfn.outcome(arn)).toEqual({
      status: 'SUCCEEDED',
      output: { Error: 'States.Timeout', Cause: '' },
    });
  });

  it('assigns variables and makes the output from the error', async () => {
    const sfn = bench(failing('Bounced'));
    const caught = {
      ErrorEquals: ['Bounced'],
      Next: 'Done',
      Assign: { why: '{% $states.errorOutput.Error %}' },
      Output: { kept: '{% $states.input.id %}' },
    };
    const done = { Type: 'Pass', End: true, Output: { why: '{% $why %}', input: '{% $states.input %}' } };
    await sfn.create({ Send: task({ Catch: [caught] }), Done: done }, 'Send');

    const arn = await sfn.start({ id: 7 });

    expect(await sfn.outcome(arn)).toEqual({
      status: 'SUCCEEDED',
      output: { why: 'Bounced', input: { kept: 7 } },
    });
  });

  it('leaves a timeout alone when it names States.TaskFailed', async () => {
    const sfn = bench(tokenKeeper().lambda);
    const caught = { ErrorEquals: ['States.TaskFailed'], Next: 'Done' };
    await sfn.create({ Ask: ask({ TimeoutSeconds: 60, Catch: [caught] }), Done: DONE }, 'Ask');
    const arn = await sfn.start();

    await sfn.pass(60);

    expect(await sfn.outcome(arn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('catches a field that yields nothing', async () => {
    const sfn = bench();
    const caught = { ErrorEquals: ['States.QueryEvaluationError'], Next: 'Done', Output: 'caught' };
    await sfn.create(
      { Send: task({ Output: '{% $states.result.no %}', Catch: [caught] }), Done: DONE },
      'Send',
    );

    const arn = await sfn.start();

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'caught' });
    expect(await sfn.types(arn)).toContain('EvaluationFailed');
  });

  it('leads back into its own state, which starts over with a new wait', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    const again = {
      ErrorEquals: ['Rescheduled'],
      Next: 'Ask',
      Assign: { wait: '{% $number($states.errorOutput.Cause) %}' },
    };
    const states = {
      Begin: { Type: 'Pass', Assign: { wait: 60 }, Next: 'Ask' },
      Ask: ask({ TimeoutSeconds: '{% $wait %}', Catch: [again] }),
    };
    await sfn.create(states, 'Begin');
    const arn = await sfn.start();
    await sfn.call('SendTaskFailure', { taskToken: keeper.latest(), error: 'Rescheduled', cause: '600' });
    await sfn.time.whenIdle();

    await sfn.pass(599);
    const waiting = await sfn.outcome(arn);
    await sfn.pass(1);

    expect(waiting).toEqual({ status: 'RUNNING' });
    expect(keeper.tokens).toHaveLength(2);
    expect(await sfn.outcome(arn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });
});
