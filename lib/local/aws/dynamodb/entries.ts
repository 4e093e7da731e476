/** Keeps the indexes of a table in step with its items, and says what AWS would bill for it. */
import type { Item } from 'dynalite/db/index.js';
import type { Table, TableIndex } from './catalog.ts';
import { keyOf, type Place, placeOf } from './keys.ts';
import { sizeOf } from './plain-values.ts';
import type { Rows } from './rows.ts';

/** An item as it is or was. */
export type Version = { readonly item: Item; readonly size: number; readonly text: string };

const WRITE_UNIT_BYTES = 1024;

export const writeUnits = (size: number): number => Math.max(1, Math.ceil(size / WRITE_UNIT_BYTES));

/** What an index shows of an item. */
export const entryOf = (item: Item, { projected }: TableIndex): Item =>
  projected === undefined ? item : keyOf(item, projected);

const sizeIn = (index: TableIndex, { item, size }: Version): number =>
  index.projected === undefined ? size : sizeOf(entryOf(item, index));

const isSameEntry = (index: TableIndex, before: Version, after: Version): boolean =>
  index.projected === undefined
    ? before.text === after.text
    : JSON.stringify(entryOf(before.item, index)) === JSON.stringify(entryOf(after.item, index));

const isSamePlace = (one: Place, other: Place): boolean => one.hash === other.hash && one.sort === other.sort;

const moveEntry = (
  rows: Rows,
  index: TableIndex,
  item: Place,
  before: Version | undefined,
  after: Version | undefined,
): number => {
  const from = placeOf(before?.item, index.shape);
  const to = placeOf(after?.item, index.shape);
  const left = before !== undefined && from !== undefined ? { version: before, at: from } : undefined;
  const entered = after !== undefined && to !== undefined ? { version: after, at: to } : undefined;
  if (left !== undefined && entered !== undefined && isSamePlace(left.at, entered.at)) {
    // As on AWS, an entry that stays as it is costs nothing.
    if (isSameEntry(index, left.version, entered.version)) return 0;
    return writeUnits(Math.max(sizeIn(index, left.version), sizeIn(index, entered.version)));
  }
  let units = 0;
  if (left !== undefined) {
    rows.leave(index.id, left.at, item);
    units += writeUnits(sizeIn(index, left.version));
  }
  if (entered !== undefined) {
    rows.enter(index.id, entered.at, item);
    units += writeUnits(sizeIn(index, entered.version));
  }
  return units;
};

/** Resolves to the write units of the indexes. */
export const moveEntries = (
  rows: Rows,
  table: Table,
  item: Place,
  before: Version | undefined,
  after: Version | undefined,
): number => {
  let units = 0;
  for (const index of table.indexes) units += moveEntry(rows, index, item, before, after);
  return units;
};
