import { expect, it } from 'vitest';
import { parseDefinition } from '../../../lib/local/step-functions/definition.ts';
import { FUNCTION } from './bench-of-one.ts';

const pass = { Type: 'Pass', End: true };
const task = { Type: 'Task', Resource: FUNCTION, End: true };
const invoke = { ...task, Resource: 'arn:aws:states:::lambda:invoke' };
const map = { Type: 'Map', End: true, ItemProcessor: { StartAt: 'In', States: { In: pass } } };

const refusal = (state: object, machine: object = {}): string => {
  const definition = { QueryLanguage: 'JSONata', StartAt: 'Go', States: { Go: state }, ...machine };
  try {
    parseDefinition(JSON.stringify(definition));
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? `${error.name} ${error.message}` : '';
  }
};

it.each([
  ['InputPath', { ...pass, InputPath: '$.x' }],
  ['ResultPath', { ...task, ResultPath: '$.x' }],
  ['Parameters', { ...task, Parameters: {} }],
  ['Result', { ...pass, Result: 1 }],
  ['SecondsPath', { Type: 'Wait', SecondsPath: '$.x', End: true }],
  ['TimeoutSecondsPath', { ...task, TimeoutSecondsPath: '$.x' }],
  ['Choices/0/Variable', { Type: 'Choice', Choices: [{ Variable: '$.x', Condition: true, Next: 'Go' }] }],
])('refuses the JSONPath field %s by name', (field, state) => {
  expect(refusal(state)).toContain(`state 'Go', field '${field}': JSONPath fields are not supported`);
});

it.each([
  ['Resource', { ...task, Resource: 'arn:aws:states:::sqs:sendMessage' }, 'is not supported'],
  ['Resource', { ...task, Resource: 'arn:aws:states:eu-west-1:1:activity:a' }, 'is not supported'],
  ['ItemReader', { ...map, ItemReader: {} }, 'Distributed Map'],
  [
    'ItemProcessor/ProcessorConfig/Mode',
    { ...map, ItemProcessor: { ...map.ItemProcessor, ProcessorConfig: { Mode: 'DISTRIBUTED' } } },
    'Distributed Map',
  ],
  ['Arguments/LogType', { ...invoke, Arguments: { FunctionName: 'f', LogType: 'Tail' } }, 'is not supported'],
  ['Credentials', { ...task, Credentials: {} }, 'is not supported'],
  ['Type', { Type: 'Sleep', End: true }, 'not a state type'],
  ['QueryLanguage', { ...pass, QueryLanguage: 'JSONPath' }, "must be 'JSONata'"],
  ['Output', { ...pass, Output: '{% $x( %}' }, 'not a JSONata expression'],
  ['Output', { ...pass, Output: "{% $eval('1') %}" }, '$eval is not available'],
  ['Assign/states', { ...pass, Assign: { states: 1 } }, 'the name is taken'],
  ['Assign/a-b', { ...pass, Assign: { 'a-b': 1 } }, 'not a valid variable name'],
  ['Next', { Type: 'Pass', Next: 'Gone' }, "missing state 'Gone'"],
  ['Next', { Type: 'Pass' }, 'or End is required'],
  ['End', { ...pass, Next: 'Go' }, 'cannot stand beside Next'],
  ['Seconds', { Type: 'Wait', End: true }, 'or Timestamp is required'],
  ['HeartbeatSeconds', { ...task, TimeoutSeconds: 5, HeartbeatSeconds: 5 }, 'smaller than TimeoutSeconds'],
  ['Retry/0/ErrorEquals', { ...task, Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] }, 'stand alone'],
])('refuses %s in %j', (field, state, reason) => {
  const refused = refusal(state);

  expect(refused).toMatch(/^InvalidDefinition /);
  expect(refused).toContain(`state 'Go', field '${field}':`);
  expect(refused).toContain(reason);
});

it('refuses a machine that does not say JSONata anywhere', () => {
  expect(refusal(pass, { QueryLanguage: undefined })).toContain("state 'Go', field 'QueryLanguage'");
});

it('takes a machine whose states each say JSONata', () => {
  expect(refusal({ ...pass, QueryLanguage: 'JSONata' }, { QueryLanguage: undefined })).toBe('accepted');
});

it('refuses a missing first state', () => {
  expect(refusal(pass, { StartAt: 'Gone' })).toContain("field 'StartAt' names the missing state 'Gone'");
});

it('refuses a name used at two levels', () => {
  const inner = { StartAt: 'Go', States: { Go: pass } };

  expect(refusal({ ...map, ItemProcessor: inner })).toContain('is a name used twice');
});

it('refuses to assign inside a Map what is assigned around it', () => {
  const inner = { StartAt: 'In', States: { In: { ...pass, Assign: { taken: 1 } } } };

  expect(refusal({ ...map, ItemProcessor: inner, Assign: { taken: 1 } })).toContain('outer scope');
});
