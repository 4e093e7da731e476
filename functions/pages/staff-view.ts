/** What the page of a promise shows to the person who owes it. */
import type { HiddenFields } from './form-parts.ts';
import type { PageWords } from './words.ts';

export type StaffPromiseError =
  | { field: 'what'; message: 'what-missing' | 'words-too-long' }
  | { field: 'to'; message: 'to-missing' | 'to-unknown' }
  | { field: 'note'; message: 'words-too-long' }
  | { field: 'act'; message: 'act-missing' | 'already-closed' };

export type StaffPromiseState =
  | { kind: 'open' }
  /** The owner said "I have this". */
  | { kind: 'taken' }
  /** `what` the owner says was done; the customer has been asked. */
  | { kind: 'proposed'; what: string }
  | { kind: 'closed'; outcome: 'kept' | 'assumed' | 'void' };

export type StaffPromiseView = {
  words: PageWords;
  /** Takes the POST with `act` = `take` | `done` | `hand-over`. */
  action: string;
  shopName: string;
  itemTitle: string;
  customer: { name: string; phone?: string | undefined };
  promise: {
    kind: 'call' | 'visit' | 'answer' | 'resolve';
    state: StaffPromiseState;
    /** Local date and time, and how far off it is: `Thu 26 Nov, 14:00`, `2 h 10 min left`. */
    due: string;
    timeLeft: string;
    isLate: boolean;
    ownerName: string;
    level: 0 | 1 | 2;
    strikes: number;
  };
  /** What the customer said, as far as they said it. */
  reply?: {
    rating?: '1' | '2' | '3' | '4' | '5' | undefined;
    words?: string | undefined;
    wish?: 'fix' | 'replace' | 'refund' | 'listen' | undefined;
    wantsCall?: boolean;
  };
  /** Oldest first; `at` is a local date and time. */
  story: readonly { at: string; what: string }[];
  /** To whom it can be handed over. */
  staff: readonly { id: string; name: string }[];
  /** What was just done on this page; shown once after the POST. */
  notice?: { kind: 'taken' | 'proposed' } | { kind: 'handed-over'; name: string };
  values?: { what?: string; to?: string; note?: string };
  error?: StaffPromiseError | undefined;
  hidden?: HiddenFields;
};
