/** What the customer of one sale does not want to get any more, as its journal says. */
import type { Entry, EntryOf } from '../journal.ts';
import { ASKING, type MessageClass } from './standing.ts';

/** A `resumed` takes back every stop before it. */
export const stoppedClasses = (journal: readonly Entry[]): ReadonlySet<MessageClass> => {
  const since = journal.findLastIndex((entry) => entry.type === 'resumed');
  const stops = journal
    .slice(since + 1)
    .filter((entry): entry is EntryOf<'stopped'> => entry.type === 'stopped');
  return new Set(stops.flatMap(({ classes }) => classes ?? ASKING));
};
