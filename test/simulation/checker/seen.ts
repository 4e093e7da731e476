/**
 * What the world saw of one run: plain data, and nothing the product thinks of itself. Three kinds of runs fill it: every
 * order of events, seeds, and real kills. `judge.ts` says which laws it breaks.
 */

/**
 * When something happened. `seq` numbers everything the world saw, in the order it saw it: within one instant of virtual
 * time it still tells before from after. A run that only knows instants numbers by them.
 */
export type Moment = { at: string; seq: number };

export type Item = Readonly<Record<string, unknown>>;

/** What a shop said in a webhook. `paid` repeats the order; `garbled` was signed and nobody can read it. */
export type ShopWord =
  | 'ordered'
  | 'paid'
  | 'fulfilled'
  | 'delivered'
  | 'cancelled'
  | 'refunded'
  | 'erase'
  | 'garbled';

/** One delivery of one webhook. */
export type Told = Moment & {
  source: string;
  /** Order id; of something garbled, empty. */
  order: string;
  word: ShopWord;
  /** The same for every delivery of the same event. */
  event: string;
  /** HTTP status it was answered with; 0 when the connection broke before an answer. */
  status: number;
  /** Of refunds: all of it. */
  isFull?: boolean;
  /** When the product had dealt with it: its queue message was deleted. What leaves after that must know it. */
  doneAt?: Moment | undefined;
};

/** A mail that the mail service took. */
export type SeenMail = Moment & {
  /** Sale id `<source>/<order>`; empty for what is about none (digests, ways into the desk). */
  sale: string;
  /** As in the header X-Aftercare-Touch, or the tag: `check-in`, `call-1/in-hand#1`. */
  message: string;
  attempt: number;
  to: 'customer' | 'staff';
  /** `seq` of the last look its run took at sale and person before it left; the mail's own `seq` when nobody knows. */
  decided: number;
  /** Whether the product heard that it was taken: false when the answer was lost. */
  isAnswered: boolean;
  address: string;
  raw: string;
};

/** What became of a mail that was taken. */
export type Fate = Moment & {
  sale: string;
  message: string;
  attempt: number;
  kind: 'arrived' | 'soft-bounce' | 'hard-bounce' | 'complaint';
  doneAt?: Moment | undefined;
};

/** What a person did, by a form, a mail or at the desk. */
export type Act = Moment & {
  by: 'customer' | 'staff';
  via: 'form' | 'mail' | 'one-click' | 'desk';
  /** `done`: staff say that it is done; `kept` and `not-yet`: what the customer says of that. */
  what: 'reply' | 'stop' | 'resume' | 'kept' | 'not-yet' | 'erase' | 'done' | 'other';
  sale: string;
  /** HTTP status of the form; of a mail 250 when it was taken in. 0: the connection broke before an answer. */
  status: number;
  /** When the answer came; of mails, when the product had dealt with it. From then on it counts. */
  doneAt?: Moment | undefined;
  promise?: string;
  rating?: number;
  /** A text that stands in nobody else's words, to look for. */
  words?: string;
};

export type SeenPage = { sale: string; of: 'desk' | 'customer'; status: number; text: string };

export type SeenExecution = {
  machine: 'FollowUp' | 'Promise';
  name: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED_OUT';
  input: string;
  /** Every event of its history, as text. */
  history: string;
  /** Tokens of the tasks that wait in it now. */
  tokens: readonly string[];
};

/** Somebody, or a scanner, opened a page or followed a link without pressing anything. */
export type Look = Moment & { sale: string; status: number; writes: number };

/** Something personal that must be in no log, history or input; `forgotten`: and nowhere at all from then on. */
export type Needle = { text: string; sale: string; forgotten?: Moment };

export type Seen = {
  told: readonly Told[];
  mails: readonly SeenMail[];
  fates: readonly Fate[];
  acts: readonly Act[];
  looks: readonly Look[];
  /** Final pages, read once everything is over. */
  pages: readonly SeenPage[];
  tables: { sales: readonly Item[]; links: readonly Item[]; parked: readonly Item[] };
  executions: readonly SeenExecution[];
  logs: readonly string[];
  needles: readonly Needle[];
  /** Which person (any name for them) is behind a sale: a stop and a complaint reach all their sales. */
  people: Readonly<Record<string, string>>;
  /** Who works for the shop; left out by runs that do not look at signatures. */
  staff?: readonly { id: string; name: string; isActive: boolean }[];
  /** The journey in each guard row when it was first written, as JSON. */
  pinned?: Readonly<Record<string, string>>;
  /** So many days something owed may hold back the review ask. */
  reviewHeldDays?: number;
  /** Sends the product shows as unclear: what nobody can know. */
  unclear: readonly { sale: string; message: string; attempt: number }[];
  /** When anything went wrong in the world or was off; left out by runs that do not write it down. */
  troubles?: readonly { from: string; until: string }[];
  /** Faults are over and everything due has been done: what must come about in the end has to be there. */
  isDrained: boolean;
  /** The clock at the end. */
  now: string;
};

export type Law =
  | 'L1'
  | 'L2'
  | 'L3'
  | 'L4'
  | 'L5'
  | 'L6'
  | 'L7'
  | 'L8'
  | 'L9'
  | 'L10'
  | 'L11'
  | 'L12'
  | 'I1'
  | 'I2'
  | 'I3'
  | 'I4'
  | 'I5'
  | 'I6'
  | 'I7'
  | 'I8'
  | 'I9'
  | 'I10'
  | 'I11'
  | 'I12';

export type Finding = { law: Law; sale: string; what: string };
