/** The staff page in every state it can be in, and with everything that can be wrong. */
import { saleStory } from '../../../functions/pages/sale-story.ts';
import { staffPromise } from '../../../functions/pages/staff-promise.ts';
import type {
  EarlierVisit,
  StaffChoices,
  StaffError,
  StaffNotice,
  StaffPromiseView,
  VisitView,
} from '../../../functions/pages/staff-promise-view.ts';
import type { PageWords } from '../../../functions/pages/words.ts';

type Sample = { name: string; page: string };

const complaint =
  'The left drawer sticks, and the varnish on the front came off in two places when I wiped it with a damp cloth.\nI bought it for my daughter’s room and she cannot open it herself.';

const choices: StaffChoices = {
  staff: [
    { id: 'mia', name: 'Mia Frei' },
    { id: 'ruth', name: 'Ruth Baumann' },
  ],
  providers: [
    { id: 'jonas', name: 'Jonas Brunner' },
    { id: 'mia', name: 'Mia Frei' },
    { id: 'ruth', name: 'Ruth Baumann' },
  ],
  provider: 'jonas',
  from: '',
  until: '',
  place: 'Lindenweg 4, 3012 Bern',
  bring: '',
  notBefore: { shop: '2026-11-26T11:50', venue: '2026-11-26T11:50' },
};

/** The same, with one text everywhere somebody else writes it. */
export const hostileChoices = (text: string): StaffChoices => ({
  ...choices,
  staff: [{ id: text, name: text }],
  providers: [{ id: text, name: text }],
  provider: text,
  insteadOf: text,
  place: text,
  bring: text,
  zones: { shop: text, venue: text },
  naming: { canAnswer: false, names: text },
});

export const staffView = (words: PageWords): StaffPromiseView => ({
  words,
  action: '/p/sample',
  shopName: 'Eichenhof Workshop',
  itemTitle: 'Oak chest of drawers, 60 cm',
  orderNumber: '#1042',
  readerName: 'Jonas Brunner',
  customer: { name: 'Anna Keller', phone: '+41 79 555 12 34' },
  promise: {
    kind: 'call',
    due: 'Thu 26 Nov, 14:00',
    timeLeft: '2 h 10 min left',
    isLate: false,
    ownerName: 'Jonas Brunner',
    level: 0,
    strikes: 0,
    words: 'A person rings within two working days when something is wrong.',
    isQuestion: false,
    isKnown: true,
  },
  earlier: [],
  reply: { rating: '2', words: complaint, wish: 'fix', wantsCall: true },
  next: { kind: 'act', act: 'take' },
  more: ['tell', 'done', 'offer', 'more-time', 'hand-over', 'withdraw'],
  choices,
  story: [
    { at: 'Wed 11 Nov, 09:12', what: 'Ordered: Oak chest of drawers, 60 cm' },
    { at: 'Mon 16 Nov, 16:40', what: 'Delivered' },
    { at: 'Fri 20 Nov, 10:05', what: 'Jonas asked how it is going' },
    { at: 'Thu 26 Nov, 10:00', what: 'Anna answered: not happy' },
  ],
  hidden: { seen: '1' },
});

const visit: VisitView = {
  when: 'Friday 27 November, 09:00–11:00',
  provider: 'Jonas Brunner',
  place: 'Lindenweg 4, 3012 Bern',
  bring: 'Two runners, oak varnish',
  isConfirmed: true,
  isPending: false,
};
const earlier: EarlierVisit[] = [
  { when: 'Monday 9 November, 09:00–11:00', provider: 'Jonas Brunner', how: 'changed' },
  { when: 'Thursday 12 November, 09:00–11:00', provider: 'Jonas Brunner', how: 'provider' },
  { when: 'Monday 16 November, 09:00–11:00', provider: 'Mia Frei', how: 'customer' },
  { when: 'Thursday 19 November, 09:00–11:00', provider: 'Jonas Brunner', how: 'unknown' },
];

const visitView = (words: PageWords): StaffPromiseView => {
  const view = staffView(words);
  return {
    ...view,
    promise: { ...view.promise, kind: 'visit', words: undefined },
    visit,
    more: ['late', 'book', 'offer', 'hand-over', 'withdraw'],
    choices: { ...choices, from: '2026-11-27T09:00', until: '11:00', bring: 'Two runners, oak varnish' },
  };
};

const visitPages = (words: PageWords): Sample[] => {
  const view = visitView(words);
  const missed = { ...view, promise: { ...view.promise, strikes: 2, level: 2 as const }, earlier };
  const naming = { canAnswer: true, names: 'Ruth Baumann, Mia Frei' };
  const anew: StaffPromiseView = {
    ...missed,
    visit: undefined,
    next: { kind: 'act', act: 'book' },
    more: ['done', 'more-time', 'hand-over', 'withdraw'],
    readerName: 'Ruth Baumann',
    choices: { ...choices, provider: 'mia', insteadOf: 'Jonas Brunner', naming },
  };
  const pending: StaffPromiseView = {
    ...missed,
    visit: { ...visit, isPending: true },
    choices: { ...view.choices, naming },
  };
  const pages: [string, StaffPromiseView][] = [
    ['visit-ahead', { ...view, next: { kind: 'visit-ahead' }, more: ['book', 'offer', 'hand-over'] }],
    ['visit-near', { ...view, next: { kind: 'act', act: 'on-my-way' } }],
    [
      'visit-on-the-way',
      {
        ...view,
        next: { kind: 'on-the-way' },
        visit: { ...visit, onTheWaySince: 'Friday 27 November, 08:31', isConfirmed: false },
        notice: { kind: 'on-my-way' },
      },
    ],
    [
      'visit-begun',
      {
        ...view,
        next: { kind: 'act', act: 'done' },
        visit: { ...visit, answeredBy: 'Ruth Baumann' },
        more: ['late', 'hand-over', 'nobody-home', 'nobody-went'],
      },
    ],
    ['visit-to-book', { ...anew, promise: view.promise, earlier: [], choices }],
    ['visit-two-misses', anew],
    [
      'visit-two-misses-rep',
      { ...anew, choices: { ...anew.choices, naming: { ...naming, canAnswer: false } } },
    ],
    ['visit-accept', { ...pending, next: { kind: 'act', act: 'accept' }, readerName: 'Ruth Baumann' }],
    ['visit-unanswered', { ...pending, next: { kind: 'unanswered' } }],
    [
      'visit-offered',
      {
        ...view,
        visit: undefined,
        next: {
          kind: 'offered',
          when: 'Monday 30 November, 09:00–11:00',
          until: 'Friday 27 November, 17:00',
        },
      },
    ],
    [
      'visit-elsewhere',
      {
        ...view,
        visit: { ...visit, when: 'Friday 27 November, 08:00–10:00 (time in Lisbon)' },
        next: { kind: 'visit-ahead' },
        choices: { ...view.choices, zones: { shop: 'Zurich', venue: 'Lisbon' } },
      },
    ],
  ];
  return pages.map(([name, page]) => ({ name: `staff-${name}`, page: staffPromise(page) }));
};

const NOTICES: StaffNotice[] = [
  { kind: 'take' },
  { kind: 'done' },
  { kind: 'hand-over', name: 'Mia Frei' },
  { kind: 'more-time', when: 'Fri 27 Nov, 14:00' },
  { kind: 'offer', when: 'Fri 27 Nov, 14:00' },
  { kind: 'book', name: 'Mia Frei', when: 'Fri 27 Nov, 09:00–11:00' },
  { kind: 'book-pending', when: 'Fri 27 Nov, 09:00–11:00' },
  { kind: 'accept', name: 'Mia Frei', when: 'Fri 27 Nov, 09:00–11:00' },
  { kind: 'late', when: 'Fri 27 Nov, 09:30–11:30' },
  { kind: 'nobody-home' },
  { kind: 'nobody-went', name: 'Ruth Baumann' },
  { kind: 'withdraw' },
  { kind: 'tell' },
];

const ERRORS: StaffError[] = [
  { field: 'act', message: 'press-again' },
  { field: 'what', message: 'what-missing' },
  { field: 'what', message: 'words-too-long' },
  { field: 'tell-what', message: 'what-missing' },
  { field: 'to', message: 'to-missing' },
  { field: 'to', message: 'to-unknown' },
  { field: 'more-due', message: 'time-missing' },
  { field: 'more-due', message: 'time-past' },
  { field: 'more-due', message: 'time-too-far' },
  { field: 'withdraw-reason', message: 'reason-missing' },
  ...(
    [
      'act-missing',
      'no-address',
      'already-taken',
      'already-said',
      'customer-asked',
      'not-yours',
      'level-too-low',
      'not-a-visit',
      'no-booking',
      'has-booking',
      'visit-ahead',
      'window-over',
      'nothing-to-accept',
      'too-early',
      'too-often',
      'overtaken',
    ] as const
  ).map((message): StaffError => ({ field: 'act', message })),
];
const VISIT_ERRORS: StaffError[] = [
  { field: 'book-from', message: 'time-past' },
  { field: 'book-until', message: 'time-order' },
  { field: 'book-until', message: 'window-too-long' },
  { field: 'book-provider', message: 'provider-unknown' },
  { field: 'book-provider', message: 'provider-busy' },
  { field: 'late-minutes', message: 'minutes-wrong' },
];

const typed = {
  what: 'New runners fitted.',
  to: 'mia',
  note: 'Knows her well',
  'more-due': '2026-11-27T14:00',
  'book-from': '2026-11-27T09:00',
  'book-until': '08:00',
  'book-provider': 'mia',
};

const noticePage = (words: PageWords, notice: StaffNotice): Sample => ({
  name: `staff-notice-${notice.kind}`,
  page: staffPromise({ ...staffView(words), notice }),
});

const errorPage = (words: PageWords, error: StaffError): Sample => {
  const view = VISIT_ERRORS.includes(error)
    ? { ...visitView(words), next: { kind: 'visit-ahead' as const } }
    : staffView(words);
  return {
    name: `staff-error-${error.message}-${error.field}`,
    page: staffPromise({ ...view, values: typed, error }),
  };
};

/** Looks like another page but for a sentence: for the words, not for the browser. */
export const staffSentences = (words: PageWords): Sample[] => [
  ...NOTICES.map((notice) => noticePage(words, notice)),
  ...[...ERRORS, ...VISIT_ERRORS].map((error) => errorPage(words, error)),
];

const promisePages = (words: PageWords): Sample[] => {
  const view = staffView(words);
  const { promise, reply: _reply, ...rest } = view;
  const closed = (outcome: 'kept' | 'assumed' | 'void'): StaffPromiseView => ({
    ...view,
    next: { kind: 'closed', outcome },
    more: [],
  });
  const proposed: StaffPromiseView = {
    ...view,
    next: { kind: 'proposed', what: 'New runners fitted, front varnished again.' },
    more: [],
  };
  const pages: [string, StaffPromiseView][] = [
    ['open', view],
    [
      'taken-late',
      {
        ...view,
        notice: { kind: 'take' },
        promise: { ...promise, isLate: true, timeLeft: '3 h ago', level: 1, strikes: 2 },
        next: { kind: 'act', act: 'done' },
        more: ['offer', 'more-time', 'hand-over', 'withdraw'],
      },
    ],
    [
      'handed-over',
      {
        ...view,
        notice: { kind: 'hand-over', name: 'Mia Frei' },
        promise: { ...promise, ownerName: 'Mia Frei', strikes: 1, level: 2 },
        next: { kind: 'not-yours' },
        more: ['done'],
      },
    ],
    ['proposed', { ...proposed, notice: { kind: 'done' }, promise: { ...promise, kind: 'resolve' } }],
    ['closed-kept', closed('kept')],
    ['closed-assumed', closed('assumed')],
    ['closed-void', closed('void')],
    [
      'question',
      {
        ...rest,
        promise: { ...promise, kind: 'answer', words: 'Can I oil it instead?', isQuestion: true },
        next: { kind: 'act', act: 'tell' },
        more: ['done', 'more-time', 'hand-over', 'withdraw'],
      },
    ],
    [
      'bare',
      {
        ...rest,
        customer: { name: 'Anna Keller', email: 'anna@example.org' },
        story: [],
        promise: { ...promise, words: undefined, isKnown: false },
        more: ['done', 'more-time'],
      },
    ],
    ['error-closed', { ...closed('kept'), error: { field: 'act', message: 'already-closed' } }],
    [
      'error-gone',
      {
        ...proposed,
        values: { act: 'done', what: 'Rang her and left a message.' },
        error: { field: 'act', message: 'overtaken' },
      },
    ],
  ];
  return pages.map(([name, page]) => ({ name: `staff-${name}`, page: staffPromise(page) }));
};

export const staffPages = (words: PageWords): Sample[] => [
  ...promisePages(words),
  { name: 'staff-nothing-owed', page: saleStory(staffView(words)) },
  ...visitPages(words),
  ...staffSentences(words).filter(({ name }) =>
    /(what-missing|to-unknown|time-past-more|provider-busy|minutes-wrong)/.test(name),
  ),
];
