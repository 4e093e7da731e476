import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pauseBefore } from '../../../../lib/local/step-functions/retry.ts';
import { bench, LambdaError, task } from '../bench-of-one.ts';

/** Begins within `pass`, where the clock stands still between one due moment and the next. */
const BEGIN = { Type: 'Wait', Seconds: 1, Next: 'Go' };
const DONE = { Type: 'Succeed', Output: '{% $states.input.Error %}' };

/** A bench whose Lambda fails by these names in turn, and notes when it ran. */
const failing = (...errors: string[]) => {
  const at: number[] = [];
  const sfn = bench(() => {
    const error = errors[at.length];
    at.push(sfn.time.now());
    if (error !== undefined) throw new LambdaError(error);
    return 'well';
  });
  /** Seconds between one run and the next. */
  const pauses = () => at.slice(1).map((instant, index) => (instant - (at[index] ?? 0)) / 1000);
  return { sfn, at, pauses };
};

const retried = async (Retry: object[], errors: string[], more: object = {}) => {
  const { sfn, at, pauses } = failing(...errors);
  await sfn.create({ Begin: BEGIN, Go: task({ Retry, ...more }), Done: DONE }, 'Begin');
  const arn = await sfn.start();
  await sfn.pass(100_000);
  return { outcome: await sfn.outcome(arn), runs: at.length, pauses: pauses(), types: await sfn.types(arn) };
};

describe('a retrier', () => {
  it.each([
    ['one second, doubled, three times', {}, [1, 2, 4]],
    ['its interval', { IntervalSeconds: 7, BackoffRate: 1, MaxAttempts: 2 }, [7, 7]],
    ['broken seconds', { IntervalSeconds: 1, BackoffRate: 1.5, MaxAttempts: 4 }, [1, 1.5, 2.25, 3.375]],
    [
      'no more than MaxDelaySeconds',
      { IntervalSeconds: 10, MaxDelaySeconds: 15, MaxAttempts: 3 },
      [10, 15, 15],
    ],
    ['MaxDelaySeconds even at first', { IntervalSeconds: 10, MaxDelaySeconds: 5, MaxAttempts: 1 }, [5]],
    ['nothing, with MaxAttempts 0', { MaxAttempts: 0 }, []],
  ])('waits %s', async (_, more, expected) => {
    const { pauses, outcome } = await retried([{ ErrorEquals: ['Busy'], ...more }], Array(9).fill('Busy'));

    expect(pauses).toEqual(expected);
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'Busy' });
  });

  it('does not begin a millisecond early', async () => {
    const { sfn, at } = failing('Busy');
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 30 }];
    await sfn.create({ Begin: BEGIN, Go: task({ Retry }) }, 'Begin');
    const arn = await sfn.start();
    await sfn.pass(1);

    await sfn.time.advanceTo((at[0] ?? 0) + 29_999);
    const before = at.length;
    await sfn.time.advanceTo((at[0] ?? 0) + 30_000);

    expect([before, at.length]).toEqual([1, 2]);
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'well' });
  });

  it('counts its own attempts only, and the first that fits is the one', async () => {
    const Retry = [
      { ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 1 },
      { ErrorEquals: ['B'], IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 1 },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 100, MaxAttempts: 1 },
    ];

    const { pauses, outcome } = await retried(Retry, ['B', 'A', 'B', 'C', 'A', 'C']);

    expect(pauses).toEqual([10, 1, 10, 100]);
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'A' });
  });

  it('with MaxAttempts 0 shields its errors from the ones after it', async () => {
    const Retry = [{ ErrorEquals: ['Signal'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
    const Catch = [{ ErrorEquals: ['Signal'], Next: 'Done' }];

    const { runs, outcome } = await retried(Retry, ['Signal'], { Catch });

    expect(runs).toBe(1);
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: 'Signal' });
  });

  it('that is used up leaves the error to the catchers', async () => {
    const Retry = [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 }];
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'Go' },
      { ErrorEquals: ['States.TaskFailed'], Next: 'Done' },
    ];

    const { runs, outcome } = await retried(Retry, ['Busy', 'Busy'], { Catch });

    expect(runs).toBe(2);
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: 'Busy' });
  });

  it('notes each attempt in the history, and enters the state once', async () => {
    const { types } = await retried([{ ErrorEquals: ['Busy'] }], ['Busy']);

    expect(types).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionFailed',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('has all its attempts again when the state is entered again', async () => {
    const { sfn, at } = failing('Busy', 'Again', 'Busy');
    const states = {
      Go: task({
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['Again'], Next: 'Go' }],
      }),
    };
    await sfn.create(states, 'Go');
    const arn = await sfn.start();
    await sfn.pass(60);

    expect(at).toHaveLength(4);
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: 'well' });
  });

  it('tries an evaluation again that failed', async () => {
    const Retry = [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 2, IntervalSeconds: 5 }];

    const { runs, types } = await retried(Retry, [], { Output: '{% $states.result.gone %}' });

    expect(runs).toBe(3);
    expect(types.filter((type) => type === 'EvaluationFailed')).toHaveLength(3);
  });

  it('of a Map runs all of it again', async () => {
    const { sfn, at } = failing('Busy');
    const each = {
      Type: 'Map',
      Items: [1, 2],
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: 'Go', States: { Go: task() } },
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }],
      End: true,
    };
    await sfn.create({ Each: each }, 'Each');
    const arn = await sfn.start();
    await sfn.pass(5);

    expect(at).toHaveLength(3);
    expect(await sfn.outcome(arn)).toEqual({ status: 'SUCCEEDED', output: ['well', 'well'] });
  });
});

describe('jitter', () => {
  const retrier = fc.record({
    ErrorEquals: fc.constant<string[]>(['E']),
    IntervalSeconds: fc.integer({ min: 1, max: 1000 }),
    MaxAttempts: fc.constant(9),
    BackoffRate: fc.double({ min: 1, max: 4, noNaN: true }),
    MaxDelaySeconds: fc.integer({ min: 1, max: 10_000 }),
  });
  const used = fc.integer({ min: 0, max: 8 });

  it('FULL draws from nothing to the whole pause, NONE takes the whole', () => {
    fc.assert(
      fc.property(retrier, used, fc.double({ min: 0, max: 1, noNaN: true }), (one, count, drawn) => {
        const whole = pauseBefore({ ...one, JitterStrategy: 'NONE' }, count);
        const pause = pauseBefore({ ...one, JitterStrategy: 'FULL' }, count, () => drawn);

        expect(whole).toBeGreaterThan(0);
        expect(whole).toBeLessThanOrEqual(one.MaxDelaySeconds * 1000);
        expect(Math.abs(pause - whole * drawn)).toBeLessThanOrEqual(1);
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
