import { describe, expect, it } from 'vitest';
import { createResolver } from '../../../lib/local/stack/intrinsics.ts';
import { Template } from '../../../lib/local/stack/template.ts';

const template = Template.parse({
  Parameters: {
    Stage: { Type: 'String', Default: 'test' },
    Count: { Type: 'Number', Default: 3 },
    Asked: { Type: 'String' },
  },
  Mappings: { Zones: { europe: { name: 'Berlin' } } },
  Conditions: {
    IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
    IsOther: { 'Fn::Not': [{ Condition: 'IsTest' }] },
    Both: { 'Fn::And': [{ Condition: 'IsTest' }, { Condition: 'IsOther' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsTest' }, { Condition: 'IsOther' }] },
  },
  Resources: {},
});

const resolver = createResolver(
  template,
  { 'AWS::Region': 'us-east-1', 'AWS::Partition': 'aws' },
  {
    ref: (id) => (id === 'Queue' ? 'http://localhost/queue' : undefined),
    attribute: (id, name) => (id === 'Queue' && name === 'Arn' ? 'arn:aws:sqs:us-east-1:0:queue' : undefined),
  },
);

const resolve = (value: unknown) => resolver.resolve(value, ['Thing', 'Properties', 'Field']);

describe('intrinsic functions', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
  it.each([
    ['a Ref of a resource', { Ref: 'Queue' }, 'http://localhost/queue'],
    ['a Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['a Ref of a parameter with a default', { Ref: 'Count' }, '3'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:0:queue'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:aws:sqs:us-east-1:0:queue'],
    ['Fn::Join', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3']] }, 'arn:aws:s3'],
    ['Fn::Sub', { 'Fn::Sub': 'a-${AWS::Region}-${Queue.Arn}' }, 'a-us-east-1-arn:aws:sqs:us-east-1:0:queue'],
    ['Fn::Sub with own values', { 'Fn::Sub': ['${x}/${Stage}', { x: { Ref: 'Stage' } }] }, 'test/test'],
    ['Fn::Sub with an escaped brace', { 'Fn::Sub': '${!Literal}' }, '${Literal}'],
    [
      'Fn::Select of Fn::Split',
      { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }] },
      'queue',
    ],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Zones', 'europe', 'name'] }, 'Berlin'],
    ['Fn::If', { 'Fn::If': ['IsTest', 'yes', 'no'] }, 'yes'],
    ['Fn::If with a negated condition', { 'Fn::If': ['IsOther', 'yes', 'no'] }, 'no'],
    ['AWS::NoValue in a map', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['AWS::NoValue in a list', [1, { 'Fn::If': ['Both', 2, { Ref: 'AWS::NoValue' }] }], [1]],
    ['plain values', { deep: [{ is: null, and: true }] }, { deep: [{ is: null, and: true }] }],
  ])('%s is resolved', (_what, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders

  it.each([
    ['an unknown Ref', { Ref: 'Nothing' }, 'Thing.Properties.Field: Ref Nothing has no value'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Queue', 'Color'] }, 'attribute Color of Queue has no value'],
    ['a parameter without a default', { Ref: 'Asked' }, 'parameter Asked has no default value'],
    [
      'an import',
      { a: { 'Fn::ImportValue': 'x' } },
      'Thing.Properties.Field.a: Fn::ImportValue is not supported',
    ],
    ['an index past the end', { 'Fn::Select': [2, ['a', 'b']] }, 'asks for item 2 of a list of 2'],
    ['a condition that is not there', { 'Fn::If': ['Nope', 1, 2] }, 'Conditions.Nope is not in the template'],
  ])('%s is refused with its place', (_what, value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });

  it('an absent condition always holds', () => {
    const outcomes = [undefined, 'IsTest', 'IsOther', 'Both', 'Either'].map((name) => resolver.holds(name));

    expect(outcomes).toEqual([true, true, false, false, true]);
  });
});
