/** All there is of one sale's world: plain values, never changed but replaced, so that any moment of it can be gone back to. */
import type { ForgetTask } from '../../../functions/core/privacy/request.ts';
import type { Execution } from './machines.ts';
import { NO_TABLES, type Tables } from './tables.ts';

export type EventName =
  | 'create'
  | 'paid'
  | 'refund'
  | 'delivered'
  | 'reply'
  | 'second-reply'
  | 'timer'
  | 'erase'
  | 'staff-act'
  | 'stop';

/** A mail that the mail service took. */
export type Sent = {
  message: string;
  attempt: number;
  to: string;
  at: number;
  raw: string;
  /** Counts mails and answers together, in the order in which the world saw them. */
  seq: number;
  /** What the journal said had ended it all before this mail left. */
  after: readonly ('refund' | 'stop' | 'erase')[];
};

/** A piece of the work of forgetting, on its queue. */
export type Queued = { id: number; task: ForgetTask; sentAt: number; tries: number };

/** An event that somebody outside was answered, and how; `isKnown`: there was a sale by then. */
export type Answered = { event: EventName; at: number; status: number; seq: number; isKnown: boolean };

export const nextSeq = ({ mails, answered }: Pick<State, 'mails' | 'answered'>): number =>
  mails.length + answered.length + 1;

export type State = {
  readonly now: number;
  readonly tables: Tables;
  readonly executions: ReadonlyMap<string, Execution>;
  readonly queue: readonly Queued[];
  readonly mails: readonly Sent[];
  /** In the order of the answers; a crash leaves an event without one. Says nothing of what comes: no part of the digest. */
  readonly answered: readonly Answered[];
  /** How many tokens and messages were made so far. */
  readonly made: number;
  /** What no handler may ever say. */
  readonly troubles: readonly string[];
};

export const emptyState = (now: number): State => ({
  now,
  tables: NO_TABLES,
  executions: new Map(),
  queue: [],
  mails: [],
  answered: [],
  made: 0,
  troubles: [],
});
