/** One promise, for the person who owes it: what to know, the one next thing, and everything else folded away. */
import { html } from 'hono/html';
import type { ActName } from '../core/promises/staff-acts.ts';
import { errorSummary } from './form-parts.ts';
import { layout } from './layout.ts';
import { staffBackground, staffFacts, staffStory } from './staff-promise-facts.ts';
import { STAFF_FORMS } from './staff-promise-forms.ts';
import type { StaffError, StaffNext, StaffPromiseView } from './staff-promise-view.ts';
import type { Markup } from './words.ts';

const messageOf = ({ words, customer }: StaffPromiseView, { message }: StaffError): string =>
  message === 'words-too-long'
    ? words.say('common.words-too-long')
    : words.say(`staff.error.${message}`, { customer: customer.name });

const noticeOf = ({ words, notice, customer }: StaffPromiseView): Markup | '' => {
  if (!notice) return '';
  const name = 'name' in notice ? (notice.name ?? '') : '';
  const told = words.say(`staff.notice.${notice.kind}`, {
    customer: customer.name,
    name,
    when: notice.when ?? '',
  });
  return html`<div class="note" role="status"><p>${told}</p></div>`;
};

/** Booking says something else before there is a time and after. */
const titleOf = ({ words, customer, visit, promise }: StaffPromiseView, act: ActName): string => {
  const say = { customer: customer.name };
  if (act === 'take') return words.say('staff.next');
  if (act === 'book') return words.say(visit ? 'staff.book.again' : 'staff.book.title', say);
  if (act === 'offer')
    return words.say(promise.kind === 'visit' ? 'staff.offer.visit' : 'staff.offer.title', say);
  return act === 'on-my-way' ? words.say('staff.on-my-way.title') : words.say(`staff.${act}.title`, say);
};

/** Where there is nothing to press, the error summary still leads to what is said instead. */
const said = (title: string, body: Markup | string): Markup =>
  html`<h2 id="act" tabindex="-1">${title}</h2>${typeof body === 'string' ? html`<p>${body}</p>` : body}`;

const restOf = (view: StaffPromiseView, next: Exclude<StaffNext, { kind: 'act' }>): Markup => {
  const { words, customer, promise, visit, choices } = view;
  const say = { customer: customer.name };
  const waiting = words.say('staff.proposed.title', say);
  switch (next.kind) {
    case 'visit-ahead':
      return said(words.say('staff.visit-ahead.title'), words.say('staff.visit-ahead.body', say));
    case 'on-the-way':
      return said(
        words.say('staff.on-the-way.title'),
        words.say('staff.on-the-way.body', { name: visit?.provider ?? promise.ownerName }),
      );
    case 'offered':
      return said(waiting, words.say('staff.offered.body', { ...say, when: next.when, until: next.until }));
    case 'unanswered':
      return said(
        words.say('staff.accept.title'),
        words.say('staff.unanswered.body', { names: choices.naming?.names ?? '' }),
      );
    case 'not-yours':
      return said(
        words.say('staff.not-yours.title', { name: promise.ownerName }),
        words.say('staff.not-yours.body', say),
      );
    case 'proposed':
      return said(
        waiting,
        html`<p>${words.say('staff.proposed.body', say)}</p><blockquote>${next.what}</blockquote>`,
      );
    case 'closed':
      return said(words.say('staff.closed.title'), words.say(`staff.closed.${next.outcome}`, say));
  }
};

const nextOf = (view: StaffPromiseView): Markup =>
  view.next.kind === 'act'
    ? html`<h2>${titleOf(view, view.next.act)}</h2>${STAFF_FORMS[view.next.act](view, true)}`
    : restOf(view, view.next);

/** The fields of an act begin with its name, but for the two that are older. */
const FIELDS: Partial<Record<ActName, readonly string[]>> = {
  done: ['what'],
  'hand-over': ['to', 'note'],
  'more-time': ['more-due', 'more-reason'],
  offer: ['offer-due', 'offer-from', 'offer-until', 'offer-reason'],
  book: ['book-from', 'book-until', 'book-provider', 'book-place'],
  late: ['late-minutes'],
  withdraw: ['withdraw-reason'],
  tell: ['tell-what'],
};

/** Stays unfolded where something is to be put right, or was typed. */
const isOpen = ({ error, values }: StaffPromiseView, act: ActName): boolean =>
  values?.['act'] === act || (error !== undefined && FIELDS[act]?.includes(error.field) === true);

const moreOf = (view: StaffPromiseView): Markup =>
  html`${view.more.map(
    (act) =>
      html`<details${isOpen(view, act) ? html` open` : ''}><summary>${titleOf(view, act)}</summary><div class="more">${STAFF_FORMS[act](view, false)}</div></details>`,
  )}`;

const TEXTS = ['what', 'tell-what', 'note', 'more-reason', 'offer-reason', 'withdraw-reason'];

/** What was typed into a form that is gone meanwhile is shown, to be copied. */
const keptOf = ({ words, values, next, more }: StaffPromiseView): Markup | '' => {
  const act = values?.['act'];
  const isThere = (next.kind === 'act' && next.act === act) || more.some((one) => one === act);
  const text = isThere ? undefined : TEXTS.map((name) => values?.[name]).find(Boolean);
  return text ? html`<h2>${words.say('staff.kept')}</h2><blockquote>${text}</blockquote>` : '';
};

export const staffPromise = (view: StaffPromiseView): string => {
  const { words, shopName, customer, promise, error } = view;
  const title = words.say(`promise.${promise.kind}`, { customer: customer.name });
  /* One thumb, no time to scroll: the button comes before the reading. */
  const isInACar = view.next.kind === 'act' && view.next.act === 'on-my-way';
  return layout({
    words,
    shopName,
    title,
    body: html`
${error ? errorSummary(words, error.field, messageOf(view, error)) : ''}
${noticeOf(view)}${keptOf(view)}
<h1>${title}</h1>
${staffFacts(view)}
${isInACar ? html`${nextOf(view)}${staffBackground(view)}` : html`${staffBackground(view)}${nextOf(view)}`}
${moreOf(view)}
${staffStory(view)}`,
  });
};
