/** The customer's page, the reply form and the thanks in every state they can be in. Free of vitest. */
import type { Card, CardState, PromiseKind } from '../../../functions/pages/customer-card.ts';
import {
  type CustomerNotice,
  type CustomerPageError,
  type CustomerPageView,
  customerPage,
} from '../../../functions/pages/customer-page.ts';
import { type ReplyFormView, replyForm } from '../../../functions/pages/reply-form.ts';
import { type NextStep, thanks } from '../../../functions/pages/thanks.ts';
import type { PageWords } from '../../../functions/pages/words.ts';
import { afterSamples, askedOnce, friend } from './after-samples.ts';

type Sample = { name: string; page: string };

export const complaint =
  'The left drawer sticks, and the varnish on the front came off in two places when I wiped it with a damp cloth.\nI bought it for my daughter’s room and she cannot open it herself.';
const shopName = 'Eichenhof Workshop';
const due = 'Thursday 26 November, 14:00';

export const customerView = (words: PageWords, cards: readonly Card[] = []): CustomerPageView => ({
  words,
  shopName,
  action: '/s/sample',
  customerFirstName: 'Anna',
  itemTitle: 'Oak chest of drawers, 60 cm',
  signerFirstName: 'Jonas',
  signerPhone: '+41 44 555 01 07',
  cards,
  settled: [],
  replyUrl: '/r/sample',
  stopUrl: '/u/sample',
});

export const card = (
  kind: PromiseKind,
  state: CardState = { kind: 'owed' },
  more: Partial<Card> = {},
): Card => ({
  id: `${kind}-1`,
  kind,
  ownerName: 'Jonas Brunner',
  ownerPhone: '+41 44 555 01 07',
  due,
  state,
  isQuestion: kind === 'answer',
  strikes: 0,
  ...more,
});

const said = 'I fitted new runners on Tuesday and varnished the front again.';
const visit = {
  when: 'Friday 27 November, 09:00–11:00',
  place: 'Rebgasse 3, 4058 Basel, second floor',
  bring: 'A free wall socket near the chest',
  providerName: 'Mia Frei',
  providerPhone: '+41 44 555 01 08',
};

/** Every state a card can be in, named by kind and state. */
export const CARDS: Readonly<Record<string, Card>> = {
  'call-owed': card('call', { kind: 'owed' }, { words: 'A trainer rings you within a week of your order.' }),
  'call-unasked': card('call', { kind: 'owed', isUnasked: true }),
  'call-late': card('call', { kind: 'late' }),
  'call-asked': card('call', { kind: 'asked' }),
  'call-offered': card('call', {
    kind: 'offered',
    time: 'Monday 30 November, 10:00',
    reason: 'I am ill this week.',
  }),
  'answer-owed': card('answer', { kind: 'owed' }, { words: 'Can I oil the oak myself?' }),
  'answer-late': card('answer', { kind: 'late' }),
  'answer-asked': card('answer', { kind: 'asked', said: 'Yes. Twice a year, with linseed oil.' }),
  'resolve-owed': card('resolve'),
  'resolve-late': card('resolve', { kind: 'late' }, { strikes: 1 }),
  'resolve-asked': card('resolve', { kind: 'asked', said }),
  'resolve-refused': card('resolve', { kind: 'refused' }, { strikes: 2 }),
  'visit-owed': card('visit'),
  'visit-late': card('visit', { kind: 'late' }),
  'visit-asked': card('visit', { kind: 'asked', said }),
  'visit-offered': card('visit', { kind: 'offered', time: 'Monday 30 November, 09:00–11:00' }),
  'visit-booked': card('visit', { kind: 'booked', visit, sign: 'plain' }),
  'visit-suits': card('visit', { kind: 'booked', visit, sign: 'suits' }),
  'visit-moved': card('visit', { kind: 'booked', visit, sign: 'moved' }, { strikes: 2 }),
  'visit-on-the-way': card('visit', { kind: 'booked', visit, sign: 'on-the-way' }),
  'visit-begun': card('visit', { kind: 'begun', visit }),
  'visit-suspected': card('visit', { kind: 'suspected', visit }, { strikes: 1 }),
  'visit-missed': card('visit', { kind: 'missed', visit }, { strikes: 2 }),
  'visit-nobody-home': card('visit', { kind: 'nobody-home', visit }),
};

const cardNamed = (name: string): Card => {
  const found = CARDS[name];
  if (found === undefined) throw new Error(`There is no sample card "${name}"`);
  return found;
};

export const settled: CustomerPageView['settled'] = [
  { id: 'resolve-2', kind: 'resolve', how: 'assumed', day: 'Monday 23 November' },
  { id: 'call-2', kind: 'call', how: 'kept', day: 'Friday 20 November' },
  { id: 'visit-2', kind: 'visit', how: 'withdrawn', day: 'Thursday 19 November' },
  { id: 'answer-2', kind: 'answer', how: 'waived', day: 'Monday 16 November' },
];

const NOTICES: readonly CustomerNotice[] = [
  { kind: 'yes' },
  { kind: 'not-yet' },
  { kind: 'nobody-came' },
  { kind: 'suits' },
  { kind: 'another-time', ownerName: 'Jonas Brunner' },
  { kind: 'told', ownerName: 'Jonas Brunner' },
  { kind: 'accept-offer' },
  { kind: 'decline-offer' },
  { kind: 'no-longer-needed' },
  { kind: 'phone' },
  { kind: 'question', ownerName: 'Jonas Brunner', by: due },
];

const ERRORS: readonly CustomerPageError['message'][] = [
  'act-missing',
  'press-again',
  'words-missing',
  'words-too-long',
  'no-visit',
  'too-early',
  'nothing-offered',
  'offer-past',
  'already-closed',
  'time-taken',
];

const number = { phone: { onFile: '+41 79 555 12 34' } };

export const threePromises = (words: PageWords): CustomerPageView => ({
  ...customerView(words, ['resolve-asked', 'visit-moved', 'call-owed'].map(cardNamed)),
  ...number,
  settled,
});

export const customerPages = (words: PageWords): Sample[] => [
  ...Object.entries(CARDS).map(([name, one]) => ({
    name: `customer-${name}`,
    page: customerPage({ ...customerView(words, [one]), ...number }),
  })),
  { name: 'customer-three', page: customerPage(threePromises(words)) },
  { name: 'customer-nothing', page: customerPage(customerView(words)) },
  {
    name: 'customer-settled',
    page: customerPage({ ...customerView(words), customerFirstName: undefined, settled }),
  },
  ...afterSamples(customerView(words)),
  ...NOTICES.map((notice) => ({
    name: `customer-notice-${notice.kind}`,
    page: customerPage({ ...customerView(words, [cardNamed('visit-suits')]), settled, notice }),
  })),
  ...ERRORS.map((message) => ({
    name: `customer-error-${message}`,
    page: customerPage({
      ...customerView(words, [cardNamed('visit-booked')]),
      error: { at: 'visit-1', message },
      values: { words: complaint },
    }),
  })),
  {
    name: 'customer-error-settled',
    page: customerPage({
      ...customerView(words),
      settled,
      error: { at: 'call-2', message: 'words-too-long' },
      values: { words: complaint },
    }),
  },
  {
    name: 'customer-error-question',
    page: customerPage({ ...customerView(words), error: { at: 'question', message: 'words-missing' } }),
  },
  {
    name: 'customer-no-phone',
    page: customerPage({ ...customerView(words, [card('call')]), phone: { onFile: undefined } }),
  },
  {
    name: 'customer-error-phone',
    page: customerPage({
      ...customerView(words, [card('call')]),
      ...number,
      error: { at: 'phone', message: 'phone-invalid' },
      values: { phone: 'at work' },
    }),
  },
];

export const replyView = (words: PageWords): ReplyFormView => ({
  words,
  shopName,
  action: '/r/sample',
  signerFirstName: 'Jonas',
  signerPhone: '+41 44 555 01 07',
  itemTitle: 'Oak chest of drawers, 60 cm',
  customerFirstName: 'Anna',
  values: {},
  phoneOnFile: '+41 79 555 12 34',
  isCorrection: false,
  stopUrl: '/u/sample',
});

export const replyPages = (words: PageWords): Sample[] => {
  const view = replyView(words);
  const { customerFirstName: _name, phoneOnFile: _phone, ...unknown } = view;
  const pages: [string, ReplyFormView][] = [
    ['reply-form', view],
    ['reply-form-nameless', unknown],
    ['reply-form-preselected', { ...view, values: { rating: '2' } }],
    [
      'reply-form-correction',
      {
        ...view,
        isCorrection: true,
        values: {
          rating: '4',
          words: complaint,
          recommend: 'yes',
          again: 'maybe',
          wish: 'listen',
          call: true,
          blocked: true,
          question: true,
        },
      },
    ],
    [
      'reply-form-no-rating',
      { ...view, values: { words: complaint }, error: { field: 'rating', message: 'rating-missing' } },
    ],
    [
      'reply-form-too-long',
      {
        ...view,
        values: { rating: '1', words: complaint },
        error: { field: 'words', message: 'words-too-long' },
      },
    ],
    [
      'reply-form-no-phone',
      {
        ...unknown,
        values: { rating: '1', call: true },
        error: { field: 'phone', message: 'phone-missing' },
      },
    ],
  ];
  return pages.map(([name, one]) => ({ name, page: replyForm(one) }));
};

export const thanksPages = (words: PageWords): Sample[] => {
  const owed = { ownerName: 'Jonas Brunner', by: due };
  const steps: [string, NextStep][] = [
    ['delighted', { kind: 'delighted' }],
    ['content', askedOnce],
    ['content-told', { kind: 'content' }],
    ['unhappy', { kind: 'unhappy', ...owed, isByPhone: false }],
    ['unhappy-by-phone', { kind: 'unhappy', ...owed, isByPhone: true }],
    ['call', { kind: 'call', ...owed }],
    ['answer', { kind: 'answer', ...owed }],
    ['late', { kind: 'late', ...owed }],
  ];
  return steps.map(([name, next]) => ({
    name: `thanks-${name}`,
    page: thanks({
      words,
      shopName,
      signerFirstName: 'Jonas',
      signerPhone: '+41 44 555 01 07',
      next,
      correctUrl: '/r/sample',
      owedUrl: 'by' in next ? '/s/sample' : undefined,
      friend: next.kind === 'delighted' ? friend : undefined,
    }),
  }));
};
