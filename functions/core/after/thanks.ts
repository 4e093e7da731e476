/** One mail after an answer that came by mail and asks for nothing; whoever uses the form has read the thanks on the page. */

import { entriesOf } from '../journal.ts';
import { isOver } from '../outcome.ts';
import { moodOf } from '../reply.ts';
import { lastReply, type Sale } from '../sale.ts';
import { isNothingOwed } from './referral.ts';

/** Happy: thanks and then silence. Average: what would have made it great. */
export type ThanksName = 'thank-you' | 'made-it-great';

const NAMES: readonly string[] = ['thank-you', 'made-it-great'] satisfies ThanksName[];

/** A mail that says no more than thanks is no answer, and needs none. */
const isByMail = (sale: Sale): boolean => {
  const answer = lastReply(sale);
  const wrote = entriesOf(sale.journal, 'wrote').findLast(({ isFromOther }) => isFromOther !== true);
  return (
    answer?.by === 'mail' && answer.joined === undefined && (wrote === undefined || wrote.as === 'answer')
  );
};

/** The page has thanked them already, and asked the same. */
const wasThankedOnPage = (sale: Sale): boolean =>
  sale.replies.some(({ by, reply }) => by === undefined && (reply.rating ?? 0) >= 3);

/** What the answer asks for as it stands, whatever has been sent. */
export const thanksFor = (sale: Sale): ThanksName | undefined => {
  const answer = lastReply(sale);
  if (answer === undefined || !isByMail(sale) || isOver(sale) || !isNothingOwed(sale)) return undefined;
  if (wasThankedOnPage(sale)) return undefined;
  const mood = moodOf(answer.reply);
  if (mood === 'delighted') return 'thank-you';
  return mood === 'content' ? 'made-it-great' : undefined;
};

/** Once for a sale, however often they write. */
export const thanksDue = (sale: Sale): ThanksName | undefined => {
  const name = thanksFor(sale);
  const begun = sale.journal.find(
    (entry) => 'message' in entry && entry.type !== 'deferred' && NAMES.includes(entry.message),
  );
  return begun === undefined || ('message' in begun && begun.message === name) ? name : undefined;
};
