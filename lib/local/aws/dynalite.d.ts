/** The parts of dynalite 4.0.0 that the runtime drives directly; the package brings no types. */

type DynaliteCallback<T = unknown> = (error?: unknown, value?: T) => void;

declare module 'dynalite/db/index.js' {
  export type WriteOperation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };

  /** Holds on to what the database was when it began, until it is closed. */
  export type LevelIterator = { close(): Promise<void> };

  export type SubDb = {
    get(key: string, callback: DynaliteCallback): void;
    put(key: string, value: unknown, callback: DynaliteCallback): void;
    del(key: string, callback: DynaliteCallback): void;
    createValueStream(options?: object): AsyncIterable<unknown>;
    lock: unknown;
  };

  export type Store = {
    /** A classic-level database (LevelDB) whose own `batch` takes a callback; the inherited one takes options. */
    db: {
      open(): Promise<void>;
      close(): Promise<void>;
      compactRange(start: string, end: string): Promise<void>;
      keys(options?: object): LevelIterator;
      values(options?: object): LevelIterator;
    };
    tableDb: SubDb & { awsRegion: string; awsAccountId: string };
    getItemDb(table: string): SubDb;
    getIndexDb(kind: string, table: string, index: string): SubDb;
  };

  export function create(options: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Store;

  /** Where an item stands in its table's database. */
  export function createKey(item: unknown, table: unknown): string;

  /** Bytes an item counts for, by DynamoDB's rules. */
  export function itemSize(item: unknown): number;

  export function getIndexActions(
    indexes: readonly unknown[],
    before: unknown,
    after: unknown,
    table: unknown,
  ): { puts: { index: string; key: string; item: unknown }[]; deletes: { index: string; key: string }[] };
}

declare module 'dynalite/validations/index.js' {
  export function checkTypes(data: unknown, types: unknown): Record<string, unknown>;
  export function checkValidations(data: unknown, types: unknown, custom: unknown, store: unknown): void;
}

declare module 'dynalite/validations/*.js' {
  const validation: { types: unknown; custom: unknown };
  export = validation;
}

declare module 'dynalite/actions/*.js' {
  const action: (
    store: import('dynalite/db/index.js').Store,
    data: Record<string, unknown>,
    callback: DynaliteCallback,
  ) => void;
  export = action;
}
