/** What stands in the place of a mail that cannot be shown. */
import { html } from 'hono/html';
import type { PageWords, WordKey } from '../words.ts';
import { sizeOf } from './mail-size.ts';
import { type DeskSeat, deskSheet } from './sheet.ts';

const page = (seat: DeskSeat, title: WordKey, body: string): string => {
  const { words } = seat;
  return deskSheet(seat, {
    title: words.say(title),
    body: html`
<h1>${words.say(title)}</h1><p>${body}</p><p><a class="button" href="/desk">${words.say('desk.lost.back')}</a></p>`,
  });
};

export const mailIsGone = (seat: DeskSeat, days: number): string =>
  page(seat, 'desk.mail.gone.title', seat.words.say('desk.mail.gone.body', { days }));

const bigWords = (words: PageWords, bytes: number, most: number): string =>
  words.say('desk.mail.big.body', { size: sizeOf(words, bytes), most: sizeOf(words, most) });

export const attachmentTooBig = (seat: DeskSeat, bytes: number, most: number): string =>
  page(seat, 'desk.mail.big.title', bigWords(seat.words, bytes, most));
