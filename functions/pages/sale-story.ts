/** A sale as staff see it while nothing is owed: who bought what, how to ring them, what happened so far. */
import { html } from 'hono/html';
import { layout, phoneLink } from './layout.ts';
import type { PageWords } from './words.ts';

export type SaleStoryView = {
  words: PageWords;
  shopName: string;
  itemTitle: string;
  customer: { name: string; phone?: string | undefined };
  /** Oldest first; `at` is a local date and time. */
  story: readonly { at: string; what: string }[];
};

export const saleStory = ({ words, shopName, itemTitle, customer, story }: SaleStoryView): string => {
  const title = words.say('staff.sale.title', { customer: customer.name });
  return layout({
    words,
    shopName,
    title,
    body: html`
<h1>${title}</h1>
<p>${words.say('staff.sale.nothing-owed')}</p>
<dl><dt>${words.say('staff.about')}</dt><dd>${itemTitle}</dd>
<dt>${words.say('staff.phone')}</dt><dd>${customer.phone ? phoneLink(customer.phone) : words.say('staff.no-phone')}</dd></dl>
<h2>${words.say('staff.story')}</h2><ol>${story.map(({ at, what }) => html`<li><b>${at}</b>${what}</li>`)}</ol>`,
  });
};
