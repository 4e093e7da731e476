/** BatchGetItem and BatchWriteItem. A batch of writes is one change here, so it happens as a whole. */
import { type Item, validateItem, validateKey, validationError } from 'dynalite/db/index.js';
import type { Store } from '../../store.ts';
import { AwsError } from '../aws-error.ts';
import { capacityOf, isAskedFor } from './capacity.ts';
import type { Catalog, Table } from './catalog.ts';
import { getOne } from './gets.ts';
import { certainPlaceOf } from './keys.ts';
import type { BatchGetRequest, BatchWriteRequest, Outcome } from './requests.ts';
import type { Rows } from './rows.ts';
import { LARGEST_ITEM, refuse, toAwsError } from './rules.ts';
import type { Writes, Written } from './writes.ts';

/** AWS answers up to 16 MB; dynalite, whose answers ours are, a megabyte and an item. */
const MOST_BYTES = 1024 * 1024 + LARGEST_ITEM - 3;

type UnitsOfTable = Map<string, number>;

const total = (units: UnitsOfTable): number => [...units.values()].reduce((sum, each) => sum + each, 0);

const consumed = (request: { ReturnConsumedCapacity?: string }, units: UnitsOfTable) =>
  isAskedFor(request)
    ? {
        ConsumedCapacity: [...units].map(
          ([TableName, each]) => capacityOf({ ...request, TableName }, each).ConsumedCapacity,
        ),
      }
    : {};

export const batchGet = (rows: Rows, catalog: Catalog, request: BatchGetRequest): Outcome => {
  const Responses: Record<string, Item[]> = {};
  const UnprocessedKeys: Record<string, Record<string, unknown> & { Keys: Item[] }> = {};
  const units: UnitsOfTable = new Map();
  let bytes = 0;
  const tables = Object.entries(request.RequestItems).map(([name, wanted]) => ({
    ...{ name, wanted, table: catalog.need(name) },
  }));
  for (const { name, wanted, table } of tables) {
    const { Keys, _projection: _, ...options } = wanted;
    const found: Item[] = [];
    for (const Key of Keys) {
      const got = getOne(rows, table, { ...wanted, Key });
      const isTooMuch = bytes + (got.size ?? 0) > MOST_BYTES;
      units.set(name, (units.get(name) ?? 0) + (isTooMuch ? 1 : got.units));
      if (isTooMuch) {
        const unprocessed = UnprocessedKeys[name] ?? { Keys: [], ...options };
        unprocessed.Keys.push(Key);
        UnprocessedKeys[name] = unprocessed;
      } else if (got.item !== undefined) {
        bytes += got.size ?? 0;
        found.push(got.item);
      }
    }
    Responses[name] = found;
  }
  return { answer: { Responses, UnprocessedKeys, ...consumed(request, units) }, units: total(units) };
};

type Change = { readonly name: string; readonly run: () => Written };

const changesOf = (
  writes: Writes,
  table: Table,
  name: string,
  requests: BatchWriteRequest['RequestItems'][string],
): Change[] => {
  const seen = new Set<string>();
  return requests.flatMap(({ PutRequest, DeleteRequest }) => {
    if (PutRequest !== undefined) refuse(validateItem(PutRequest.Item, table.definition));
    else if (DeleteRequest !== undefined) refuse(validateKey(DeleteRequest.Key, table.definition));
    const holder = PutRequest?.Item ?? DeleteRequest?.Key;
    if (holder === undefined) return [];
    const { hash, sort } = certainPlaceOf(holder, table.shape);
    const place = JSON.stringify([hash, sort]);
    if (seen.has(place)) throw validationError('Provided list of item keys contains duplicates');
    seen.add(place);
    const run =
      PutRequest === undefined
        ? writes.remove(table, { TableName: name, Key: holder })
        : writes.put(table, { TableName: name, Item: holder });
    return [{ name, run }];
  });
};

/** In a batch AWS says less of what is wrong with a key. */
const inWordsOfBatch = (error: unknown): unknown => {
  const refusal = toAwsError(error);
  if (!(refusal instanceof AwsError) || !/Missing the key|Type mismatch for key/.test(refusal.message))
    return refusal;
  return new AwsError(refusal.name, 'The provided key element does not match the schema', { cause: error });
};

export const batchWrite = async (
  store: Pick<Store, 'write'>,
  writes: Writes,
  catalog: Catalog,
  request: BatchWriteRequest,
): Promise<Outcome & { indexUnits: number }> => {
  const changes: Change[] = [];
  try {
    for (const [name, requests] of Object.entries(request.RequestItems))
      changes.push(...changesOf(writes, catalog.need(name), name, requests));
  } catch (error) {
    throw inWordsOfBatch(error);
  }
  const written = await store.write(() => changes.map(({ name, run }) => ({ name, ...run() })));
  const units: UnitsOfTable = new Map();
  let indexUnits = 0;
  for (const one of written) {
    // Nothing of a batch is conditional, and all of it was checked.
    if (one.kind !== 'done') continue;
    units.set(one.name, (units.get(one.name) ?? 0) + one.units);
    indexUnits += one.indexUnits;
  }
  return { answer: { UnprocessedItems: {}, ...consumed(request, units) }, units: total(units), indexUnits };
};
