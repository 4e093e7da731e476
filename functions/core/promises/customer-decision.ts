/** What the customer's word comes to: entries to write, or the reason why it cannot be. */
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import type { Sale } from '../sale.ts';
import type { PromiseEntry } from './entries.ts';
import type { OwedPromise } from './promise.ts';

export type CustomerRefusal =
  | 'words-too-long'
  | 'words-missing'
  | 'no-visit'
  | 'too-early'
  | 'nothing-offered'
  /** The time that was offered lies in the past. */
  | 'offer-past'
  | 'already-closed';

/** No entries: it has been said already. */
export type CustomerDecided = { entries: PromiseEntry[] } | { refusal: CustomerRefusal };

export type CustomerCase = { config: Configuration; sale: Sale; promise: OwedPromise; now: Instant };
