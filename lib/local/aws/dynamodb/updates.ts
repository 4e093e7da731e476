/** Carries an update expression out on an item that nobody else holds. */
import {
  type Item,
  mapPath,
  type Operand,
  type Path,
  type Section,
  type Table,
  type Value,
  validationError,
} from 'dynalite/db/index.js';
import { addDecimals, negated } from './decimals.ts';
import type { UpdateRequest } from './requests.ts';

const MISSING = 'The provided expression refers to an attribute that does not exist in the item';
const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const WRONG_PATH = 'The document path provided in the update expression is invalid for update';
const WRONG_INDEX_KEY =
  'The update expression attempted to update the secondary index key to unsupported type';
const WRONG_LEGACY_TYPE = 'Type mismatch for attribute to update';

const isPath = (operand: Operand): operand is Path => Array.isArray(operand);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const numberIn = (value: Value): string => {
  const { N } = value;
  if (typeof N !== 'string') throw validationError(WRONG_TYPE);
  return N;
};

const listIn = (value: Value): unknown[] => {
  const { L } = value;
  if (!Array.isArray(L)) throw validationError(WRONG_TYPE);
  return L;
};

/** What stands elsewhere in the item is copied: what is changed there later does not change here. */
const read = (path: Path, item: Item): Value | undefined => {
  const found = mapPath(path, item);
  if (found === null || found === undefined) return undefined;
  return typeof found['N'] === 'string' || typeof found['S'] === 'string'
    ? { ...found }
    : structuredClone(found);
};

const resolve = (operand: Operand | undefined, item: Item): Value => {
  if (operand === undefined) throw validationError(MISSING);
  if (isPath(operand)) {
    const found = read(operand, item);
    if (found === undefined) throw validationError(MISSING);
    return found;
  }
  const [first, second] = operand.args ?? [];
  if (operand.type === 'add' || operand.type === 'subtract') {
    const one = numberIn(resolve(first, item));
    const other = numberIn(resolve(second, item));
    return { N: addDecimals(one, operand.type === 'add' ? other : negated(other)) };
  }
  if (operand.type === 'function' && operand.name === 'list_append')
    return { L: [...listIn(resolve(first, item)), ...listIn(resolve(second, item))] };
  if (operand.type === 'function' && first !== undefined && isPath(first))
    return read(first, item) ?? resolve(second, item);
  return { ...operand };
};

/** The map or the list that a path ends in, with what stands there and how to change it. */
const placeIn = (item: Item, path: Path, gaps: Set<unknown[]>) => {
  const parent = mapPath(path.slice(0, -1), item) ?? (path.length === 1 ? { M: item } : undefined);
  const last = path.at(-1);
  if (typeof last === 'number' && Array.isArray(parent?.['L'])) {
    const list: unknown[] = parent['L'];
    return {
      found: list[last],
      set: (value: Value) => {
        if (last > list.length) gaps.add(list);
        list[last] = value;
      },
      remove: () => void list.splice(last, 1),
    };
  }
  const map = path.length === 1 ? item : parent?.['M'];
  if (typeof last !== 'string' || !isRecord(map)) throw validationError(WRONG_PATH);
  return {
    found: map[last],
    set: (value: Value) => {
      map[last] = value;
    },
    remove: () => {
      delete map[last];
    },
  };
};

const membersIn = (value: unknown, type: string): unknown[] => {
  const members = isRecord(value) ? value[type] : undefined;
  return Array.isArray(members) ? members : [];
};

const sum = (found: unknown, value: unknown): Value => ({
  N: addDecimals(isRecord(found) ? numberIn(found) : '0', isRecord(value) ? numberIn(value) : '0'),
});

type Step = Section & { wrongType: string };

/** Lists, which only the older AttributeUpdates add to, keep what comes twice. */
const union = (before: readonly unknown[], given: readonly unknown[], type: string): unknown[] => [
  ...before,
  ...(type === 'L' ? given : given.filter((one) => !before.includes(one))),
];

const carryOut = (item: Item, step: Step, gaps: Set<unknown[]>): void => {
  const { type, path, val, attrType = '', wrongType } = step;
  const { found, set, remove } = placeIn(item, path, gaps);
  if (type === 'remove') remove();
  else if (type === 'set') {
    if (isRecord(val)) set(val);
  } else if (isRecord(found) && Object.keys(found)[0] !== attrType) {
    throw validationError(wrongType);
  } else if (type === 'add') {
    const members = () => union(membersIn(found, attrType), membersIn(val, attrType), attrType);
    set(attrType === 'N' ? sum(found, val) : { [attrType]: members() });
  } else if (found !== undefined) {
    const given = membersIn(val, attrType);
    const left = membersIn(found, attrType).filter((member) => !given.includes(member));
    if (left.length === 0) remove();
    else set({ [attrType]: left });
  }
};

const checkIndexKeys = (sections: readonly Section[], table: Table): void => {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  const names = new Set(indexes.flatMap(({ KeySchema }) => KeySchema.map((part) => part.AttributeName)));
  for (const { type, path, val } of sections) {
    const [name] = path;
    if (type !== 'set' || path.length > 1 || typeof name !== 'string' || !names.has(name)) continue;
    const wanted = table.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name);
    const held: unknown = val;
    if (wanted !== undefined && isRecord(held) && held[wanted.AttributeType] === undefined)
      throw validationError(WRONG_INDEX_KEY);
  }
};

/** The older AttributeUpdates say the same in other words. */
const legacySteps = (updates: UpdateRequest['AttributeUpdates']): Step[] =>
  Object.entries(updates ?? {}).map(([name, { Action = 'PUT', Value: val }]) => {
    const attrType = Object.keys(val ?? {})[0] ?? '';
    const common = { path: [name], attrType, wrongType: WRONG_LEGACY_TYPE };
    if (Action === 'ADD') return { ...common, type: 'add', ...(val && { val }) };
    if (Action === 'DELETE')
      return { ...common, type: val === undefined ? 'remove' : 'delete', ...(val && { val }) };
    return { ...common, type: 'set', ...(val && { val }) };
  });

/** @throws what `toAwsError` understands; the item is then of no use any more. */
export const applyUpdates = (request: UpdateRequest, table: Table, item: Item): void => {
  const { _updates } = request;
  const sections = _updates?.sections ?? [];
  // Every operand is what it was before the first change.
  const steps: Step[] =
    _updates === undefined
      ? legacySteps(request.AttributeUpdates)
      : sections.map((section) => ({
          ...section,
          ...(section.type === 'set' && { val: resolve(section.val, item) }),
          wrongType: WRONG_TYPE,
        }));
  checkIndexKeys(_updates === undefined ? [] : steps, table);
  const gaps = new Set<unknown[]>();
  for (const step of steps) carryOut(item, step, gaps);
  for (const list of gaps) list.splice(0, list.length, ...list.filter((value) => value !== undefined));
};

/** The attributes that an update names. */
export const pathsOf = ({ _updates, AttributeUpdates }: UpdateRequest): readonly (Path | string)[] =>
  _updates?.paths ?? Object.keys(AttributeUpdates ?? {});
