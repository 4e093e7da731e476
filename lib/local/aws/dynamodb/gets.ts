/** GetItem, and reading one item for those who want several. */
import { type Item, mapPaths, validateKey, validateKeyPaths } from 'dynalite/db/index.js';
import { AnswerText } from '../service.ts';
import { capacityOf, isAskedFor, readUnitsOfItem } from './capacity.ts';
import type { Table } from './catalog.ts';
import { certainPlaceOf } from './keys.ts';
import type { GetRequest, Outcome } from './requests.ts';
import type { Rows } from './rows.ts';
import { refuse } from './rules.ts';

type Got = {
  readonly item: Item | undefined;
  readonly size: number | undefined;
  readonly units: number;
};

export const getOne = (
  rows: Rows,
  table: Table,
  { Key, _projection, AttributesToGet, ConsistentRead }: Omit<GetRequest, 'TableName'>,
): Got => {
  refuse(validateKey(Key, table.definition));
  refuse(validateKeyPaths(_projection?.nestedPaths, table.definition));
  const row = rows.find(table.id, certainPlaceOf(Key, table.shape));
  const units = readUnitsOfItem(row?.size, ConsistentRead);
  if (row === undefined) return { item: undefined, size: undefined, units };
  const item: Item = JSON.parse(row.text);
  const paths = _projection?.paths ?? AttributesToGet;
  return { item: paths === undefined ? item : mapPaths(paths, item), size: row.size, units };
};

/** Whole items as they lie there. */
export const getItemText = (rows: Rows, table: Table, request: GetRequest): Outcome => {
  if (request._projection !== undefined || request.AttributesToGet !== undefined || isAskedFor(request))
    return getItem(rows, table, request);
  refuse(validateKey(request.Key, table.definition));
  const row = rows.find(table.id, certainPlaceOf(request.Key, table.shape));
  const text = row === undefined ? '{}' : `{"Item":${row.text}}`;
  return { answer: new AnswerText(text), units: readUnitsOfItem(row?.size, request.ConsistentRead) };
};

export const getItem = (rows: Rows, table: Table, request: GetRequest): Outcome => {
  const { item, units } = getOne(rows, table, request);
  return { answer: { ...(item && { Item: item }), ...capacityOf(request, units) }, units };
};
