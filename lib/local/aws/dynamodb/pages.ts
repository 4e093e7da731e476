/** Query and Scan: reads row after row until the page is full, and never more of a table than that. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { hashPrefix, type Item, mapPaths, matchesExprFilter, matchesFilter } from 'dynalite/db/index.js';
import { AnswerText } from '../service.ts';
import { capacityOf, readUnits } from './capacity.ts';
import type { Table, TableIndex } from './catalog.ts';
import { entryOf } from './entries.ts';
import { keyOf } from './keys.ts';
import { sizeOf } from './plain-values.ts';
import { checkPage } from './plan.ts';
import { type Reading, readingOf } from './ranges.ts';
import type { Outcome, PageRequest } from './requests.ts';

/** AWS ends a page with the item that makes it a megabyte. */
const PAGE_BYTES = 1024 * 1024;

/** Where they stand in a row, which is an array here: that takes a third of the time. */
const [SIZE, ITEM] = [0, 1] as const;

const SEGMENT_STEPS = 4096;

type Page<Shown> = {
  readonly items: Shown[];
  readonly scanned: number;
  /** The last item read, when there may be more behind it. */
  readonly last: Item | undefined;
  readonly tableBytes: number;
  readonly indexBytes: number;
};

/** Items are spread over the segments of a scan by a digest of their partition. */
const segmentTest = (
  { Segment = 0, TotalSegments = 1 }: PageRequest,
  { shape: { hash } }: Table | TableIndex,
): ((item: Item) => boolean) | undefined => {
  if (TotalSegments <= 1) return undefined;
  const from = Math.ceil((SEGMENT_STEPS * Segment) / TotalSegments);
  const before = Math.ceil((SEGMENT_STEPS * (Segment + 1)) / TotalSegments);
  return (item) => {
    const step = Number.parseInt(hashPrefix(item[hash.name]?.[hash.type], hash.type).slice(0, 3), 16);
    return step >= from && step < before;
  };
};

const filterOf = ({
  _filter,
  QueryFilter,
  ScanFilter,
  ConditionalOperator,
}: PageRequest): ((item: Item) => boolean) | undefined => {
  if (_filter !== undefined) return (item) => matchesExprFilter(item, _filter.expression);
  const filter = QueryFilter ?? ScanFilter;
  return filter && ((item) => matchesFilter(item, filter, ConditionalOperator));
};

/** The whole item of a local index that shows less: AWS reads it from the table. */
const readsTable = ({ Select }: PageRequest, index: TableIndex): boolean =>
  Select === 'ALL_ATTRIBUTES' && index.projected !== undefined;

/** What of an item is shown, and how many bytes of the table and of the index that takes. */
const viewOf = (
  request: PageRequest,
  index: TableIndex | undefined,
): ((item: Item, size: number) => { shown: Item; ofTable: number; ofIndex: number }) => {
  if (index === undefined) return (item, size) => ({ shown: item, ofTable: size, ofIndex: 0 });
  if (index.projected === undefined) return (item, size) => ({ shown: item, ofTable: 0, ofIndex: size });
  const isWhole = readsTable(request, index);
  return (item, size) => {
    const entry = entryOf(item, index);
    return { shown: isWhole ? item : entry, ofTable: isWhole ? size : 0, ofIndex: sizeOf(entry) };
  };
};

/** Every item that is read, with all its attributes. */
const isShownWhole = (request: PageRequest, index: TableIndex | undefined): boolean =>
  filterOf(request) === undefined &&
  (request.TotalSegments ?? 1) <= 1 &&
  request._projection === undefined &&
  request.AttributesToGet === undefined &&
  request.Select !== 'COUNT' &&
  index?.projected === undefined;

export const createPages = (db: DatabaseSync) => {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    statements.set(sql, statement);
    return statement;
  };

  const read = (
    { sql, parameters }: Reading,
    request: PageRequest,
    table: Table,
    index: TableIndex | undefined,
  ): Page<Item> => {
    const { Limit = Number.POSITIVE_INFINITY } = request;
    const view = viewOf(request, index);
    const isInSegment = segmentTest(request, index ?? table);
    const isWanted = filterOf(request);
    const items: Item[] = [];
    let [scanned, tableBytes, indexBytes, bytes] = [0, 0, 0, 0];
    for (const found of prepared(sql).iterate(...parameters)) {
      const item: Item = JSON.parse(String(found[ITEM]));
      if (isInSegment?.(item) === false) continue;
      const { shown, ofTable, ofIndex } = view(item, Number(found[SIZE]));
      tableBytes += ofTable;
      indexBytes += ofIndex;
      bytes += ofTable || ofIndex;
      scanned += 1;
      if (isWanted?.(shown) !== false) items.push(shown);
      if (scanned >= Limit || bytes >= PAGE_BYTES)
        return { items, scanned, last: item, tableBytes, indexBytes };
    }
    return { items, scanned, last: undefined, tableBytes, indexBytes };
  };

  /** The same for items that are shown as they lie there. */
  const readTexts = (
    { sql, parameters }: Reading,
    { Limit = Number.POSITIVE_INFINITY }: PageRequest,
    index: TableIndex | undefined,
  ): Page<string> => {
    const items: string[] = [];
    let bytes = 0;
    const page = (last: Item | undefined): Page<string> => ({
      ...{ items, scanned: items.length, last },
      ...(index === undefined ? { tableBytes: bytes, indexBytes: 0 } : { tableBytes: 0, indexBytes: bytes }),
    });
    for (const found of prepared(sql).iterate(...parameters)) {
      const text = String(found[ITEM]);
      items.push(text);
      bytes += Number(found[SIZE]);
      if (items.length >= Limit || bytes >= PAGE_BYTES) return page(JSON.parse(text));
    }
    return page(undefined);
  };

  const capacity = (request: PageRequest, page: Page<unknown>, index: TableIndex | undefined) => {
    const tableUnits = readUnits(page.tableBytes, request.ConsistentRead);
    const indexUnits = readUnits(page.indexBytes, request.ConsistentRead);
    const units = tableUnits + indexUnits;
    const details = {
      Table: { CapacityUnits: tableUnits },
      ...(index && {
        [`${index.kind}SecondaryIndexes`]: { [index.definition.IndexName]: { CapacityUnits: indexUnits } },
      }),
    };
    return { units, consumed: capacityOf(request, units, details) };
  };

  /** All that an answer has beside the items. */
  const around = (
    page: Page<unknown>,
    table: Table,
    index: TableIndex | undefined,
    consumed: Record<string, unknown>,
  ) => {
    const keys = [...table.keyNames, ...(index?.definition.KeySchema ?? []).map((key) => key.AttributeName)];
    return {
      ...{ Count: page.items.length, ScannedCount: page.scanned },
      ...(page.last && { LastEvaluatedKey: keyOf(page.last, keys) }),
      ...consumed,
    };
  };

  return (kind: 'Query' | 'Scan', table: Table, request: PageRequest, asText = false): Outcome => {
    const index = table.indexes.find(({ definition }) => definition.IndexName === request.IndexName);
    checkPage(kind, table, index, request);
    const reading = readingOf(request, table, index);
    if (asText && isShownWhole(request, index)) {
      const page = readTexts(reading, request, index);
      const { units, consumed } = capacity(request, page, index);
      const rest = JSON.stringify(around(page, table, index, consumed));
      return { answer: new AnswerText(`{"Items":[${page.items.join(',')}],${rest.slice(1)}`), units };
    }
    const page = read(reading, request, table, index);
    const { units, consumed } = capacity(request, page, index);
    const paths = request._projection?.paths ?? request.AttributesToGet;
    return {
      answer: {
        ...around(page, table, index, consumed),
        ...(request.Select !== 'COUNT' && {
          Items: paths === undefined ? page.items : page.items.map((item) => mapPaths(paths, item)),
        }),
      },
      units,
    };
  };
};
