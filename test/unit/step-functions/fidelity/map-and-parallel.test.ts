import { describe, expect, it } from 'vitest';
import { ask, bench, LambdaError, task, tokenKeeper } from '../bench-of-one.ts';

const QUERY = 'States.QueryEvaluationError';
const PASS = { Type: 'Pass', End: true };
const each = (more: object = {}, states: object = { In: PASS }) => ({
  Type: 'Map',
  MaxConcurrency: 1,
  ItemProcessor: { StartAt: Object.keys(states)[0], States: states },
  End: true,
  ...more,
});
const branch = (name: string, state: object = PASS) => ({ StartAt: name, States: { [name]: state } });
const parallel = (...branches: object[]) => ({ Type: 'Parallel', Branches: branches, End: true });

const run = async (states: object, input: unknown = {}, lambda = (payload: unknown) => payload) => {
  const sfn = bench(lambda);
  await sfn.create(states, Object.keys(states)[0] ?? '');
  const arn = await sfn.start(input);
  const { events } = await sfn.history(arn);
  return { ...(await sfn.outcome(arn)), events, types: events.map(({ type }) => type) };
};

describe('Map', () => {
  it('tells of each iteration, one after the other', async () => {
    const { output, types, events } = await run({ Each: each({ Items: [7, '{% 4 + 4 %}'] }) });

    const iteration = ['MapIterationStarted', 'PassStateEntered', 'PassStateExited', 'MapIterationSucceeded'];
    expect(output).toEqual([7, 8]);
    expect(types).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      ...iteration,
      ...iteration,
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events[2]).toMatchObject({ mapStateStartedEventDetails: { length: 2 } });
    expect(events[7]).toMatchObject({ mapIterationStartedEventDetails: { name: 'Each', index: 1 } });
  });

  it.each([
    [{ Items: '{% $states.input.list %}' }, { list: ['a'] }],
    [{ Items: '{% [$states.input.one] %}' }, { one: 'a' }],
    [{}, ['a']],
    [{ MaxConcurrency: '{% $states.input.n %}', Items: ['a'] }, { n: 1 }],
    [{ MaxConcurrency: 0, ToleratedFailurePercentage: '{% 50 %}', Items: ['a'] }, {}],
    [{ ToleratedFailureCount: '{% $n := 1 %}', Items: ['a'] }, {}],
  ])('takes its items and limits from %j', async (more, input) => {
    const { status, output } = await run({ Each: each(more) }, input);

    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: ['a'] });
  });

  it.each([
    ['1', 'number', '1'],
    ['true', 'boolean', 'true'],
    ["'a'", 'string', '"a"'],
    ["{'a': 1}", 'object', '{"a":1}'],
    ['null', 'null', 'null'],
  ])('refuses Items that are %s', async (source, type, text) => {
    const { status, error, cause, types, events } = await run({ Each: each({ Items: `{% ${source} %}` }) });

    expect({ status, error, cause }).toEqual({
      status: 'FAILED',
      error: QUERY,
      cause: `An error occurred while executing the state 'Each' (entered at the event id #2). The JSONata expression '${source}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was '${type}' for value: ${text}`,
    });
    expect(types.slice(2)).toEqual(['EvaluationFailed', 'MapStateFailed', 'ExecutionFailed']);
    expect(events[2]).toMatchObject({ evaluationFailedEventDetails: { location: 'Items', state: 'Each' } });
  });

  it.each([1, 'text', null, { a: 1 }])('refuses an input of %j that has no Items', async (input) => {
    const { error, cause, events } = await run({ Each: each() }, input);

    expect(error).toBe(QUERY);
    expect(cause).toContain(`Map state input must be an array but was: ${JSON.stringify(input)}`);
    expect(events[2]?.['evaluationFailedEventDetails']).not.toHaveProperty('location');
  });

  it.each(['{% -1 %}', '{% 1.5 %}', "{% 'two' %}"])(
    'refuses a MaxConcurrency of %s',
    async (MaxConcurrency) => {
      const { error } = await run({ Each: each({ MaxConcurrency, Items: [1] }) });

      expect(error).toBe(QUERY);
    },
  );

  it('makes no exception for the failures it says it tolerates', async () => {
    const fails = () => {
      throw new LambdaError('Bad');
    };

    const { status, error } = await run(
      { Each: each({ Items: [1, 2], ToleratedFailureCount: 2 }, { Go: task() }) },
      {},
      fails,
    );

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Bad' });
  });

  it('inside a Map shows the item of the inner one, and its own outside of it', async () => {
    const item = '{% $states.context.Map.Item %}';
    const inner = each({ Items: '{% $states.input %}', ItemSelector: item });
    const states = { Inner: { ...inner, ItemProcessor: { StartAt: 'Deep', States: { Deep: PASS } } } };

    const { output } = await run({ Outer: each({ Items: [['a'], ['b', 'c']] }, states) });

    expect(output).toEqual([
      [{ Index: 0, Value: 'a' }],
      [
        { Index: 0, Value: 'b' },
        { Index: 1, Value: 'c' },
      ],
    ]);
  });

  it('lets a catcher see the error, the input and the variables, and end well', async () => {
    const states = {
      Set: { Type: 'Pass', Assign: { shop: 'demo' }, Next: 'Each' },
      Each: each(
        {
          Items: '{% $states.input.list %}',
          Catch: [
            {
              ErrorEquals: ['Bad'],
              Next: 'Done',
              Assign: { seen: '{% $states.errorOutput.Error & $shop %}' },
              Output: '{% $count($states.input.list) %}',
            },
          ],
        },
        { Go: task() },
      ),
      Done: { Type: 'Succeed', Output: '{% [$seen, $states.input] %}' },
    };

    const { output, types } = await run(states, { list: [1, 2, 3] }, () => {
      throw new LambdaError('Bad');
    });

    expect(output).toEqual(['Baddemo', 3]);
    expect(types).toContain('MapStateFailed');
    expect(types).not.toContain('EvaluationFailed');
  });
});

describe('Parallel', () => {
  it('tells of its branches as they run', async () => {
    const { output, types } = await run({ Both: parallel(branch('A'), branch('B')) }, { n: 1 });

    expect(output).toEqual([{ n: 1 }, { n: 1 }]);
    expect(types).toEqual([
      'ExecutionStarted',
      'ParallelStateEntered',
      'ParallelStateStarted',
      'PassStateEntered',
      'PassStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ParallelStateSucceeded',
      'ParallelStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('ends its other branches when one fails, and their tokens and timers with them', async () => {
    const keeper = tokenKeeper();
    const sfn = bench(keeper.lambda);
    const both = {
      ...parallel(
        branch('Ask', ask({ TimeoutSeconds: 60 })),
        branch('Nap', { Type: 'Wait', Seconds: 90, End: true }),
        branch('Fall', ask({ TimeoutSeconds: 30 })),
      ),
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Done' }],
    };
    await sfn.create({ Both: both, Done: { Type: 'Succeed', Output: 'caught' } }, 'Both');
    const arn = await sfn.start();

    await sfn.pass(30);
    const outcome = await sfn.outcome(arn);
    const { events } = await sfn.history(arn);
    await sfn.pass(600);

    expect(outcome).toEqual({ status: 'SUCCEEDED', output: 'caught' });
    for (const token of keeper.tokens)
      await expect(sfn.succeed(token, 1)).rejects.toMatchObject({ name: 'TaskTimedOut' });
    expect((await sfn.history(arn)).events).toHaveLength(events.length);
  });

  it('keeps what its branches assign to themselves', async () => {
    const set = (value: number) => ({ Type: 'Pass', Assign: { mine: value }, Next: `Read${value}` });
    const read = { Type: 'Pass', Output: '{% $mine + $outer %}', End: true };
    const both = {
      Type: 'Parallel',
      Branches: [1, 2].map((n) => ({
        StartAt: `Set${n}`,
        States: { [`Set${n}`]: set(n), [`Read${n}`]: read },
      })),
      Assign: { sum: '{% $sum($states.result) %}' },
      Next: 'Done',
    };
    const done = { Type: 'Succeed', Output: '{% [$sum, $exists($mine)] %}' };

    const { output } = await run({
      Set: { Type: 'Pass', Assign: { outer: 10 }, Next: 'Both' },
      Both: both,
      Done: done,
    });

    expect(output).toEqual([23, false]);
  });

  it('sees a failed evaluation in a branch as its own failure', async () => {
    const broken = { Type: 'Pass', Output: '{% $gone %}', End: true };
    const both = {
      ...parallel(branch('A', broken), branch('B')),
      Catch: [{ ErrorEquals: [QUERY], Next: 'Done', Output: '{% $states.errorOutput.Cause %}' }],
    };

    const { output } = await run({ Both: both, Done: { Type: 'Succeed' } });

    expect(output).toContain("while executing the state 'A'");
  });
});

describe('events', () => {
  it('are numbered without a gap, and each comes after one of the same branch', async () => {
    const both = parallel(branch('A', each({ Items: [1, 2] })), {
      StartAt: 'B',
      States: { B: { Type: 'Pass', Next: 'C' }, C: PASS },
    });

    const { events } = await run({ Both: both });

    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    for (const { id, previousEventId } of events) expect(previousEventId).toBeLessThan(id);
    const ofB = events.find(({ stateEnteredEventDetails: entered }) =>
      JSON.stringify(entered)?.includes('"B"'),
    );
    const ofC = events.find(({ stateEnteredEventDetails: entered }) =>
      JSON.stringify(entered)?.includes('"C"'),
    );
    const before = events.find(({ id }) => id === ofC?.previousEventId);
    expect(before).toMatchObject({ type: 'PassStateExited', previousEventId: ofB?.id });
    expect(events.find(({ id }) => id === ofB?.previousEventId)?.type).toBe('ParallelStateStarted');
  });

  it('count every state entered as a transition, in each iteration and branch', async () => {
    const sfn = bench();
    await sfn.create(
      { Each: each({ Items: [1, 2, 3], Next: 'Done', End: undefined }), Done: { Type: 'Succeed' } },
      'Each',
    );
    await sfn.start();

    // The start, the Map, three times In, and Done.
    expect(sfn.executions()).toMatchObject([{ transitions: 6 }]);
  });
});
