/** A promise: owed to the customer, with an owner and a due time, closed only by the customer. Folded from the journal. */
import type { Level } from '../level.ts';
import type { NoShow, PromiseCause, PromiseId, PromiseKind, Severity } from './entries.ts';

/**
 * `open` nobody has touched it, `taken` somebody has it, `offered` the customer is asked whether a new time suits,
 * `proposed` staff say it is done and the customer is asked, `kept` the customer said yes, `assumed` the customer was
 * asked twice and stayed silent, `waived` the customer's own later answer made it pointless, `withdrawn` taken back.
 */
export type PromiseStatus =
  | 'open'
  | 'taken'
  | 'offered'
  | 'proposed'
  | 'kept'
  | 'assumed'
  | 'waived'
  | 'withdrawn';

/** One booking of a visit. */
export type Booking = {
  /** 1 for the first; the calendar file's SEQUENCE is one less. */
  n: number;
  from: string;
  to: string;
  /** When it began as booked, before any delay: from here on the provider's time is taken. */
  heldFrom: string;
  zone: string;
  provider: string;
  bookedAt: string;
  /** When this window was settled: booked, answered for, or moved because the provider is late. */
  settledAt: string;
  /** Personal data, as is `bring`. */
  place: string | undefined;
  bring: string | undefined;
  /** Nobody answers for it yet: it does not stand and nobody is told of it. */
  isPending: boolean;
  acceptedBy: string | undefined;
  suitsAt: string | undefined;
  onMyWayAt: string | undefined;
  delays: number;
  /** Undefined while nothing is known to be wrong. */
  noShow: NoShow | undefined;
  /** The strike for it has been written. */
  isStruck: boolean;
  /** The provider cannot make it and has offered another time, or it is over and something is owed still. */
  isOff: boolean;
};

/** How one owner's turn ended: the numerator and denominator of promises kept. */
export type TurnResult = {
  term: number;
  owner: string;
  at: string;
  dueAt: string;
  result: 'kept' | 'late' | 'broken' | 'assumed';
};

/** A promise as the journal tells it. (`Promise` is JavaScript's word.) */
export type OwedPromise = {
  id: PromiseId;
  kind: PromiseKind;
  because: PromiseCause;
  reply: number | undefined;
  severity: Severity;
  status: PromiseStatus;
  owner: string;
  level: Level;
  /** Times it was broken. */
  strikes: number;
  /** Times it went up. A strike can be taken back, this cannot: keys are made of it. */
  raises: number;
  madeAt: string;
  madeBy: string | undefined;
  /** The promise it follows from: the visit nobody came to. */
  after: PromiseId | undefined;
  dueAt: string;
  /** Grows with everything that changes what happens next; a wait that began in an earlier turn is out of date. */
  turn: number;
  /** Grows only when the time starts to run anew; every reminder belongs to a term. */
  term: number;
  termAt: string;
  /** When something last happened that people must hear of. */
  newsAt: string;
  /** The time runs in days, not in working hours. */
  isCalendar: boolean;
  /** The sentence that was promised, or the customer's question (personal data: never log it). */
  words: string | undefined;
  /** The customer said "not yet" and the ladder has not been climbed for it. */
  isRefused: boolean;
  /** How often staff said it is done, how often it changed hands, how often the customer judged it, … */
  proposals: number;
  handovers: number;
  verdicts: number;
  moves: number;
  offers: number;
  wishes: number;
  /** How often the customer wrote about it. */
  sayings: number;
  /** How often somebody here wrote to them. */
  tellings: number;
  delays: number;
  withdrawals: number;
  rescues: number;
  pages: number;
  /** The new time that is offered now. */
  offer: { from: string | undefined; to: string } | undefined;
  /** The booking in force, or the one that came to nothing while there is no newer one. */
  booking: Booking | undefined;
  /** Every booking there was, oldest first. */
  bookings: Booking[];
  results: TurnResult[];
  /** How often it was opened: 1, and one more each time a closed promise was reopened or rescued. */
  cycle: number;
  closedAt: string | undefined;
  proposedAt: string | undefined;
  /** What staff last said they did (personal data: never log it). */
  what: string | undefined;
  /** `what` was written for the customer and goes to them as it stands. */
  isInTheirWords: boolean;
};

export const isClosed = (promise: Pick<OwedPromise, 'status'>): boolean =>
  promise.status === 'kept' ||
  promise.status === 'assumed' ||
  promise.status === 'waived' ||
  promise.status === 'withdrawn';

const CLOSED_BY_ANSWER = new Set<PromiseCause>(['unhappy', 'asked', 'silent', 'cannot-write', 'question']);
/** It came out of what the customer said or did not say, so their own later answer can make it pointless. */
export const hangsOnAnswer = (promise: OwedPromise): boolean => CLOSED_BY_ANSWER.has(promise.because);

/** The customer knows of it. Nobody was told of the call that follows silence. */
export const isKnown = (promise: OwedPromise): boolean =>
  promise.because !== 'silent' && promise.because !== 'cannot-write';

/** A visit with a time; without one, a visit is something to be arranged. */
export const standingBooking = ({ booking }: OwedPromise): Booking | undefined => {
  if (booking === undefined || booking.isPending || booking.isOff) return undefined;
  return booking.noShow === undefined ? booking : undefined;
};

/** How often a promise has been given to somebody: one note each time, and no more. */
export const assignmentOf = (promise: OwedPromise): number => 1 + promise.raises + promise.handovers;
