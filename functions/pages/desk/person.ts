/** Everything about one person: their orders, what they want no mails about, a copy for them, and to forget them. */
import { html } from 'hono/html';
import type { Receipt } from '../../core/privacy/receipt.ts';
import { receiptFacts, whatStays } from '../customer-privacy.ts';
import { errorSummary, hiddenFields } from '../form-parts.ts';
import type { Markup } from '../words.ts';
import { lineField } from './fields.ts';
import { type DeskSeat, deskSheet } from './sheet.ts';

export const TYPED = 'typed';

export type PersonView = {
  seat: DeskSeat;
  action: string;
  customer: string;
  number: string;
  sales: readonly { href: string; number: string; item: string; bought: string }[];
  unwanted: readonly {
    mails: 'owed' | 'check-in' | 'review';
    since: string;
    because: 'asked' | 'complaint' | 'bounce';
  }[];
  isMistyped: boolean;
};

const salesOf = ({ seat: { words }, sales }: PersonView): Markup =>
  html`<h2>${words.say('privacy.desk.sales')}</h2><ul class="cases">${sales.map(
    ({ href, number, item, bought }) =>
      html`<li><a href="${href}">${words.say('privacy.desk.sale', { number, item })}</a><br><span class="marks">${bought}</span></li>`,
  )}</ul>`;

const standingOf = ({ seat: { words }, unwanted }: PersonView): Markup =>
  html`<h2>${words.say('privacy.desk.standing')}</h2>${
    unwanted.length === 0
      ? html`<p>${words.say('privacy.desk.standing.none')}</p>`
      : html`<ul>${unwanted.map(
          ({ mails, since, because }) =>
            html`<li>${words.say('privacy.desk.standing.line', {
              what: words.say(`privacy.class.${mails}`),
              since,
              because: words.say(`privacy.because.${because}`),
            })}</li>`,
        )}</ul>`
  }`;

const exportForm = ({ seat: { words, csrf }, action }: PersonView): Markup =>
  html`<h2>${words.say('privacy.desk.export')}</h2>
<form method="post" action="${action}">${hiddenFields({ csrf })}<p class="hint">${words.say('privacy.desk.export.hint')}</p><div class="row"><button class="plain" name="act" value="export-text">${words.say('privacy.download.text')}</button><button class="plain" name="act" value="export-json">${words.say('privacy.download.json')}</button></div></form>`;

const forgetForm = ({ seat: { words, csrf }, action, number, isMistyped }: PersonView): Markup => {
  const field = lineField({
    type: 'text',
    name: TYPED,
    label: words.say('privacy.desk.forget.label', { number }),
    error: isMistyped ? words.say('privacy.desk.error.typed') : undefined,
    isRequired: true,
    autocomplete: 'off',
    longest: 120,
  });
  return html`<h2>${words.say('privacy.desk.forget')}</h2><p>${words.say('privacy.desk.forget.hint')}</p>
<details${isMistyped ? html` open` : ''}><summary>${words.say('privacy.desk.forget')}</summary><div class="more">
<p>${words.say('privacy.confirm.stays')}</p>${whatStays(words)}
<form method="post" action="${action}">${hiddenFields({ csrf, act: 'forget' })}${field}<button>${words.say('privacy.desk.forget.send')}</button></form></div></details>`;
};

export const personPage = (view: PersonView): string => {
  const { seat, customer, isMistyped } = view;
  const { words } = seat;
  const title = words.say('privacy.desk.title', { customer });
  return deskSheet(seat, {
    title,
    body: html`
${isMistyped ? errorSummary(words, TYPED, words.say('privacy.desk.error.typed')) : ''}
<h1>${title}</h1>${salesOf(view)}${standingOf(view)}${exportForm(view)}${forgetForm(view)}`,
  });
};

/** A sale whose person was forgotten. */
export const gonePage = (seat: DeskSeat, receiptHref: string | undefined): string => {
  const { words } = seat;
  const title = words.say('privacy.desk.receipt.title');
  const link =
    receiptHref === undefined
      ? ''
      : html`<p><a href="${receiptHref}">${words.say('privacy.receipt.number')}</a></p>`;
  return deskSheet(seat, {
    title,
    body: html`<h1>${title}</h1><p>${words.say('privacy.desk.gone')}</p>${link}`,
  });
};

export const deskReceipt = (seat: DeskSeat, receipt: Receipt, when: string): string => {
  const { words } = seat;
  const title = words.say('privacy.desk.receipt.title');
  return deskSheet(seat, {
    title,
    body: html`
<h1>${title}</h1><p>${words.say('privacy.desk.receipt.give')}</p>${receiptFacts(words, receipt, when)}
<p>${words.say('privacy.desk.receipt.body')}</p><p>${words.say('privacy.receipt.stays')}</p>`,
  });
};
