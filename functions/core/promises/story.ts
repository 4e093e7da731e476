/** What happened to a promise, in sentences. Nobody's own words: they stay where erasure can reach them. */
import type { Entry, EntryOf } from '../journal.ts';
import type { PromiseCause, PromiseEntry, PromiseKind } from './entries.ts';

const OWED_WORDS: Record<PromiseKind, string> = {
  call: 'a call',
  visit: 'a visit',
  answer: 'an answer',
  resolve: 'a solution',
};

const CAUSE_WORDS: Record<PromiseCause, string> = {
  unhappy: 'because something is not right',
  asked: 'because they asked for it',
  silent: 'because nobody answered',
  'cannot-write': 'because we cannot write to them',
  question: 'because they asked something',
  published: 'as the shop has published',
  booked: 'as booked with the order',
  missed: 'because nobody came to the visit',
  staff: 'as somebody here promised',
  system: 'as promised through another system of the shop',
  'data-request': 'because they asked what we keep about them',
};

const RAISED_WORDS = {
  overdue: 'because the time had passed',
  'not-yet': 'because it was not done yet',
  missed: 'because nobody came',
} as const;

const MISSED_WORDS = {
  provider: 'Nobody came to the visit.',
  customer: 'We came to the visit and nobody was at home.',
  unknown: 'Nobody can say whether anybody came to the visit.',
} as const;

type Names = (id: string) => string;
type When = (at: string) => string;

/** Who wrote it, as the subject of a sentence. */
const actor = (by: string, nameOf: Names): string => {
  switch (by) {
    case 'customer':
      return 'The customer';
    case 'shop':
      return 'The shop';
    case 'system':
      return 'Another system of the shop';
    default:
      return nameOf(by);
  }
};

const raisedTo = ({ from, owner }: EntryOf<'escalated'>, nameOf: Names): string =>
  from === owner ? `back to ${nameOf(owner)}` : `up from ${nameOf(from)} to ${nameOf(owner)}`;

const withdrawnWords = ({ because, by }: EntryOf<'withdrawn'>, nameOf: Names): string => {
  switch (because) {
    case 'order-ended':
      return 'It was taken back, because the order had ended.';
    case 'asked-by-system':
      return 'Another system of the shop took it back.';
    case 'erased':
      return 'It was taken back when the data of this customer was erased.';
    case 'no-longer-needed':
      return by === 'customer'
        ? 'The customer says it is no longer needed.'
        : `${actor(by, nameOf)} took it back.`;
  }
};

const visitSentence = (entry: PromiseEntry, nameOf: Names, when: When): string | undefined => {
  switch (entry.type) {
    case 'booked': {
      const goes = `${nameOf(entry.provider)} goes there between ${when(entry.from)} and ${when(entry.to)}`;
      const again = entry.n === 1 ? 'The visit was booked' : 'The visit was booked anew';
      return `${again}: ${goes}${entry.needsAcceptance ? '; somebody must answer for it by name first' : ''}.`;
    }
    case 'accepted':
      return `${nameOf(entry.by)} answers for the visit.`;
    case 'suits':
      return 'The customer says the time suits.';
    case 'on-my-way':
      return `${nameOf(entry.by)} is on the way.`;
    case 'delayed':
      return `${nameOf(entry.by)} is late: now between ${when(entry.from)} and ${when(entry.to)}.`;
    case 'missed':
      return entry.by === 'customer' ? 'The customer says that nobody came.' : MISSED_WORDS[entry.who];
    default:
      return undefined;
  }
};

const timeSentence = (entry: PromiseEntry, nameOf: Names, when: When): string | undefined => {
  switch (entry.type) {
    case 'moved':
      return `${actor(entry.by, nameOf)} moved it to ${when(entry.dueAt)}.`;
    case 'offered':
      return `${nameOf(entry.by)} offered another time: ${when(entry.from ?? entry.to)}.`;
    case 'offer-answered':
      return entry.isAccepted
        ? 'The customer took the time we offered.'
        : 'The time we offered does not suit the customer.';
    case 'offer-lapsed':
      return 'The customer did not say whether the time we offered suits.';
    case 'wished':
      return 'The customer asks for another time.';
    case 'told':
      return `${nameOf(entry.by)} wrote to the customer.`;
    case 'said':
      return 'The customer wrote about it.';
    default:
      return undefined;
  }
};

const endSentence = (entry: PromiseEntry, nameOf: Names): string | undefined => {
  switch (entry.type) {
    case 'proposed':
      return `${nameOf(entry.by)} says it is done.`;
    case 'judged':
      return entry.isKept ? 'The customer says it is done.' : 'The customer says: not yet.';
    case 'assumed':
      return 'The customer did not say, so it is taken as done; it can be opened again at any time.';
    case 'waived':
      return "The customer's newer answer made it pointless.";
    case 'withdrawn':
      return withdrawnWords(entry, nameOf);
    default:
      return undefined;
  }
};

const ownerSentence = (entry: PromiseEntry, nameOf: Names, when: When): string | undefined => {
  switch (entry.type) {
    case 'promised':
      return `${nameOf(entry.owner)} owes the customer ${OWED_WORDS[entry.kind]} ${CAUSE_WORDS[entry.because]}, by ${when(entry.dueAt)}.`;
    case 'taken':
      return `${nameOf(entry.by)} took it.`;
    case 'handed-over':
      return entry.because === 'left'
        ? `${nameOf(entry.from)} works here no more; ${nameOf(entry.to)} has it now.`
        : `${nameOf(entry.from)} handed it to ${nameOf(entry.to)}.`;
    case 'escalated':
      return `It went ${raisedTo(entry, nameOf)}, ${RAISED_WORDS[entry.because]}.`;
    case 'paged':
      return 'The last one responsible was paged.';
    case 'rescued':
      return 'Nothing was going to happen by itself any more, so it was started again.';
    default:
      return undefined;
  }
};

const isOfPromise = (entry: Entry): entry is PromiseEntry => 'promise' in entry;

/** Undefined for an entry that is not about a promise. */
export const promiseSentence = (entry: Entry, nameOf: Names, when: When): string | undefined =>
  isOfPromise(entry)
    ? (ownerSentence(entry, nameOf, when) ??
      timeSentence(entry, nameOf, when) ??
      visitSentence(entry, nameOf, when) ??
      endSentence(entry, nameOf))
    : undefined;
