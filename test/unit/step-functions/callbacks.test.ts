import { describe, expect, it } from 'vitest';
import { ask, bench, LambdaError, tokenKeeper } from './bench-of-one.ts';

const GONE = { name: 'TaskTimedOut', message: "Task Timed Out: 'Provided task does not exist anymore'" };

describe('a task that waits for its token', () => {
  it('goes on with the output of SendTaskSuccess', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    await sfn.create({ Ask: ask({ Output: '{% $states.result.score %}' }) }, 'Ask');
    const arn = await sfn.start();

    const answer = await sfn.succeed(keeper.latest(), { score: 5 });

    expect(answer).toEqual({});
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 5 });
    expect(await sfn.types(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('fails with the error of SendTaskFailure', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    await sfn.create({ Ask: ask() }, 'Ask');
    const arn = await sfn.start();

    await sfn.call('SendTaskFailure', { taskToken: keeper.latest(), error: 'SaleClosed', cause: 'refunded' });

    expect(await sfn.outcome(arn)).toEqual({ status: 'FAILED', error: 'SaleClosed', cause: 'refunded' });
  });

  it('gives Catch null for an error and cause that SendTaskFailure leaves out', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    const caught = { ErrorEquals: ['States.ALL'], Next: 'Done' };
    await sfn.create({ Ask: ask({ Catch: [caught] }), Done: { Type: 'Succeed' } }, 'Ask');
    const arn = await sfn.start();

    await sfn.call('SendTaskFailure', { taskToken: keeper.latest() });

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: { Error: null, Cause: null } });
  });

  it.each([
    ['a second time', async (sfn: ReturnType<typeof bench>, token: string) => sfn.succeed(token, 1)],
    ['after its timeout', async (sfn: ReturnType<typeof bench>) => sfn.pass(61)],
    [
      'after the execution was stopped',
      async (sfn: ReturnType<typeof bench>) =>
        sfn.call('StopExecution', { executionArn: sfn.executions()[0]?.arn }),
    ],
  ])('answers TaskTimedOut %s', async (_, end) => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    await sfn.create({ Ask: ask({ TimeoutSeconds: 60 }) }, 'Ask');
    await sfn.start();
    await end(sfn, keeper.latest());

    const late = sfn.succeed(keeper.latest(), 2);

    await expect(late).rejects.toMatchObject(GONE);
  });

  it.each(['rubbish', 'AQrubbish', `AQ${Buffer.alloc(32).toString('base64url')}`])(
    'answers InvalidToken to %s',
    async (token) => {
      const sfn = bench();

      const answer = sfn.succeed(token, 1);

      await expect(answer).rejects.toMatchObject({ name: 'InvalidToken' });
    },
  );

  it('answers InvalidOutput to what is not JSON and waits on', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    await sfn.create({ Ask: ask() }, 'Ask');
    const arn = await sfn.start();

    const answer = sfn.call('SendTaskSuccess', { taskToken: keeper.latest(), output: '{' });

    await expect(answer).rejects.toMatchObject({ name: 'InvalidOutput' });
    expect(await sfn.outcome(arn)).toEqual({ status: 'RUNNING' });
  });

  it('fails at once when the Lambda that was handed the token throws', async () => {
    const sfn = bench(() => {
      throw new LambdaError('SendInFlight', 'not clear');
    });
    await sfn.create({ Ask: ask({ TimeoutSeconds: 60 }) }, 'Ask');

    const arn = await sfn.start();

    const cause = '{"errorType":"SendInFlight","errorMessage":"not clear","trace":[]}';
    expect(await sfn.outcome(arn)).toEqual({ status: 'FAILED', error: 'SendInFlight', cause });
  });

  it('is over when the token comes back before the Lambda returned, whatever that returns', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(async (payload) => {
      keeper.lambda(payload);
      await sfn.succeed(keeper.latest(), 'early');
      return 'late';
    });
    await sfn.create({ Ask: ask() }, 'Ask');

    const arn = await sfn.start();

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'early' });
    expect(await sfn.types(arn)).not.toContain('TaskSubmitted');
  });

  it('times out when its heartbeat stops', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    await sfn.create({ Ask: ask({ TimeoutSeconds: 600, HeartbeatSeconds: 60 }) }, 'Ask');
    const arn = await sfn.start();
    await sfn.pass(50);
    await sfn.call('SendTaskHeartbeat', { taskToken: keeper.latest() });

    await sfn.pass(50);
    const beating = await sfn.outcome(arn);
    await sfn.pass(11);

    expect(beating).toEqual({ status: 'RUNNING' });
    expect(await sfn.outcome(arn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });
});
