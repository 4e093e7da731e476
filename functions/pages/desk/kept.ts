/** Promises kept, for each person and for all: a rate with what it is made of, never a single bad moment. */
import { html } from 'hono/html';
import { FEWEST, type Kept, PERIOD_DAYS } from '../../core/desk/kept-rate.ts';
import type { TurnResult } from '../../core/promises/promise.ts';
import type { Markup, PageWords } from '../words.ts';
import { type Paging, pagingLinks } from './cards.ts';
import { type DeskSeat, deskSheet } from './sheet.ts';

export type KeptOf = Kept & {
  name: string;
  /** Where its cases are; undefined for who may not see them. */
  href: string | undefined;
};

export type Which = 'kept' | 'all' | 'assumed';

const numberOf = (href: string | undefined, which: Which, text: string, label: string): Markup =>
  href === undefined
    ? html`${text}`
    : html`<a class="num" href="${href}?which=${which}" aria-label="${label}">${text}</a>`;

const rateOf = (words: PageWords, { name, href, percent, kept, of, trend }: KeptOf): Markup => {
  if (percent === undefined) return html`<p>${words.say('desk.kept.few')}</p>`;
  const label = (which: Which) =>
    words.say('desk.kept.cases', { name, which: words.say(`desk.kept.which.${which}`) });
  const counts = words.weave('desk.kept.of', {
    kept: numberOf(href, 'kept', String(kept), `${kept}, ${label('kept')}`),
    of: numberOf(href, 'all', String(of), `${of}, ${label('all')}`),
  });
  return html`<p class="rate">${words.say('desk.kept.rate', { percent })}</p>
<p>${counts}${trend === undefined ? '' : html`, ${words.say(`desk.kept.${trend}`, { days: PERIOD_DAYS })}`}</p>`;
};

const assumedOf = (words: PageWords, { assumed, name, href }: KeptOf): Markup | '' => {
  if (assumed === 0) return '';
  const text =
    assumed === 1 ? words.say('desk.kept.assumed.1') : words.say('desk.kept.assumed.many', { n: assumed });
  const which = words.say('desk.kept.cases', { name, which: words.say('desk.kept.which.assumed') });
  const show = words.say('desk.kept.show', { n: assumed });
  const link =
    assumed < FEWEST || href === undefined
      ? ''
      : html` <a class="num" href="${href}?which=assumed" aria-label="${show}, ${which}">${show}</a>`;
  return html`<p class="hint">${text}${link}</p>`;
};

export const keptPage = (seat: DeskSeat, rates: readonly KeptOf[]): string => {
  const { words } = seat;
  const title = words.say('desk.kept.title');
  return deskSheet(seat, {
    title,
    here: 'kept',
    body: html`
<h1>${title}</h1><p>${words.say('desk.kept.body', { days: PERIOD_DAYS, n: FEWEST })}</p>
<ul class="cards">${rates.map((rate) => html`<li><h2>${rate.name}</h2>${rateOf(words, rate)}${assumedOf(words, rate)}</li>`)}</ul>`,
  });
};

export type KeptCase = {
  href: string;
  customer: string;
  at: string;
  result: TurnResult['result'];
  /** Whose it was, when the list is everybody's. */
  owner: string | undefined;
};

export const keptCasesPage = (
  seat: DeskSeat,
  { name, which, cases, paging }: { name: string; which: Which; cases: readonly KeptCase[]; paging: Paging },
): string => {
  const { words } = seat;
  const title = words.say('desk.kept.cases', { name, which: words.say(`desk.kept.which.${which}`) });
  const caseOf = ({ href, customer, at, result, owner }: KeptCase) =>
    html`<li><a href="${href}">${customer}</a><br><span class="marks">${at}: ${words.say(`desk.result.${result}`)}${owner === undefined ? '' : `, ${owner}`}</span></li>`;
  return deskSheet(seat, {
    title,
    here: 'kept',
    body: html`
<h1>${title}</h1>${cases.length === 0 ? html`<p>${words.say('desk.kept.few')}</p>` : html`<ul class="cases">${cases.map(caseOf)}</ul>`}${pagingLinks(words, paging)}
<p><a href="/desk/kept">${words.say('desk.kept.title')}</a></p>`,
  });
};
