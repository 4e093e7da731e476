import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bench, task } from '../bench-of-one.ts';

const pass = (Output: unknown) => ({ Go: { Type: 'Pass', End: true, Output } });
const QUERY = 'States.QueryEvaluationError';

const run = async (states: Record<string, unknown>, input: unknown = {}) => {
  const sfn = bench();
  await sfn.create(states, Object.keys(states)[0] ?? '');
  const arn = await sfn.start(input);
  return { ...(await sfn.outcome(arn)), events: (await sfn.history(arn)).events };
};
const valued = async (source: string, input: unknown = {}) =>
  (await run(pass(`{% ${source} %}`), input)).output;

describe('the functions that Step Functions adds', () => {
  it.each([
    ['$partition([1, 2, 3], 5)', [[1, 2, 3]]],
    ['$partition([], 2)', []],
    ['$partition([1, 2, 3], 2.9)', [[1, 2], [3]]],
    ['$range(10, 0, -5)', [10, 5, 0]],
    ['$range(0, 9, 4)', [0, 4, 8]],
    ['$range(5, 1, 1)', []],
    ['$count($range(1, 1000, 1))', 1000],
    ['$parse(\'[true, null, {"a": 1.5}]\')', [true, null, { a: 1.5 }]],
    ["$parse('null')", null],
    ['$random() >= 0 and $random() < 1', true],
    ['$random(1) = $random(2)', false],
    ['$uuid() = $uuid()', false],
  ])('%s', async (source, expected) => {
    expect(await valued(source)).toEqual(expected);
  });

  it.each([
    ['MD5', 'md5'],
    ['SHA-1', 'sha1'],
    ['SHA-256', 'sha256'],
    ['SHA-384', 'sha384'],
    ['SHA-512', 'sha512'],
  ])('hash a text with %s as UTF-8, in lower case', async (algorithm, name) => {
    const expected = createHash(name).update('Grüße').digest('hex');

    expect(await valued(`$hash($states.input, '${algorithm}')`, 'Grüße')).toBe(expected);
  });

  it('make random UUIDs of version 4', async () => {
    expect(await valued('$uuid()')).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });

  it.each([
    ['$partition([1], 0)', 'chunk size of at least 1'],
    ['$range(1, 10, 0)', 'a step other than 0'],
    ['$range(1, 1001, 1)', 'at most 1000'],
    ["$hash('a', 'CRC32')", 'CRC32'],
    ["$parse('{')", 'threw an error during evaluation'],
    ["$hash('a')", 'T0410'],
    ["$number('x')", 'D3030'],
    ["$error('too sad')", 'D3137: too sad'],
  ])('%s fails the evaluation and says why', async (source, why) => {
    const { status, error, cause } = await run(pass(`{% ${source} %}`));

    expect({ status, error }).toEqual({ status: 'FAILED', error: QUERY });
    expect(cause).toContain(
      `The JSONata expression '${source}' specified for the field 'Output' threw an error`,
    );
    expect(cause).toContain(why);
  });
});

describe('an expression', () => {
  it.each([
    ['a text with a quote', "{% $states.input.q = '\"' %}", true],
    ['a regular expression with an escape', "{% $contains('5$', /\\$$/) %}", true],
    ['a regular expression that does not match', "{% $contains('5$', /^\\$/) %}", false],
    ['a name bound on the way', '{% ($n := 2; $n * $n) %}', 4],
    ['a list of one, which is no list', '{% $states.input.list[n > 1].n %}', 2],
    ['a list of one that is asked to stay a list', '{% $states.input.list[n > 1].n[] %}', [2]],
    ['null', '{% null %}', null],
    ['a text that only looks like one', '{% 1 + 1', '{% 1 + 1'],
    ['a text with blanks around it', ' {% 1 %}', ' {% 1 %}'],
  ])('may be %s', async (_, Output, expected) => {
    const { output } = await run(pass(Output), { q: '"', list: [{ n: 1 }, { n: 2 }] });

    expect(output).toEqual(expected);
  });

  it.each([
    ['Output', { Type: 'Pass', End: true, Output: '{% $gone %}' }],
    ['Output/a/b[1]', { Type: 'Pass', End: true, Output: { a: { b: [0, '{% $gone %}'] } } }],
    ['Assign/kept', { Type: 'Pass', End: true, Assign: { kept: '{% $gone %}' } }],
    ['Arguments', task({ Arguments: '{% $gone %}' })],
    ['Arguments/id', task({ Arguments: { id: '{% $gone %}' } })],
    ['TimeoutSeconds', task({ TimeoutSeconds: '{% $gone %}' })],
    ['HeartbeatSeconds', task({ HeartbeatSeconds: '{% $gone %}' })],
    ['Seconds', { Type: 'Wait', Seconds: '{% $gone %}', End: true }],
    ['Timestamp', { Type: 'Wait', Timestamp: '{% $gone %}', End: true }],
    ['Error', { Type: 'Fail', Error: '{% $gone %}' }],
    ['Cause', { Type: 'Fail', Error: 'E', Cause: '{% $gone %}' }],
  ])(
    'that yields nothing for %s ends the execution with the place and the state',
    async (location, state) => {
      const { status, error, cause, events } = await run({ Go: state });

      const why = `An error occurred while executing the state 'Go' (entered at the event id #2). The JSONata expression '$gone' specified for the field '${location}' returned nothing (undefined).`;
      expect({ status, error, cause }).toEqual({ status: 'FAILED', error: QUERY, cause: why });
      expect(events.at(-2)).toMatchObject({
        type: 'EvaluationFailed',
        evaluationFailedEventDetails: { error: QUERY, cause: why, location, state: 'Go' },
      });
      expect(events.at(-1)).toMatchObject({ type: 'ExecutionFailed' });
    },
  );

  it.each([
    [
      'Seconds',
      { Type: 'Wait', Seconds: "{% '5' %}", End: true },
      "Expected 'number', but was 'string' for value: \"5\"",
    ],
    [
      'Timestamp',
      { Type: 'Wait', Timestamp: '{% 5 %}', End: true },
      "Expected 'string', but was 'number' for value: 5",
    ],
    ['Cause', { Type: 'Fail', Cause: '{% [1] %}' }, "Expected 'string', but was 'array' for value: [1]"],
    [
      'TimeoutSeconds',
      task({ TimeoutSeconds: '{% null %}' }),
      "Expected 'number', but was 'null' for value: null",
    ],
  ])('of a wrong type for %s is told with its value', async (_, state, why) => {
    const { error, cause } = await run({ Go: state });

    expect(error).toBe(QUERY);
    expect(cause).toContain(`returned an unexpected result type. ${why}`);
  });

  it.each([0, -1, 1.5, 100_000_000])('is no TimeoutSeconds when it yields %d', async (seconds) => {
    const { error, cause } = await run({ Go: task({ TimeoutSeconds: '{% $states.input %}' }) }, seconds);

    expect(error).toBe(QUERY);
    expect(cause).toContain(String(seconds));
  });

  it('that yields a function cannot be written down', async () => {
    const { error, cause } = await run(pass('{% function($x) { $x } %}'));

    expect(error).toBe(QUERY);
    expect(cause).toContain('returned an unsupported result type.');
  });

  it('that has no end is stopped', async () => {
    const { error, cause } = await run(pass('{% ($f := function($n) { 1 + $f($n + 1) }; $f(0)) %}'));

    expect(error).toBe(QUERY);
    expect(cause).toContain('threw an error during evaluation');
  });

  it('is not caught by States.Runtime but by its own name and by States.ALL', async () => {
    const caughtBy = (name: string) => ({
      Go: task({ Arguments: '{% $gone %}', Catch: [{ ErrorEquals: [name], Next: 'Done' }] }),
      Done: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
    });

    expect(await run(caughtBy('States.Runtime'))).toMatchObject({ status: 'FAILED' });
    expect(await run(caughtBy(QUERY))).toMatchObject({ output: QUERY });
    expect(await run(caughtBy('States.ALL'))).toMatchObject({ output: QUERY });
  });
});

describe('Choice', () => {
  const choose = (Condition: unknown) => ({
    Which: { Type: 'Choice', Choices: [{ Condition, Next: 'Yes' }], Default: 'No' },
    Yes: { Type: 'Succeed', Output: 'yes' },
    No: { Type: 'Succeed', Output: 'no' },
  });

  it.each([
    [true, 'yes'],
    [false, 'no'],
    ['{% $states.input.n > 1 %}', 'yes'],
  ])('takes the condition %j', async (condition, output) => {
    expect(await run(choose(condition), { n: 2 })).toMatchObject({ output });
  });

  it.each(["{% 'yes' %}", '{% 1 %}', '{% null %}', '{% $states.input.gone %}'])(
    'does not guess what %s means',
    async (condition) => {
      const { error, cause } = await run(choose(condition));

      expect(error).toBe(QUERY);
      expect(cause).toContain("specified for the field 'Choices[0]/Condition'");
    },
  );
});

describe('Fail', () => {
  it('names error and cause from the input, and either may be left out', async () => {
    const state = { Type: 'Fail', Error: '{% $states.input.e %}', Cause: '{% $states.input.c %}' };

    expect(await run({ Go: state }, { e: 'Sad', c: 'why' })).toMatchObject({ error: 'Sad', cause: 'why' });
    const bare = await run({ Go: { Type: 'Fail' } });
    expect(bare.events.at(-1)).toMatchObject({ type: 'ExecutionFailed' });
    expect([bare.status, bare.error, bare.cause]).toEqual(['FAILED', undefined, undefined]);
  });
});
