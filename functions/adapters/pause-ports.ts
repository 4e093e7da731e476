/** The kill switch, and whom it holds. */
import type { Instant, SaleId } from '../core/ids.ts';
import type { Pause } from '../core/operations/pause.ts';
import type { Page } from './page.ts';

export type Pauses = {
  /** Strongly consistent: it is asked before every send. */
  read(): Promise<{
    /** Also those that are over and were not taken off yet. */
    pauses: Pause[];
    /** A pause was ended early or made shorter: whoever it held may wait for an end as late as this. */
    endedUntil: Instant | undefined;
  }>;
  /** The newest word about what it is about; `former`: the word before it. */
  put(pause: Pause, former?: Pause): Promise<void>;
  /** Ends it now; false when somebody else has ended or renewed it. */
  end(pause: Pause): Promise<boolean>;
  /** Takes off one that is over, or what is known of those that were ended early. */
  forget(over: Pause | { endedUntil: Instant }): Promise<void>;
};

/** A sale something of which waits for the end of a pause. */
export type HeldSale = {
  saleId: SaleId;
  /** Of the sale, so that whether it is still held can be told without loading it. */
  journey: string;
  /** The end of that pause. */
  until: Instant;
};

export type HeldSales = {
  /** Keeps the row; doing it again changes nothing. */
  hold(held: HeldSale): Promise<void>;
  /** Some of a shard; those first whose pause ends first. */
  look(shard: number, options: { limit: number; after?: string | undefined }): Promise<Page<HeldSale>>;
  drop(held: HeldSale): Promise<void>;
};
