/**
 * dynalite's Query and Scan say what is wrong with a request until they begin to read. That is as far as they get: what
 * there is to read is ours.
 */
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import type { Value } from 'dynalite/db/index.js';
import type { Table, TableIndex } from './catalog.ts';
import type { KeyPart } from './keys.ts';
import type { PageRequest } from './requests.ts';

const ACTIONS = { Query: query, Scan: scan };

/** Thrown where dynalite would begin to read. */
const NOTHING_WRONG = Symbol('nothing is wrong');

const unread = {
  createValueStream: () => {
    throw NOTHING_WRONG;
  },
};

const INDEXABLE: ReadonlySet<string> = new Set(['EQ', 'LT', 'LE', 'GT', 'GE', 'BETWEEN', 'BEGINS_WITH']);

const isOfType = (values: readonly Value[], { type }: KeyPart): boolean =>
  values.every((value) => value[type] !== undefined);

const namesNothing = (names: Readonly<Record<string, unknown>> | undefined): boolean => {
  for (const _ in names) return false;
  return true;
};

/** A query by the key alone, as nearly all are. */
const isByKey = (table: Table, index: TableIndex | undefined, request: PageRequest): boolean => {
  const { hash, sort } = (index ?? table).shape;
  const { [hash.name]: partition, ...others } = request.KeyConditions ?? {};
  const range = sort && others[sort.name];
  if (partition?.ComparisonOperator !== 'EQ' || !isOfType(partition.AttributeValueList, hash)) return false;
  if (range === undefined || sort === undefined) return namesNothing(others);
  if (!INDEXABLE.has(range.ComparisonOperator) || !isOfType(range.AttributeValueList, sort)) return false;
  return Object.keys(others).length === 1;
};

/** Whether there is nothing that dynalite could object to; it is asked about whatever is doubtful. */
const isFine = (table: Table, index: TableIndex | undefined, request: PageRequest): boolean => {
  if (request.ExclusiveStartKey !== undefined || request.Select === 'ALL_ATTRIBUTES') return false;
  if (request.IndexName !== undefined && (index === undefined || request.ConsistentRead === true))
    return false;
  if (request._filter !== undefined || request.QueryFilter !== undefined) return false;
  return namesNothing(request._projection?.nestedPaths) && isByKey(table, index, request);
};

/** @throws what `toAwsError` understands. */
export const checkPage = (
  kind: keyof typeof ACTIONS,
  table: Table,
  index: TableIndex | undefined,
  request: PageRequest,
): void => {
  if (kind === 'Query' && isFine(table, index, request)) return;
  const store = {
    getTable: (_name: string, callback: (error: null, table: unknown) => void) =>
      callback(null, table.definition),
    getItemDb: () => unread,
    getIndexDb: () => unread,
  };
  let refusal: unknown;
  try {
    ACTIONS[kind](store, request, (error) => {
      refusal = error;
    });
  } catch (reason) {
    if (reason === NOTHING_WRONG) return;
    throw reason;
  }
  throw refusal;
};
