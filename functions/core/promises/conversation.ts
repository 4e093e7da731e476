/**
 * A promise in conversation: what the customer writes about it, and what staff write to the customer, by mail or from
 * the desk. An answer to what was asked proposes the promise as done; anything else is passed on as it stands.
 */
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import { LONGEST_WORDS } from '../reply.ts';
import { answerDue } from './deadlines.ts';
import type { PromiseEntry } from './entries.ts';
import type { OwedPromise } from './promise.ts';
import type { Decided, StaffCase } from './staff-rules.ts';

type Saying = { config: Configuration; promise: OwedPromise; now: Instant };

/**
 * The customer wrote about an open promise. Written after we said that it is done, it opens it again without a strike:
 * they neither said yes nor no, they go on talking.
 */
export const saidByCustomer = (
  { config, promise, now }: Saying,
  { mail, words }: { mail: string; words: string },
): PromiseEntry => ({
  type: 'said',
  at: now,
  promise: promise.id,
  n: promise.sayings + 1,
  mail,
  ...(promise.status === 'proposed' ? { dueAt: answerDue(config, 'answer', now, promise.severity) } : {}),
  private: { words },
});

export type Told = { what: string; via: 'mail' | 'desk' };

/** What somebody here writes to the customer, in their own words. */
export const tellCustomer = ({ promise, by, now }: StaffCase, { what, via }: Told): Decided => {
  const words = what.trim();
  if (words === '') return { refusal: 'what-missing' };
  if (Buffer.byteLength(words) > LONGEST_WORDS) return { refusal: 'words-too-long' };
  const common = { at: now, promise: promise.id, by, via };
  return promise.kind === 'answer' && promise.status !== 'proposed'
    ? {
        entries: [{ type: 'proposed', ...common, n: promise.proposals + 1, private: { what: words } }],
      }
    : { entries: [{ type: 'told', ...common, n: promise.tellings + 1, private: { words } }] };
};
