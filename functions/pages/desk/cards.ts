/** A list to work through: one card for each promise, the phone one tap away. */
import { html } from 'hono/html';
import type { PromiseCause, PromiseKind } from '../../core/promises/entries.ts';
import { phoneLink } from '../layout.ts';
import type { Markup, PageWords } from '../words.ts';

export type CardView = {
  /** The sale's page at the desk. */
  href: string;
  kind: PromiseKind;
  because: PromiseCause;
  customer: string;
  phone: string | undefined;
  /** What was promised, word for word, or the customer's question. */
  words: string | undefined;
  item: string;
  worth: string | undefined;
  due: string;
  isLate: boolean;
  visitAt: string | undefined;
  level: 0 | 1 | 2;
  /** Whose it is, when that is not the reader. */
  owner: string | undefined;
  /** The owner is away and the reader stands in. */
  isForAbsent: boolean;
  strikes: number;
  severity: 'normal' | 'high' | 'urgent';
};

const ownerOf = (words: PageWords, { owner, level, isForAbsent }: CardView): string => {
  const levelWords = words.say(`level.${level}`);
  if (owner === undefined) return levelWords;
  return isForAbsent
    ? words.say('desk.card.stands-in', { name: owner })
    : words.say('desk.card.with', { name: owner, level: levelWords });
};

const strikesOf = (words: PageWords, n: number): string =>
  n === 1 ? words.say('desk.card.strikes.1') : words.say('desk.card.strikes.many', { n });

const marksOf = (words: PageWords, card: CardView): Markup => {
  const { severity, strikes, due, isLate, visitAt, worth } = card;
  const mark = (text: string, isHot = false) =>
    html`<span class="mark${isHot ? ' hot' : ''}">${text}</span> `;
  return html`<p class="marks">${severity === 'urgent' ? mark(words.say('desk.card.urgent'), true) : ''}${
    strikes > 0 ? mark(strikesOf(words, strikes), true) : ''
  }${mark(words.say(isLate ? 'desk.card.late' : 'desk.card.due', { when: due }), isLate)}${
    visitAt === undefined ? '' : mark(words.say('desk.card.visit', { when: visitAt }))
  }${severity === 'high' ? mark(words.say('desk.card.high')) : ''}${worth === undefined ? '' : mark(worth)}${mark(ownerOf(words, card))}</p>`;
};

const cardOf = (words: PageWords, card: CardView): Markup => {
  const { customer, phone, href, kind, item } = card;
  const ring =
    phone === undefined
      ? html`<span class="quiet">${words.say('desk.card.no-phone')}</span>`
      : phoneLink(phone, { label: phone, className: 'button tel' });
  return html`<li${card.isLate ? html` class="over"` : ''}><h2>${words.say(`promise.${kind}`, { customer })}</h2>
<p>${words.say(`desk.because.${card.because}`)} ${words.say('staff.about')}: ${item}</p>${card.words === undefined ? '' : html`<blockquote>${card.words}</blockquote>`}${marksOf(words, card)}
<p class="row">${ring} <a class="quiet" href="${href}" aria-label="${words.say('desk.card.story')}: ${customer}">${words.say('desk.card.story')}</a></p></li>`;
};

export const cardList = (words: PageWords, cards: readonly CardView[]): Markup | '' =>
  cards.length === 0 ? '' : html`<ul class="cards">${cards.map((card) => cardOf(words, card))}</ul>`;

/** `next`: the address of the page that follows; `isFurther`: this is not the first. */
export type Paging = { next: string | undefined; first: string | undefined };

export const pagingLinks = (words: PageWords, { next, first }: Paging): Markup | '' =>
  next === undefined && first === undefined
    ? ''
    : html`<p class="row">${next === undefined ? '' : html`<a class="button plain" href="${next}">${words.say('desk.more')}</a>`}${first === undefined ? '' : html`<a class="quiet" href="${first}">${words.say('desk.first')}</a>`}</p>`;
