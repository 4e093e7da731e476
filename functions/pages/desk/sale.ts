/** Everything known about a sale before one rings: what is owed with its clocks, what they said, what happened. */
import { html } from 'hono/html';
import type { PromiseKind } from '../../core/promises/entries.ts';
import type { PromiseStatus } from '../../core/promises/promise.ts';
import { errorSummary, hiddenFields, type Option, selectField, textArea } from '../form-parts.ts';
import { phoneLink } from '../layout.ts';
import type { Markup, PageWords, WordKey } from '../words.ts';
import type { DeskError } from './desk-error.ts';
import { type ThreadView, tellForm, threadOf } from './mail-thread.ts';
import { type MakeValues, makeForm } from './make-form.ts';
import { type DeskSeat, deskSheet } from './sheet.ts';
import { type StandingView, standingOf } from './standing.ts';
import { type WhyLine, whySection } from './why.ts';

export type PromiseView = {
  id: string;
  kind: PromiseKind;
  status: PromiseStatus;
  isClosed: boolean;
  words: string | undefined;
  did: string | undefined;
  due: string;
  isLate: boolean;
  /** The next thing that happens by itself. */
  next: string | undefined;
  owner: string;
  level: 0 | 1 | 2;
  strikes: number;
  offer: string | undefined;
  visit: { from: string; to: string; name: string; isPending: boolean } | undefined;
};

export type DeskNotice =
  | 'promised'
  | 'handed-over'
  | 'withdrawn'
  | 'told'
  | 'filed'
  | 'released'
  | 'stopped'
  | 'confirmed';

export type SaleView = {
  seat: DeskSeat;
  action: string;
  /** Everything about the person, and what they can ask. */
  personHref: string;
  number: string;
  customer: { name: string; phone: string | undefined; mail: string | undefined };
  item: string;
  bought: string;
  worth: string | undefined;
  owner: string;
  promises: readonly PromiseView[];
  /** Oldest first. */
  answers: readonly {
    at: string;
    rating: '1' | '2' | '3' | '4' | '5' | undefined;
    words: string | undefined;
  }[];
  /** Mails of theirs and words of ours. */
  thread: ThreadView;
  /** What may be written to them; left out where there is no address. */
  standing?: StandingView | undefined;
  /** How long a person was waited for, oldest first; hours as text in the reader's language. */
  waits: readonly {
    at: string;
    state: 'running' | 'paused' | 'answered' | 'void';
    hours: string;
    limit: string;
    name: string;
    isMiss: boolean;
  }[];
  /** Of each question, why they got it or not. */
  why: readonly WhyLine[];
  story: readonly { at: string; what: string }[];
  staff: readonly Option[];
  /** What makes pressing twice the same press. */
  stamp: string;
  notice: DeskNotice | undefined;
  error: DeskError | undefined;
  values: MakeValues & Readonly<Record<string, string>>;
};

type Fact = [term: string, value: string | Markup];

const factList = (facts: readonly Fact[]): Markup =>
  html`<dl>${facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;

const strikesOf = (words: PageWords, n: number): string => {
  if (n === 0) return words.say('staff.strikes.0');
  return n === 1 ? words.say('staff.strikes.1') : words.say('staff.strikes.many', { n });
};

const visitFact = (words: PageWords, { visit }: PromiseView): Fact[] => {
  if (visit === undefined) return [];
  const { from, to, name, isPending } = visit;
  const key = isPending ? 'desk.sale.visit-pending' : 'desk.sale.visit-value';
  return [[words.say('desk.sale.visit'), words.say(key, { from, to, name })]];
};

const promiseFacts = (words: PageWords, promise: PromiseView): Markup => {
  const { due, isLate, isClosed, next, did, offer } = promise;
  return factList([
    [words.say('desk.sale.state'), words.say(`desk.state.${promise.status}`)],
    ...(isClosed
      ? []
      : [
          isLate
            ? ([words.say('staff.late'), html`<span class="late">${due}</span>`] satisfies Fact)
            : ([words.say('staff.due'), due] satisfies Fact),
        ]),
    ...visitFact(words, promise),
    ...(offer === undefined ? [] : [[words.say('desk.sale.offer'), offer] satisfies Fact]),
    [
      words.say('staff.owner'),
      words.say('staff.owner-value', { name: promise.owner, level: words.say(`level.${promise.level}`) }),
    ],
    [words.say('staff.strikes'), strikesOf(words, promise.strikes)],
    ...(next === undefined || isClosed
      ? []
      : [[words.say('desk.sale.next'), words.say('desk.sale.next-value', { when: next })] satisfies Fact]),
    ...(did === undefined ? [] : [[words.say('desk.sale.did'), did] satisfies Fact]),
  ]);
};

const form = ({ action, seat, stamp }: SaleView, act: string, promise: string, body: Markup): Markup =>
  html`<form method="post" action="${action}">${hiddenFields({ csrf: seat.csrf, act, promise, stamp })}${body}</form>`;

/** Without a promise it is written of one's own accord. */
const tellOf = (view: SaleView, promise: Pick<PromiseView, 'id' | 'kind'> | undefined): Markup => {
  const { seat, action, stamp, customer, error, values } = view;
  const name = promise === undefined ? 'tell' : `tell-${promise.id}`;
  if (customer.mail === undefined)
    return html`<p class="hint" id="${name}">${seat.words.say('staff.error.no-address', { customer: customer.name })}</p>`;
  const about = promise === undefined ? {} : { promise: promise.id };
  return tellForm({
    words: seat.words,
    action,
    hidden: { csrf: seat.csrf, stamp, ...about },
    customer: customer.name,
    kind: promise?.kind ?? 'answer',
    name,
    error,
    value: values[name],
  });
};

const promiseForms = (view: SaleView, { id, kind }: PromiseView): Markup => {
  const { words } = view.seat;
  const { staff, error, values } = view;
  const wrong = (field: string) =>
    error?.field === field ? words.say(error.message, { customer: view.customer.name }) : undefined;
  const [to, note, reason] = [`to-${id}`, `note-${id}`, `reason-${id}`];
  const choose = { value: '', label: words.say('staff.hand-over.choose') };
  const isOpen = [to, note, reason].includes(error?.field ?? '');
  const who = selectField({
    name: to,
    label: words.say('staff.hand-over.to'),
    options: [choose, ...staff],
    value: values[to],
    error: wrong(to),
    isRequired: true,
  });
  const know = textArea({
    name: note,
    label: words.say('staff.hand-over.note'),
    hint: words.say('common.optional'),
    rows: 2,
    value: values[note],
    error: wrong(note),
  });
  const why = textArea({
    name: reason,
    label: words.say('desk.sale.withdraw.reason'),
    hint: words.say('desk.sale.withdraw.hint'),
    rows: 2,
    value: values[reason],
    error: wrong(reason),
    isRequired: true,
  });
  return html`${form(view, 'open', id, html`<button id="act-${id}">${words.say('desk.sale.act')}</button>`)}
${tellOf(view, { id, kind })}
<details${isOpen ? html` open` : ''}><summary>${words.say('desk.sale.give-up')}</summary><div class="more">
${form(view, 'hand-over', id, html`${who}${know}<button class="plain">${words.say('staff.hand-over.send')}</button>`)}
${form(view, 'withdraw', id, html`${why}<button class="plain">${words.say('desk.sale.withdraw.send')}</button>`)}</div></details>`;
};

const promiseCard = (view: SaleView, promise: PromiseView): Markup => {
  const { words } = view.seat;
  return html`<li${promise.isLate && !promise.isClosed ? html` class="over"` : ''} id="${promise.id}"><h3>${words.say(`promise.${promise.kind}`, { customer: view.customer.name })}</h3>
${promise.words === undefined ? '' : html`<blockquote>${promise.words}</blockquote>`}${promiseFacts(words, promise)}
${promise.isClosed ? '' : promiseForms(view, promise)}</li>`;
};

const promisesOf = (view: SaleView): Markup => {
  const { words } = view.seat;
  const open = view.promises.filter(({ isClosed }) => !isClosed);
  const past = view.promises.filter(({ isClosed }) => isClosed);
  const list = (promises: readonly PromiseView[]) =>
    html`<ul class="cards">${promises.map((promise) => promiseCard(view, promise))}</ul>`;
  return html`<h2>${words.say('desk.sale.promises')}</h2>
${open.length === 0 ? html`<p>${words.say('desk.sale.no-promises')}</p>${tellOf(view, undefined)}` : list(open)}
${makeForm(view)}
${past.length === 0 ? '' : html`<h2>${words.say('desk.sale.past')}</h2>${list(past)}`}`;
};

const answersOf = ({
  seat: { words },
  answers,
}: SaleView): Markup => html`<h2>${words.say('desk.sale.answers')}</h2>
${
  answers.length === 0
    ? html`<p>${words.say('desk.sale.no-answers')}</p>`
    : answers.map(
        ({ at, rating, words: said }) =>
          html`<p>${at}: ${words.say(rating === undefined ? 'rating.unread' : `rating.${rating}`)}</p>${said === undefined ? '' : html`<blockquote>${said}</blockquote>`}`,
      )
}`;

const waitsOf = ({ seat: { words }, waits }: SaleView): Markup | '' =>
  waits.length === 0
    ? ''
    : html`<h2>${words.say('desk.waits')}</h2><ul class="cases">${waits.map(
        ({ state, isMiss, ...values }) =>
          html`<li>${words.say(`desk.waits.${state}`, values)}${isMiss ? html` <span class="mark hot">${words.say('desk.waits.late')}</span>` : ''}</li>`,
      )}</ul>`;

const factsOf = ({ seat: { words }, customer, item, bought, worth, owner }: SaleView): Markup =>
  factList([
    [words.say('staff.about'), item],
    [words.say('desk.sale.bought'), bought],
    ...(worth === undefined ? [] : [[words.say('desk.sale.worth'), worth] satisfies Fact]),
    [words.say('desk.sale.owner'), owner],
    ...(customer.mail === undefined ? [] : [[words.say('desk.sale.mail'), customer.mail] satisfies Fact]),
    ...(customer.phone === undefined
      ? [[words.say('staff.phone'), words.say('staff.no-phone')] satisfies Fact]
      : []),
  ]);

const NOTICE_WORDS: Record<DeskNotice, WordKey> = {
  promised: 'desk.notice.promised',
  'handed-over': 'desk.notice.handed-over',
  withdrawn: 'desk.notice.withdrawn',
  told: 'staff.notice.tell',
  filed: 'desk.mail.notice.filed',
  released: 'standing.notice.released',
  stopped: 'standing.notice.stopped',
  confirmed: 'standing.notice.confirmed',
};

const noticeOf = ({ seat: { words }, notice, customer }: SaleView): Markup | '' =>
  notice === undefined
    ? ''
    : html`<div class="note" role="status"><p>${words.say(NOTICE_WORDS[notice], { customer: customer.name })}</p></div>`;

export const salePage = (view: SaleView): string => {
  const { seat, customer, number, error } = view;
  const { words } = seat;
  const title = words.say('desk.sale.title', { customer: customer.name, number });
  const ring =
    customer.phone === undefined
      ? ''
      : html`<p>${phoneLink(customer.phone, { label: words.say('staff.ring', { phone: customer.phone }), className: 'button tel' })}</p>`;
  return deskSheet(seat, {
    title,
    body: html`
${error === undefined ? '' : errorSummary(words, error.field, words.say(error.message, { customer: customer.name }))}${noticeOf(view)}
<h1>${title}</h1>${factsOf(view)}${ring}
<p><a href="${view.personHref}">${words.say('privacy.desk.link')}</a></p>
${promisesOf(view)}
${answersOf(view)}${threadOf(words, customer.name, view.thread)}${standingOf({ ...view, standing: view.standing })}${waitsOf(view)}${whySection(words, view.why)}
<h2>${words.say('staff.story')}</h2><ol>${view.story.map(({ at, what }) => html`<li><b>${at}</b>${what}</li>`)}</ol>`,
  });
};
