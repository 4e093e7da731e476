/** The quick way through the checks says yes to nothing that dynalite would refuse or read differently. */
import { itemSize } from 'dynalite/db/index.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChecks } from '../../../lib/local/aws/dynamodb/checks.ts';
import { addDecimals } from '../../../lib/local/aws/dynamodb/decimals.ts';
import { plainSize } from '../../../lib/local/aws/dynamodb/plain-values.ts';
import { checkThoroughly } from '../../../lib/local/aws/dynamodb/rules.ts';
import { type Order, orders } from './dynamodb-orders.ts';

const outcomeOf = (check: () => unknown): unknown => {
  try {
    return JSON.parse(JSON.stringify(check()));
  } catch (error) {
    return { refused: error instanceof Error ? error.message : error };
  }
};

/** What the operations look at of a request; the rest is of no consequence. */
const isLookedAt = ([name]: [string, unknown]): boolean =>
  !/Expression$|^ExpressionAttribute|^_keyCondition$|^ReturnValuesOnConditionCheckFailure$/.test(name);
const lookedAt = (request: unknown): unknown =>
  typeof request === 'object' && request !== null
    ? Object.fromEntries(Object.entries(request).filter(isLookedAt))
    : request;

describe('the checks', () => {
  it('come to the same as dynalite, the first time and again with other values', async () => {
    const checks = createChecks();
    await fc.assert(
      fc.property(orders, (given) => {
        for (const { action, input } of [...given, ...given] satisfies Order[]) {
          const wanted = outcomeOf(() => checkThoroughly(action, input));
          const got = outcomeOf(() => checks.check(action, input));

          expect(lookedAt(got), JSON.stringify(input)).toEqual(lookedAt(wanted));
        }
      }),
      { numRuns: 15 },
    );
  });

  it('leave the request as it was given', async () => {
    await fc.assert(
      fc.property(orders, (given) => {
        const checks = createChecks();
        for (const { action, input } of given) {
          const before = structuredClone(input);
          outcomeOf(() => checks.check(action, input));

          expect(input).toEqual(before);
        }
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['a name that looks like two', { '#a': 'x', '#b': 'y' }, { '#a': 'x2:#by' }],
    ['another attribute of the same name', { '#a': 'x' }, { '#a': 'y' }],
  ])('tell %s apart', (_, first, second) => {
    const checks = createChecks();
    const ask = (names: Record<string, string>) =>
      outcomeOf(() =>
        checks.check('GetItem', {
          TableName: 'Sales',
          Key: { id: { S: 'a' } },
          ProjectionExpression: Object.keys(names).join(', '),
          ExpressionAttributeNames: names,
        }),
      );

    const answers = [ask(first), ask(second)];

    expect(answers[0]).toMatchObject({ _projection: { paths: Object.values(first).map((name) => [name]) } });
    expect(answers[1]).toMatchObject({ _projection: { paths: Object.values(second).map((name) => [name]) } });
  });
});

describe('an expression that was read before', () => {
  it('is refused for a value of another type', () => {
    const checks = createChecks();
    const ask = (value: object) =>
      outcomeOf(() =>
        checks.check('UpdateItem', {
          TableName: 'Sales',
          Key: { id: { S: 'a' } },
          UpdateExpression: 'SET calls = calls + :more',
          ExpressionAttributeValues: { ':more': value },
        }),
      );

    expect([ask({ N: '1' }), ask({ N: '2' }), ask({ S: '2' })]).toMatchObject([
      { _updates: { sections: [{ val: { args: [['calls'], { N: '1' }] } }] } },
      { _updates: { sections: [{ val: { args: [['calls'], { N: '2' }] } }] } },
      { refused: expect.stringContaining('Incorrect operand type') },
    ]);
  });
});

describe('numbers and sizes', () => {
  const digits = fc.stringMatching(/^(0|-?[1-9][0-9]{0,37}|-?(0|[1-9][0-9]{0,15})\.[0-9]{0,17}[1-9])$/);

  it('count as many bytes as dynalite says', async () => {
    await fc.assert(
      fc.property(digits, fc.string(), (N, S) => {
        const item = {
          n: { N },
          text: { S },
          deep: { M: { list: { L: [{ N }, { BOOL: true }, { NULL: true }] } } },
        };

        expect(plainSize(item)).toBe(itemSize(item));
      }),
    );
  });

  it.each([
    ['0.1', '0.2', '0.3'],
    ['12345678901234567890123456789012345678', '1', '12345678901234567890123456789012345679'],
    ['-0.5', '0.5', '0'],
    ['-1', '0.25', '-0.75'],
    ['1e3', '1', '1001'],
    ['25E-1', '0.5', '3'],
    ['99.95', '0.05', '100'],
    ['-0.001', '-0.009', '-0.01'],
  ])('%s and %s are %s', (one, other, sum) => {
    expect(addDecimals(one, other)).toBe(sum);
    expect(addDecimals(other, one)).toBe(sum);
  });
});
