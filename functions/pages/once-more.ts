/** An answer that came so quickly, or in such a way, that a program may have sent it: kept, and asked for once more. */
import { html } from 'hono/html';
import { type HiddenFields, hiddenFields } from './form-parts.ts';
import { layout, phoneLink } from './layout.ts';
import type { PageWords } from './words.ts';

export type OnceMoreView = {
  words: PageWords;
  shopName: string;
  /** Where the form posts to; the same place. */
  action: string;
  signerFirstName: string;
  signerPhone: string;
  /** What was chosen and written, as it will be sent again. */
  rating: '1' | '2' | '3' | '4' | '5';
  said: string | undefined;
  fields: HiddenFields;
};

export const onceMore = (view: OnceMoreView): string => {
  const { words, shopName, action, signerFirstName, signerPhone, rating, said, fields } = view;
  const title = words.say('once-more.title');
  return layout({
    words,
    shopName,
    title,
    body: html`
<h1>${title}</h1>
<p>${words.say('once-more.body')}</p>
<p>${words.say('once-more.said')} <b>${words.say(`rating.${rating}`)}</b></p>${said === undefined ? '' : html`<blockquote>${said}</blockquote>`}
<form method="post" action="${action}">${hiddenFields(fields)}<button>${words.say('once-more.send')}</button></form>
<p><a href="${action}?rating=${rating}">${words.say('once-more.change')}</a></p>
<p class="sign"><b>${signerFirstName}</b>${words.weave('common.rather-talk', { name: signerFirstName, phone: phoneLink(signerPhone) })}</p>`,
  });
};
