/** The page behind a check-in: one question, one tap, one button. Everything else is there for whoever needs it. */
import { html } from 'hono/html';
import {
  errorSummary,
  type HiddenFields,
  hiddenFields,
  phoneField,
  radioGroup,
  textArea,
} from './form-parts.ts';
import { layout, phoneLink } from './layout.ts';
import type { Markup, PageWords } from './words.ts';

export type ReplyValues = {
  /** '1' (really unhappy) to '5' (delighted), as the form sends it; anything else preselects nothing. */
  rating?: string;
  words?: string;
  recommend?: string;
  again?: string;
  wish?: string;
  call?: boolean;
  /** "I can’t use it at all right now." */
  blocked?: boolean;
  /** "I’d like an answer." */
  question?: boolean;
  phone?: string;
};

export type ReplyError =
  | { field: 'rating'; message: 'rating-missing' | 'press-again' }
  | { field: 'words'; message: 'words-too-long' }
  | { field: 'phone'; message: 'phone-missing' | 'phone-invalid' };

export type ReplyFormView = {
  words: PageWords;
  /** Where the form posts to; same origin. */
  action: string;
  shopName: string;
  signerFirstName: string;
  signerPhone: string;
  itemTitle: string;
  customerFirstName?: string | undefined;
  values: ReplyValues;
  /** Shown for correction: a number we hold is never asked for again. */
  phoneOnFile?: string | undefined;
  error?: ReplyError | undefined;
  /** An answer is stored already. */
  isCorrection: boolean;
  stopUrl: string;
  hidden?: HiddenFields;
};

const RATINGS = ['5', '4', '3', '2', '1'] as const;
const ANSWERS = ['yes', 'maybe', 'no'] as const;
const WISHES = ['fix', 'replace', 'refund', 'listen'] as const;

const messageOf = (words: PageWords, error: ReplyError): string =>
  error.message === 'words-too-long'
    ? words.say('common.words-too-long')
    : words.say(`reply.error.${error.message}`);

/** Whoever is not happy, or has used the group before, finds it open. */
const isMoreOpen = ({ values, error }: ReplyFormView): boolean =>
  ['1', '2', '3'].includes(values.rating ?? '') ||
  error?.field === 'phone' ||
  values.call === true ||
  values.blocked === true ||
  values.question === true ||
  [values.wish, values.recommend, values.again].some(Boolean);

const tick = (name: 'blocked' | 'question' | 'call', label: string, isTicked = false): Markup =>
  html`<label class="choice"><input type="checkbox" name="${name}" value="yes"${isTicked ? html` checked` : ''}> ${label}</label>`;

const callFields = ({ words, values, phoneOnFile }: ReplyFormView, error?: string): Markup => html`
<fieldset><legend>${words.say('reply.call-group')}</legend>
${tick('call', words.say('reply.call'), values.call)}${tick('question', words.say('reply.question'), values.question)}</fieldset>
${phoneField({
  name: 'phone',
  label: words.say('reply.phone'),
  hint: words.say(phoneOnFile ? 'reply.phone-on-file' : 'reply.phone-hint'),
  value: values.phone ?? phoneOnFile,
  error,
})}`;

const moreFields = (view: ReplyFormView, phoneError?: string): Markup => {
  const { words, values } = view;
  const answers = ANSWERS.map((value) => ({ value, label: words.say(`answer.${value}`) }));
  const brief = (name: 'recommend' | 'again') =>
    radioGroup({
      name,
      label: words.say(`reply.${name}`),
      options: answers,
      value: values[name],
      isBrief: true,
    });
  return html`
<details${isMoreOpen(view) ? html` open` : ''}><summary>${words.say('reply.more')}<small>${words.say('reply.more-hint')}</small></summary><div class="more">
<fieldset><legend>${words.say('reply.blocked-group')}</legend>${tick('blocked', words.say('reply.blocked'), values.blocked)}</fieldset>${radioGroup(
    {
      name: 'wish',
      label: words.say('reply.wish'),
      options: WISHES.map((value) => ({ value, label: words.say(`wish.${value}`) })),
      value: values.wish,
    },
  )}${callFields(view, phoneError)}${brief('recommend')}${brief('again')}</div></details>`;
};

const formOf = (view: ReplyFormView): Markup => {
  const { words, action, values, error, signerFirstName } = view;
  const errorAt = (field: ReplyError['field']): string | undefined =>
    error?.field === field ? messageOf(words, error) : undefined;
  return html`
<form method="post" action="${action}">${hiddenFields(view.hidden)}
${radioGroup({
  name: 'rating',
  label: words.say('reply.rating'),
  options: RATINGS.map((value) => ({ value, label: words.say(`rating.${value}`) })),
  value: values.rating,
  error: errorAt('rating'),
  isRequired: true,
})}${textArea({
  name: 'words',
  label: words.say('reply.words'),
  hint: words.say('reply.words-hint'),
  rows: 4,
  value: values.words,
  error: errorAt('words'),
})}${moreFields(view, errorAt('phone'))}
<button>${view.isCorrection ? words.say('reply.send-again') : words.say('reply.send', { signer: signerFirstName })}</button></form>`;
};

export const replyForm = (view: ReplyFormView): string => {
  const { words, shopName, signerFirstName, signerPhone, customerFirstName, error } = view;
  const title = words.say('reply.title', { item: view.itemTitle });
  const hello = customerFirstName
    ? words.say('common.hello-named', { name: customerFirstName })
    : words.say('common.hello');
  return layout({
    words,
    shopName,
    title,
    body: html`
${error ? errorSummary(words, error.field, messageOf(words, error)) : ''}
<h1>${title}</h1>
${view.isCorrection ? html`<div class="note"><p>${words.say('reply.correction')}</p></div>` : html`<p>${hello} ${words.say('reply.intro', { signer: signerFirstName, shop: shopName })}</p>`}
${formOf(view)}
<p class="sign"><b>${signerFirstName}</b>${words.weave('common.rather-talk', { name: signerFirstName, phone: phoneLink(signerPhone) })}</p>`,
    footer: html`${words.say('reply.stop')} <a href="${view.stopUrl}">${words.say('reply.stop-link')}</a>`,
  });
};
