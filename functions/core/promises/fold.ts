/** Reads promises out of the journal. */
import { type Entry, inOrder } from '../journal.ts';
import { applyToPromise } from './changes.ts';
import type { OwedPromise } from './promise.ts';

/** Every promise of a sale, oldest first. */
export const foldPromises = (entries: readonly Entry[]): OwedPromise[] => {
  const promises = new Map<string, OwedPromise>();
  for (const entry of inOrder(entries)) {
    if (entry.type === 'promised') {
      promises.set(entry.promise, {
        id: entry.promise,
        kind: entry.kind,
        because: entry.because,
        reply: entry.reply,
        severity: entry.severity ?? 'normal',
        status: 'open',
        owner: entry.owner,
        level: entry.level,
        strikes: 0,
        raises: 0,
        isRefused: false,
        madeAt: entry.at,
        madeBy: entry.by,
        after: entry.after,
        dueAt: entry.dueAt,
        turn: 1,
        term: 1,
        termAt: entry.at,
        newsAt: entry.at,
        isCalendar: entry.clock === 'calendar',
        words: entry.private?.words,
        proposals: 0,
        handovers: 0,
        verdicts: 0,
        moves: 0,
        offers: 0,
        wishes: 0,
        sayings: 0,
        tellings: 0,
        delays: 0,
        withdrawals: 0,
        rescues: 0,
        pages: 0,
        offer: undefined,
        booking: undefined,
        bookings: [],
        results: [],
        cycle: 1,
        closedAt: undefined,
        proposedAt: undefined,
        what: undefined,
        isInTheirWords: false,
      });
    } else if ('promise' in entry) {
      const promise = promises.get(entry.promise);
      if (promise !== undefined) applyToPromise(promise, entry);
    }
  }
  return [...promises.values()];
};
