/** How long a customer in trouble waits until a person does something about it. */
import { toEpochMs } from '../calendar.ts';
import type { Instant } from '../ids.ts';
import type { Entry } from '../journal.ts';
import type { PromiseCause, PromiseEntry } from '../promises/entries.ts';
import { promiseOf, type Sale } from '../sale.ts';
import type { Change } from './change.ts';
import type { Measurement } from './metrics.ts';

const NOBODY: ReadonlySet<string> = new Set(['customer', 'clock', 'shop', 'system']);

const ACTS: ReadonlySet<Entry['type']> = new Set<PromiseEntry['type']>([
  'taken',
  'handed-over',
  'moved',
  'offered',
  'told',
  'booked',
  'accepted',
  'on-my-way',
  'delayed',
  'proposed',
]);

/** A member of staff did something; what another system or the sweeper did in their place is no act of a person. */
export const isActOfPerson = (entry: Entry): entry is PromiseEntry => {
  if (!ACTS.has(entry.type)) return false;
  if (entry.type === 'handed-over') return entry.because !== 'left' && entry.request === undefined;
  return 'by' in entry && entry.by !== undefined && !NOBODY.has(entry.by);
};

/** It came out of what the customer said; out of silence, or of what the shop promised itself, comes no trouble. */
const SAID: ReadonlySet<PromiseCause> = new Set(['unhappy', 'asked', 'question']);

const beginsTrouble = (entry: PromiseEntry): boolean => {
  switch (entry.type) {
    case 'promised':
      return SAID.has(entry.because);
    case 'judged':
      return !entry.isKept;
    case 'missed':
      return entry.by === 'customer';
    case 'said':
      return true;
    default:
      return false;
  }
};

/** A promise is made a moment after the answer it follows from: the customer has waited since that. */
const since = ({ replies }: Sale, entry: PromiseEntry): Instant =>
  (entry.type === 'promised' ? replies.find(({ n }) => n === entry.reply)?.at : undefined) ?? entry.at;

const isAbout = (entry: Entry, promise: string): entry is PromiseEntry =>
  'promise' in entry && entry.promise === promise;

/** Since when this promise's customer has been in trouble without a sign of anybody. */
const waitingSince = (sale: Sale, promise: string): Instant | undefined => {
  let waiting: Instant | undefined;
  for (const entry of sale.journal) {
    if (!isAbout(entry, promise)) continue;
    if (isActOfPerson(entry)) waiting = undefined;
    else if (beginsTrouble(entry)) waiting ??= since(sale, entry);
  }
  return waiting;
};

export const secondsToAnswer = (entry: Entry, { before }: Change): Measurement[] => {
  if (!isActOfPerson(entry)) return [];
  const promise = promiseOf(before, entry.promise);
  const waiting = waitingSince(before, entry.promise);
  if (promise === undefined || waiting === undefined) return [];
  const { kind, level } = promise;
  const seconds = (toEpochMs(entry.at) - toEpochMs(waiting)) / 1000;
  return [{ values: { FirstAnswerSeconds: Math.max(0, seconds) }, details: { kind, level } }];
};
