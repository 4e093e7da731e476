/** One mail that found no place by itself: what it says, why it is here, whose it may be. */
import { html } from 'hono/html';
import { errorSummary, hiddenFields } from '../form-parts.ts';
import type { Markup } from '../words.ts';
import type { DeskError } from './desk-error.ts';
import { lineField } from './fields.ts';
import { type AttachmentView, attachmentList } from './mail-attachments.ts';
import { senderOf, subjectOf, type UnsortedView, whyOf } from './mail-list.ts';
import type { FoundSale } from './search.ts';
import { type DeskSeat, deskSheet } from './sheet.ts';

export type PlaceForMail = FoundSale & { saleId: string };

export type MailOneView = Omit<UnsortedView, 'suggestions'> & {
  seat: DeskSeat;
  attachments: readonly AttachmentView[];
  /** Where the whole of it is shown. */
  whole: string;
  /** Sales it may belong to, or those of the number that was typed in. */
  places: readonly PlaceForMail[];
  /** What was typed in; undefined while nothing was. */
  q: string | undefined;
  error: DeskError | undefined;
};

/** What one of us wrote is no word of the customer's, and is never filed as one. */
const isOurs = ({ why }: MailOneView): boolean => why === 'stuck';

const placeOf = (view: MailOneView, place: PlaceForMail): Markup => {
  const { words, csrf } = view.seat;
  const { customer, number, item, bought, saleId } = place;
  const file = html`<form method="post" action="${view.href}">${hiddenFields({ csrf, act: 'file', sale: saleId })}<button>${words.say('desk.mail.file.send', { customer })}</button></form>`;
  return html`<li><a href="${place.href}">${words.say('desk.sale.title', { customer, number })}</a><br>${item}, ${bought}${isOurs(view) ? '' : file}</li>`;
};

const placesOf = (view: MailOneView): Markup => {
  const { places, q } = view;
  const { words } = view.seat;
  if (places.length > 0)
    return html`<p class="hint">${words.say(isOurs(view) ? 'desk.mail.file.ours' : 'desk.mail.file.hint')}</p><ul class="cases">${places.map((place) => placeOf(view, place))}</ul>`;
  if (q === undefined) return html`<p>${words.say('desk.mail.file.nobody')}</p>`;
  return html`<p role="status">${words.say('desk.mail.search.none', { q })}</p>`;
};

const searchOf = ({ seat: { words }, href, q }: MailOneView): Markup => {
  const field = lineField({
    type: 'search',
    name: 'q',
    label: words.say('desk.mail.search'),
    value: q,
    longest: 320,
  });
  return html`<form class="find" method="get" action="${href}" role="search">${field}<button class="plain">${words.say('desk.search.button')}</button></form>`;
};

const dropOf = ({ seat: { words, csrf }, href, error }: MailOneView): Markup => {
  const isWrong = error?.field === 'sure';
  const wrong = isWrong ? html`<p class="wrong" id="sure-wrong">${words.say(error.message)}</p>` : '';
  return html`<form method="post" action="${href}">${hiddenFields({ csrf, act: 'drop' })}<p class="hint" id="drop-hint">${words.say('desk.mail.drop.hint')}</p>${wrong}
<div class="field"><label class="choice"><input type="checkbox" id="sure" name="sure" value="yes" required${isWrong ? html` aria-describedby="sure-wrong" aria-invalid="true"` : ''}> ${words.say('desk.mail.drop.sure')}</label></div>
<button class="plain" aria-describedby="drop-hint">${words.say('desk.mail.drop.send')}</button></form>`;
};

export const mailPage = (view: MailOneView): string => {
  const { seat, from, at, why, whole, attachments, error } = view;
  const { words } = seat;
  const title = subjectOf(words, view.subject);
  return deskSheet(seat, {
    title,
    body: html`
${error === undefined ? '' : errorSummary(words, error.field, words.say(error.message))}
<h1>${title}</h1><dl><dt>${words.say('desk.mail.from')}</dt><dd>${senderOf(words, from)}</dd><dt>${words.say('desk.mail.at')}</dt><dd>${at}</dd><dt>${words.say('desk.mail.why')}</dt><dd>${whyOf(words, why)}</dd></dl>
${view.words === '' ? html`<p>${words.say('desk.mail.no-words')}</p>` : html`<blockquote>${view.words}</blockquote>`}
${attachmentList(words, attachments)}<p><a href="${whole}">${words.say('desk.mail.whole')}</a></p>
<h2>${words.say('desk.mail.file.title')}</h2>${placesOf(view)}${searchOf(view)}
<h2>${words.say('desk.mail.drop.title')}</h2>${dropOf(view)}
<p><a href="/desk/mail">${words.say('desk.mail.back')}</a></p>`,
  });
};
