/** The customer's page of one promise: what is owed, by whom, by when; and the only place where it is closed. */
import { html } from 'hono/html';
import { errorSummary, type HiddenFields, hiddenFields, textArea } from './form-parts.ts';
import { layout, phoneLink } from './layout.ts';
import type { Markup, PageWords } from './words.ts';

export type PromiseKind = 'call' | 'visit' | 'answer' | 'resolve';

export type CustomerPageState =
  /** Not due yet. */
  | { kind: 'owed' }
  /** The due time has passed and nobody came. */
  | { kind: 'late' }
  /** A proposal waits for the customer; `said` is what the owner says was done, absent when we ask by ourselves. */
  | { kind: 'asked'; said?: string | undefined }
  /** The customer did not answer in time, so it was taken as done. */
  | { kind: 'assumed'; said?: string | undefined }
  /** The customer said yes. */
  | { kind: 'kept' }
  /** The customer said not yet: the view's owner and due time are the new ones. */
  | { kind: 'reopened' }
  /** Nothing is owed any more: the customer’s later answer or a refund made it pointless. */
  | { kind: 'void' };

export type CustomerPageView = {
  words: PageWords;
  /** Takes the POST `verdict` = `yes` | `not-yet` and optional `words`. */
  action: string;
  shopName: string;
  shopPhone: string;
  customerFirstName?: string | undefined;
  itemTitle: string;
  promise: {
    kind: PromiseKind;
    ownerName: string;
    /** The owner's direct line, where there is one. */
    ownerPhone?: string | undefined;
    /** Local date and time in the customer's words. */
    due: string;
    state: CustomerPageState;
  };
  values?: { words?: string };
  error?: { field: 'verdict'; message: 'verdict-missing' } | { field: 'words'; message: 'words-too-long' };
  hidden?: HiddenFields;
};

const messageOf = (words: PageWords, error: NonNullable<CustomerPageView['error']>): string =>
  error.message === 'words-too-long'
    ? words.say('common.words-too-long')
    : words.say('customer.error.verdict-missing');

const titleOf = ({ words, promise }: CustomerPageView): string => {
  const { kind } = promise.state;
  switch (kind) {
    case 'asked':
    case 'assumed':
      return words.say(`customer.asked.${promise.kind}`, { owner: promise.ownerName });
    case 'owed':
    case 'late':
    case 'kept':
    case 'reopened':
    case 'void':
      return words.say(`customer.${kind}.title`);
  }
};

const saidBy = (words: PageWords, owner: string, said: string | undefined): Markup | '' =>
  said ? html`<p>${words.say('customer.said', { owner })}</p><blockquote>${said}</blockquote>` : '';

const storyOf = ({ words, promise }: CustomerPageView): Markup => {
  const { state, kind, ownerName } = promise;
  const named = { owner: html`<strong>${ownerName}</strong>`, due: html`<strong>${promise.due}</strong>` };
  switch (state.kind) {
    case 'owed':
    case 'late':
      return html`<p>${words.weave(`customer.${state.kind}.${kind}`, named)}</p><p>${words.say(`customer.${state.kind}.after`)}</p>`;
    case 'asked':
      return html`${saidBy(words, ownerName, state.said)}<p>${words.say('customer.only-you')}</p>`;
    case 'assumed':
      return html`${saidBy(words, ownerName, state.said)}<p>${words.say('customer.assumed')}</p>`;
    case 'kept':
    case 'void':
      return html`<p>${words.say(`customer.${state.kind}.body`)}</p>`;
    case 'reopened':
      return html`<p>${words.weave('customer.reopened.body', named)}</p>`;
  }
};

/** Both look alike: neither answer is the better one. The id is where the error summary leads. */
const verdictButtons = (words: PageWords, kind: PromiseKind, canSayYes: boolean): Markup => {
  const yes = html`<button name="verdict" value="yes" id="verdict">${words.say(kind === 'resolve' ? 'customer.yes.resolve' : 'customer.yes')}</button>`;
  return html`<div class="row">${canSayYes ? yes : ''}<button name="verdict" value="not-yet"${canSayYes ? '' : html` id="verdict"`}>${words.say('customer.not-yet')}</button></div>`;
};

const formOf = (view: CustomerPageView): Markup | '' => {
  const { words, action, promise, values, error } = view;
  const { kind } = promise.state;
  if (kind === 'owed' || kind === 'reopened' || kind === 'void') return '';
  return html`
<form method="post" action="${action}">${hiddenFields(view.hidden)}
${textArea({
  name: 'words',
  label: words.say('customer.words'),
  hint: words.say('common.optional'),
  rows: 2,
  value: values?.words,
  error: error?.field === 'words' ? messageOf(words, error) : undefined,
})}${verdictButtons(words, promise.kind, kind !== 'kept')}</form>`;
};

export const customerPage = (view: CustomerPageView): string => {
  const { words, shopName, promise, customerFirstName, error } = view;
  const title = titleOf(view);
  const phone = phoneLink(promise.ownerPhone ?? view.shopPhone);
  const about = customerFirstName
    ? words.say('customer.about-named', { item: view.itemTitle, name: customerFirstName })
    : words.say('customer.about', { item: view.itemTitle });
  return layout({
    words,
    shopName,
    title,
    body: html`
${error ? errorSummary(words, error.field, messageOf(words, error)) : ''}
<h1>${title}</h1>
<p>${about}</p>
${storyOf(view)}${formOf(view)}
<p class="sign"><b>${promise.ownerName}</b>${words.weave('common.rather-talk', { name: promise.ownerName, phone })}</p>`,
  });
};
