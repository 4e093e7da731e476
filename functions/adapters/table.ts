/** The few DynamoDB calls the stores are made of. Single-item conditional writes only: no transactions. */
import type { Page } from './page.ts';

export type Item = Record<string, unknown>;

export type Table = {
  get(key: Item): Promise<Item | undefined>;
  /** Every item of a partition, strongly consistent. */
  query(partitionName: string, partition: string): Promise<Item[]>;
  put(item: Item): Promise<void>;
  /** Puts several in one call, in no order and not as one: a crash may leave some of them. */
  putAll(items: readonly Item[]): Promise<void>;
  /** False when an item with this key exists. */
  putNew(item: Item): Promise<boolean>;
  /** Puts unless `condition` says no; false then. */
  putIf(item: Item, condition: Condition): Promise<boolean>;
  update(key: Item, expression: string, condition: Condition): Promise<boolean>;
  /** The same; the item as it is now, or undefined when the condition said no. */
  updated(key: Item, expression: string, condition: Condition): Promise<Item | undefined>;
  delete(key: Item): Promise<void>;
  /** Some items of a partition of the table or of an index, in the order of the sort key. */
  page(query: PageQuery): Promise<Page<Item>>;
  /** Every item of an index, page after page. */
  scan(index: string): AsyncIterable<Item>;
};

export type PageQuery = {
  index?: string;
  /** The partition's name and value. */
  partition: readonly [name: string, value: string];
  /** The sort key's name and bounds: from `from` on, before `before`. */
  sort?: { name: string; from?: string; before?: string };
  limit: number;
  /** The one attribute that is wanted; all of them when left out. */
  only?: string;
  /** Newest or largest first. */
  isBackwards?: boolean;
  after?: string | undefined;
};

export type Condition = { expression?: string; names?: Record<string, string>; values?: Item };
