/** The customer's own page: all that is owed to them, by whom, by when; and the only place where it is closed. */
import { html } from 'hono/html';
import { type FriendView, forAFriend, REVIEWED, reviewedForm } from './after.ts';
import { type Card, type CustomerActName, customerCard, type PromiseKind } from './customer-card.ts';
import { privacySection } from './customer-privacy.ts';
import { errorSummary, noteArea, phoneField } from './form-parts.ts';
import { layout, phoneLink } from './layout.ts';
import type { Markup, PageWords } from './words.ts';

export type Settled = {
  id: string;
  kind: PromiseKind;
  /** Silence after staff said it is done is `assumed`, a state of its own. */
  how: 'kept' | 'assumed' | 'waived' | 'withdrawn';
  /** Local day in the customer's words. */
  day: string;
};

/** What was just done, said once after the POST. */
export type CustomerNotice =
  | { kind: Exclude<CustomerActName, 'another-time'> | 'phone' | 'reviewed' }
  | { kind: 'another-time' | 'told'; ownerName: string }
  | { kind: 'question'; ownerName: string; by: string };

export type CustomerPageError = {
  /** The id of the promise, or the form it is about. */
  at: string;
  message:
    | 'act-missing'
    | 'press-again'
    | 'words-missing'
    | 'no-visit'
    | 'too-early'
    | 'nothing-offered'
    | 'offer-past'
    | 'already-closed'
    | 'time-taken'
    | 'words-too-long'
    | 'phone-missing'
    | 'phone-invalid';
};

export type CustomerPageView = {
  words: PageWords;
  /** Takes the POST `act`, `promise` and `words`; also `act` = `question` with `words`, `phone` with `phone`. */
  action: string;
  shopName: string;
  customerFirstName?: string | undefined;
  itemTitle: string;
  signerFirstName: string;
  signerPhone: string;
  /** What needs the customer's word first, then the newest. */
  cards: readonly Card[];
  /** Newest first. */
  settled: readonly Settled[];
  /** Somebody is to ring or to come: the number we hold, for correction, or none yet. */
  phone?: { onFile: string | undefined } | undefined;
  notice?: CustomerNotice | undefined;
  error?: CustomerPageError | undefined;
  /** What was typed where the error is. */
  values?: { words?: string | undefined; phone?: string | undefined };
  /** What a happy customer may pass on. */
  friend?: FriendView | undefined;
  /** They may still be asked for a review, and may say that they wrote one. */
  mayTellReviewed?: boolean;
  replyUrl: string;
  stopUrl: string;
};

/** The two forms that belong to no promise. */
export const QUESTION = 'question';
export const PHONE = 'phone';
/** And what is kept about them. */
export const PRIVACY = 'privacy';

const messageOf = (words: PageWords, { message }: CustomerPageError): string => {
  switch (message) {
    case 'words-too-long':
      return words.say('common.words-too-long');
    case 'phone-missing':
    case 'phone-invalid':
      return words.say(`reply.error.${message}`);
    default:
      return words.say(`customer.error.${message}`);
  }
};

const noticeOf = ({ words, notice }: CustomerPageView): Markup | '' => {
  if (notice === undefined) return '';
  const values = {
    owner: 'ownerName' in notice ? notice.ownerName : '',
    by: 'by' in notice ? notice.by : '',
  };
  const text =
    notice.kind === 'reviewed'
      ? words.say('after.reviewed.notice')
      : words.say(`customer.notice.${notice.kind}`, values);
  return html`<div class="note" role="status"><p>${text}</p></div>`;
};

const errorAt = ({ words, error }: CustomerPageView, at: string): string | undefined =>
  error?.at === at ? messageOf(words, error) : undefined;
const typedAt = ({ error, values }: CustomerPageView, at: string): string | undefined =>
  error?.at === at ? values?.words : undefined;

const reopenLabel = (words: PageWords, kind: PromiseKind): string =>
  words.say(kind === 'resolve' ? 'customer.reopen.resolve' : 'customer.reopen');

/** Silence is asked about; beside an error stands the text that was sent. */
const settledItem = (view: CustomerPageView, { id, kind, how, day }: Settled): Markup => {
  const { words, action } = view;
  const error = errorAt(view, id);
  const yes = words.say(kind === 'resolve' ? 'customer.yes.resolve' : 'customer.yes');
  const field = noteArea({
    id: `words-${id}`,
    name: 'words',
    label: words.say('customer.words'),
    rows: 2,
    value: typedAt(view, id),
    error,
  });
  return html`
<li><b>${day}</b>${words.say(`customer.kind.${kind}`)}: ${words.say(`customer.settled.${how}`)}
<form method="post" action="${action}"><input type="hidden" name="promise" value="${id}">${error === undefined ? '' : field}<div class="row">${
    how === 'assumed' ? html`<button name="act" value="yes">${yes}</button>` : ''
  }<button name="act" value="not-yet" class="plain">${reopenLabel(words, kind)}</button></div></form></li>`;
};

const settledList = (view: CustomerPageView): Markup | '' =>
  view.settled.length === 0
    ? ''
    : html`<h2>${view.words.say('customer.settled')}</h2><p>${view.words.say('customer.settled.hint')}</p><ol>${view.settled.map((one) => settledItem(view, one))}</ol>`;

/** A number we hold is shown, never asked for again. */
const phoneForm = (view: CustomerPageView): Markup | '' => {
  const { words, action, phone, error, values } = view;
  if (phone === undefined) return '';
  const field = phoneField({
    name: PHONE,
    label: words.say(phone.onFile === undefined ? 'customer.phone.ask' : 'customer.phone.label'),
    value: (error?.at === PHONE ? values?.phone : undefined) ?? phone.onFile,
    error: errorAt(view, PHONE),
  });
  const form = html`<form method="post" action="${action}">${field}<button class="plain" name="act" value="${PHONE}">${words.say('customer.phone.send')}</button></form>`;
  if (phone.onFile === undefined) return html`<section class="card">${form}</section>`;
  return html`<details${error?.at === PHONE ? html` open` : ''}><summary>${words.say('customer.phone.known', { phone: phone.onFile })}<small>${words.say('customer.phone.change')}</small></summary><div class="more">${form}</div></details>`;
};

const questionForm = (view: CustomerPageView): Markup => {
  const { words, action, error } = view;
  return html`
<details${error?.at === QUESTION ? html` open` : ''}><summary>${words.say('customer.question')}<small>${words.say('customer.question.hint')}</small></summary><div class="more">
<form method="post" action="${action}">${noteArea({
    id: `words-${QUESTION}`,
    name: 'words',
    label: words.say('customer.question.label'),
    rows: 3,
    value: typedAt(view, QUESTION),
    error: errorAt(view, QUESTION),
  })}<button name="act" value="${QUESTION}">${words.say('customer.question.send')}</button></form></div></details>`;
};

const openPart = (view: CustomerPageView): Markup => {
  const { words, action, cards } = view;
  if (cards.length === 0) return html`<p>${words.say('customer.none.body')}</p>`;
  const list = cards.map((card) =>
    customerCard({ words, action, card, value: typedAt(view, card.id), error: errorAt(view, card.id) }),
  );
  return html`${list}<p>${words.say('customer.stays-open')}</p>`;
};

/** Where the summary leads: the field beside which the error stands. */
const fieldIdOf = ({ at }: CustomerPageError): string =>
  at === PHONE || at === PRIVACY || at === REVIEWED ? at : `words-${at}`;

export const customerPage = (view: CustomerPageView): string => {
  const { words, shopName, cards, customerFirstName, error } = view;
  const title = words.say(cards.length === 0 ? 'customer.none.title' : 'customer.title');
  const about = customerFirstName
    ? words.say('customer.about-named', { item: view.itemTitle, name: customerFirstName })
    : words.say('customer.about', { item: view.itemTitle });
  return layout({
    words,
    shopName,
    title,
    body: html`
${error ? errorSummary(words, fieldIdOf(error), messageOf(words, error)) : ''}${noticeOf(view)}
<h1>${title}</h1>
<p>${about}</p>
${openPart(view)}${phoneForm(view)}${settledList(view)}${questionForm(view)}${forAFriend(words, view.friend)}${view.mayTellReviewed ? reviewedForm(words, view.action, error?.at === REVIEWED) : ''}${privacySection({ words, action: view.action, isOpen: error?.at === PRIVACY })}
<p class="sign"><b>${view.signerFirstName}</b>${words.weave('common.rather-talk', { name: view.signerFirstName, phone: phoneLink(view.signerPhone) })}</p>`,
    footer: html`<a href="${view.replyUrl}">${words.say('customer.reply-link')}</a><br>${words.say('customer.stop')} <a href="${view.stopUrl}">${words.say('reply.stop-link')}</a>`,
  });
};
