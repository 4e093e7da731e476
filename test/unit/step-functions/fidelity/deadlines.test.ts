import { describe, expect, it } from 'vitest';
import { ask, bench, tokenKeeper } from '../bench-of-one.ts';

const GONE = { name: 'TaskTimedOut', httpStatus: 400 };
const DONE = { Type: 'Succeed' };
const caughtAs = (name: string) => [{ ErrorEquals: [name], Next: 'Done' }];

/** An execution whose first state is `state`, and what its Lambda kept. */
const begun = async (state: object, machine: object = {}) => {
  const keeper = tokenKeeper();
  const sfn = bench(keeper.lambda);
  await sfn.create({ Ask: state, Done: DONE }, 'Ask', machine);
  const arn = await sfn.start();
  return { sfn, arn, token: keeper.latest(), keeper };
};

describe('a task that waits for its token', () => {
  it('takes an answer until the last millisecond, and none after it', async () => {
    const { sfn, arn, token } = await begun(ask({ TimeoutSeconds: 60 }));
    const { events } = await sfn.history(arn);
    await sfn.time.advanceTo(Math.round(Number(events[1]?.['timestamp']) * 1000) + 59_999);

    await sfn.succeed(token, 'just in time');

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'just in time' });
    await expect(sfn.succeed(token, 'twice')).rejects.toMatchObject(GONE);
  });

  it.each(['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'])(
    'is gone for %s once its time is up',
    async (action) => {
      const { sfn, token } = await begun(ask({ TimeoutSeconds: 60, Catch: caughtAs('States.Timeout') }));
      await sfn.pass(60);

      const answer = sfn.call(action, { taskToken: token, output: '1' });

      await expect(answer).rejects.toMatchObject(GONE);
    },
  );

  it('hears one of two answers that come at once', async () => {
    const { sfn, arn, token } = await begun(ask());

    const answers = await Promise.allSettled([
      sfn.succeed(token, 'first'),
      sfn.call('SendTaskFailure', { taskToken: token, error: 'Second' }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'first' });
  });

  it('waits for ever without a timeout, and no longer than its heartbeat with one', async () => {
    const patient = await begun(ask());
    const beating = await begun(ask({ HeartbeatSeconds: 60 }));

    await patient.sfn.pass(400 * 86_400);
    await beating.sfn.pass(60);

    expect(await patient.sfn.outcome(patient.arn)).toEqual({ status: 'RUNNING' });
    expect(await beating.sfn.outcome(beating.arn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('is not kept alive beyond its timeout by heartbeats', async () => {
    const { sfn, arn, token } = await begun(ask({ TimeoutSeconds: 100, HeartbeatSeconds: 60 }));
    await sfn.pass(50);
    await sfn.call('SendTaskHeartbeat', { taskToken: token });
    await sfn.pass(49);
    const before = await sfn.outcome(arn);
    await sfn.pass(1);

    expect(before).toEqual({ status: 'RUNNING' });
    expect(await sfn.outcome(arn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });

  it.each([
    ['States.HeartbeatTimeout', { HeartbeatSeconds: 60 }, 'SUCCEEDED'],
    ['States.Timeout', { HeartbeatSeconds: 60 }, 'SUCCEEDED'],
    ['States.HeartbeatTimeout', { TimeoutSeconds: 60 }, 'FAILED'],
    ['States.TaskFailed', { HeartbeatSeconds: 60 }, 'FAILED'],
    ['States.ALL', { TimeoutSeconds: 60 }, 'SUCCEEDED'],
  ])('is caught as %s with %j: %s', async (name, limits, status) => {
    const { sfn, arn } = await begun(ask({ ...limits, Catch: caughtAs(name) }));

    await sfn.pass(60);

    expect(await sfn.outcome(arn)).toMatchObject({ status });
  });
});

describe('StopExecution', () => {
  it('ends a Wait, which then never ends by itself', async () => {
    const { sfn, arn } = await begun({ Type: 'Wait', Seconds: 60, Next: 'Done' });

    await sfn.call('StopExecution', { executionArn: arn });
    await sfn.pass(120);

    expect(await sfn.outcome(arn)).toEqual({ status: 'ABORTED' });
    expect(await sfn.types(arn)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted']);
  });

  it('ends every branch, whose tokens are gone then', async () => {
    const branch = (name: string) => ({ StartAt: name, States: { [name]: ask() } });
    const both = { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true };
    const { sfn, arn, keeper } = await begun(both);

    await sfn.call('StopExecution', { executionArn: arn, error: 'Erased' });

    for (const token of keeper.tokens) await expect(sfn.succeed(token, 1)).rejects.toMatchObject(GONE);
    expect(await sfn.outcome(arn)).toEqual({ status: 'ABORTED', error: 'Erased' });
  });

  it('is heard by a retry that was to come', async () => {
    const { sfn, arn, token, keeper } = await begun(
      ask({ Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60 }] }),
    );
    await sfn.call('SendTaskFailure', { taskToken: token, error: 'Busy' });

    await sfn.call('StopExecution', { executionArn: arn });
    await sfn.pass(120);

    expect(keeper.tokens).toHaveLength(1);
    expect(await sfn.outcome(arn)).toEqual({ status: 'ABORTED' });
  });

  it('leaves an execution as it is that has ended already', async () => {
    const { sfn, arn, token } = await begun(ask());
    await sfn.succeed(token, 'kept');

    await sfn.call('StopExecution', { executionArn: arn, error: 'Late' });

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'kept' });
  });
});

describe('the time of a whole execution', () => {
  it.each([
    ['a Wait', { Type: 'Wait', Seconds: 600, End: true }],
    ['a task', ask({ TimeoutSeconds: 600, Catch: caughtAs('States.ALL') })],
    [
      'a retry',
      ask({ HeartbeatSeconds: 10, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 600 }] }),
    ],
  ])('runs out in %s, and nothing catches it', async (_, state) => {
    const { sfn, arn } = await begun(state, { TimeoutSeconds: 90 });

    await sfn.pass(89);
    const before = await sfn.outcome(arn);
    await sfn.pass(600);

    expect(before).toEqual({ status: 'RUNNING' });
    expect(await sfn.outcome(arn)).toEqual({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect((await sfn.types(arn)).at(-1)).toBe('ExecutionTimedOut');
  });

  it('does not run on for one that ended before', async () => {
    const { sfn, arn, token } = await begun(ask(), { TimeoutSeconds: 90 });
    await sfn.succeed(token, 1);

    await sfn.pass(600);

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 1 });
  });
});

describe('Wait', () => {
  it.each([
    ['2016-12-05 21:29:29Z'],
    ['2016-13-05T21:29:29Z'],
    ['2016-12-05T25:29:29Z'],
    ['05-12-2016T21:29:29Z'],
    ['2016-12-05T21:29:29'],
    [''],
  ])('does not take %j for an instant', async (Timestamp) => {
    const { sfn, arn } = await begun({ Type: 'Wait', Timestamp, Next: 'Done' });

    expect(await sfn.outcome(arn)).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: `An error occurred while executing the state 'Ask' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${Timestamp}`,
    });
  });

  it.each(['2016-12-05T21:29:29Z', '2016-12-05T21:29:29.123456789+14:00', '2016-12-05T21:29Z'])(
    'is over at once for %s',
    async (Timestamp) => {
      const { sfn, arn } = await begun({ Type: 'Wait', Timestamp, Next: 'Done' });

      expect(await sfn.outcome(arn)).toMatchObject({ status: 'SUCCEEDED' });
    },
  );

  it('is refused beyond 2^31 seconds', async () => {
    const { sfn, arn } = await begun({ Type: 'Wait', Timestamp: '2999-01-01T00:00:00Z', Next: 'Done' });

    expect((await sfn.outcome(arn)).cause).toContain('Wait state delay is too long');
  });

  it.each([1.5, -1])('is not %d seconds long', async (seconds) => {
    const { sfn, arn } = await begun({ Type: 'Wait', Seconds: `{% ${seconds} %}`, Next: 'Done' });

    expect(await sfn.outcome(arn)).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  it('may take no time at all', async () => {
    const { sfn, arn } = await begun({ Type: 'Wait', Seconds: 0, Next: 'Done' });

    expect(await sfn.outcome(arn)).toMatchObject({ status: 'SUCCEEDED' });
  });
});
