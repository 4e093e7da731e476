/** The story of a sale in sentences: for the page of the person who takes it on, the console and the command line. */
import type { Configuration } from './configuration.ts';
import type { Entry } from './journal.ts';
import { memberOf } from './staff.ts';

export type StoryLine = { at: string; what: string };

const MESSAGE_WORDS: Record<string, string> = {
  'check-in': 'the check-in',
  reminder: 'the reminder',
  'review-ask': 'the review ask',
  receipt: 'the note that somebody has it',
  owner: 'the note to the owner',
  ask: 'the question whether it is put right',
  'ask-again': 'the same question once more',
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

const CAUSE_WORDS = {
  unhappy: 'to put it right',
  asked: 'because the customer asked for it',
  silent: 'because nobody answered',
  'cannot-write': 'because we cannot write to this customer',
  question: 'to a question the customer asked',
  published: 'as the shop has published',
  booked: 'as booked with the order',
  missed: 'because nobody came to the visit',
  staff: 'as somebody here promised',
  system: 'as promised through another system of the shop',
} as const;

type Names = (id: string) => string;
type When = (at: string) => string;

const shopSentence = (entry: Entry): string | undefined => {
  switch (entry.type) {
    case 'ordered':
      return `The shop announced order ${entry.order.number}.`;
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

const workflowSentence = (entry: Entry, nameOf: Names, when: When): string | undefined => {
  switch (entry.type) {
    case 'started':
      return entry.round === 1
        ? `Follow-up started; the check-in is planned for ${when(entry.checkInAt)}, ${entry.because}.`
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

const customerSentence = (entry: Entry): string | undefined => {
  switch (entry.type) {
    case 'replied':
      return `The customer ${entry.n === 1 ? 'answered' : 'changed the answer'}: ${RATING_WORDS[entry.reply.rating]}${entry.reply.wish === undefined ? '' : `, wishes: ${entry.reply.wish}`}${entry.reply.call ? ', asks for a call' : ''}.`;
    case 'stopped':
      return 'The customer asked us to stop asking.';
    case 'resumed':
      return 'The customer took the stop back.';
    default:
      return undefined;
  }
};

const promiseSentence = (entry: Entry, nameOf: Names, when: When): string | undefined => {
  switch (entry.type) {
    case 'promised':
      return `${nameOf(entry.owner)} owes the customer ${entry.kind === 'call' ? 'a call' : 'an answer'} ${CAUSE_WORDS[entry.because]}, by ${when(entry.dueAt)}.`;
    case 'taken':
      return `${nameOf(entry.by)} took it.`;
    case 'handed-over':
      return `${nameOf(entry.from)} handed it to ${nameOf(entry.to)}.`;
    case 'proposed':
      return `${nameOf(entry.by)} says it is done.`;
    case 'judged':
      return entry.isKept ? 'The customer says it is done.' : 'The customer says: not yet.';
    case 'escalated':
      return `It went ${entry.from === entry.owner ? `back to ${nameOf(entry.owner)}` : `up from ${nameOf(entry.from)} to ${nameOf(entry.owner)}`}, ${entry.because === 'overdue' ? 'because the time had passed' : 'because it was not done yet'}.`;
    case 'assumed':
      return 'The customer did not say, so it is taken as done; it can be opened again at any time.';
    case 'waived':
      return "The customer's newer answer made it pointless.";
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
      promiseSentence(entry, nameOf, when);
    return what === undefined ? [] : [{ at: entry.at, what }];
  });
};
