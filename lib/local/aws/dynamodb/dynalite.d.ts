/** The parts of dynalite 4.0.0 that the runtime drives directly; the package brings no types. */

declare module 'dynalite/db/index.js' {
  /** DynamoDB's JSON: one type letter and what it holds. */
  export type Value = Record<string, unknown>;
  export type Item = Record<string, Value>;
  export type KeyElement = { AttributeName: string; KeyType: 'HASH' | 'RANGE' };
  export type KeyType = 'S' | 'N' | 'B';
  export type Index = {
    IndexName: string;
    KeySchema: KeyElement[];
    Projection: { ProjectionType: string; NonKeyAttributes?: string[] | undefined };
  };
  export type Table = {
    TableName: string;
    KeySchema: KeyElement[];
    AttributeDefinitions: { AttributeName: string; AttributeType: KeyType }[];
    GlobalSecondaryIndexes?: Index[] | undefined;
    LocalSecondaryIndexes?: Index[] | undefined;
  };
  export type Path = readonly (string | number)[];
  /** An operand of a condition or an update: a path, a value, or a function of operands. */
  export type Operand = Path | { readonly type?: string; readonly name?: string; readonly args?: Operand[] };
  export type Expression = { type: string; name?: string; args: unknown[] };
  export type Section = {
    type: 'set' | 'remove' | 'add' | 'delete';
    path: Path;
    val?: Operand;
    attrType?: string;
  };
  type Nested = { nestedPaths: Record<string, unknown>; pathHeads?: Record<string, unknown> };
  export type Condition = Nested & { expression: Expression };
  export type Updates = Nested & { sections: Section[]; paths: Path[] };
  export type Projection = Nested & { paths: Path[] };
  /** What is there when something is wrong. */
  type Fault = Error | null | undefined;

  export function validateKey(key: Item, table: Table): Fault;
  export function validateItem(item: Item, table: Table): Fault;
  export function validateKeyPaths(nestedPaths: unknown, table: Table): Fault;
  export function validateUpdates(legacy: unknown, updates: Updates | undefined, table: Table): Fault;
  export function validationError(text: string): Error;
  export function matchesExprFilter(item: Item, expression: Expression): boolean;
  export function matchesFilter(item: Item, filter: unknown, operator: string | undefined): boolean;
  export function mapPath(path: Path, item: Item): Value | null | undefined;
  export function mapPaths(paths: readonly (Path | string)[], item: Item): Item;
  /** Bytes an item counts for, by DynamoDB's rules. */
  export function itemSize(item: Item): number;
  /** Text whose order is the order of the numbers or bytes. */
  export function toLexiStr(key: unknown, type: KeyType): string;
  /** Six hexadecimal digits by which a partition belongs to a segment of a scan. */
  export function hashPrefix(key: unknown, type: KeyType): string;

  /** What an earlier release kept its tables in. */
  export type LevelStore = {
    db: {
      open(): Promise<void>;
      close(): Promise<void>;
      keys(options: { gte: string; lt: string }): AsyncIterable<string> & { close(): Promise<void> };
    };
    tableDb: {
      get(name: string, callback: (error: unknown, table?: unknown) => void): void;
    };
    getItemDb(table: string): { createValueStream(): AsyncIterable<Item> };
  };
  export function create(options: { path?: string; createTableMs?: number }): LevelStore;
}

declare module 'dynalite/validations/index.js' {
  export function checkTypes<Checked>(data: unknown, types: unknown): Checked;
  export function checkValidations(data: unknown, types: unknown, custom: unknown, store: unknown): void;
}

declare module 'dynalite/validations/*.js' {
  const rules: { types: unknown; custom: unknown };
  export = rules;
}

declare module 'dynalite/actions/*.js' {
  const action: (
    store: unknown,
    request: unknown,
    callback: (error?: unknown, answer?: unknown) => void,
  ) => void;
  export = action;
}
