/** The story of a sale in sentences: for the page of the person who takes it on, the console and the command line. */
import type { Configuration } from './configuration.ts';
import { conversationSentence } from './conversation/story.ts';
import type { Entry, EntryOf } from './journal.ts';
import { promiseSentence } from './promises/story.ts';
import type { NoticeName } from './promises/tidings.ts';
import { memberOf } from './staff.ts';
import { whySentence } from './when/why.ts';

export type StoryLine = { at: string; what: string };

const NOTICE_WORDS: Record<NoticeName, string> = {
  owner: 'the note to the owner',
  receipt: 'the note that somebody has it',
  sorry: 'the apology',
  'in-hand': 'the note who puts it right, and by when',
  'new-time': 'the note about the new time',
  late: 'the note that we are late',
  offer: 'the question whether another time suits',
  booked: 'the confirmation of the visit',
  'booked-provider': 'the note about the visit',
  'unbooked-provider': 'the note that somebody else makes the visit',
  accept: 'the question who answers for the visit',
  withdrawn: 'the note that it is off',
  'withdrawn-provider': 'the note that the visit is off',
  'withdrawn-owner': 'the note that it is off',
  'new-person': 'the note who looks after them now',
  wish: 'the note that the customer asks for another time',
  said: 'what the customer wrote',
  told: 'the words of somebody here',
  'offer-answer': 'the answer to the time we offered',
  'nobody-home': 'the note that nobody opened',
  half: 'the reminder that half of the time is over',
  most: 'the reminder that little time is left',
  'at-risk': 'the warning that we may be too late',
  tomorrow: 'the reminder of the visit',
  'tomorrow-provider': 'the reminder of the visit',
  'on-your-way': 'the question whether they are on the way',
  'nobody-on-the-way': 'the alarm that nobody is on the way',
  'may-be-late': 'the warning that the visit may be late',
  'did-anyone-come': 'the question whether anybody came',
};

const MESSAGE_WORDS: Readonly<Record<string, string>> = {
  ...NOTICE_WORDS,
  'check-in': 'the check-in',
  reminder: 'the reminder',
  'review-ask': 'the review ask',
  ask: 'the question whether it is put right',
  'ask-again': 'the same question once more',
  referral: 'the code for a friend',
  'thank-you': 'the thank-you',
  'made-it-great': 'the question what would have made it great',
  'by-phone': 'the note to ring instead of writing',
  'came-back': 'the note that a mail came back',
};

/** What a message is, in words: `check-in` is "the check-in". */
export const messageWords = (message: string): string => {
  if (message.startsWith('unclear/')) return 'the note that a mail may be lost';
  const name = message.replace(/^[a-z]+-\d+\//, '').replace(/#\d+$/, '');
  return MESSAGE_WORDS[name] ?? name;
};

const RATING_WORDS = {
  1: 'really unhappy',
  2: 'not happy',
  3: "it's all right",
  4: 'happy',
  5: 'delighted',
} as const;

const STOPPED_WORDS: Record<EntryOf<'stopped'>['method'], string> = {
  'one-click': 'The customer asked us to stop asking.',
  page: 'The customer asked us to stop asking.',
  mail: 'The customer asked us by mail to stop asking.',
  complaint: 'The customer marked a mail as spam; nothing is written to them any more.',
  staff: 'Somebody here noted that the customer wants no more questions.',
  elsewhere: 'The customer had asked us to stop asking, about another order of theirs.',
};

type Names = (id: string) => string;
type When = (at: string) => string;

const shopSentence = (entry: Entry): string | undefined => {
  switch (entry.type) {
    case 'ordered':
      return `The shop announced order ${entry.order.number}.`;
    case 'erased':
      return 'The person asked to be forgotten; nothing personal is kept any more.';
    case 'fulfilled':
      return 'It was sent.';
    case 'delivered':
      return 'It was delivered.';
    case 'cancelled':
      return 'The order was cancelled.';
    case 'refunded':
      return entry.isFull ? 'The order was refunded.' : 'Part of the order was refunded.';
    default:
      return undefined;
  }
};

const inZone = ({ why }: EntryOf<'started'>, name: Names, when: When): string =>
  why === undefined ? '' : `, in ${whySentence(why, { when, name, message: messageWords })}`;

const workflowSentence = (entry: Entry, nameOf: Names, when: When): string | undefined => {
  switch (entry.type) {
    case 'started':
      return entry.round === 1
        ? `Follow-up started; the check-in is planned for ${when(entry.checkInAt)}, ${entry.because}${inZone(entry, nameOf, when)}.`
        : 'A late answer opened a new short round.';
    case 'rescheduled':
      return `The check-in moved to ${when(entry.checkInAt)}, ${entry.because}.`;
    case 'sent':
      return `We sent ${messageWords(entry.message)}${entry.to === 'customer' ? '' : ` to ${nameOf(entry.to)}`}.`;
    case 'refused':
      return `The mail service refused ${messageWords(entry.message)} (${entry.error}).`;
    case 'unclear':
      return `Nobody can know whether ${messageWords(entry.message)} went out. It is not sent again.`;
    case 'skipped':
      return `We did not send ${messageWords(entry.message)}: ${entry.reason}.`;
    case 'ended':
      return 'The follow-up ended.';
    default:
      return undefined;
  }
};

const answerSentence = ({ n, by, reply, isUnconfirmed }: EntryOf<'replied'>): string => {
  const { rating, wish, call } = reply;
  const how = by === 'mail' ? ' by mail' : '';
  const what = [
    rating === undefined ? 'somebody must read it' : RATING_WORDS[rating],
    ...(wish === undefined ? [] : [`wishes: ${wish}`]),
    ...(call ? ['asks for a call'] : []),
  ];
  if (isUnconfirmed)
    return `An answer came that may not be from a person: ${what.join(', ')}. It counts once there is a sign of one.`;
  return `The customer ${n === 1 ? 'answered' : 'changed the answer'}${how}: ${what.join(', ')}.`;
};

const customerSentence = (entry: Entry): string | undefined => {
  switch (entry.type) {
    case 'replied':
      return answerSentence(entry);
    case 'stopped':
      return STOPPED_WORDS[entry.method];
    case 'resumed':
      return 'The customer took the stop back.';
    default:
      return undefined;
  }
};

/** One line per entry that says something to a person. `when` writes the instants in the sentences for who reads them. */
export const tellStory = (
  entries: readonly Entry[],
  config: Configuration,
  when: When = (at) => at,
): StoryLine[] => {
  const nameOf = (id: string) => memberOf(config, id)?.name ?? id;
  return entries.flatMap((entry) => {
    const what =
      shopSentence(entry) ??
      workflowSentence(entry, nameOf, when) ??
      customerSentence(entry) ??
      promiseSentence(entry, nameOf, when) ??
      conversationSentence(entry, messageWords, when);
    return what === undefined ? [] : [{ at: entry.at, what }];
  });
};
