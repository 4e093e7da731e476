/** The desk's search. */
import type { SearchKey } from '../core/desk/search-keys.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import type { Page } from './page.ts';

/** What is known of a sale's search rows without reading them. */
export type KnownRows = {
  /** As the loaded sale has it (`foundBy`). */
  written: string | undefined;
  /** Until when the sale is kept, and its rows with it. */
  keptUntil: Instant | undefined;
  /**
   * The sale has begun, so nobody comes again after a crash: the rows are noted as written once they are. Before it begins
   * whoever dies comes again and writes all of them once more, so what is noted beforehand need not be true yet.
   */
  hasBegun: boolean;
};

/** Finds sales by what a person says on the phone. */
export type PersonSearch = {
  /** Adds keys under which the sale is found; earlier ones stay. False when they were there already. */
  index(id: SaleId, keys: readonly SearchKey[], known?: KnownRows): Promise<boolean>;
  /** Every key the sale was ever found under: what must go when the sale goes. */
  keysOf(id: SaleId): Promise<Pick<SearchKey, 'partition' | 'sort'>[]>;
  /** The sale is found under none of them any more. */
  forget(id: SaleId): Promise<void>;
  /** In the order of the sort key, from `prefix` on; `also`: beginnings of other words of the name. */
  find(
    partition: string,
    options: { prefix: string; also?: readonly string[]; limit: number; after?: string | undefined },
  ): Promise<Page<SaleId>>;
};
