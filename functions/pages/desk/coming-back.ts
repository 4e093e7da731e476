/** Who came back: counts with what they are made of, and no judgement of so few that they say nothing. */
import { html } from 'hono/html';
import type { CameBack } from '../../core/after/count.ts';
import { FEWEST } from '../../core/desk/kept-rate.ts';
import type { Markup, PageWords } from '../words.ts';
import { type DeskSeat, deskSheet } from './sheet.ts';

export type ComingBackView = {
  rows: readonly CameBack[];
  /** Orders that came with a code, and from how many people the codes were. */
  friends: { orders: number; from: number };
};

const countsOf = (words: PageWords, { of, again }: CameBack): Markup => {
  if (of === 0) return html`<p>${words.say('back.none')}</p>`;
  const counts = words.say(of === 1 ? 'back.of.1' : 'back.of.many', { again, of });
  const percent = Math.round((again / of) * 100);
  return of < FEWEST
    ? html`<p>${counts}</p>`
    : html`<p class="rate">${words.say('back.rate', { percent })}</p><p>${counts}</p>`;
};

const friendsText = (words: PageWords, { orders, from }: ComingBackView['friends']): string => {
  if (orders === 0) return words.say('back.friends.0');
  return words.say(orders === 1 ? 'back.friends.1' : 'back.friends.many', { orders, from });
};

export const comingBackPage = (seat: DeskSeat, { rows, friends }: ComingBackView): string => {
  const { words } = seat;
  const title = words.say('back.title');
  return deskSheet(seat, {
    title,
    here: 'back',
    body: html`
<h1>${title}</h1><p>${words.say('back.body')}</p>
<ul class="cards">${rows.map((row) => html`<li><h2>${words.say(`back.outcome.${row.outcome}`)}</h2>${countsOf(words, row)}</li>`)}</ul>
<h2>${words.say('back.friends')}</h2><p>${friendsText(words, friends)}</p>`,
  });
};
