/** What comes after the answer: codes for friends, and how sales ended. */
import type { Counts } from '../core/after/count.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import type { Outcome } from '../core/outcome.ts';

/** Codes that customers may pass on, and whose they are. */
export type ReferralStore = {
  /** False when the code is another sale's; keeping the same again is fine. */
  keep(code: string, sale: SaleId): Promise<boolean>;
  find(code: string): Promise<SaleId | undefined>;
};

/** How one sale counts: beside how it stands, whether its person came back or brought somebody. */
export type SaleCount = {
  /** In which it was opened, as `2026-11`: it is counted there for good. */
  month: string;
  outcome: Outcome | undefined;
  hasBoughtAgain: boolean;
  hasRecommended: boolean;
  wasReferred: boolean;
};

/** How a sale was counted last. */
export type CountedAs = {
  count: SaleCount;
  /** Each count of a sale has the next one; 0 when nobody numbered it yet. */
  version: number;
};

/** How sales ended, month by month: computed from journals, never asked before a send. */
export type OutcomeCounts = {
  /**
   * Counts a sale as it stands now, and no longer as it stood; doing it twice is doing it once. `known`: how it was counted
   * last, as the sale that was loaded has it. False when it has been counted since: load it again.
   */
  count(id: SaleId, count: SaleCount, known: CountedAs | undefined, now: Instant): Promise<boolean>;
  /** In pieces, to be added up. */
  ofMonth(month: string): Promise<Counts[]>;
};
