/** A customer's mail as an answer: only what its words leave no doubt about. */
import { asksSomething, isPhoneNumber, type Reply } from '../core/reply.ts';
import type { Sale } from '../core/sale.ts';
import { readMood } from '../mail/mood.ts';
import { asksForCall, isStopAlone, verdictOnPromise } from '../mail/requests.ts';
import { isThanksOnly } from '../mail/thanks.ts';
import type { Letter } from './letter.ts';

export type ReadLetter = {
  reply: Reply;
  isThanks: boolean;
  isStop: boolean;
  /** What they say of something we call done. */
  verdict: 'yes' | 'no' | undefined;
};

const PHONE = /[+(]?\d[\d\s().\-/]{5,}\d/g;

const hasNumber = (words: string): boolean => (words.match(PHONE) ?? []).some(isPhoneNumber);

export const readLetter = (letter: Letter, sale: Sale, names: readonly string[]): ReadLetter => {
  /* Old words, perhaps our own: they say nothing of how the customer feels. */
  if (letter.isWhole) return { reply: { call: false }, isThanks: false, isStop: false, verdict: undefined };
  const { words } = letter;
  const { rating, isBlocked } = readMood(words);
  const isCallWished = asksForCall(words);
  const canCall = sale.customer.phone !== undefined || hasNumber(words);
  const isAsking = asksSomething(words) || (isCallWished && !canCall);
  const verdict = verdictOnPromise(words);
  const isUnhappy = rating !== undefined && rating < 3;
  return {
    reply: {
      ...(rating === undefined ? {} : { rating }),
      call: isCallWished && canCall,
      ...(isBlocked ? { blocked: true } : {}),
      ...(isAsking ? { question: true } : {}),
    },
    isThanks: isThanksOnly(words, names),
    isStop: isStopAlone(words),
    verdict: verdict === 'yes' && (isUnhappy || isAsking) ? undefined : verdict,
  };
};
