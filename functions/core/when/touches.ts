/** Of each question: when it went out and why then, why it did not, or when it will and why not before. */
import { isReviewDue } from '../after/review.ts';
import { addDelay, laterOf } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import type { Decision } from '../conversation/entries.ts';
import type { Instant } from '../ids.ts';
import { entriesOf } from '../journal.ts';
import { customerOpening } from '../openings.ts';
import { isOver } from '../outcome.ts';
import { followUpCalendar } from '../plan.ts';
import { lastReply, type Sale } from '../sale.ts';

import { outAt, stateOf } from '../touch.ts';
import type { AskName } from './decide.ts';
import { askMoment } from './moment.ts';
import { putOff } from './put-off.ts';

const ASKS: readonly AskName[] = ['check-in', 'reminder', 'review-ask'];

export type TouchLine = {
  message: AskName;
  /** `unclear`: it may or may not have gone out. */
  state: 'sent' | 'unclear' | 'dropped' | 'put-off' | 'planned';
  at: Instant;
  why: Decision | undefined;
  /** In words: why it was dropped, or what its day is counted from. */
  because: string | undefined;
};

const past = ({ journal }: Sale, message: AskName): TouchLine | undefined => {
  const of = journal.filter((entry) => 'message' in entry && entry.message === message);
  const dropped = entriesOf(of, 'skipped').at(-1);
  if (dropped !== undefined)
    return { message, state: 'dropped', at: dropped.at, why: dropped.why, because: dropped.reason };
  const sent = entriesOf(of, 'sent').at(-1);
  const claim = entriesOf(of, 'claimed').findLast(({ attempt }) =>
    sent === undefined ? true : attempt === sent.attempt,
  );
  if (claim === undefined || stateOf(journal, message) !== 'out') return undefined;
  const state = sent === undefined ? 'unclear' : 'sent';
  return { message, state, at: sent?.at ?? claim.at, why: claim.why, because: undefined };
};

const daysWords = (wait: { days?: number; businessDays?: number; hours?: number }): string => {
  const [[unit, count] = ['days', 0]] = Object.entries(wait);
  return `${count} ${unit === 'businessDays' ? 'business days' : unit}`;
};

type Day = { at: Instant; because: string };

const reminderDay = (config: Configuration, sale: Sale, asked: string): Day => {
  const { record } = sale;
  const due = addDelay(asked, record.journey.reminder, customerOpening(config, record));
  return {
    at: askMoment(config, record, due).at,
    because: `${daysWords(record.journey.reminder)} after the check-in, when nobody has answered`,
  };
};

/** The day it has now; undefined when it will not be asked, or not before something else has happened. */
const dayOf = (config: Configuration, sale: Sale, message: AskName, now: string): Day | undefined => {
  const calendar = followUpCalendar(config, sale, now);
  const asked = outAt(sale.journal, 'check-in');
  switch (message) {
    case 'check-in':
      return { at: calendar.checkIn.at, because: calendar.checkIn.because };
    case 'reminder':
      return asked === undefined ? undefined : reminderDay(config, sale, asked);
    case 'review-ask': {
      const { review } = sale.record.journey;
      const isNext = asked !== undefined || lastReply(sale) !== undefined;
      if (!isNext || review === undefined || calendar.reviewAt === undefined) return undefined;
      return {
        at: calendar.reviewAt,
        because: `${daysWords(review)} after the check-in, when nothing is owed any more`,
      };
    }
  }
};

const isAhead = (config: Configuration, sale: Sale, message: AskName): boolean => {
  if (isOver(sale) || sale.isRoundOver || sale.round === 0) return false;
  return message === 'review-ask' ? isReviewDue(config, sale) : lastReply(sale) === undefined;
};

const next = (config: Configuration, sale: Sale, message: AskName, now: string): TouchLine | undefined => {
  const day = isAhead(config, sale, message) ? dayOf(config, sale, message, now) : undefined;
  if (day === undefined) return undefined;
  const held = putOff(sale.journal, message);
  const until = held === undefined ? undefined : askMoment(config, sale.record, held.until).at;
  if (held === undefined || until === undefined || laterOf(until, now) !== until)
    return { message, state: 'planned', ...day, why: undefined };
  return { message, state: 'put-off', at: until, why: held.why, because: day.because };
};

/** `now`: of the newest entry when left out, because whoever only reads a journal has no clock. */
export const touchesOf = (config: Configuration, sale: Sale, now?: string): TouchLine[] => {
  const at = now ?? sale.journal.at(-1)?.at ?? sale.record.createdAt;
  return ASKS.flatMap((message) => past(sale, message) ?? next(config, sale, message, at) ?? []);
};
