import type { Item } from 'dynalite/db/index.js';
import { expect, it } from 'vitest';
import { createChecks } from '../../../lib/local/aws/dynamodb/checks.ts';
import { applyUpdates } from '../../../lib/local/aws/dynamodb/updates.ts';

const table = {
  TableName: 'Sales',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
};

const update = (item: Item, UpdateExpression: string, ExpressionAttributeValues?: Item): Item => {
  const request = createChecks().check('UpdateItem', {
    ...{ TableName: 'Sales', Key: { id: { S: 'a' } }, UpdateExpression },
    ...(ExpressionAttributeValues && { ExpressionAttributeValues }),
  });
  const changed = structuredClone(item);
  applyUpdates(request, table, changed);
  return changed;
};

it.each<[string, Item, string, Item | undefined, Item]>([
  [
    'adds to a set what it lacks',
    { tags: { SS: ['a', 'b'] } },
    'ADD tags :more',
    { ':more': { SS: ['b', 'c'] } },
    { tags: { SS: ['a', 'b', 'c'] } },
  ],
  [
    'takes out of a set, and takes the empty set away',
    { tags: { SS: ['a', 'b'] }, marks: { NS: ['1'] } },
    'DELETE tags :less, marks :mark',
    { ':less': { SS: ['b', 'x'] }, ':mark': { NS: ['1'] } },
    { tags: { SS: ['a'] } },
  ],
  ['counts from nothing', {}, 'ADD calls :one', { ':one': { N: '1' } }, { calls: { N: '1' } }],
  [
    'reads what was there before, whatever changes beside it',
    { calls: { N: '1' } },
    'SET earlier = calls ADD calls :one',
    { ':one': { N: '1' } },
    { earlier: { N: '1' }, calls: { N: '2' } },
  ],
  [
    'copies a map that is changed at the same time',
    { now: { M: { since: { S: 'x' } } } },
    'SET earlier = now, now.since = :since',
    { ':since': { S: 'y' } },
    { earlier: { M: { since: { S: 'x' } } }, now: { M: { since: { S: 'y' } } } },
  ],
  [
    'closes the gap behind the end of a list',
    { steps: { L: [{ N: '0' }] } },
    'SET steps[4] = :x, steps[7] = :y',
    { ':x': { N: '4' }, ':y': { N: '7' } },
    { steps: { L: [{ N: '0' }, { N: '4' }, { N: '7' }] } },
  ],
  [
    'removes from a list and from a map',
    { steps: { L: [{ N: '0' }, { N: '1' }] }, about: { M: { a: { N: '1' }, b: { N: '2' } } } },
    'REMOVE steps[0], about.a',
    undefined,
    { steps: { L: [{ N: '1' }] }, about: { M: { b: { N: '2' } } } },
  ],
])('%s', (_, item, expression, values, after) => {
  expect(update(item, expression, values)).toEqual(after);
});

it.each<[string, Item, string, Item, string]>([
  [
    'an attribute that is missing',
    {},
    'SET a = b + :n',
    { ':n': { N: '1' } },
    'refers to an attribute that does not exist',
  ],
  ['text to count with', { b: { S: 'x' } }, 'SET a = b + :n', { ':n': { N: '1' } }, 'incorrect data type'],
  ['a set of another type', { a: { NS: ['1'] } }, 'ADD a :s', { ':s': { SS: ['x'] } }, 'incorrect data type'],
  [
    'a path through nothing',
    {},
    'SET a.b = :n',
    { ':n': { N: '1' } },
    'document path provided in the update expression is invalid',
  ],
])('refuses %s', (_, item, expression, values, text) => {
  expect(() => update(item, expression, values)).toThrow(text);
});
