/** However large a table is, a page reads the rows that it shows: SQLite finds them by an index, in order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openCatalog, type Table } from '../../../lib/local/aws/dynamodb/catalog.ts';
import { createChecks } from '../../../lib/local/aws/dynamodb/checks.ts';
import { ENDED, FIRST_END } from '../../../lib/local/aws/dynamodb/expiry.ts';
import { readingOf } from '../../../lib/local/aws/dynamodb/ranges.ts';
import type { PageRequest } from '../../../lib/local/aws/dynamodb/requests.ts';
import { openRows } from '../../../lib/local/aws/dynamodb/rows.ts';
import { openStore, type Store } from '../../../lib/local/store.ts';
import { TABLES } from './dynamodb-orders.ts';

const Steps = z.array(z.object({ detail: z.string() }).transform(({ detail }) => detail));

let store: Store;
let table: Table;
beforeAll(() => {
  store = openStore(':memory:');
  openRows(store);
  const catalog = openCatalog({ store, region: 'eu-west-1', accountId: '000000000000' });
  const checks = createChecks();
  for (const definition of TABLES)
    catalog.save(catalog.describe(checks.check('CreateTable', definition), 0), 'ends', new Set());
  table = catalog.need('Texts');
});
afterAll(() => store.close());

const planOf = (
  sql: string,
  parameters: readonly (string | number | bigint | null | NodeJS.ArrayBufferView)[],
) => Steps.parse(store.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters));

const page = (input: Record<string, unknown>): PageRequest =>
  createChecks().check('KeyConditionExpression' in input ? 'Query' : 'Scan', {
    TableName: 'Texts',
    ...input,
  });

const byTable = { KeyConditionExpression: 'h = :h', ExpressionAttributeValues: { ':h': { S: 'a' } } };
const byIndex = {
  IndexName: 'whole',
  KeyConditionExpression: 'g = :g AND n < :n',
  ExpressionAttributeValues: { ':g': { S: 'a' }, ':n': { N: '7' } },
};
const key = { h: { S: 'a' }, r: { S: 'b' } };
const entry = { ...key, g: { S: 'a' }, n: { N: '3' } };

describe('a page', () => {
  it.each<[string, Record<string, unknown>]>([
    ['of a partition', byTable],
    [
      'of a partition, backwards and from a start',
      { ...byTable, ScanIndexForward: false, ExclusiveStartKey: key },
    ],
    [
      'of a partition, by the beginning of the sort key',
      {
        KeyConditionExpression: 'h = :h AND begins_with(r, :r)',
        ExpressionAttributeValues: { ':h': { S: 'a' }, ':r': { S: 'b' } },
      },
    ],
    ['of an index', byIndex],
    ['of an index, from a start', { ...byIndex, ExclusiveStartKey: entry }],
    ['of an index, backwards', { ...byIndex, ScanIndexForward: false }],
    ['of all of a table', {}],
    ['of all of a table, from a start', { ExclusiveStartKey: key }],
    ['of all of an index, from a start', { IndexName: 'whole', ExclusiveStartKey: entry }],
  ])('%s is found by an index, in order', (_, input) => {
    const request = page(input);
    const index = table.indexes.find(({ definition }) => definition.IndexName === request.IndexName);
    const { sql, parameters } = readingOf(request, table, index);

    const steps = planOf(sql, parameters);

    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) expect(step).toMatch(/^SEARCH [ie] USING (PRIMARY KEY|INDEX|COVERING INDEX)/);
    // A start bounds the search itself.
    if ('ExclusiveStartKey' in input) expect(steps[0]).toMatch(/[<>]\(?/);
  });
});

describe('what ends', () => {
  it.each([ENDED, FIRST_END])('is found by when it ends: %s', (sql) => {
    const parameters = [1, 2, 3].slice(0, sql.split('?').length - 1);

    expect(planOf(sql, parameters).join()).toMatch(/USING (COVERING )?INDEX dynamodb_ends/);
  });
});
