/** What we keep about a customer, on their own page: a copy of it, or to be forgotten. Nothing personal stands here on GET. */
import { html } from 'hono/html';
import type { Receipt } from '../core/privacy/receipt.ts';
import { errorSummary, hiddenFields } from './form-parts.ts';
import { layout } from './layout.ts';
import type { Markup, PageWords, WordKey } from './words.ts';

export const PRIVACY_ACTS = ['export-text', 'export-json', 'forget', 'forget-yes'] as const;
export type PrivacyAct = (typeof PRIVACY_ACTS)[number];

type Place = { words: PageWords; action: string };

const button = (act: PrivacyAct, label: string): Markup =>
  html`<button class="plain" name="act" value="${act}">${label}</button>`;

export const privacySection = ({ words, action, isOpen }: Place & { isOpen: boolean }): Markup => html`
<details id="privacy"${isOpen ? html` open` : ''}><summary>${words.say('privacy.title')}<small>${words.say('privacy.summary.hint')}</small></summary><div class="more">
<p>${words.say('privacy.intro')}</p>
<form method="post" action="${action}"><p>${words.say('privacy.download')}</p><div class="row">${button('export-text', words.say('privacy.download.text'))}${button('export-json', words.say('privacy.download.json'))}</div></form>
<form method="post" action="${action}"><p>${words.say('privacy.forget')}</p>${button('forget', words.say('privacy.forget.open'))}</form></div></details>`;

const LOST = ['person', 'words', 'promises', 'links'] as const;
const STAYS = ['journal', 'shop', 'mail', 'backups'] as const;

const bullets = (words: PageWords, keys: readonly WordKey[]): Markup =>
  html`<ul>${keys.map((key) => html`<li>${words.say(key)}</li>`)}</ul>`;

/** What stays after somebody was forgotten, in one place for customers and staff. */
export const whatStays = (words: PageWords): Markup =>
  bullets(
    words,
    STAYS.map((key) => `privacy.confirm.stays.${key}` as const),
  );

type ForgetView = Place & { shopName: string; orders: number; isUnsure?: boolean };

/** The box is empty to begin with: whatever submits forms by itself forgets nobody. */
export const forgetPage = ({ words, action, shopName, orders, isUnsure }: ForgetView): string => {
  const title = words.say('privacy.confirm.title');
  const error = isUnsure ? words.say('privacy.error.sure') : undefined;
  const count =
    orders === 1
      ? words.say('privacy.confirm.orders.1')
      : words.say('privacy.confirm.orders.many', { n: orders });
  return layout({
    words,
    shopName,
    title,
    body: html`
${error === undefined ? '' : errorSummary(words, 'sure', error)}
<h1>${title}</h1><p>${count}</p>
<h2>${words.say('privacy.confirm.lost')}</h2>${bullets(
      words,
      LOST.map((key) => `privacy.confirm.lost.${key}` as const),
    )}
<h2>${words.say('privacy.confirm.stays')}</h2>${whatStays(words)}
<form method="post" action="${action}">${hiddenFields({ act: 'forget-yes' })}
<label class="choice"><input type="checkbox" id="sure" name="sure" value="yes" required${error === undefined ? '' : html` aria-invalid="true" aria-describedby="sure-wrong"`}> ${words.say('privacy.confirm.sure')}</label>${error === undefined ? '' : html`<p class="wrong" id="sure-wrong">${error}</p>`}
<button>${words.say('privacy.confirm.send')}</button></form>
<p><a href="${action}">${words.say('privacy.confirm.back')}</a></p>`,
  });
};

const COUNTS = ['sales', 'words', 'links', 'mails', 'webhooks'] as const;

export const receiptFacts = (words: PageWords, receipt: Receipt, when: string): Markup => {
  const { number, by, dropped } = receipt;
  return html`<dl><dt>${words.say('privacy.receipt.number')}</dt><dd><strong>${number}</strong></dd>
<dt>${words.say('privacy.receipt.at')}</dt><dd>${when}</dd>
<dt>${words.say('privacy.receipt.by')}</dt><dd>${words.say(`privacy.receipt.by.${by}`)}</dd>
${COUNTS.filter((name) => dropped[name] > 0).map((name) => html`<dt>${words.say(`privacy.receipt.${name}`)}</dt><dd>${dropped[name]}</dd>`)}</dl>`;
};

export const receiptPage = (
  { words, shopName }: { words: PageWords; shopName: string },
  receipt: Receipt,
  when: string,
): string => {
  const title = words.say('privacy.receipt.title');
  return layout({
    words,
    shopName,
    title,
    body: html`
<h1>${title}</h1><p>${words.say('privacy.receipt.body')}</p>
${receiptFacts(words, receipt, when)}
<p>${words.say('privacy.receipt.keep')}</p><p>${words.say('privacy.receipt.stays')}</p>`,
  });
};
