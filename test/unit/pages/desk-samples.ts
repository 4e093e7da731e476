/** Every page of the desk in its different states, as staff would see it on a morning. Free of vitest. */

import { RULES } from '../../../functions/core/when/why.ts';
import type { CardView } from '../../../functions/pages/desk/cards.ts';
import {
  enterForm,
  lookIntoYourMail,
  refusedPress,
  signInForm,
  wayInIsOver,
} from '../../../functions/pages/desk/door.ts';
import { keptCasesPage, keptPage } from '../../../functions/pages/desk/kept.ts';
import { overduePage, silentPage, todayPage, type Whose } from '../../../functions/pages/desk/lists.ts';
import { lostAtDesk } from '../../../functions/pages/desk/lost.ts';
import { type PromiseView, type SaleView, salePage } from '../../../functions/pages/desk/sale.ts';
import { searchPage } from '../../../functions/pages/desk/search.ts';
import type { DeskSeat } from '../../../functions/pages/desk/sheet.ts';
import type { WhyLine } from '../../../functions/pages/desk/why.ts';
import type { PageWords } from '../../../functions/pages/words.ts';
import { comingBackSamples } from './after-samples.ts';
import { deskMailSamples, machines, thread, wholeMailSentence } from './desk-mail-samples.ts';
import { privacyDeskPages } from './privacy-samples.ts';
import { standingSamples } from './standing-samples.ts';

const PAUSED = (['all', 'source', 'journey'] as const).map((of) => ({
  of,
  name: of === 'all' ? '' : 'goods',
  until: 'Tuesday 17 November, 10:00',
  reason: 'The link in the check-in leads nowhere.',
}));

const card = (with_: Partial<CardView> = {}): CardView => ({
  href: '/desk/sale/shop/B-204',
  kind: 'call',
  because: 'published',
  customer: 'Selma Aydin',
  phone: '+41 79 555 03 30',
  words: 'We ring you within a week of your first ride.',
  item: 'Touring bike Jura',
  worth: 'CHF 1,890.00',
  due: 'Monday 23 November, 14:00',
  isLate: false,
  visitAt: undefined,
  level: 0,
  owner: undefined,
  isForAbsent: false,
  strikes: 0,
  severity: 'normal',
  ...with_,
});

const CARDS: CardView[] = [
  card({
    kind: 'resolve',
    because: 'unhappy',
    customer: 'Bartholomäus von Hohenstein-Wittelsbach',
    words: undefined,
    due: 'Thursday 19 November, 11:00',
    isLate: true,
    level: 1,
    strikes: 2,
    severity: 'urgent',
  }),
  card({
    kind: 'visit',
    because: 'missed',
    customer: 'Jonas Weber',
    due: 'Friday 20 November, 12:15',
    visitAt: 'Friday 20 November, 10:00',
    isLate: true,
    owner: 'Lio Baur',
    isForAbsent: true,
    strikes: 1,
    severity: 'high',
  }),
  card(),
  card({
    because: 'silent',
    customer: 'Nadia Rossi',
    phone: undefined,
    words: undefined,
    worth: undefined,
    owner: 'Ines Roth',
    level: 2,
  }),
];

const promise = (with_: Partial<PromiseView> = {}): PromiseView => ({
  id: 'call-1',
  kind: 'call',
  status: 'taken',
  isClosed: false,
  words: 'We ring you within a week of your first ride.',
  did: undefined,
  due: 'Monday 23 November, 14:00',
  isLate: true,
  next: 'Tuesday 24 November, 09:00',
  owner: 'Nora Frei',
  level: 0,
  strikes: 1,
  offer: undefined,
  visit: undefined,
  ...with_,
});

/** Each state of a question, each source of a zone, each rule. */
const whyLines = (words: PageWords): WhyLine[] => {
  const sources = ['address', 'phone', 'shop'] as const;
  const asks = ['check-in', 'reminder', 'review-ask'] as const;
  const states = ['sent', 'unclear', 'dropped', 'put-off', 'planned'] as const;
  const of = <T>(list: readonly [T, ...T[]], index: number): T => list[index % list.length] ?? list[0];
  return [...RULES, undefined].map((rule, index) => ({
    ask: of(asks, index),
    state: of(states, index),
    at: 'Friday 13 November, 10:00',
    rule,
    values: {
      zone: 'Europe/Berlin',
      zoneFrom: words.say(`desk.why.source.${of(sources, index)}`),
      window: '09:30-16:30',
      signer: 'Nora Frei',
      returns: 'Monday 16 November, 08:00',
      message: words.say('desk.why.check-in'),
      sale: 'shop/C-9',
      last: 'Tuesday 10 November, 10:00',
      daysBetween: '7',
      asked: '5',
      first: 'Tuesday 20 October, 10:00',
      most: '5',
      until: 'Friday 27 November, 10:00',
      reviewedAt: 'Friday 6 November, 10:00',
    },
    because: rule === undefined ? 'the customer has answered' : undefined,
  }));
};

const saleView = (seat: DeskSeat, with_: Partial<SaleView> = {}): SaleView => ({
  seat,
  action: '/desk/sale/shop/B-204',
  personHref: '/desk/person/shop/B-204',
  number: '#204',
  customer: { name: 'Selma Aydin', phone: '+41 79 555 03 30', mail: 'selma.aydin@example.org' },
  item: 'Touring bike Jura',
  bought: 'Monday 2 November',
  worth: 'CHF 1,890.00',
  owner: 'Nora Frei',
  promises: [
    promise(),
    promise({
      id: 'visit-1',
      kind: 'visit',
      status: 'offered',
      isLate: false,
      words: undefined,
      strikes: 0,
      next: undefined,
      offer: 'Friday 27 November, 10:00 – Friday 27 November, 12:00',
      visit: {
        from: 'Friday 20 November, 10:00',
        to: 'Friday 20 November, 12:00',
        name: 'Lio Baur',
        isPending: true,
      },
    }),
    promise({
      id: 'resolve-1',
      kind: 'resolve',
      status: 'kept',
      isClosed: true,
      did: 'Changed the rear wheel.',
    }),
  ],
  waits: (['running', 'paused', 'answered', 'void'] as const).map((state, index) => ({
    at: 'Friday 13 November, 10:00',
    state,
    hours: '4.5',
    limit: '4',
    name: 'Nora Frei',
    isMiss: index === 2,
  })),
  why: whyLines(seat.words),
  thread,
  answers: [
    { at: 'Friday 13 November, 10:00', rating: '2', words: 'The rear wheel is bent.\nIt rubs.' },
    { at: 'Saturday 14 November, 9:10', rating: undefined, words: 'Is that how it should sound' },
  ],
  story: [
    { at: 'Monday 2 November, 10:02', what: 'The shop announced order #204.' },
    { at: 'Friday 13 November, 10:00', what: 'The customer answered: not happy.' },
  ],
  staff: [
    { value: 'nora', label: 'Nora Frei' },
    { value: 'lio', label: 'Lio Baur' },
  ],
  stamp: 'stamp',
  notice: undefined,
  error: undefined,
  values: {},
  ...with_,
});

const rates = (href: string | undefined) => [
  { name: 'All of us', href, kept: 41, of: 45, assumed: 6, percent: 91, trend: 'better' as const },
  { name: 'Nora Frei', href, kept: 18, of: 20, assumed: 1, percent: 90, trend: 'worse' as const },
  { name: 'Lio Baur', href, kept: 5, of: 6, assumed: 0, percent: 83, trend: undefined },
  { name: 'Ines Roth', href, kept: 1, of: 3, assumed: 0, percent: undefined, trend: undefined },
];

export const deskSamples = (words: PageWords): { name: string; page: string }[] => {
  const door = { words, shopName: 'Velowerk' };
  const seat: DeskSeat = { ...door, memberName: 'Nora Frei', csrf: 'c'.repeat(64) };
  const mine: Whose = { value: 'me', name: undefined, options: [] };
  const team: Whose = {
    value: 'team',
    name: words.say('desk.whose.team'),
    options: [
      { value: 'me', label: words.say('desk.whose.me') },
      { value: 'team', label: words.say('desk.whose.team') },
      { value: 'lio', label: 'Lio Baur' },
    ],
  };
  const paging = { next: '/desk?after=x', first: '/desk' };
  const none = { next: undefined, first: undefined };
  const date = 'Monday 23 November';
  const found = [
    {
      href: '/desk/sale/shop/B-204',
      customer: 'Selma Aydin',
      number: '#204',
      item: 'Touring bike Jura',
      bought: 'Monday 2 November',
      owner: 'Nora Frei',
      open: 2,
    },
    {
      href: '/desk/sale/shop/B-17',
      customer: 'Selim Aydin',
      number: '#17',
      item: 'Brass bell',
      bought: 'Tuesday 3 March',
      owner: 'Lio Baur',
      open: 0,
    },
  ];
  const results = ['kept', 'late', 'broken', 'assumed'] as const;
  return [
    ...privacyDeskPages(seat),
    { name: 'sign-in', page: signInForm(door) },
    { name: 'sent', page: lookIntoYourMail(door) },
    { name: 'enter', page: enterForm({ ...door, token: 'a'.repeat(32) }) },
    { name: 'enter-over', page: wayInIsOver(door) },
    { name: 'refused', page: refusedPress(door) },
    { name: 'lost', page: lostAtDesk(seat) },
    {
      name: 'today',
      page: todayPage({
        seat,
        whose: mine,
        cards: CARDS,
        paging: none,
        date,
        mails: { waiting: 3, most: 100 },
        counts: { due: 4, late: 2, theirs: 1 },
      }),
    },
    {
      name: 'today-team',
      page: todayPage({
        seat: { ...seat, paused: PAUSED },
        whose: team,
        cards: CARDS,
        paging,
        date,
        mails: { waiting: 100, most: 100 },
        counts: { due: 40, late: 1, theirs: 3 },
      }),
    },
    {
      name: 'today-none',
      page: todayPage({
        seat,
        whose: mine,
        cards: [],
        paging: none,
        date,
        mails: { waiting: 1, most: 100 },
        counts: { due: 0, late: 0, theirs: 0 },
      }),
    },
    {
      name: 'overdue',
      page: overduePage({ seat, whose: mine, cards: CARDS.slice(0, 2), paging: none, late: 2 }),
    },
    { name: 'overdue-none', page: overduePage({ seat, whose: mine, cards: [], paging: none, late: 0 }) },
    {
      name: 'silent',
      page: silentPage({
        seat,
        whose: team,
        cards: CARDS.slice(3),
        paging: none,
        left: 11,
        made: 1,
        later: 28,
      }),
    },
    {
      name: 'silent-full',
      page: silentPage({ seat, whose: mine, cards: [], paging: none, left: 0, made: 12, later: 1 }),
    },
    {
      name: 'silent-none',
      page: silentPage({ seat, whose: mine, cards: [], paging: none, left: 12, made: 0, later: 0 }),
    },
    { name: 'search', page: searchPage({ seat, q: '', found: undefined, paging: none }) },
    { name: 'search-found', page: searchPage({ seat, q: 'se', found, paging }) },
    { name: 'search-none', page: searchPage({ seat, q: 'zz', found: [], paging: none }) },
    { name: 'search-short', page: searchPage({ seat, q: 'z', found: 'short', paging: none }) },
    { name: 'sale', page: salePage(saleView(seat)) },
    ...standingSamples.map(({ name, with_ }) => ({ name, page: salePage(saleView(seat, with_)) })),
    {
      name: 'sale-bare',
      page: salePage(
        saleView(seat, {
          promises: [],
          answers: [],
          thread: { lines: [], earlier: 0 },
          worth: undefined,
          customer: { name: 'Nadia', phone: undefined, mail: undefined },
          notice: 'promised',
        }),
      ),
    },
    {
      name: 'sale-error',
      page: salePage(
        saleView(seat, {
          error: { field: 'from', message: 'desk.error.time-past' },
          values: {
            kind: 'visit',
            words: 'Lio brings the wheel.',
            from: '2026-11-20T10:00',
            to: '2026-11-20T12:00',
          },
        }),
      ),
    },
    {
      name: 'sale-error-hand-over',
      page: salePage(saleView(seat, { error: { field: 'to-call-1', message: 'desk.error.to-missing' } })),
    },
    {
      name: 'sale-error-act',
      page: salePage(saleView(seat, { error: { field: 'call-1', message: 'desk.error.already-closed' } })),
    },
    {
      name: 'sale-told',
      page: salePage(saleView(seat, { promises: [], thread: machines, notice: 'told' })),
    },
    {
      name: 'sale-error-tell',
      page: salePage(
        saleView(seat, { error: { field: 'tell-call-1', message: 'desk.mail.error.words-missing' } }),
      ),
    },
    {
      name: 'sale-error-tell-freely',
      page: salePage(
        saleView(seat, {
          promises: [],
          error: { field: 'tell', message: 'common.words-too-long' },
          values: { tell: 'A long letter.' },
        }),
      ),
    },
    ...deskMailSamples(seat),
    ...comingBackSamples(seat),
    { name: 'kept', page: keptPage(seat, rates('/desk/kept/nora')) },
    { name: 'kept-rep', page: keptPage(seat, rates(undefined)) },
    {
      name: 'kept-cases',
      page: keptCasesPage(seat, {
        name: 'Nora Frei',
        which: 'all',
        cases: results.map((result) => ({
          href: '/desk/sale/shop/B-204',
          customer: 'Selma Aydin',
          at: 'Monday 2 November, 10:00',
          result,
          owner: 'Nora Frei',
        })),
        paging,
      }),
    },
    {
      name: 'kept-cases-few',
      page: keptCasesPage(seat, { name: 'Ines Roth', which: 'kept', cases: [], paging: none }),
    },
  ];
};

const CAUSES = [
  'unhappy',
  'asked',
  'silent',
  'cannot-write',
  'question',
  'published',
  'booked',
  'missed',
  'staff',
  'system',
  'data-request',
] as const;
const STATES = ['open', 'taken', 'offered', 'proposed', 'kept', 'assumed', 'waived', 'withdrawn'] as const;
const ERRORS = [
  'words-missing',
  'reason-missing',
  'kind-missing',
  'owner-unknown',
  'to-missing',
  'time-past',
  'time-wrong',
  'time-order',
  'time-too-far',
  'window-too-long',
  'provider-busy',
  'already-closed',
  'changed',
  'other',
] as const;

/** The rest of what the pages can say: every cause, state, notice, mistake and number. */
export const deskSentences = (words: PageWords): string[] => {
  const nameless = words.say('desk.card.nobody');
  const team = words.say('desk.kept.team');
  const seat: DeskSeat = { words, shopName: 'Velowerk', memberName: 'Nora Frei', csrf: 'c'.repeat(64) };
  const list = {
    seat,
    whose: { value: 'me', name: undefined, options: [] },
    paging: { next: undefined, first: undefined },
  };
  const cards = CAUSES.map((because) => card({ because }));
  const promises = STATES.map((status) =>
    promise({ status, visit: { from: 'a', to: 'b', name: 'Lio', isPending: false } }),
  );
  const mails = { waiting: 0, most: 100 };
  const today = (due: number, late: number) =>
    todayPage({ ...list, cards, date: 'today', mails, counts: { due, late, theirs: 2 } });
  const open = {
    href: '/',
    customer: nameless,
    number: '#1',
    item: 'Bell',
    bought: 'today',
    owner: 'Nora',
    open: 1,
  };
  return [
    wholeMailSentence(words),
    today(1, 0),
    today(1, 1),
    todayPage({
      ...list,
      whose: { ...list.whose, value: 'lio', name: 'Lio' },
      cards,
      date: 'today',
      mails,
      counts: { due: 1, late: 0, theirs: 0 },
    }),
    overduePage({ ...list, cards, late: 1 }),
    silentPage({ ...list, cards, left: 9, made: 0, later: 0 }),
    silentPage({ ...list, cards, left: 9, made: 3, later: 0 }),
    searchPage({ ...list, q: 'se', found: [open] }),
    keptPage(seat, [
      { name: team, href: undefined, kept: 5, of: 5, assumed: 0, percent: 100, trend: 'same' },
    ]),
    keptCasesPage(seat, { name: 'Nora', which: 'assumed', cases: [], paging: list.paging }),
    ...(['promised', 'handed-over', 'withdrawn', 'filed'] as const).map((notice) =>
      salePage(saleView(seat, { promises, notice })),
    ),
    ...ERRORS.map((name) =>
      salePage(saleView(seat, { error: { field: 'kind', message: `desk.error.${name}` } })),
    ),
  ];
};
