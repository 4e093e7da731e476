/** PutItem, UpdateItem and DeleteItem: read, check and write in one change, which is on disk when it is answered. */
import {
  type Item,
  mapPaths,
  matchesExprFilter,
  matchesFilter,
  validateItem,
  validateKey,
  validateUpdates,
  validationError,
} from 'dynalite/db/index.js';
import type { Store } from '../../store.ts';
import { endOf, type Table, type TableIndex } from './catalog.ts';
import { moveEntries, type Version, writeUnits } from './entries.ts';
import { certainPlaceOf, type Place } from './keys.ts';
import { sizeOf } from './plain-values.ts';
import type { DeleteRequest, PutRequest, UpdateRequest } from './requests.ts';
import type { Row, Rows } from './rows.ts';
import { LARGEST_ITEM, refuse } from './rules.ts';
import { applyUpdates, pathsOf } from './updates.ts';

const TOO_LARGE = 'Item size to update has exceeded the maximum allowed size';

type Conditions = Pick<PutRequest, '_condition' | 'Expected' | 'ConditionalOperator' | 'ReturnValues'>;

/** What became of a change. A refusal is no error of the change: others share its commit. */
export type Written =
  | { readonly kind: 'refused'; readonly error: unknown }
  /** The condition does not hold for what is there. */
  | { readonly kind: 'unmet'; readonly found: Item | undefined }
  | {
      readonly kind: 'done';
      readonly attributes?: Item;
      readonly units: number;
      readonly indexUnits: number;
    };

const parse = (text: string): Item => JSON.parse(text);

const versionOf = ({ text, size }: Row): Version => ({ item: parse(text), text, size });

const isConditional = ({ _condition, Expected }: Conditions): boolean =>
  _condition !== undefined || Expected !== undefined;

const holds = ({ _condition, Expected, ConditionalOperator }: Conditions, item: Item = {}): boolean =>
  _condition === undefined
    ? matchesFilter(item, Expected, ConditionalOperator)
    : matchesExprFilter(item, _condition.expression);

/** Whether anybody has to know what was there, beyond its size. */
const mustRead = (table: Table, request: Conditions): boolean =>
  table.indexes.length > 0 ||
  isConditional(request) ||
  (request.ReturnValues !== undefined && request.ReturnValues !== 'NONE');

/** An update needs what was there for the indexes, or to tell it. */
const mustCompare = (table: Table, { ReturnValues = 'NONE' }: Conditions): boolean =>
  table.indexes.length > 0 || ReturnValues.endsWith('_OLD');

/**
 * What was there, while `item` is changed. The keys of an index are replaced and never changed in place, so for an index
 * of keys, or of everything (which compares the text), the old attributes themselves do; only others read it again.
 */
const kept = (item: Item, { text }: Row, { indexes }: Table, { ReturnValues = 'NONE' }: Conditions): Item => {
  const showsParts = ({ definition }: TableIndex) => definition.Projection.ProjectionType === 'INCLUDE';
  return ReturnValues.endsWith('_OLD') || indexes.some(showsParts) ? parse(text) : { ...item };
};

/** What ReturnValues asks for. */
const returned = (request: UpdateRequest, before: Item | undefined, after: Item): { attributes?: Item } => {
  switch (request.ReturnValues) {
    case 'ALL_OLD':
      return before === undefined ? {} : { attributes: before };
    case 'UPDATED_OLD':
      return before === undefined ? {} : { attributes: mapPaths(pathsOf(request), before) };
    case 'ALL_NEW':
      return { attributes: after };
    case 'UPDATED_NEW':
      return { attributes: mapPaths(pathsOf(request), after) };
    default:
      return {};
  }
};

export type Writes = ReturnType<typeof createWrites>;

export const createWrites = ({ store, rows }: { store: Pick<Store, 'leftOldBytes'>; rows: Rows }) => {
  /** Writes a new version, or none, over what is there; resolves to the units of the indexes. */
  const replace = (
    table: Table,
    place: Place,
    before: Row | Version | undefined,
    after: Version | undefined,
  ): number => {
    if (after !== undefined)
      rows.put(table.id, place, { size: after.size, text: after.text, ends: endOf(after.item, table) });
    else if (before !== undefined) rows.remove(table.id, place);
    if (before !== undefined) store.leftOldBytes();
    if (table.indexes.length === 0) return 0;
    const known = before === undefined || 'item' in before ? before : versionOf(before);
    return moveEntries(rows, table, place, known, after);
  };

  const put = (table: Table, request: PutRequest) => {
    refuse(validateItem(request.Item, table.definition));
    const place = certainPlaceOf(request.Item, table.shape);
    const after = { item: request.Item, text: JSON.stringify(request.Item), size: sizeOf(request.Item) };
    return (): Written => {
      const found = rows.find(table.id, place);
      const before = found !== undefined && mustRead(table, request) ? versionOf(found) : undefined;
      if (isConditional(request) && !holds(request, before?.item))
        return { kind: 'unmet', found: before?.item };
      return {
        kind: 'done',
        indexUnits: replace(table, place, before ?? found, after),
        units: Math.max(writeUnits(after.size), writeUnits(found?.size ?? 0)),
        ...(before !== undefined && request.ReturnValues === 'ALL_OLD' && { attributes: before.item }),
      };
    };
  };

  const remove = (table: Table, request: DeleteRequest) => {
    refuse(validateKey(request.Key, table.definition));
    const place = certainPlaceOf(request.Key, table.shape);
    return (): Written => {
      const found = rows.find(table.id, place);
      const before = found !== undefined && mustRead(table, request) ? versionOf(found) : undefined;
      if (isConditional(request) && !holds(request, before?.item))
        return { kind: 'unmet', found: before?.item };
      return {
        kind: 'done',
        indexUnits: replace(table, place, before ?? found, undefined),
        units: writeUnits(found?.size ?? 0),
        ...(before !== undefined && request.ReturnValues === 'ALL_OLD' && { attributes: before.item }),
      };
    };
  };

  /** Changes `item`, which stands for what is there or, where nothing is, is the key. */
  const changed = (table: Table, request: UpdateRequest, item: Item): Version | { error: unknown } => {
    try {
      applyUpdates(request, table.definition, item);
    } catch (error) {
      return { error };
    }
    const size = sizeOf(item);
    return size > LARGEST_ITEM
      ? { error: validationError(TOO_LARGE) }
      : { item, text: JSON.stringify(item), size };
  };

  const update = (table: Table, request: UpdateRequest) => {
    refuse(validateKey(request.Key, table.definition));
    refuse(validateUpdates(request.AttributeUpdates, request._updates, table.definition));
    const place = certainPlaceOf(request.Key, table.shape);
    return (): Written => {
      const found = rows.find(table.id, place);
      const item = found && parse(found.text);
      if (isConditional(request) && !holds(request, item)) return { kind: 'unmet', found: item };
      // The one is changed, the other stays to compare with.
      const before =
        found && item && mustCompare(table, request)
          ? { ...found, item: kept(item, found, table, request) }
          : undefined;
      const after = changed(table, request, item ?? { ...request.Key });
      if ('error' in after) return { kind: 'refused', error: after.error };
      return {
        kind: 'done',
        indexUnits: replace(table, place, before ?? found, after),
        units: Math.max(writeUnits(after.size), writeUnits(found?.size ?? 0)),
        ...returned(request, before?.item, after.item),
      };
    };
  };

  return { put, remove, update, replace };
};
