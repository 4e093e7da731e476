import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../../lib/local/step-functions/definition.ts';
import { bench, FUNCTION } from '../bench-of-one.ts';

const pass = { Type: 'Pass', End: true };
const task = { Type: 'Task', Resource: FUNCTION, End: true };
const inner = { StartAt: 'In', States: { In: pass } };
const map = { Type: 'Map', End: true, ItemProcessor: inner };
const choice = (rule: object) => ({ Type: 'Choice', Choices: [{ Condition: true, Next: 'Go', ...rule }] });

const refusal = (state: object, machine: object = {}): string => {
  const definition = { QueryLanguage: 'JSONata', StartAt: 'Go', States: { Go: state }, ...machine };
  try {
    parseDefinition(JSON.stringify(definition));
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? `${error.name} ${error.message}` : '';
  }
};

describe('a definition is refused by the name of', () => {
  it.each([
    ['Arguments/id.$', { ...task, Arguments: { 'id.$': '$.id' } }],
    ['Output/list/0/id.$', { ...pass, Output: { list: [{ 'id.$': 'States.UUID()' }] } }],
    ['ItemSelector/at.$', { ...map, ItemSelector: { 'at.$': '$$.Map.Item.Index' } }],
    ['Assign/all.$', { ...pass, Assign: { 'all.$': '$' } }],
  ])('a path or an intrinsic function at %s', (field, state) => {
    expect(refusal(state)).toContain(`state 'Go', field '${field}': ends in '.$'`);
  });

  it.each([
    'OutputPath',
    'ResultSelector',
    'ItemsPath',
    'HeartbeatSecondsPath',
    'MaxConcurrencyPath',
    'ToleratedFailurePercentagePath',
    'ErrorPath',
    'CausePath',
    'TimestampPath',
  ])('the JSONPath field %s, in any state', (field) => {
    for (const state of [pass, task, map, { Type: 'Wait', Seconds: 1, End: true }, { Type: 'Fail' }]) {
      expect(refusal({ ...state, [field]: '$.x' })).toContain(
        `'${field}': JSONPath fields are not supported`,
      );
    }
  });

  it.each(['StringEquals', 'And', 'Not', 'NumericGreaterThanPath', 'IsPresent'])(
    'the JSONPath comparison %s',
    (field) => {
      expect(refusal(choice({ [field]: 'x' }))).toContain(`field 'Choices/0/${field}'`);
    },
  );

  it.each([
    'arn:aws:states:::dynamodb:putItem',
    'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
    'arn:aws:states:::states:startExecution.sync:2',
    'arn:aws:states:::states:startExecution.waitForTaskToken',
    'arn:aws:states:::http:invoke',
    'arn:aws:states:::lambda:invoke.sync',
    'arn:aws:states:::sns:publish',
    'send',
    '{% $states.input.resource %}',
  ])('the resource %s', (Resource) => {
    expect(refusal({ ...task, Resource })).toContain(`'${Resource}' is not supported`);
  });

  it.each([
    ['ItemBatcher', { ...map, ItemBatcher: { MaxItemsPerBatch: 1 } }],
    ['ResultWriter', { ...map, ResultWriter: {} }],
    ['Label', { ...map, Label: 'x' }],
    [
      'ItemProcessor/ProcessorConfig/ExecutionType',
      { ...map, ItemProcessor: { ...inner, ProcessorConfig: { Mode: 'INLINE', ExecutionType: 'EXPRESS' } } },
    ],
    ['Iterator', { ...map, Iterator: inner }],
  ])('the distributed or older Map field %s', (field, state) => {
    expect(refusal(state)).toContain(`field '${field}'`);
  });

  it.each([
    ['total', "'total'"],
    ['$states.input.list & total[0]', "'total'"],
    ["{'a': [total]}", "'total'"],
    ['$ & 1', '$ '],
    ['$$.x', '$$ '],
    ['$map([1], function($n) { $n + total })', "'total'"],
    ['*', '* '],
  ])('what names nothing in %s', (source, name) => {
    expect(refusal({ ...pass, Output: `{% ${source} %}` })).toContain(`${name.trim()} names nothing here`);
  });

  it.each([
    '$states.input.list[price > 5 and $ != 2].name',
    '$states.input.{ "a": b }',
    '$states.input.list{name: $sum(price)}',
    '$states.input.list^(>price)',
    '$states.input.list.($.price * count)',
    '$states.input ~> |list|{"seen": price}|',
    '$filter($states.input.list, function($v) { $v.price > 5 })',
  ])('nothing in %s', (source) => {
    expect(refusal({ ...pass, Output: `{% ${source} %}` })).toBe('accepted');
  });

  it.each([
    ['Retry/0/MaxAttempts', { ...task, Retry: [{ ErrorEquals: ['E'], MaxAttempts: -1 }] }],
    ['Retry/0/IntervalSeconds', { ...task, Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 0 }] }],
    ['Retry/0/BackoffRate', { ...task, Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] }],
    ['Retry/0/JitterStrategy', { ...task, Retry: [{ ErrorEquals: ['E'], JitterStrategy: 'SOME' }] }],
    ['Retry/0/MaxDelaySeconds', { ...task, Retry: [{ ErrorEquals: ['E'], MaxDelaySeconds: 31_622_400 }] }],
    ['Retry/0/ErrorEquals', { ...task, Retry: [{ ErrorEquals: [] }] }],
    ['Catch/0/ErrorEquals', { ...task, Catch: [{ ErrorEquals: ['States.ALL', 'E'], Next: 'Go' }] }],
    ['Catch/0/Next', { ...task, Catch: [{ ErrorEquals: ['E'], Next: 'Gone' }] }],
    ['Choices', { Type: 'Choice', Choices: [] }],
    ['Branches', { Type: 'Parallel', Branches: [], End: true }],
    ['TimeoutSeconds', { ...task, TimeoutSeconds: 0 }],
    ['Retry', { ...pass, Retry: [] }],
    ['Catch', { Type: 'Wait', Seconds: 1, End: true, Catch: [] }],
    ['End', { Type: 'Succeed', End: true }],
    ['Next', { Type: 'Fail', Next: 'Go' }],
    ['Assign', { Type: 'Fail', Assign: {} }],
  ])('the bad or misplaced field %s of %j', (field, state) => {
    expect(refusal(state)).toContain(`state 'Go', field '${field}`);
  });

  it('a state that cannot be told apart, and everything else that is wrong besides', () => {
    const text = refusal(
      { ...pass, InputPath: '$' },
      { StartAt: 'Go', States: { Go: { ...pass, InputPath: '$' }, Also: { Type: 'Nap' } } },
    );

    expect(text).toContain("state 'Go', field 'InputPath'");
    expect(text).toContain("state 'Also', field 'Type'");
  });
});

describe('CreateStateMachine', () => {
  it.each([
    ['no JSON', '{'],
    ['a number', '7'],
    ['null', 'null'],
    ['no states', '{"StartAt":"Go","States":{}}'],
    ['a state that is no object', '{"QueryLanguage":"JSONata","StartAt":"Go","States":{"Go":1}}'],
  ])('answers InvalidDefinition to %s and makes no machine', async (_, definition) => {
    const sfn = bench();

    const answer = sfn.call('CreateStateMachine', {
      name: 'Sale',
      definition,
      roleArn: 'arn:aws:iam::1:role/r',
    });

    await expect(answer).rejects.toMatchObject({ name: 'InvalidDefinition', httpStatus: 400 });
    expect(await sfn.call('ListStateMachines', {})).toEqual({ stateMachines: [] });
  });
});
