/** One promise, for the person who owes it: everything known before they ring, and the three things they can do. */
import { html } from 'hono/html';
import { errorSummary, type HiddenFields, hiddenFields, selectField, textArea } from './form-parts.ts';
import { layout, phoneLink } from './layout.ts';
import type { Markup, PageWords } from './words.ts';

export type StaffPromiseError =
  | { field: 'what'; message: 'what-missing' | 'words-too-long' }
  | { field: 'to'; message: 'to-missing' | 'to-unknown' }
  | { field: 'note'; message: 'words-too-long' }
  | { field: 'act'; message: 'act-missing' | 'already-closed' | 'not-yours' };

export type StaffPromiseState =
  | { kind: 'open' }
  /** The owner said "I have this". */
  | { kind: 'taken' }
  /** `what` the owner says was done; the customer has been asked. */
  | { kind: 'proposed'; what: string }
  | { kind: 'closed'; outcome: 'kept' | 'assumed' | 'void' };

export type StaffPromiseView = {
  words: PageWords;
  /** Takes the POST with `act` = `take` | `done` | `hand-over`. */
  action: string;
  shopName: string;
  itemTitle: string;
  customer: { name: string; phone?: string | undefined };
  promise: {
    kind: 'call' | 'visit' | 'answer' | 'resolve';
    state: StaffPromiseState;
    /** Local date and time, and how far off it is: `Thu 26 Nov, 14:00`, `2 h 10 min left`. */
    due: string;
    timeLeft: string;
    isLate: boolean;
    ownerName: string;
    level: 0 | 1 | 2;
    strikes: number;
  };
  /** What the customer said, as far as they said it. */
  reply?: {
    rating?: '1' | '2' | '3' | '4' | '5' | undefined;
    words?: string | undefined;
    wish?: 'fix' | 'replace' | 'refund' | 'listen' | undefined;
    wantsCall?: boolean;
  };
  /** Oldest first; `at` is a local date and time. */
  story: readonly { at: string; what: string }[];
  /** To whom it can be handed over. */
  staff: readonly { id: string; name: string }[];
  /** What was just done on this page; shown once after the POST. */
  notice?: { kind: 'taken' | 'proposed' } | { kind: 'handed-over'; name: string };
  values?: { what?: string; to?: string; note?: string };
  error?: StaffPromiseError | undefined;
  hidden?: HiddenFields;
};

const messageOf = (words: PageWords, error: StaffPromiseError, customer: string): string =>
  error.message === 'words-too-long'
    ? words.say('common.words-too-long')
    : words.say(`staff.error.${error.message}`, { customer });

const noticeOf = ({ words, notice, customer }: StaffPromiseView): Markup | '' => {
  if (!notice) return '';
  const name = notice.kind === 'handed-over' ? notice.name : '';
  return html`<div class="note" role="status"><p>${words.say(`staff.notice.${notice.kind}`, { customer: customer.name, name })}</p></div>`;
};

const strikesOf = (words: PageWords, strikes: number): string => {
  if (strikes === 0) return words.say('staff.strikes.0');
  return strikes === 1 ? words.say('staff.strikes.1') : words.say('staff.strikes.many', { n: strikes });
};

const factsOf = ({ words, promise, customer, reply, itemTitle }: StaffPromiseView): Markup => {
  const due = words.say('staff.due-value', { due: promise.due, left: promise.timeLeft });
  const facts: [string, string | Markup][] = [
    promise.isLate
      ? [words.say('staff.late'), html`<span class="late">${due}</span>`]
      : [words.say('staff.due'), due],
    [words.say('staff.about'), itemTitle],
    [
      words.say('staff.owner'),
      words.say('staff.owner-value', {
        name: promise.ownerName,
        level: words.say(`level.${promise.level}`),
      }),
    ],
    [words.say('staff.strikes'), strikesOf(words, promise.strikes)],
  ];
  if (!customer.phone) facts.push([words.say('staff.phone'), words.say('staff.no-phone')]);
  if (reply?.rating) facts.push([words.say('staff.feels'), words.say(`rating.${reply.rating}`)]);
  if (reply?.wish) facts.push([words.say('staff.wish'), words.say(`wish.${reply.wish}`)]);
  return html`<dl>${facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
};

const wordsOf = ({ words, reply, customer }: StaffPromiseView): Markup => html`
${reply?.words ? html`<h2>${words.say('staff.words', { customer: customer.name })}</h2><blockquote>${reply.words}</blockquote>` : html`<p>${words.say('staff.no-words', { customer: customer.name })}</p>`}
${reply?.wantsCall ? html`<p><strong>${words.say('staff.wants-call')}</strong></p>` : ''}`;

const storyOf = ({ words, story }: StaffPromiseView): Markup | '' =>
  story.length === 0
    ? ''
    : html`<h2>${words.say('staff.story')}</h2><ol>${story.map(({ at, what }) => html`<li><b>${at}</b>${what}</li>`)}</ol>`;

type ErrorAt = (field: StaffPromiseError['field']) => string | undefined;

const actForm = (view: StaffPromiseView, act: string, body: Markup): Markup =>
  html`<form method="post" action="${view.action}">${hiddenFields({ ...view.hidden, act })}${body}</form>`;

const takeForm = (view: StaffPromiseView): Markup =>
  actForm(
    view,
    'take',
    html`<h2>${view.words.say('staff.next')}</h2><p class="hint">${view.words.say('staff.take-hint')}</p><button id="act">${view.words.say('staff.take')}</button>`,
  );

const doneForm = (view: StaffPromiseView, errorAt: ErrorAt): Markup => {
  const { words, customer, values } = view;
  const what = textArea({
    name: 'what',
    label: words.say('staff.done.what'),
    hint: words.say('staff.done.hint', { customer: customer.name }),
    rows: 3,
    value: values?.what,
    error: errorAt('what'),
    isRequired: true,
  });
  const isTaken = view.promise.state.kind === 'taken';
  return html`<h2>${words.say('staff.done.title')}</h2>${actForm(
    view,
    'done',
    html`${what}<button${isTaken ? html` id="act"` : ''}>${words.say('staff.done.send', { customer: customer.name })}</button>`,
  )}`;
};

const handOverForm = (view: StaffPromiseView, errorAt: ErrorAt): Markup | '' => {
  const { words, staff, values } = view;
  if (staff.length === 0) return '';
  const choose = { value: '', label: words.say('staff.hand-over.choose') };
  const to = selectField({
    name: 'to',
    label: words.say('staff.hand-over.to'),
    options: [choose, ...staff.map(({ id, name }) => ({ value: id, label: name }))],
    value: values?.to,
    error: errorAt('to'),
    isRequired: true,
  });
  const note = textArea({
    name: 'note',
    label: words.say('staff.hand-over.note'),
    hint: words.say('common.optional'),
    rows: 2,
    value: values?.note,
    error: errorAt('note'),
  });
  const isOpen = Boolean(errorAt('to') ?? errorAt('note') ?? values?.to);
  return html`<details${isOpen ? html` open` : ''}><summary>${words.say('staff.hand-over.title')}</summary><div class="more">${actForm(
    view,
    'hand-over',
    html`${to}${note}<button class="plain">${words.say('staff.hand-over.send')}</button>`,
  )}</div></details>`;
};

/** Where there is nothing to press, the error summary still leads to what is said instead. */
const restOf = (
  view: StaffPromiseView,
  state: Extract<StaffPromiseState, { kind: 'proposed' | 'closed' }>,
): Markup => {
  const { words, customer } = view;
  const say = { customer: customer.name };
  if (state.kind === 'proposed') {
    return html`<h2 id="act" tabindex="-1">${words.say('staff.proposed.title', say)}</h2>
<p>${words.say('staff.proposed.body', say)}</p><blockquote>${state.what}</blockquote>`;
  }
  return html`<h2 id="act" tabindex="-1">${words.say('staff.closed.title')}</h2><p>${words.say(`staff.closed.${state.outcome}`, say)}</p>`;
};

const staffForms = (view: StaffPromiseView, errorAt: ErrorAt): Markup => {
  const { state } = view.promise;
  if (state.kind === 'proposed' || state.kind === 'closed') return restOf(view, state);
  return html`${state.kind === 'open' ? takeForm(view) : ''}${doneForm(view, errorAt)}${handOverForm(view, errorAt)}`;
};

export const staffPromise = (view: StaffPromiseView): string => {
  const { words, shopName, customer, promise, error } = view;
  const title = words.say(`promise.${promise.kind}`, { customer: customer.name });
  const ring = customer.phone
    ? html`<p>${phoneLink(customer.phone, { label: words.say('staff.ring', { phone: customer.phone }), className: 'button' })}</p>`
    : '';
  return layout({
    words,
    shopName,
    title,
    body: html`
${error ? errorSummary(words, error.field, messageOf(words, error, customer.name)) : ''}
${noticeOf(view)}
<h1>${title}</h1>
${factsOf(view)}${ring}${wordsOf(view)}
${staffForms(view, (field) => (error?.field === field ? messageOf(words, error, customer.name) : undefined))}
${storyOf(view)}`,
  });
};
