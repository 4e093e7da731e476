import { describe, expect, it } from 'vitest';
import { compile } from '../../../lib/local/step-functions/jsonata.ts';
import { followPath } from '../../../lib/local/step-functions/plain-path.ts';

const bindings = {
  states: {
    input: { a: { b: 'text' }, zero: 0, no: false, empty: '', and: 1, list: [{ b: 1 }, { b: 2 }], one: [7] },
    context: { Task: { Token: 'AQ' } },
  },
  plan: { seconds: 5 },
  count: 3,
};

describe('a path', () => {
  it.each([
    ['$states.context.Task.Token', 'AQ'],
    ['$states.input.a', { b: 'text' }],
    ['$states.input.zero', 0],
    ['$states.input.no', false],
    ['$states.input.empty', ''],
    ['$plan.seconds', 5],
    ['$count', 3],
  ])('%s is what JSONata finds there', async (source, expected) => {
    const found = followPath(source, bindings);

    expect(found).toEqual(expected);
    expect(await compile(source).evaluate(undefined, bindings)).toEqual(found);
  });

  it.each([
    '$states.input.list',
    '$states.input.list.b',
    '$states.input.one',
    '$states.input.and',
    '$states.input.missing',
    '$states.input.a.b.length',
    '$states.input.constructor',
    '$states.input.a & "x"',
    '$uppercase($plan.seconds)',
    '$sum',
    'states.input',
    '$',
  ])('%s is left to JSONata', (source) => {
    expect(followPath(source, bindings)).toBeUndefined();
  });
});
