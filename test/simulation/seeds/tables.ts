/** DynamoDB's tables in memory, one write after the other; every call goes through a gate where it may go wrong. */
import { cursorOf, keyIn } from '../../../functions/adapters/dynamodb-page.ts';
import type { Condition, Item, PageQuery, Table } from '../../../functions/adapters/table.ts';
import { holds, updated } from '../orders/expressions.ts';
import type { Call, Runs } from './runs.ts';

/** Of each table: partition key, sort key. As in lib/cloud/storage.ts. */
const KEYS = { sales: ['sale', 'item'], links: ['digest'], parked: ['source', 'id'] } as const;
/** Of each index: partition key, sort key. */
const INDEXES: Readonly<Record<string, readonly [string, string]>> = {
  Open: ['openOf', 'dueAt'],
  Due: ['dueOf', 'dueAt'],
};
const ERRORS = ['ProvisionedThroughputExceededException', 'InternalServerError', 'TimeoutError'] as const;

export type TableName = keyof typeof KEYS;
type Place = { partition: string; sort: string };
type Write = Place & { before: Item | undefined };

/** How many writes an index may be behind. */
const LAG = 6;

const textOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error(`A key that is no text: ${JSON.stringify(value)}`);
  return value;
};

/** Nothing is kept of what is undefined, and nothing stays shared with whoever wrote it. */
const kept = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(kept);
  if (value instanceof Set) return new Set(value);
  return typeof value === 'object' && value !== null ? keptItem(value) : value;
};
const keptItem = (item: object): Item =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => (value === undefined ? [] : [[name, kept(value)]])),
  );

const nameOf = ({ partition, sort }: Place): string => `${partition} ${sort}`;

const indexNamed = (name: string): readonly [string, string] => {
  const index = INDEXES[name];
  if (index === undefined) throw new Error(`There is no index ${name}`);
  return index;
};

const isWithin = (value: string, { from, before }: { from?: string; before?: string }): boolean =>
  (from === undefined || value >= from) &&
  (before === undefined || (from === undefined ? value < before : value <= before));

const journeyIn = ({ data }: Item): unknown =>
  typeof data === 'object' && data !== null && 'journey' in data ? data.journey : undefined;

const createShelf = (name: TableName) => {
  const [partitionKey, sortKey] = KEYS[name];
  const data = new Map<string, Map<string, Item>>();
  /** Each partition in order, until something is written to it. */
  const inOrder = new Map<string, readonly Item[]>();
  const writes: Write[] = [];
  /** The journey of each guard row as it was first written. */
  const opened = new Map<string, string>();

  const placeOf = (item: Item): Place => ({
    partition: textOf(item[partitionKey]),
    sort: sortKey === undefined ? '' : textOf(item[sortKey]),
  });
  const find = ({ partition, sort }: Place): Item | undefined => data.get(partition)?.get(sort);

  /** What stands in an index, by table key. */
  const indexed = new Map<string, Map<string, Item>>(Object.keys(INDEXES).map((index) => [index, new Map()]));

  const set = (place: Place, given: Item | undefined): void => {
    writes.push({ ...place, before: find(place) });
    if (writes.length > LAG) writes.shift();
    const item = given && keptItem(given);
    if (item !== undefined && place.sort === 'record' && !opened.has(place.partition))
      opened.set(place.partition, JSON.stringify(journeyIn(item)));
    const items = data.get(place.partition) ?? new Map<string, Item>();
    data.set(place.partition, items);
    inOrder.delete(place.partition);
    if (item === undefined) items.delete(place.sort);
    else items.set(place.sort, item);
    for (const [index, rows] of indexed) {
      if (item?.[indexNamed(index)[0]] === undefined) rows.delete(nameOf(place));
      else rows.set(nameOf(place), item);
    }
  };

  const partition = (key: string): Item[] => {
    const known =
      inOrder.get(key) ??
      [...(data.get(key) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
    inOrder.set(key, known);
    return [...known];
  };

  /** `behind`: as it was so many writes ago. */
  const inIndex = (index: string, value: string | undefined, behind: number): Item[] => {
    const [of, sort] = indexNamed(index);
    const rows = new Map(indexed.get(index));
    for (const write of writes.slice(writes.length - behind).reverse()) {
      if (write.before?.[of] === undefined) rows.delete(nameOf(write));
      else rows.set(nameOf(write), write.before);
    }
    return [...rows.values()]
      .filter((item) => value === undefined || item[of] === value)
      .sort((a, b) => (textOf(a[sort]) < textOf(b[sort]) ? -1 : 1));
  };

  const page = (
    { index, partition: [, value], sort, limit, isBackwards, after }: PageQuery,
    behind: number,
  ) => {
    const found = index === undefined ? partition(value) : inIndex(index, value, behind);
    const some = sort === undefined ? found : found.filter((item) => isWithin(textOf(item[sort.name]), sort));
    if (isBackwards === true) some.reverse();
    const start = keyIn(after);
    const from =
      start === undefined
        ? 0
        : 1 + some.findIndex((item) => KEYS[name].every((key) => item[key] === start[key]));
    const items = some.slice(from, from + limit);
    const last = from + limit < some.length ? items.at(-1) : undefined;
    const keys = [...KEYS[name], ...(index === undefined ? [] : indexNamed(index))];
    return { items, next: last && cursorOf(Object.fromEntries(keys.map((key) => [key, last[key]]))) };
  };

  const items = () => [...data.keys()].flatMap(partition);
  return { placeOf, find, set, partition, inIndex, page, items, opened: () => Object.fromEntries(opened) };
};

export const createTable = (runs: Runs, name: TableName) => {
  const shelf = createShelf(name);

  const look = <T>(kind: 'read' | 'index', at: string, act: () => T, stale?: () => T): Promise<T> =>
    runs.call({ kind, at: `read ${at}`, act, errors: ERRORS, ...(stale === undefined ? {} : { stale }) });

  const write = <T>(item: Item, act: () => T, echo?: () => T): Promise<T> => {
    const { partition, sort } = shelf.placeOf(item);
    const given: Call<T> = {
      kind: echo === undefined ? 'write' : 'conditional',
      at: `write ${partition} ${sort}`,
      act,
      errors: ERRORS,
    };
    return runs.call(echo === undefined ? given : { ...given, echo });
  };

  const put = (item: Item, condition: Condition): boolean => {
    const place = shelf.placeOf(item);
    if (!holds(condition.expression, shelf.find(place), condition.names, condition.values)) return false;
    shelf.set(place, item);
    return true;
  };

  const update = (key: Item, expression: string, condition: Condition): Item | undefined => {
    const place = shelf.placeOf(key);
    const known = shelf.find(place);
    if (!holds(condition.expression, known, condition.names, condition.values)) return undefined;
    shelf.set(place, updated(expression, known ?? key, condition.names, condition.values));
    return shelf.find(place);
  };

  const noteLook = (partition: string, seq: number) => {
    const run = runs.current();
    const isAboutSomebody = partition.includes('/') || partition.startsWith('person#');
    if (run !== undefined && isAboutSomebody) run.lookedAt = seq;
  };

  const table = (count: () => number): Table => ({
    get: (key) => {
      const { partition, sort } = shelf.placeOf(key);
      return look('read', `${partition} ${sort}`, () => {
        noteLook(partition, count());
        return shelf.find({ partition, sort });
      });
    },
    query: (_, partition) =>
      look('read', partition, () => {
        noteLook(partition, count());
        return shelf.partition(partition);
      }),
    put: (item) =>
      write(item, () => {
        put(item, {});
      }),
    putAll: async (items) => {
      for (const item of items)
        await write(item, () => {
          put(item, {});
        });
    },
    putNew: (item) =>
      write(
        item,
        () => {
          const isNew = shelf.find(shelf.placeOf(item)) === undefined;
          if (isNew) shelf.set(shelf.placeOf(item), item);
          return isNew;
        },
        () => false,
      ),
    putIf: (item, condition) =>
      write(
        item,
        () => put(item, condition),
        () => put(item, condition),
      ),
    update: (key, expression, condition) =>
      write(
        key,
        () => update(key, expression, condition) !== undefined,
        () => update(key, expression, condition) !== undefined,
      ),
    updated: (key, expression, condition) => write(key, () => update(key, expression, condition)),
    delete: (key) =>
      write(key, () => {
        shelf.set(shelf.placeOf(key), undefined);
      }),
    page: (query) =>
      look(
        query.index === undefined ? 'read' : 'index',
        query.partition[1],
        () => shelf.page(query, 0),
        () => shelf.page(query, LAG),
      ),
    async *scan(index) {
      yield* await look(
        'index',
        `index ${index}`,
        () => shelf.inIndex(index, undefined, 0),
        () => shelf.inIndex(index, undefined, LAG),
      );
    },
  });

  return { table, items: shelf.items, partition: shelf.partition, opened: shelf.opened };
};
