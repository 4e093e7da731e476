/** What a customer's mail comes to, given what is known and owed already. Pure: it decides and does nothing. */
import type { EntryOf } from '../core/journal.ts';
import type { PromiseId } from '../core/promises/entries.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import type { Reply } from '../core/reply.ts';
import { lastReply, openPromises, promiseOf, type Sale } from '../core/sale.ts';
import type { ReadLetter } from './read-answer.ts';

export type Plan = { as: EntryOf<'wrote'>['as'] } & (
  | { act: 'nothing' }
  | { act: 'stop' }
  /** It is the answer, or a newer version of it. */
  | { act: 'reply'; reply: Reply }
  /** Their word on something we call done. */
  | { act: 'judge'; promise: PromiseId; isKept: boolean }
  /** Added to what is owed already. */
  | { act: 'say'; promise: PromiseId }
  /** Something new that somebody must answer. */
  | { act: 'ask' }
);

/** What hangs on the sale from the beginning does not answer what the customer says now. */
const isOwedForNow = ({ because }: OwedPromise): boolean => because !== 'published' && because !== 'booked';

const openNow = (sale: Sale): OwedPromise | undefined => openPromises(sale).filter(isOwedForNow).at(-1);

/** Of the mail that is answered, when it was about a promise. */
const promiseOfMessage = (sale: Sale, message: string | undefined): OwedPromise | undefined => {
  const [id = '', about] = message?.split('/') ?? [];
  return about === undefined ? undefined : promiseOf(sale, id);
};

const onVerdict = (sale: Sale, letter: ReadLetter, named: OwedPromise | undefined): Plan | undefined => {
  const waiting = sale.promises.filter(({ status }) => status === 'proposed');
  const about = named ?? (waiting.length === 1 ? waiting[0] : undefined);
  if (about === undefined || letter.verdict === undefined) return undefined;
  const isKept = letter.verdict === 'yes';
  const isAsked = about.status === 'proposed' || (isClosed(about) && !isKept);
  return isAsked ? { as: 'more', act: 'judge', promise: about.id, isKept } : undefined;
};

const wasAsked = (sale: Sale): boolean =>
  sale.journal.some((entry) => entry.type === 'sent' && entry.message === 'check-in');

const onAnswer = (sale: Sale, { reply }: ReadLetter): Plan => {
  const answer = lastReply(sale);
  const open = openNow(sale);
  const isSure = reply.rating !== undefined;
  if (answer === undefined && (isSure || open === undefined)) return { as: 'answer', act: 'reply', reply };
  if (open !== undefined) return { as: 'more', act: 'say', promise: open.id };
  if (isSure) return { as: 'answer', act: 'reply', reply };
  /* A wish to be rung changes nothing of what they said of the mood before. */
  const rating = answer?.reply.rating;
  if (reply.call && rating !== undefined) return { as: 'answer', act: 'reply', reply: { ...reply, rating } };
  return { as: 'more', act: 'ask' };
};

/** `message`: of ours that it answers, as far as known. */
export const planAnswer = (sale: Sale, letter: ReadLetter, message: string | undefined): Plan => {
  if (letter.isStop) return { as: 'stop', act: 'stop' };
  const named = promiseOfMessage(sale, message);
  /* "Great, thanks" to "how is it?" is more than thanks. */
  const isAnswer =
    letter.reply.rating !== undefined && lastReply(sale) === undefined && wasAsked(sale) && !named;
  if (letter.isThanks && !isAnswer) return { as: 'thanks', act: 'nothing' };
  const judged = onVerdict(sale, letter, named);
  if (judged !== undefined) return judged;
  if (named !== undefined && !isClosed(named)) return { as: 'more', act: 'say', promise: named.id };
  return onAnswer(sale, letter);
};

/** Somebody else's mail is no answer, no verdict and no stop: whoever owes something reads it, or somebody is asked to. */
export const planStranger = (sale: Sale): Plan => {
  const open = openPromises(sale).findLast((one) => isOwedForNow(one) && one.status !== 'proposed');
  return open === undefined ? { as: 'more', act: 'ask' } : { as: 'more', act: 'say', promise: open.id };
};
