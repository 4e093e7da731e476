/** What was parked, and what it takes to forget a person piece by piece. */
import type { Instant, SaleId } from '../core/ids.ts';
import type { Dropped, Receipt } from '../core/privacy/receipt.ts';
import type { ForgetTask, ReceiptNumber } from '../core/privacy/request.ts';
import type { Page } from './page.ts';

export type ParkedEvent = {
  source: string;
  id: string;
  reason: string;
  topic: string | undefined;
  body: string;
  at: Instant;
};

export type ParkedStore = { park(event: ParkedEvent): Promise<void> };

/** What was parked, for whoever looks for a person who is to be forgotten. */
export type ParkedShelf = {
  /** Some of a source, oldest first. */
  look(source: string, after: string | undefined): Promise<Page<Pick<ParkedEvent, 'id' | 'body'>>>;
  drop(source: string, id: string): Promise<void>;
};

/** Pieces of the work of forgetting: ids and digests only. */
export type ForgetQueue = { send(task: ForgetTask): Promise<void> };

/** What people get in hand who were forgotten. */
export type Receipts = {
  open(receipt: Omit<Receipt, 'dropped'>): Promise<void>;
  /** What one piece of the work is about to drop; the first word counts, however often it is done. */
  note(number: ReceiptNumber, part: string, dropped: Dropped): Promise<void>;
  find(number: string): Promise<Receipt | undefined>;
};

/** Every sale of a source, in no order, a page at a time; one that is left out of a page stands in another. */
export type SaleScan = { ofSource(source: string, after: string | undefined): Promise<Page<SaleId>> };
