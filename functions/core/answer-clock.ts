/**
 * How long a customer who asked for something waited for a person: a pure function of the journal. A clock starts on what
 * the customer says, stops on the first human act of staff, and stands still while the customer has the ball. Mails stop
 * nothing. Late is late for ever: the answer that comes afterwards does not undo it.
 */
import { addOpenHours, isBefore, type Opening, openHoursBetween, toEpochMs, toInstant } from './calendar.ts';
import type { Configuration } from './configuration.ts';
import { answerHours } from './deadlines.ts';
import type { Instant } from './ids.ts';
import { type Entry, inOrder, keyOf } from './journal.ts';
import { staffOpening } from './openings.ts';
import type { PromiseEntry, PromiseKind, Severity } from './promise-entries.ts';
import { owedFor, severityOf } from './reply.ts';

export type AnswerClock = {
  /** The journal key of the customer's message. */
  message: string;
  asked: 'reply' | 'question' | 'not-yet' | 'another-time';
  /** The promise it is about; undefined for a reply. */
  promise: string | undefined;
  /** `void`: the customer no longer waits, and nobody has answered. */
  state: 'running' | 'paused' | 'answered' | 'void';
  startedAt: Instant;
  /** The first human act of staff, and whose it was. */
  stoppedAt: Instant | undefined;
  stoppedBy: string | undefined;
  /** Working hours the customer has waited, those not counted in which they had the ball. */
  hours: number;
  limitHours: number;
  /** When the limit was reached, or will be if nobody acts; undefined while that cannot be known or can no longer happen. */
  limitAt: Instant | undefined;
  /** The customer waited longer than the limit. */
  isMiss: boolean;
};

type Question = Pick<AnswerClock, 'message' | 'asked' | 'promise'> & {
  index: number;
  at: string;
  kind: PromiseKind;
  severity: Severity;
  /** Number of the reply, when it is one. */
  reply: number | undefined;
};

/** What an entry means to somebody who waits. */
type Effect = 'answers' | 'ends' | 'pauses' | 'resumes';

const NO_PEOPLE = new Set(['customer', 'clock', 'shop', 'system']);
const isPerson = (by: string): boolean => !NO_PEOPLE.has(by);

const effectOf = (entry: PromiseEntry): Effect | undefined => {
  switch (entry.type) {
    case 'taken':
    case 'moved':
    case 'booked':
      return isPerson(entry.by) ? 'answers' : undefined;
    case 'offered':
    case 'proposed':
      return isPerson(entry.by) ? 'answers' : 'pauses';
    case 'offer-answered':
    case 'offer-lapsed':
      return 'resumes';
    case 'judged':
      return entry.isKept ? 'ends' : 'resumes';
    case 'withdrawn':
      return isPerson(entry.by) ? 'answers' : 'ends';
    case 'waived':
    case 'assumed':
      return 'ends';
    default:
      return undefined;
  }
};

/** The later answer of the customer that made the first pointless is what ends a clock of a reply. */
const effectOnReply = (entry: Entry, reply: number): Effect | undefined => {
  if (entry.type === 'replied')
    return entry.n > reply && owedFor(entry.reply) === undefined ? 'ends' : undefined;
  return 'promise' in entry && entry.type !== 'waived' ? effectOf(entry) : undefined;
};

type Promised = Extract<PromiseEntry, { type: 'promised' }>;

/** What was promised beforehand does not answer what the customer says now; every resolution does. */
const coversReply = (promised: Promised | undefined, { reply, kind }: Question): boolean => {
  if (promised === undefined || promised.because === 'published') return false;
  return promised.reply === reply || promised.kind === 'resolve' || promised.kind === kind;
};

const questionIn = (
  entry: Entry,
  index: number,
  promises: ReadonlyMap<string, Promised>,
): Question | undefined => {
  const about = (promise: string) => ({
    promise,
    kind: promises.get(promise)?.kind ?? 'resolve',
    severity: promises.get(promise)?.severity ?? 'normal',
    reply: undefined,
  });
  const said = { index, at: entry.at, message: keyOf(entry) };
  switch (entry.type) {
    case 'replied': {
      const kind = owedFor(entry.reply);
      if (kind === undefined) return undefined;
      const severity = severityOf(entry.reply);
      return { ...said, asked: 'reply', promise: undefined, kind, severity, reply: entry.n };
    }
    case 'promised':
      /* A question in a reply has its clock from the reply. */
      if (entry.because !== 'question' || entry.reply !== undefined) return undefined;
      return { ...said, asked: 'question', ...about(entry.promise) };
    case 'judged':
      return entry.isKept ? undefined : { ...said, asked: 'not-yet', ...about(entry.promise) };
    case 'wished':
      return { ...said, asked: 'another-time', ...about(entry.promise) };
    default:
      return undefined;
  }
};

type Run = {
  hours: number;
  limitHours: number;
  opening: Opening;
  /** From here on hours count; undefined while the customer has the ball. */
  since: string | undefined;
  /** The promises for which they have it: it is ours as soon as one of them is not. */
  asking: Set<string>;
  limitAt: Instant | undefined;
};

/** To the millisecond: sums of fractions of hours are never quite whole. */
const isOver = ({ hours, limitHours }: Run): boolean => Math.round((hours - limitHours) * 3_600_000) > 0;

const countTo = (run: Run, at: string): void => {
  if (run.since === undefined) return;
  const before = run.hours;
  run.hours += openHoursBetween(run.since, at, run.opening);
  if (run.limitAt === undefined && isOver(run))
    run.limitAt = addOpenHours(run.since, run.limitHours - before, run.opening);
  run.since = at;
};

const clockOf = (
  question: Question,
  entries: readonly Entry[],
  promises: ReadonlyMap<string, Promised>,
  run: Run,
  until: string,
): AnswerClock => {
  let state: AnswerClock['state'] = 'running';
  let stopped: { at: string; by: string } | undefined;
  for (const entry of entries.slice(question.index + 1)) {
    if (entry.type !== 'replied' && !('promise' in entry)) continue;
    if ('promise' in entry) {
      const isAbout =
        question.reply === undefined
          ? entry.promise === question.promise
          : coversReply(promises.get(entry.promise), question);
      if (!isAbout) continue;
    }
    const effect =
      question.reply === undefined
        ? 'promise' in entry
          ? effectOf(entry)
          : undefined
        : effectOnReply(entry, question.reply);
    if (effect === undefined) continue;
    countTo(run, entry.at);
    if (effect === 'answers' && 'by' in entry) stopped = { at: entry.at, by: entry.by ?? '' };
    if (effect === 'answers') state = 'answered';
    if (effect === 'ends') state = 'void';
    if (effect === 'answers' || effect === 'ends') break;
    run.since = effect === 'pauses' ? undefined : entry.at;
  }
  return toClock(question, run, state, stopped, until);
};
