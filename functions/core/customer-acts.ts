/** What a customer can say about what is owed to them. Their word closes a promise, and opens it again at any time. */
import { isBefore } from './calendar.ts';
import type { Configuration } from './configuration.ts';
import { answerDue, visitDue } from './deadlines.ts';
import type { Instant } from './ids.ts';
import { escalation, missedVisit, nextPromiseId } from './ladder.ts';
import { isClosed, type OwedPromise } from './promise.ts';
import type { PromiseEntry } from './promise-entries.ts';
import { LONGEST_WORDS } from './reply.ts';
import type { Sale } from './sale.ts';
import { presentOwner } from './staff.ts';
import { needsAName, venueZone } from './staff-acts.ts';

export type CustomerAct =
  /** Kept, fixed, somebody came. */
  | { act: 'yes'; words?: string }
  | { act: 'not-yet'; words?: string }
  | { act: 'nobody-came'; words?: string }
  /** The time that is booked suits. */
  | { act: 'suits' }
  | { act: 'another-time'; words: string }
  | { act: 'accept-offer' }
  | { act: 'decline-offer'; words?: string }
  | { act: 'no-longer-needed'; words?: string };

export type CustomerRefusal =
  | 'words-too-long'
  | 'words-missing'
  | 'no-visit'
  | 'too-early'
  | 'nothing-offered'
  | 'already-closed';

export type CustomerDecided = { entries: PromiseEntry[] } | { refusal: CustomerRefusal };

type Case = { config: Configuration; sale: Sale; promise: OwedPromise; now: Instant };

const refuse = (refusal: CustomerRefusal): CustomerDecided => ({ refusal });
const said = (words: string | undefined) => {
  const text = words?.trim() ?? '';
  return text === '' ? {} : { private: { words: text } };
};

const judged = ({ promise, now }: Case, isKept: boolean, words: string | undefined): PromiseEntry => ({
  type: 'judged',
  at: now,
  promise: promise.id,
  n: promise.verdicts + 1,
  isKept,
  ...said(words),
});

/** A call owed because nobody seemed to have come is pointless when somebody did. */
const callsInVain = ({ sale, promise, now }: Case): PromiseEntry[] =>
  sale.promises
    .filter((one) => one.after === promise.id && !isClosed(one))
    .map((one) => ({
      type: 'withdrawn',
      at: now,
      promise: one.id,
      n: one.withdrawals + 1,
      by: 'customer',
      because: 'no-longer-needed',
    }));

const yes = (about: Case, words: string | undefined): CustomerDecided => {
  const isSuspect = about.promise.booking?.noShow === 'unknown';
  return { entries: [judged(about, true, words), ...(isSuspect ? callsInVain(about) : [])] };
};

/** A promise whose workflow has ended goes one level up at once, because no state is left to do it. */
const notYet = (about: Case, words: string | undefined): CustomerDecided => {
  const { config, sale, promise, now } = about;
  const raised = isClosed(promise) ? [escalation(config, sale, promise, 'not-yet', now)] : [];
  return { entries: [judged(about, false, words), ...raised] };
};

const nobodyCame = (about: Case, words: string | undefined): CustomerDecided => {
  const { config, sale, promise, now } = about;
  const { booking } = promise;
  if (promise.kind !== 'visit' || booking === undefined) return refuse('no-visit');
  if (isBefore(now, booking.from)) return refuse('too-early');
  const theirs = { who: 'provider', by: 'customer' } as const;
  const known: PromiseEntry = { type: 'missed', at: now, promise: promise.id, n: booking.n, ...theirs };
  if (booking.noShow === 'provider') return { entries: [] };
  if (booking.noShow !== undefined) return { entries: [known] };
  /* Somebody says it is done: then this is "not yet", and climbs the ladder as every "not yet" does. */
  if (isClosed(promise) || promise.status === 'proposed') {
    const answer = notYet(about, words);
    return 'entries' in answer ? { entries: [known, ...answer.entries] } : answer;
  }
  return { entries: missedVisit(config, sale, promise, theirs, now) };
};

const acceptOffer = ({ config, sale, promise, now }: Case): CustomerDecided => {
  const { offer, booking } = promise;
  if (promise.status !== 'offered' || offer === undefined) return refuse('nothing-offered');
  const isVisit = offer.from !== undefined;
  const dueAt = isVisit ? visitDue(config, offer.to) : offer.to;
  const answered: PromiseEntry = {
    type: 'offer-answered',
    at: now,
    promise: promise.id,
    n: promise.offers,
    isAccepted: true,
    dueAt,
  };
  if (offer.from === undefined) return { entries: [answered] };
  const { place, bring } = { place: booking?.place, bring: booking?.bring };
  return {
    entries: [
      answered,
      {
        type: 'booked',
        at: now,
        promise: promise.id,
        n: promise.bookings.length + 1,
        by: 'customer',
        from: offer.from,
        to: offer.to,
        zone: venueZone(sale),
        provider: booking?.provider ?? presentOwner(config, promise.owner, sale.id, offer.from).id,
        dueAt,
        needsAcceptance: needsAName(promise),
        ...(place === undefined && bring === undefined
          ? {}
          : {
              private: {
                ...(place === undefined ? {} : { place }),
                ...(bring === undefined ? {} : { bring }),
              },
            }),
      },
    ],
  };
};

const declineOffer = ({ config, promise, now }: Case, words: string | undefined): CustomerDecided => {
  if (promise.status !== 'offered') return refuse('nothing-offered');
  return {
    entries: [
      {
        type: 'offer-answered',
        at: now,
        promise: promise.id,
        n: promise.offers,
        isAccepted: false,
        dueAt: answerDue(config, promise.kind, now, promise.severity),
        ...said(words),
      },
    ],
  };
};

const noLongerNeeded = ({ promise, now }: Case, words: string | undefined): CustomerDecided => {
  const reason = words?.trim() ?? '';
  return {
    entries: [
      {
        type: 'withdrawn',
        at: now,
        promise: promise.id,
        n: promise.withdrawals + 1,
        by: 'customer',
        because: 'no-longer-needed',
        ...(reason === '' ? {} : { private: { reason } }),
      },
    ],
  };
};

/** The entries the customer's word comes to, or why it cannot be. */
export const decideCustomerAct = (about: Case, act: CustomerAct): CustomerDecided => {
  const { promise, now } = about;
  if ('words' in act && Buffer.byteLength(act.words ?? '') > LONGEST_WORDS) return refuse('words-too-long');
  switch (act.act) {
    case 'yes':
      return yes(about, act.words);
    case 'not-yet':
      return notYet(about, act.words);
    case 'nobody-came':
      return nobodyCame(about, act.words);
    case 'accept-offer':
      return acceptOffer(about);
    case 'decline-offer':
      return declineOffer(about, act.words);
    default:
  }
  if (isClosed(promise)) return refuse('already-closed');
  switch (act.act) {
    case 'suits':
      return promise.booking === undefined
        ? refuse('no-visit')
        : { entries: [{ type: 'suits', at: now, promise: promise.id, n: promise.booking.n }] };
    case 'another-time':
      if (act.words.trim() === '') return refuse('words-missing');
      return {
        entries: [
          { type: 'wished', at: now, promise: promise.id, n: promise.wishes + 1, ...said(act.words) },
        ],
      };
    case 'no-longer-needed':
      return noLongerNeeded(about, act.words);
  }
};

/** A question is a promise of its own: somebody owes an answer. */
export const askedQuestion = (
  config: Configuration,
  sale: Sale,
  words: string,
  now: Instant,
): CustomerDecided => {
  const text = words.trim();
  if (text === '') return refuse('words-missing');
  if (Buffer.byteLength(text) > LONGEST_WORDS) return refuse('words-too-long');
  const owner = presentOwner(config, sale.record.owner, sale.id, now);
  return {
    entries: [
      {
        type: 'promised',
        at: now,
        promise: nextPromiseId(sale, 'answer'),
        kind: 'answer',
        because: 'question',
        by: 'customer',
        owner: owner.id,
        level: owner.level,
        dueAt: answerDue(config, 'answer', now),
        private: { words: text },
      },
    ],
  };
};
