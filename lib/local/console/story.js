/** The journal told in plain words. An entry of a kind not named here is shown by its name: nothing is hidden. */
import { shortTime } from './dom.js';

const RATINGS = ['', 'really unhappy', 'not happy', 'all right', 'happy', 'delighted'];

const plain = (name) => String(name ?? '').replaceAll('-', ' ');

const MESSAGES = {
  'check-in': 'the check-in',
  'review-ask': 'the ask for a review',
  receipt: 'the note that somebody has it',
  owner: 'the note to the owner',
  ask: 'the question whether it is put right',
  'ask-again': 'the same question once more',
};

/** `call-1/ask#2` is the message `ask` about the promise `call-1`. */
const messageName = (message) => {
  const name = String(message ?? 'mail')
    .split('/')
    .at(-1)
    .replace(/#\d+$/, '');
  return MESSAGES[name] ?? `the ${plain(name)}`;
};

const KINDS = { call: 'to call', visit: 'a visit', answer: 'an answer', resolve: 'to put it right' };

const promiseName = (promise) => KINDS[String(promise ?? '').split('-')[0]] ?? plain(promise);

const CAUSES = {
  unhappy: 'the customer is not happy',
  asked: 'the customer asked for it',
  silent: 'the customer did not answer',
  'cannot-write': 'no mail reaches the customer',
  overdue: 'the time passed',
  'not-yet': 'the customer said “not yet”',
  missed: 'nobody came',
  published: 'the shop has published it',
  booked: 'it was booked with the order',
  question: 'the customer asked something',
  staff: 'somebody here said so',
  system: 'another system of the shop said so',
};
const because = (cause) => (cause ? `, because ${CAUSES[cause] ?? plain(cause)}` : '');

const replyWords = ({ reply, private: own }) => {
  const rating = RATINGS[Number(reply?.rating)];
  const said = own?.words ?? reply?.words;
  return `The customer answered${rating ? `: ${rating}` : ''}${said ? `. “${said}”` : ''}`;
};

const quoted = (text) => (text ? `: “${text}”` : '');

const TELL = {
  ordered: ({ order }) => `Ordered${order?.lines?.[0]?.title ? `: ${order.lines[0].title}` : ''}`,
  fulfilled: () => 'On its way',
  delivered: () => 'Delivered',
  cancelled: ({ reason }) => `Cancelled${quoted(reason)}`,
  refunded: ({ isFull }) => (isFull === false ? 'Partly refunded' : 'Refunded'),
  started: ({ checkInAt }) => `The follow-up began. The first question goes out ${shortTime(checkInAt)}`,
  rescheduled: ({ checkInAt }) => `The first question moved to ${shortTime(checkInAt)}`,
  claimed: ({ message }) => `About to send ${messageName(message)}`,
  sent: ({ message }) => `We sent ${messageName(message)}`,
  refused: ({ message }) => `The mail service refused ${messageName(message)}`,
  unclear: ({ message }) => `It is unclear whether ${messageName(message)} went out: a person looks`,
  skipped: ({ message, reason }) => `We did not send ${messageName(message)}: ${plain(reason)}`,
  unanswered: ({ message }) => `No answer to ${messageName(message)}`,
  replied: replyWords,
  stopped: () => 'The customer wants no more questions',
  resumed: () => 'The customer may be asked again',
  promised: ({ promise, owner, dueAt, because: cause }) =>
    `Promised ${promiseName(promise)} by ${shortTime(dueAt)}, owed by ${owner}${because(cause)}`,
  taken: ({ by }) => `${by} said “I have this”`,
  'handed-over': ({ from, to }) => `${from} handed it over to ${to}`,
  proposed: ({ by, private: own }) => `${by} says it is done${quoted(own?.what)}`,
  judged: ({ isKept, private: own }) =>
    `${isKept ? 'The customer says it was kept' : 'The customer says “not yet”'}${quoted(own?.words)}`,
  escalated: ({ owner, dueAt, because: cause }) =>
    `One level up to ${owner}, due ${shortTime(dueAt)}${because(cause)}`,
  moved: ({ by, dueAt }) => `${by} needs more time, until ${shortTime(dueAt)}`,
  offered: ({ by, from, to }) => `${by} offers another time: ${shortTime(from ?? to)}`,
  'offer-answered': ({ isAccepted }) =>
    isAccepted ? 'The customer takes the other time' : 'The other time does not suit the customer',
  'offer-lapsed': () => 'The customer did not say whether the other time suits',
  wished: ({ private: own }) => `The customer asks for another time${quoted(own?.words)}`,
  booked: ({ provider, from, to }) => `Booked: ${provider} goes there ${shortTime(from)} to ${shortTime(to)}`,
  accepted: ({ by }) => `${by} answers for the visit by name`,
  suits: () => 'The time suits the customer',
  'on-my-way': ({ by }) => `${by} is on the way`,
  delayed: ({ by, from }) => `${by} is late: from ${shortTime(from)}`,
  missed: ({ who }) =>
    who === 'customer'
      ? 'Nobody was at home'
      : who === 'provider'
        ? 'Nobody came'
        : 'Nobody knows whether anybody came',
  withdrawn: () => 'The promise was taken back',
  paged: () => 'The last one responsible was paged',
  rescued: () => 'The sweeper gave the promise a new workflow',
  erased: () => 'The person was forgotten',
  assumed: () => 'No answer from the customer: assumed to be kept',
  waived: () => 'The promise fell away: the customer’s later answer made it needless',
  ended: () => 'The follow-up ended',
};

/** What stands out: it went well, or it did not. Said in words as well, never by colour alone. */
const TONES = {
  escalated: 'bad',
  missed: 'bad',
  refused: 'bad',
  unclear: 'bad',
  promised: 'owed',
  proposed: 'owed',
};

export const toneOf = ({ type, isKept, reply }) => {
  if (type === 'judged') return isKept ? 'good' : 'bad';
  if (type === 'replied') return Number(reply?.rating) <= 2 ? 'bad' : 'good';
  return TONES[type] ?? '';
};

export const tell = (entry) => (TELL[entry.type] ? TELL[entry.type](entry) : plain(entry.type));

/** A claim is always followed by what became of it. */
export const isWorthTelling = ({ type }) => type !== 'claimed';

const STATUS = {
  open: 'open',
  taken: 'somebody has it',
  proposed: 'the customer is asked',
  kept: 'kept',
  assumed: 'assumed kept',
  waived: 'fell away',
  offered: 'another time is offered',
  withdrawn: 'taken back',
};

const LEVELS = ['sales rep', 'manager', 'head of the business'];

export const promiseWords = ({ kind, id, status, level, strikes, owner, dueAt }) => ({
  what: `Promise ${promiseName(kind ?? id)}`,
  status: STATUS[status] ?? plain(status),
  rest: [
    owner ? `with ${owner}${LEVELS[level] ? ` (${LEVELS[level]})` : ''}` : undefined,
    dueAt ? `due ${shortTime(dueAt)}` : undefined,
    strikes ? `broken ${strikes === 1 ? 'once' : `${strikes} times`}` : undefined,
  ]
    .filter(Boolean)
    .join(', '),
});

export const standing = ({ status, outcome }) => plain(outcome ?? status ?? 'running');
