import { html } from 'hono/html';
import { type DeskSeat, deskSheet } from './sheet.ts';

export const lostAtDesk = (seat: DeskSeat): string => {
  const { words } = seat;
  const title = words.say('desk.lost.title');
  return deskSheet(seat, {
    title,
    body: html`
<h1>${title}</h1><p>${words.say('desk.lost.body')}</p><p><a class="button" href="/desk">${words.say('desk.lost.back')}</a></p>`,
  });
};
