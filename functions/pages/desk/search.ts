/** Finding a customer while they are on the phone. */
import { html } from 'hono/html';
import type { Markup, PageWords } from '../words.ts';
import { type Paging, pagingLinks } from './cards.ts';
import { lineField } from './fields.ts';
import { type DeskSeat, deskSheet } from './sheet.ts';

export type FoundSale = {
  href: string;
  customer: string;
  number: string;
  item: string;
  bought: string;
  owner: string;
  open: number;
};

export type SearchView = {
  seat: DeskSeat;
  q: string;
  /** Undefined while nothing was asked; `short` when it was too little to look for. */
  found: readonly FoundSale[] | 'short' | undefined;
  paging: Paging;
};

const openOf = (words: PageWords, open: number): string => {
  if (open === 0) return '';
  return `, ${open === 1 ? words.say('desk.search.open.1') : words.say('desk.search.open.many', { n: open })}`;
};

const resultOf = (words: PageWords, sale: FoundSale): Markup =>
  html`<li><a href="${sale.href}">${sale.customer}</a><br>${words.say('desk.search.order', { number: sale.number })}: ${sale.item}<br><span class="marks">${sale.bought}, ${sale.owner}${openOf(words, sale.open)}</span></li>`;

const resultsOf = ({ seat: { words }, q, found, paging }: SearchView): Markup | '' => {
  if (found === undefined) return '';
  if (found === 'short') return html`<p role="status">${words.say('desk.search.short')}</p>`;
  if (found.length === 0 && paging.next === undefined)
    return html`<div role="status"><p>${words.say('desk.search.none', { q })}</p><p class="hint">${words.say('desk.search.none.hint')}</p></div>`;
  return html`<ul class="cases">${found.map((sale) => resultOf(words, sale))}</ul>${pagingLinks(words, paging)}`;
};

export const searchPage = (view: SearchView): string => {
  const { words } = view.seat;
  const title = words.say('desk.search.title');
  const field = lineField({
    type: 'search',
    name: 'q',
    label: words.say('desk.search.label'),
    hint: words.say('desk.search.hint'),
    value: view.q,
    longest: 320,
  });
  return deskSheet(view.seat, {
    title,
    here: 'search',
    body: html`
<h1>${title}</h1><form class="find" method="get" action="/desk/search" role="search">${field}<button>${words.say('desk.search.button')}</button></form>
${resultsOf(view)}`,
  });
};
