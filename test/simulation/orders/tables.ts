/** DynamoDB's tables in memory, never changed but replaced: keeping a state is keeping a reference. */
import { cursorOf, keyIn } from '../../../functions/adapters/dynamodb-page.ts';
import type { Condition, Item, PageQuery, Table } from '../../../functions/adapters/table.ts';
import { holds, updated } from './expressions.ts';
import { kindOf } from './kinds.ts';
import { type Hear, unheard } from './recall.ts';

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

const NOTHING: Partition = Object.freeze([]);

export const NO_TABLES: Tables = { Sales: new Map(), Links: new Map(), Parked: new Map() };

/** How the tables are read and replaced; a write has a name that people read. */
export type Shelf = {
  read(): Tables;
  write(tables: Tables, what: string): void;
};

const kept = new WeakSet<object>();

/** What DynamoDB would keep of it: nothing is kept of what is undefined, and nobody changes it any more. */
const keptPart = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || kept.has(value)) return value;
  if (value instanceof Set) throw new Error('A set inside of an attribute: kinds.ts would not see it');
  if (!Array.isArray(value)) return keptItem(value);
  const parts = Object.freeze(value.map(keptPart));
  kept.add(parts);
  return parts;
};

const keptItem = <T extends object>(given: T): Item => {
  const item: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) item[name] = value instanceof Set ? new Set(value) : keptPart(value);
  Object.freeze(item);
  kept.add(item);
  return item;
};

const textOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error(`A key that is no text: ${JSON.stringify(value)}`);
  return value;
};

type Place = { partition: string; sort: string };

const placeOf = (name: TableName, item: Item): Place => {
  const [partition, sort] = KEYS[name];
  return { partition: textOf(item[partition]), sort: sort === undefined ? '' : textOf(item[sort]) };
};

const isAt = (name: TableName, sort: string) => {
  const [, attribute] = KEYS[name];
  return (item: Item): boolean => attribute === undefined || item[attribute] === sort;
};

const find = (tables: Tables, name: TableName, { partition, sort }: Place): Item | undefined =>
  tables[name].get(partition)?.find(isAt(name, sort));

/** Where the item is, or would be. */
const indexIn = (partition: Partition, name: TableName, sort: string): number => {
  const [, attribute] = KEYS[name];
  if (attribute === undefined) return 0;
  const at = partition.findIndex((one) => textOf(one[attribute]) >= sort);
  return at === -1 ? partition.length : at;
};

/** With the item, or without when it is undefined. */
const replaced = (tables: Tables, name: TableName, place: Place, item: Item | undefined): Tables => {
  const before = tables[name].get(place.partition) ?? NOTHING;
  const at = indexIn(before, name, place.sort);
  const known = before[at];
  const gone = known !== undefined && isAt(name, place.sort)(known) ? 1 : 0;
  const items = Object.freeze(before.toSpliced(at, gone, ...(item === undefined ? [] : [item])));
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

/** Items that are equal are one, so what is found out about one of them is known of all. */
const items = new Map<number, Item>();

const oneOf = (item: Item): Item => {
  const kind = kindOf(item);
  const known = items.get(kind) ?? item;
  items.set(kind, known);
  return known;
};

/** What an update makes of an item is made once. */
const made = new Map<string, Item>();

const updatedOnce = (known: Item, expression: string, { names, values }: Condition): Item => {
  const key = `${kindOf(known)} ${expression} ${kindOf(names)} ${kindOf(values)}`;
  const item = made.get(key) ?? oneOf(keptItem(updated(expression, known, names, values)));
  made.set(key, item);
  return item;
};

const keptCondition = ({ expression, names, values }: Condition): Condition => ({
  ...(expression === undefined ? {} : { expression }),
  ...(names === undefined ? {} : { names: Object.freeze({ ...names }) }),
  ...(values === undefined ? {} : { values: keptItem(values) }),
});

export const createMemoryTable = (shelf: Shelf, name: TableName, hear: Hear = unheard): Table => {
  /** `make` answers what is there from now on; undefined when the condition said no. */
  const change = (
    key: Item,
    make: (known: Item | undefined) => { item: Item | undefined } | undefined,
  ): { item: Item | undefined } | undefined => {
    const place = placeOf(name, key);
    const next = make(find(shelf.read(), name, place));
    if (next === undefined) return undefined;
    shelf.write(replaced(shelf.read(), name, place, next.item), `${place.partition} ${place.sort}`.trim());
    return next;
  };

  const putIf = hear(`${name} put`, (item: Item, { expression, names, values }: Condition): boolean => {
    const isPut = (known: Item | undefined) => holds(expression, known, names, values);
    return change(item, (known) => (isPut(known) ? { item } : undefined)) !== undefined;
  });

  const update = hear(`${name} update`, (key: Item, expression: string, condition: Condition) => {
    const { names, values } = condition;
    const isMeant = (known: Item | undefined) => holds(condition.expression, known, names, values);
    return change(key, (known) =>
      isMeant(known) ? { item: updatedOnce(known ?? key, expression, condition) } : undefined,
    )?.item;
  });

  const get = hear(`${name} get`, (key: Item) => find(shelf.read(), name, placeOf(name, key)));
  const query = hear(`${name} query`, (partition: string) => shelf.read()[name].get(partition) ?? NOTHING);
  const page = hear(`${name} page`, (asked: PageQuery) => pageOf(shelf.read(), name, asked));
  const scan = hear(`${name} scan`, (index: string) => inIndex(shelf.read()[name], indexOf(index)));
  const remove = hear(`${name} delete`, (key: Item): void => {
    if (find(shelf.read(), name, placeOf(name, key)) !== undefined) change(key, () => ({ item: undefined }));
  });
  const put = async (item: Item, condition: Condition = {}) =>
    putIf(oneOf(keptItem(item)), keptCondition(condition));

  return {
    get: async (key) => get(keptItem(key)),
    query: async (_, partition) => [...query(partition)],
    put: async (item) => {
      await put(item);
    },
    /* One by one: a crash may come between. */
    putAll: async (items) => {
      for (const item of items) await put(item);
    },
    putNew: (item) => put(item, { expression: `attribute_not_exists(${KEYS[name][0]})` }),
    putIf: put,
    update: async (key, expression, condition) =>
      update(keptItem(key), expression, keptCondition(condition)) !== undefined,
    updated: async (key, expression, condition) =>
      update(keptItem(key), expression, keptCondition(condition)),
    delete: async (key) => remove(keptItem(key)),
    page: async (asked) => page({ ...asked }),
    async *scan(index) {
      yield* scan(index);
    },
  };
};
