/**
 * How long a customer who asked for something waited for a person: a pure function of the journal. A clock starts on what
 * the customer says, stops on the first human act of staff, and stands still while the customer has the ball. Mails stop
 * nothing. Late is late for ever: the answer that comes afterwards does not undo it.
 */
import { addOpenHours, isBefore, type Opening, openHoursBetween } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Instant } from '../ids.ts';
import { type Entry, type EntryOf, inOrder, keyOf } from '../journal.ts';
import { staffOpening } from '../openings.ts';
import { owedFor, severityOf } from '../reply.ts';
import { answerHours } from './deadlines.ts';
import type { PromiseEntry, PromiseKind, Severity } from './entries.ts';

export type AnswerClock = {
  /** The journal key of the customer's message. */
  message: string;
  asked: 'reply' | 'question' | 'not-yet' | 'another-time';
  /** The promise it is about; undefined for a reply. */
  promise: string | undefined;
  /** `void`: nobody answered, and the customer no longer waits. */
  state: 'running' | 'paused' | 'answered' | 'void';
  startedAt: Instant;
  /** Of the first human act, or of what made an answer pointless. */
  stoppedAt: Instant | undefined;
  /** Whose act it was. */
  answeredBy: string | undefined;
  /** Working hours waited, without those in which the customer had the ball. */
  hours: number;
  limitHours: number;
  /** When the limit was reached, or will be if nobody acts; undefined while paused, and when it was not in time. */
  limitAt: Instant | undefined;
  /** The customer waited longer than the limit. */
  isMiss: boolean;
};

/** Where it stands in the journal: an act on a promise that is not made yet is about nothing. */
type Made = { promised: EntryOf<'promised'>; index: number };
type Promises = ReadonlyMap<string, Made>;

type Message = Pick<AnswerClock, 'message' | 'asked' | 'promise'> & {
  index: number;
  at: Instant;
  kind: PromiseKind;
  severity: Severity;
  /** The number of the reply, when it is one. */
  reply: number | undefined;
};

const promisesIn = (journal: readonly Entry[]): Promises => {
  const promises = new Map<string, Made>();
  journal.forEach((entry, index) => {
    if (entry.type === 'promised' && !promises.has(entry.promise))
      promises.set(entry.promise, { promised: entry, index });
  });
  return promises;
};

const aboutPromise = (entry: PromiseEntry, index: number, promises: Promises) => {
  const made = promises.get(entry.promise);
  if (made === undefined || made.index > index) return undefined;
  const { kind, severity = 'normal' } = made.promised;
  return {
    message: keyOf(entry),
    index,
    at: entry.at,
    promise: entry.promise,
    kind,
    severity,
    reply: undefined,
  };
};

const replyMessage = (entry: EntryOf<'replied'>, index: number): Message | undefined => {
  const kind = owedFor(entry.reply);
  if (kind === undefined) return undefined;
  const severity = severityOf(entry.reply);
  const of = { message: keyOf(entry), index, at: entry.at, promise: undefined, reply: entry.n };
  return { ...of, asked: 'reply', kind, severity };
};

const messageIn = (entry: Entry, index: number, promises: Promises): Message | undefined => {
  if (entry.type === 'replied') return replyMessage(entry, index);
  if (!('promise' in entry)) return undefined;
  const about = aboutPromise(entry, index, promises);
  if (about === undefined) return undefined;
  switch (entry.type) {
    case 'promised':
      /* A question within a reply has its clock from the reply. */
      return entry.because === 'question' && entry.reply === undefined
        ? { ...about, asked: 'question' }
        : undefined;
    case 'judged':
      return entry.isKept ? undefined : { ...about, asked: 'not-yet' };
    case 'wished':
      return { ...about, asked: 'another-time' };
    case 'said':
      return { ...about, asked: 'question' };
    default:
      return undefined;
  }
};

/** What the shop promised beforehand does not answer what the customer says now; whoever puts it right does. */
const covers = ({ because, kind, reply }: EntryOf<'promised'>, message: Message): boolean =>
  because !== 'published' && (reply === message.reply || kind === 'resolve' || kind === message.kind);

const isAbout = (message: Message, entry: PromiseEntry, index: number, promises: Promises): boolean => {
  const made = promises.get(entry.promise);
  if (made === undefined || made.index > index) return false;
  return message.reply === undefined ? entry.promise === message.promise : covers(made.promised, message);
};

/** What happens afterwards, to somebody who waits. */
type Effect = 'answers' | 'ends' | 'pauses' | 'resumes' | 'none';

const NO_PEOPLE = new Set(['customer', 'clock', 'shop', 'system']);
const byPerson = (by: string, otherwise: Effect): Effect => (NO_PEOPLE.has(by) ? otherwise : 'answers');

const effectOf = (entry: PromiseEntry): Effect => {
  switch (entry.type) {
    case 'taken':
    case 'moved':
    case 'booked':
      return byPerson(entry.by, 'none');
    case 'offered':
    case 'proposed':
      return byPerson(entry.by, 'pauses');
    case 'offer-answered':
    case 'offer-lapsed':
      return 'resumes';
    case 'judged':
      return entry.isKept ? 'ends' : 'resumes';
    case 'withdrawn':
      return byPerson(entry.by, 'ends');
    case 'waived':
    case 'assumed':
      return 'ends';
    default:
      return 'none';
  }
};

const effectOn = (message: Message, entry: Entry, index: number, promises: Promises): Effect => {
  if (entry.type === 'replied') {
    /* Only the customer's own later word, that all is well, makes a reply need no answer. */
    const isRetracted = message.reply !== undefined && entry.n > message.reply;
    return isRetracted && owedFor(entry.reply) === undefined ? 'ends' : 'none';
  }
  if (!('promise' in entry) || !isAbout(message, entry, index, promises)) return 'none';
  return entry.type === 'waived' && message.reply !== undefined ? 'none' : effectOf(entry);
};

type Step = { at: Instant; effect: Exclude<Effect, 'none'>; by: string | undefined };

/** Everything that moves the clock of a message, up to what stops it. */
const stepsAfter = (journal: readonly Entry[], promises: Promises, message: Message): Step[] => {
  const steps: Step[] = [];
  for (const [index, entry] of journal.entries()) {
    if (index <= message.index) continue;
    const effect = effectOn(message, entry, index, promises);
    if (effect === 'none') continue;
    steps.push({ at: entry.at, effect, by: 'by' in entry ? entry.by : undefined });
    if (effect === 'answers' || effect === 'ends') break;
  }
  return steps;
};

type Span = { from: string; to: string };

/** The times in which the customer waited for us: what they ask gives us the ball, whoever had it before. */
const waits = (startedAt: string, steps: readonly Step[], until: string): Span[] => {
  const spans: Span[] = [];
  let since: string | undefined = startedAt;
  for (const { at, effect } of steps) {
    if (since !== undefined) spans.push({ from: since, to: at });
    since = effect === 'resumes' ? at : undefined;
  }
  if (since !== undefined) spans.push({ from: since, to: until });
  return spans;
};

const STATES = { answers: 'answered', ends: 'void', pauses: 'paused', resumes: 'running' } as const;

/** To the millisecond, because sums of fractions of hours are never quite whole. */
const overBy = (hours: number, limit: number): number => Math.round((hours - limit) * 3_600_000);

const limitOf = (spans: readonly Span[], hours: number, opening: Opening, isRunning: boolean) => {
  let left = hours;
  for (const [index, { from, to }] of spans.entries()) {
    const waited = openHoursBetween(from, to, opening);
    const isNow = isRunning && index === spans.length - 1;
    if (isNow || overBy(waited, left) >= 0) return addOpenHours(from, left, opening);
    left -= waited;
  }
  return undefined;
};

/**
 * A clock for every message of the customer that asks for something, oldest first. Those that run are counted up to `now`,
 * or without it up to the last thing the journal knows of.
 */
export const answerClocks = (
  entries: readonly Entry[],
  config: Configuration,
  now?: string,
): AnswerClock[] => {
  const journal = inOrder(entries);
  const promises = promisesIn(journal);
  const opening = staffOpening(config);
  const last = journal.at(-1)?.at;
  const until = last === undefined || (now !== undefined && isBefore(last, now)) ? now : last;
  return journal.flatMap((entry, index) => {
    const message = messageIn(entry, index, promises);
    if (message === undefined || until === undefined) return [];
    const { asked, promise, at: startedAt, kind, severity } = message;
    const limitHours = answerHours(config, kind, severity);
    const steps = stepsAfter(journal, promises, message);
    const end = steps.at(-1);
    const state = end === undefined ? 'running' : STATES[end.effect];
    const isStopped = state === 'answered' || state === 'void';
    const spans = waits(startedAt, steps, until);
    const hours = spans.reduce((sum, { from, to }) => sum + openHoursBetween(from, to, opening), 0);
    return {
      message: message.message,
      asked,
      promise,
      state,
      startedAt,
      stoppedAt: isStopped ? end?.at : undefined,
      answeredBy: state === 'answered' ? end?.by : undefined,
      hours,
      limitHours,
      limitAt: limitOf(spans, limitHours, opening, state === 'running'),
      isMiss: overBy(hours, limitHours) > 0,
    };
  });
};
