/** What keeps a message waiting, as the journal says it: it was put off, or the customer is away. */
import { isBefore } from '../calendar.ts';
import type { Decision } from '../conversation/entries.ts';
import type { Instant } from '../ids.ts';
import { type Entry, entriesOf } from '../journal.ts';

export type PutOff = { until: Instant; why: Decision };

/** Out-of-office notes say when somebody is back; the last word on it counts. */
const awayUntil = (journal: readonly Entry[]): PutOff | undefined => {
  const note = entriesOf(journal, 'wrote').findLast(({ returns }) => returns !== undefined);
  return note?.returns === undefined
    ? undefined
    : { until: note.returns, why: { rule: 'away', inputs: { returns: note.returns, told: note.at } } };
};

/** The later of both; undefined when nothing keeps it. */
export const putOff = (journal: readonly Entry[], message: string): PutOff | undefined => {
  const deferred = entriesOf(journal, 'deferred').findLast((entry) => entry.message === message);
  const away = awayUntil(journal);
  if (deferred === undefined || (away !== undefined && isBefore(deferred.until, away.until))) return away;
  return { until: deferred.until, why: deferred.why };
};
