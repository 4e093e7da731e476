import { expect, it } from 'vitest';
import { clockFunctions } from '../../../lib/local/step-functions/jsonata.ts';
import { evaluate } from '../../../lib/local/step-functions/template.ts';

const AT = Date.parse('2026-03-01T09:30:00Z');
const value = (source: string, bindings: Record<string, unknown> = {}) =>
  evaluate(`{% ${source} %}`, 'Output', { ...clockFunctions(AT), ...bindings });

it.each([
  ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
  ['$range(0, 10, 5)', [0, 5, 10]],
  ['$range(3, 3, 1)', 3],
  ["$hash('shop', 'MD5')", 'fb54f3c5992b96d001bb16e8e92d968d'],
  ['$parse(\'{"a": [1]}\').a[0]', 1],
  ['$millis()', AT],
  ['$now()', '2026-03-01T09:30:00.000Z'],
  ["$now('[Y]-[M01]')", '2026-03'],
  ['$random(7) = $random(7)', true],
])('evaluates %s', async (source, expected) => {
  const result = await value(source);

  expect(result).toEqual(expected);
});

it.each([
  [
    '$none',
    {},
    "The JSONata expression '$none' specified for the field 'Output' returned nothing (undefined).",
  ],
  [
    '$uuid',
    {},
    "The JSONata expression '$uuid' specified for the field 'Output' returned an unsupported result type.",
  ],
  [
    "1 + 'a'",
    {},
    `The JSONata expression '1 + 'a'' specified for the field 'Output' threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number`,
  ],
])('says what is wrong with %s', async (source, bindings, why) => {
  await expect(value(source, bindings)).rejects.toMatchObject({ error: 'States.QueryEvaluationError', why });
});

it('names the place inside a template', async () => {
  const template = { list: [1, { deep: '{% $none %}' }] };

  await expect(evaluate(template, 'Output', {})).rejects.toMatchObject({ location: 'Output/list[1]/deep' });
});
