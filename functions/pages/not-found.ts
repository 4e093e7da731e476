/** One page for every address that leads nowhere: a wrong token learns nothing, a person learns what to do. */
import { html } from 'hono/html';
import { layout, phoneLink } from './layout.ts';
import type { PageWords } from './words.ts';

export type NotFoundView = { words: PageWords; shopName: string; shopPhone: string };

export const notFound = ({ words, shopName, shopPhone }: NotFoundView): string => {
  const title = words.say('not-found.title');
  return layout({
    words,
    shopName,
    title,
    body: html`
<h1>${title}</h1>
<p>${words.say('not-found.body')}</p>
<p>${words.weave('not-found.phone', { phone: phoneLink(shopPhone) })}</p>
<p class="hint">${words.say('not-found.hint')}</p>`,
  });
};
