/** What a customer tells us about a sale. Editable: the last answer counts, every version is kept. */
import * as z from 'zod';

/** 1 really unhappy … 5 delighted. */
export const Rating = z.literal([1, 2, 3, 4, 5]);
export type Rating = z.output<typeof Rating>;

export const Opinion = z.literal(['yes', 'maybe', 'no']);
export type Opinion = z.output<typeof Opinion>;

/** What would help most. Choosing one never lowers the priority. */
export const Wish = z.literal(['fix', 'replace', 'refund', 'listen']);
export type Wish = z.output<typeof Wish>;

/** 10 kB of UTF-8. */
export const LONGEST_WORDS = 10_240;

export const Reply = z.strictObject({
  /** Left out when it came as a mail and nobody can tell the mood from its words: a person reads it. */
  rating: Rating.optional(),
  recommend: Opinion.optional(),
  again: Opinion.optional(),
  wish: Wish.optional(),
  call: z.boolean(),
  /** "I cannot use it at all": what it costs the customer while it stays as it is. */
  blocked: z.boolean().optional(),
  /** The words ask something. */
  question: z.boolean().optional(),
});
export type Reply = z.output<typeof Reply>;

/** `unread`: only a person can tell. */
export type Mood = 'delighted' | 'content' | 'unhappy' | 'unread';

export const moodOf = ({ rating }: Reply): Mood => {
  if (rating === undefined) return 'unread';
  if (rating >= 4) return 'delighted';
  return rating === 3 ? 'content' : 'unhappy';
};

const WEB_ADDRESS = /\b(?:https?:|www\.)\S*[^\s?？؟]|\S*\?\w+=\S*/gu;
/** A question mark, in the scripts that write it otherwise too; not the one inside a web address. */
export const asksSomething = (words: string | undefined): boolean =>
  /[?？؟]/u.test((words ?? '').replace(WEB_ADDRESS, ''));

/** Something one can dial; shops and customers write numbers in every way there is. */
export const isPhoneNumber = (text: string): boolean => /^[+(\d][\d\s().\-/+]{4,39}$/.test(text);

/** Blocked means somebody is stuck right now; really unhappy means a mail is not enough. */
export const severityOf = (reply: Reply): 'normal' | 'high' | 'urgent' => {
  if (reply.blocked === true) return 'urgent';
  return reply.rating === 1 ? 'high' : 'normal';
};

/**
 * What an answer makes us owe: unhappy people and people who name a remedy are owed a resolution, people who only want
 * to be rung or listened to are owed a call, people who ask, or whose mail only a person can understand, are owed an
 * answer. A happy answer owes nothing.
 */
export const owedFor = (reply: Reply): 'resolve' | 'call' | 'answer' | undefined => {
  if (moodOf(reply) === 'unhappy' || reply.blocked === true) return 'resolve';
  if (reply.wish !== undefined && reply.wish !== 'listen') return 'resolve';
  if (reply.call || reply.wish === 'listen') return 'call';
  return reply.question === true || moodOf(reply) === 'unread' ? 'answer' : undefined;
};
