/** DynamoDB's tables in memory, never changed but replaced: keeping a state is keeping a reference. */
import { cursorOf, keyIn } from '../../../functions/adapters/dynamodb-page.ts';
import type { Condition, Item, PageQuery, Table } from '../../../functions/adapters/table.ts';
import { holds, updated } from './expressions.ts';

/** Of each table: partition key, sort key. As in lib/cloud/storage.ts. */
const KEYS = { Sales: ['sale', 'item'], Links: ['digest'], Parked: ['source', 'id'] } as const;
/** Of each index: partition key, sort key. */
const INDEXES: Readonly<Record<string, readonly [string, string]>> = {
  Open: ['openOf', 'dueAt'],
  Due: ['dueOf', 'dueAt'],
};

export type TableName = keyof typeof KEYS;
/** In the order of the sort key. */
export type Partition = readonly Item[];
export type TableData = ReadonlyMap<string, Partition>;
export type Tables = Readonly<Record<TableName, TableData>>;

export const NO_TABLES: Tables = { Sales: new Map(), Links: new Map(), Parked: new Map() };

/** How the tables are read and replaced; a write has a name that people read. */
export type Shelf = {
  read(): Tables;
  write(tables: Tables, what: string): void;
};

/** What DynamoDB would keep of it: nothing is kept of what is undefined. */
const kept = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof Set) return value;
  if (Array.isArray(value)) return value.map(kept);
  return keptItem(value);
};
const keptItem = (item: object): Item =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => (value === undefined ? [] : [[name, kept(value)]])),
  );

const textOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error(`A key that is no text: ${JSON.stringify(value)}`);
  return value;
};

type Place = { partition: string; sort: string };

const placeOf = (name: TableName, item: Item): Place => {
  const [partition, sort] = KEYS[name];
  return { partition: textOf(item[partition]), sort: sort === undefined ? '' : textOf(item[sort]) };
};

const sortOf = (name: TableName, item: Item): string => placeOf(name, item).sort;

const find = (tables: Tables, name: TableName, { partition, sort }: Place): Item | undefined =>
  tables[name].get(partition)?.find((item) => sortOf(name, item) === sort);

/** With the item, or without when it is undefined. */
const replaced = (tables: Tables, name: TableName, place: Place, item: Item | undefined): Tables => {
  const others = (tables[name].get(place.partition) ?? []).filter((one) => sortOf(name, one) !== place.sort);
  const at = others.findIndex((one) => sortOf(name, one) > place.sort);
  const items = item === undefined ? others : others.toSpliced(at === -1 ? others.length : at, 0, item);
  const data = new Map(tables[name]);
  if (items.length === 0) data.delete(place.partition);
  else data.set(place.partition, items);
  return { ...tables, [name]: data };
};

const inIndex = (data: TableData, [partition, sort]: readonly [string, string], value?: string): Item[] =>
  [...data.values()]
    .flat()
    .filter((item) => (value === undefined ? item[partition] !== undefined : item[partition] === value))
    .sort((a, b) => (textOf(a[sort]) < textOf(b[sort]) ? -1 : 1));

const indexOf = (name: string): readonly [string, string] => {
  const index = INDEXES[name];
  if (index === undefined) throw new Error(`There is no index ${name}`);
  return index;
};

/** Both bounds at once are BETWEEN, which takes in the second. */
const isWithin = (value: string, { from, before }: { from?: string; before?: string }): boolean =>
  (from === undefined || value >= from) &&
  (before === undefined || (from === undefined ? value < before : value <= before));

const pageOf = (tables: Tables, name: TableName, query: PageQuery) => {
  const { index, partition, sort, limit, isBackwards, after } = query;
  const [, value] = partition;
  const all =
    index === undefined ? [...(tables[name].get(value) ?? [])] : inIndex(tables[name], indexOf(index), value);
  const some = sort === undefined ? all : all.filter((item) => isWithin(textOf(item[sort.name]), sort));
  if (isBackwards === true) some.reverse();
  const start = keyIn(after);
  const from =
    start === undefined
      ? 0
      : 1 + some.findIndex((item) => KEYS[name].every((key) => item[key] === start[key]));
  const items = some.slice(from, from + limit);
  const last = from + limit < some.length ? items.at(-1) : undefined;
  const keys = [...KEYS[name], ...(index === undefined ? [] : indexOf(index))];
  const next = last && cursorOf(Object.fromEntries(keys.map((key) => [key, last[key]])));
  return { items, next };
};

export const createMemoryTable = (shelf: Shelf, name: TableName): Table => {
  const look = async <T>(make: (tables: Tables) => T): Promise<T> => make(shelf.read());

  /** `make` answers what is there from now on; undefined when the condition said no. */
  const change = (
    key: Item,
    make: (known: Item | undefined) => { item: Item | undefined } | undefined,
  ): { item: Item | undefined } | undefined => {
    const place = placeOf(name, key);
    const made = make(find(shelf.read(), name, place));
    if (made === undefined) return undefined;
    const item = made.item === undefined ? undefined : keptItem(made.item);
    shelf.write(replaced(shelf.read(), name, place, item), `${place.partition} ${place.sort}`.trim());
    return { item };
  };

  const put = (item: Item, condition: Condition = {}): boolean => {
    const { expression, names, values } = condition;
    return (
      change(item, (known) => (holds(expression, known, names, values) ? { item } : undefined)) !== undefined
    );
  };

  const update = (key: Item, expression: string, condition: Condition) =>
    change(key, (known) =>
      holds(condition.expression, known, condition.names, condition.values)
        ? { item: updated(expression, known ?? key, condition.names, condition.values) }
        : undefined,
    );

  return {
    get: (key) => look((tables) => find(tables, name, placeOf(name, key))),
    query: (_, partition) => look((tables) => [...(tables[name].get(partition) ?? [])]),
    put: async (item) => {
      put(item);
    },
    /* One by one: a crash may come between. */
    putAll: async (items) => {
      for (const item of items) put(item);
    },
    putNew: async (item) =>
      change(item, (known) => (known === undefined ? { item } : undefined)) !== undefined,
    putIf: async (item, condition) => put(item, condition),
    update: async (key, expression, condition) => update(key, expression, condition) !== undefined,
    updated: async (key, expression, condition) => update(key, expression, condition)?.item,
    delete: async (key) => {
      if (find(shelf.read(), name, placeOf(name, key)) !== undefined)
        change(key, () => ({ item: undefined }));
    },
    page: (query) => look((tables) => pageOf(tables, name, query)),
    async *scan(index) {
      yield* inIndex(shelf.read()[name], indexOf(index));
    },
  };
};
