/** A promise: owed to the customer, with an owner and a due time, closed only by the customer. Folded from the journal. */
import { addOpenHours, type Opening } from './calendar.ts';
import type { Level, PromisePolicy } from './configuration.ts';
import { type Entry, inOrder, type PromiseCause, type PromiseId, type PromiseKind } from './journal.ts';

/**
 * `open` nobody has touched it, `taken` somebody has it, `proposed` staff say it is done and the customer is asked,
 * `kept` the customer said yes, `assumed` the customer was asked twice and stayed silent, `waived` the customer's own
 * later answer made it pointless.
 */
export type PromiseStatus = 'open' | 'taken' | 'proposed' | 'kept' | 'assumed' | 'waived';

/** A promise as the journal tells it. (`Promise` is JavaScript's word.) */
export type OwedPromise = {
  id: PromiseId;
  kind: PromiseKind;
  because: PromiseCause;
  reply: number | undefined;
  status: PromiseStatus;
  owner: string;
  level: Level;
  /** Times it was broken. */
  strikes: number;
  madeAt: string;
  dueAt: string;
  /** The customer said "not yet" and the ladder has not been climbed for it. */
  isRefused: boolean;
  /** How often staff said it is done, how often it changed hands, how often the customer judged it. */
  proposals: number;
  handovers: number;
  verdicts: number;
  /** How often it was opened: 1, and one more each time a closed promise was reopened. */
  cycle: number;
  closedAt: string | undefined;
  /** What staff last said they did (personal data: never log it). */
  what: string | undefined;
};

export const isClosed = (promise: OwedPromise): boolean =>
  promise.status === 'kept' || promise.status === 'assumed' || promise.status === 'waived';

const close = (promise: OwedPromise, status: PromiseStatus, at: string) => {
  promise.status = status;
  promise.closedAt = at;
};

const moveTo = (promise: OwedPromise, to: { owner: string; level: Level; dueAt: string }) => {
  if (isClosed(promise)) promise.cycle += 1;
  promise.closedAt = undefined;
  promise.status = 'open';
  promise.isRefused = false;
  promise.owner = to.owner;
  promise.level = to.level;
  promise.dueAt = to.dueAt;
};

const apply = (promise: OwedPromise, entry: Entry): void => {
  switch (entry.type) {
    case 'taken':
      if (promise.status !== 'open') return;
      promise.status = 'taken';
      promise.dueAt = entry.dueAt;
      return;
    case 'handed-over':
      promise.handovers += 1;
      moveTo(promise, { owner: entry.to, level: entry.level, dueAt: entry.dueAt });
      return;
    case 'proposed':
      promise.proposals += 1;
      promise.what = entry.private?.what;
      if (!isClosed(promise)) promise.status = 'proposed';
      promise.isRefused = false;
      return;
    case 'judged':
      promise.verdicts += 1;
      promise.isRefused = !entry.isKept;
      if (entry.isKept) close(promise, 'kept', entry.at);
      return;
    case 'escalated':
      promise.strikes += 1;
      moveTo(promise, entry);
      return;
    case 'assumed':
      close(promise, 'assumed', entry.at);
      return;
    case 'waived':
      close(promise, 'waived', entry.at);
      return;
    default:
  }
};

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
        status: 'open',
        owner: entry.owner,
        level: entry.level,
        strikes: 0,
        isRefused: false,
        madeAt: entry.at,
        dueAt: entry.dueAt,
        proposals: 0,
        handovers: 0,
        verdicts: 0,
        cycle: 1,
        closedAt: undefined,
        what: undefined,
      });
    } else if ('promise' in entry) {
      const promise = promises.get(entry.promise);
      if (promise !== undefined) apply(promise, entry);
    }
  }
  return [...promises.values()];
};

/** How often a promise has been given to somebody: one note each time, and no more. */
export const assignmentOf = (promise: OwedPromise): number => 1 + promise.strikes + promise.handovers;

/** By when somebody must have taken it. */
export const answerDue = (from: string, policy: PromisePolicy, opening: Opening) =>
  addOpenHours(from, policy.answerHours, opening);

/** By when who took it must have done it. */
export const keepDue = (from: string, policy: PromisePolicy, opening: Opening) =>
  addOpenHours(from, policy.keepHours, opening);

/** The head of the business is reminded ever more slowly, never not at all. */
const SLOWEST = 8;

export const escalatedDue = (promise: OwedPromise, from: string, policy: PromisePolicy, opening: Opening) => {
  const isAtTop = promise.level === 2;
  const slower = isAtTop ? Math.min(2 ** Math.max(0, promise.strikes - 1), SLOWEST) : 1;
  return addOpenHours(from, policy.answerHours * slower, opening);
};
