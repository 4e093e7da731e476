/** Turns what a Query or a Scan asks for into SQL that reads row after row, in order, from where it is to begin. */
import type { SQLInputValue } from 'node:sqlite';
import type { Table, TableIndex } from './catalog.ts';
import { certainPlaceOf, type KeyShape, textOf } from './keys.ts';
import type { PageRequest } from './requests.ts';

export type Reading = { readonly sql: string; readonly parameters: readonly SQLInputValue[] };
type Clause = Reading;

/** Behind every text that begins so: no UTF-8 has this byte. */
const BEHIND = "? || CAST(x'ff' AS TEXT)";

const COMPARISONS: Readonly<Record<string, string>> = {
  EQ: 'sort = ?',
  LT: 'sort < ?',
  LE: 'sort <= ?',
  GT: 'sort > ?',
  GE: 'sort >= ?',
  BETWEEN: 'sort BETWEEN ? AND ?',
  BEGINS_WITH: `sort >= ? AND sort < ${BEHIND}`,
};

const withTable = (alias: string, sql: string): string => sql.replaceAll('sort', `${alias}.sort`);

const keyClauses = (
  { KeyConditions = {} }: PageRequest,
  { hash, sort }: KeyShape,
  alias: string,
): Clause[] => {
  const [partition] = KeyConditions[hash.name]?.AttributeValueList ?? [];
  const clauses: Clause[] = [];
  if (partition !== undefined)
    clauses.push({ sql: `${alias}.hash = ?`, parameters: [textOf(partition, hash.type)] });
  const range = sort && KeyConditions[sort.name];
  const comparison = range && COMPARISONS[range.ComparisonOperator];
  if (sort === undefined || range === undefined || comparison === undefined) return clauses;
  const bounds = range.AttributeValueList.map((value) => textOf(value, sort.type));
  const parameters = range.ComparisonOperator === 'BEGINS_WITH' ? [...bounds, ...bounds] : bounds;
  return [...clauses, { sql: withTable(alias, comparison), parameters }];
};

/** Behind the item that the page before ended with. */
const startClause = (
  { ExclusiveStartKey: key, ScanIndexForward, KeyConditions }: PageRequest,
  table: Table,
  index: TableIndex | undefined,
): Clause[] => {
  if (key === undefined) return [];
  const item = certainPlaceOf(key, table.shape);
  const at = index === undefined ? item : certainPlaceOf(key, index.shape);
  const columns = [
    // The partition of a query is one and the same, and SQLite finds its way faster when it need not be told.
    ...(KeyConditions === undefined ? [['hash', at.hash]] : []),
    ['sort', at.sort],
    ...(index === undefined
      ? []
      : [
          ['item_hash', item.hash],
          ['item_sort', item.sort],
        ]),
  ];
  const alias = index === undefined ? 'i' : 'e';
  const names = columns.map(([name]) => `${alias}.${name}`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const direction = ScanIndexForward === false ? '<' : '>';
  return [{ sql: `(${names}) ${direction} (${marks})`, parameters: columns.map(([, value]) => value ?? '') }];
};

const orderOf = (alias: string, columns: readonly string[], isBackwards: boolean): string =>
  columns.map((name) => `${alias}.${name}${isBackwards ? ' DESC' : ''}`).join(', ');

const joined = (head: string, clauses: readonly Clause[], order: string): Reading => ({
  sql: `${head} AND ${clauses.map(({ sql }) => sql).join(' AND ') || 'TRUE'} ORDER BY ${order}`,
  parameters: clauses.flatMap(({ parameters }) => parameters),
});

export const readingOf = (request: PageRequest, table: Table, index: TableIndex | undefined): Reading => {
  const isBackwards = request.ScanIndexForward === false;
  const start = startClause(request, table, index);
  if (index === undefined) {
    const { sql, parameters } = joined(
      'SELECT i.size, i.item FROM dynamodb_items i WHERE i.table_id = ?',
      [...keyClauses(request, table.shape, 'i'), ...start],
      orderOf('i', ['hash', 'sort'], isBackwards),
    );
    return { sql, parameters: [table.id, ...parameters] };
  }
  // A cross join is read from left to right: the entries in order, the item of each.
  const { sql, parameters } = joined(
    `SELECT i.size, i.item FROM dynamodb_entries e CROSS JOIN dynamodb_items i
     ON i.table_id = ? AND i.hash = e.item_hash AND i.sort = e.item_sort WHERE e.index_id = ?`,
    [...keyClauses(request, index.shape, 'e'), ...start],
    orderOf('e', ['hash', 'sort', 'item_hash', 'item_sort'], isBackwards),
  );
  return { sql, parameters: [table.id, index.id, ...parameters] };
};
