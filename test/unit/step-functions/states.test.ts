import { describe, expect, it } from 'vitest';
import { ask, bench, FUNCTION, LambdaError, task, tokenKeeper } from './bench-of-one.ts';

const passTo = (Next: string, more: object = {}) => ({ Type: 'Pass', Next, ...more });
const end = (Output: unknown) => ({ Type: 'Pass', End: true, Output });

describe('Task', () => {
  it('gives a function named as the resource its Arguments and takes the bare result', async () => {
    const sfn = bench((payload) => ({ got: payload }));
    await sfn.create({ Send: task({ Arguments: { id: '{% $states.input.id %}' } }) }, 'Send');

    const arn = await sfn.start({ id: 'a' });

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: { got: { id: 'a' } } });
  });

  it('gives lambda:invoke results the members AWS gives them', async () => {
    const sfn = bench(() => 'hi');
    const Arguments = { FunctionName: `${FUNCTION}:7`, Payload: {} };
    await sfn.create({ Send: task({ Resource: 'arn:aws:states:::lambda:invoke', Arguments }) }, 'Send');

    const arn = await sfn.start();

    expect(await sfn.outcome(arn)).toMatchObject({
      output: {
        Payload: 'hi',
        StatusCode: 200,
        ExecutedVersion: '7',
        SdkResponseMetadata: { RequestId: expect.any(String) },
      },
    });
  });

  it('shows expressions the context that AWS shows', async () => {
    const sfn = bench();
    await sfn.create({ Send: task({ Arguments: '{% $states.context %}' }) }, 'Send');

    const arn = await sfn.start({ id: 1 }, 'first');

    expect(await sfn.outcome(arn)).toMatchObject({
      output: {
        Execution: { Id: arn, Name: 'first', Input: { id: 1 }, RedriveCount: 0 },
        StateMachine: { Id: sfn.arn, Name: 'Sale' },
        State: { Name: 'Send', RetryCount: 0 },
      },
    });
  });
});

describe('Wait', () => {
  it('ends when its seconds are over and not before', async () => {
    const sfn = bench();
    await sfn.create(
      { Wait: { Type: 'Wait', Seconds: '{% $states.input.days * 86400 %}', End: true } },
      'Wait',
    );
    const arn = await sfn.start({ days: 3 });

    await sfn.pass(3 * 86_400 - 1);
    const before = await sfn.outcome(arn);
    await sfn.pass(1);

    expect(before).toEqual({ status: 'RUNNING' });
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: { days: 3 } });
  });

  it('passes at once for an instant that is over', async () => {
    const sfn = bench();
    await sfn.create({ Wait: { Type: 'Wait', Timestamp: '2020-02-29T12:00:00+02:00', End: true } }, 'Wait');

    const arn = await sfn.start();

    expect(await sfn.outcome(arn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.each(['2030-02-30T00:00:00Z', '2030-01-01T00:00:00', 'tomorrow'])(
    'refuses the instant %s',
    async (at) => {
      const sfn = bench();
      await sfn.create({ Wait: { Type: 'Wait', Timestamp: '{% $states.input %}', End: true } }, 'Wait');

      const arn = await sfn.start(at);

      expect(await sfn.outcome(arn)).toMatchObject({
        status: 'FAILED',
        error: 'States.QueryEvaluationError',
      });
    },
  );
});

describe('Choice', () => {
  const rule = (Condition: string, Next: string, more: object = {}) => ({ Condition, Next, ...more });
  const states = {
    Which: {
      Type: 'Choice',
      Choices: [
        rule('{% $states.input.score >= 4 %}', 'End', { Output: 'happy' }),
        rule('{% $states.input.score >= 2 %}', 'End', { Assign: { so: true } }),
      ],
      Default: 'End',
      Output: 'unhappy',
    },
    End: { Type: 'Succeed' },
  };

  it.each([
    [5, 'happy'],
    [3, { score: 3 }],
    [1, 'unhappy'],
  ])('takes the first rule that holds for %i', async (score, output) => {
    const sfn = bench();
    await sfn.create(states, 'Which');

    const arn = await sfn.start({ score });

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output });
  });

  it('fails when no rule holds and there is no default', async () => {
    const sfn = bench();
    const which = { Type: 'Choice', Choices: [rule('{% false %}', 'End')] };
    await sfn.create({ Which: which, End: { Type: 'Succeed' } }, 'Which');

    const arn = await sfn.start();

    expect(await sfn.outcome(arn)).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
});

describe('variables', () => {
  it('are all set from what held before the state', async () => {
    const sfn = bench();
    const states = {
      One: passTo('Two', { Assign: { a: 1, b: 2 } }),
      Two: passTo('End', { Assign: { a: '{% $b %}', b: '{% $a %}' } }),
      End: end('{% [$a, $b] %}'),
    };
    await sfn.create(states, 'One');

    const arn = await sfn.start();

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: [2, 1] });
  });

  it('of an outer scope are read inside a Map, and those set inside stay there', async () => {
    const sfn = bench();
    const inner = {
      In: passTo('Out', { Assign: { mine: '{% $states.input * $factor %}' } }),
      Out: end('{% $mine %}'),
    };
    const states = {
      Set: passTo('Each', { Assign: { factor: 10 } }),
      Each: { Type: 'Map', Items: [1, 2], ItemProcessor: { StartAt: 'In', States: inner }, Next: 'After' },
      After: end({ list: '{% $states.input %}', leaked: '{% $exists($mine) %}' }),
    };
    await sfn.create(states, 'Set');

    const arn = await sfn.start();

    expect(await sfn.outcome(arn)).toEqual({
      status: 'SUCCEEDED',
      output: { list: [10, 20], leaked: false },
    });
  });
});

describe('Map', () => {
  const each = (states: object, StartAt: string, more: object = {}) => ({
    Each: { Type: 'Map', ItemProcessor: { StartAt, States: states }, End: true, ...more },
    Done: { Type: 'Succeed' },
  });

  it('runs no more iterations at once than MaxConcurrency and keeps their order', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    await sfn.create(each({ Ask: ask() }, 'Ask', { MaxConcurrency: 2 }), 'Each');
    const arn = await sfn.start(['a', 'b', 'c']);
    const atOnce = keeper.tokens.length;
    const [first = '', second = ''] = keeper.tokens;

    await sfn.succeed(second, 2);
    await sfn.time.whenIdle();
    await sfn.succeed(first, 1);
    await sfn.succeed(keeper.latest(), 3);

    expect(atOnce).toBe(2);
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: [1, 2, 3] });
  });

  it('gives ItemSelector the item and its index', async () => {
    const sfn = bench();
    const item = '{% $states.context.Map.Item %}';
    await sfn.create(each({ In: { Type: 'Pass', End: true } }, 'In', { ItemSelector: item }), 'Each');

    const arn = await sfn.start(['a']);

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: [{ Index: 0, Value: 'a' }] });
  });

  it('gives an empty list for no items', async () => {
    const sfn = bench();
    await sfn.create(each({ In: { Type: 'Pass', End: true } }, 'In'), 'Each');

    const arn = await sfn.start([]);

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: [] });
  });

  it('fails as a whole with one iteration, ends the others, and is caught', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    const caught = { ErrorEquals: ['Bad'], Next: 'Done', Output: '{% $states.errorOutput.Cause %}' };
    await sfn.create(each({ Ask: ask() }, 'Ask', { Catch: [caught] }), 'Each');
    const arn = await sfn.start(['a', 'b']);
    const [first = '', second = ''] = keeper.tokens;

    await sfn.call('SendTaskFailure', { taskToken: first, error: 'Bad', cause: 'why' });
    const late = await sfn.succeed(second, 2).catch((error: unknown) => error);

    expect(late).toMatchObject({ name: 'TaskTimedOut' });
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'why' });
    expect(await sfn.types(arn)).toEqual(
      expect.arrayContaining(['MapIterationFailed', 'MapIterationAborted']),
    );
  });
});

describe('Parallel', () => {
  const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });

  it('joins its branches in the order they are written', async () => {
    const sfn = bench();
    const slow = branch('Slow', { Type: 'Wait', Seconds: 60, End: true });
    const both = {
      Type: 'Parallel',
      Arguments: { n: 1 },
      Branches: [slow, branch('Quick', end('q'))],
      End: true,
    };
    await sfn.create({ Both: both }, 'Both');
    const arn = await sfn.start();

    await sfn.pass(60);

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: [{ n: 1 }, 'q'] });
  });

  it('is retried as a whole', async () => {
    let runs = 0;
    const sfn = bench(() => {
      runs += 1;
      if (runs === 1) throw new LambdaError('Busy');
      return runs;
    });
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }];
    const both = { Type: 'Parallel', Branches: [branch('Send', task())], Retry, End: true };
    await sfn.create({ Both: both }, 'Both');
    const arn = await sfn.start();

    await sfn.pass(5);

    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: [2] });
  });
});

describe('the execution', () => {
  it('times out as a whole', async () => {
    const sfn = bench(tokenKeeper().lambda);
    await sfn.create({ Ask: ask() }, 'Ask', { TimeoutSeconds: 90 });
    const arn = await sfn.start();

    await sfn.pass(90);

    expect(await sfn.outcome(arn)).toEqual({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(await sfn.types(arn)).toContain('ExecutionTimedOut');
  });

  it('ends by the history limit when it loops for ever', async () => {
    const sfn = bench();
    await sfn.create({ A: passTo('B'), B: passTo('A') }, 'A');

    const arn = await sfn.start();

    expect(await sfn.outcome(arn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('counts its start, every state it enters and every retry as transitions', async () => {
    let runs = 0;
    const sfn = bench(() => {
      runs += 1;
      if (runs < 3) throw new LambdaError('Busy');
      return runs;
    });
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 5 }];
    await sfn.create({ Begin: passTo('Send'), Send: task({ Retry }) }, 'Begin');
    await sfn.start();

    await sfn.pass(10);

    expect(sfn.executions()).toMatchObject([{ status: 'SUCCEEDED', state: 'Send', transitions: 5 }]);
    expect(sfn.meter.read().stateTransitions).toBe(5);
  });
});
