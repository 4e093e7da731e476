/** Every page in every state it can be in, for the unit and the browser tests alike. */
import { notFound } from '../../../functions/pages/not-found.ts';
import { problem } from '../../../functions/pages/problem.ts';
import { saleStory } from '../../../functions/pages/sale-story.ts';
import { type StaffPromiseView, staffPromise } from '../../../functions/pages/staff-promise.ts';
import { stop, stopDone, stopUndone } from '../../../functions/pages/stop.ts';
import type { PageWords } from '../../../functions/pages/words.ts';
import { complaint, customerPages, replyPages, thanksPages } from './customer-samples.ts';

export type Sample = { name: string; page: string };

const shop = { shopName: 'Eichenhof Workshop', shopPhone: '+41 44 555 01 00' };
export const staffView = (words: PageWords): StaffPromiseView => ({
  words,
  action: '/p/sample',
  shopName: shop.shopName,
  itemTitle: 'Oak chest of drawers, 60 cm',
  customer: { name: 'Anna Keller', phone: '+41 79 555 12 34' },
  promise: {
    kind: 'call',
    state: { kind: 'open' },
    due: 'Thu 26 Nov, 14:00',
    timeLeft: '2 h 10 min left',
    isLate: false,
    ownerName: 'Jonas Brunner',
    level: 0,
    strikes: 0,
  },
  reply: { rating: '2', words: complaint, wish: 'fix', wantsCall: true },
  story: [
    { at: 'Wed 11 Nov, 09:12', what: 'Ordered: Oak chest of drawers, 60 cm' },
    { at: 'Mon 16 Nov, 16:40', what: 'Delivered' },
    { at: 'Fri 20 Nov, 10:05', what: 'Jonas asked how it is going' },
    { at: 'Thu 26 Nov, 10:00', what: 'Anna answered: not happy' },
  ],
  staff: [
    { id: 'mia', name: 'Mia Frei' },
    { id: 'ruth', name: 'Ruth Baumann' },
  ],
});

const staffPages = (words: PageWords): Sample[] => {
  const view = staffView(words);
  const { reply: _reply, ...wordless } = view;
  const promise = view.promise;
  return [
    { name: 'staff-open', page: staffPromise(view) },
    { name: 'staff-nothing-owed', page: saleStory(view) },
    {
      name: 'staff-taken-late',
      page: staffPromise({
        ...view,
        notice: { kind: 'taken' },
        promise: {
          ...promise,
          state: { kind: 'taken' },
          isLate: true,
          timeLeft: '3 h ago',
          level: 1,
          strikes: 2,
        },
      }),
    },
    {
      name: 'staff-handed-over',
      page: staffPromise({
        ...view,
        notice: { kind: 'handed-over', name: 'Mia Frei' },
        promise: { ...promise, strikes: 1, level: 2 },
      }),
    },
    {
      name: 'staff-proposed',
      page: staffPromise({
        ...view,
        notice: { kind: 'proposed' },
        promise: {
          ...promise,
          kind: 'resolve',
          state: { kind: 'proposed', what: 'New runners fitted, front varnished again.' },
        },
      }),
    },
    ...(['kept', 'assumed', 'void'] as const).map((outcome) => ({
      name: `staff-closed-${outcome}`,
      page: staffPromise({
        ...view,
        promise: { ...promise, kind: 'visit', state: { kind: 'closed', outcome } },
      }),
    })),
    {
      name: 'staff-bare',
      page: staffPromise({
        ...wordless,
        customer: { name: 'Anna Keller' },
        story: [],
        staff: [],
        promise: { ...promise, kind: 'answer' },
      }),
    },
    {
      name: 'staff-error-what',
      page: staffPromise({ ...view, error: { field: 'what', message: 'what-missing' } }),
    },
    {
      name: 'staff-error-to',
      page: staffPromise({
        ...view,
        values: { to: 'mia', note: 'Knows her well' },
        error: { field: 'to', message: 'to-unknown' },
      }),
    },
    {
      name: 'staff-error-not-yours',
      page: staffPromise({ ...view, error: { field: 'act', message: 'not-yours' } }),
    },
    {
      name: 'staff-error-closed',
      page: staffPromise({
        ...view,
        promise: { ...promise, state: { kind: 'closed', outcome: 'kept' } },
        error: { field: 'act', message: 'already-closed' },
      }),
    },
  ];
};

const quietPages = (words: PageWords): Sample[] => [
  { name: 'not-found', page: notFound({ words, ...shop }) },
  { name: 'stop', page: stop({ words, shopName: shop.shopName, action: '/s/sample' }) },
  { name: 'stop-done', page: stopDone({ words, shopName: shop.shopName, action: '/s/sample' }) },
  { name: 'stop-undone', page: stopUndone({ words, shopName: shop.shopName }) },
  { name: 'problem', page: problem({ words, ...shop }) },
  {
    name: 'problem-kept',
    page: problem({
      words,
      ...shop,
      sent: {
        action: '/r/sample',
        text: { name: 'words', value: complaint },
        fields: { rating: '2', wish: 'fix' },
      },
    }),
  },
];

export const samplePages = (words: PageWords): Sample[] => [
  ...replyPages(words),
  ...thanksPages(words),
  ...staffPages(words),
  ...customerPages(words),
  ...quietPages(words),
];
