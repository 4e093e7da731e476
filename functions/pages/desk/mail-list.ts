/** Mails that found no place by themselves: a list to look through, and a tick for what nobody needs. */
import { html } from 'hono/html';
import { hiddenFields } from '../form-parts.ts';
import type { Markup, PageWords, WordKey } from '../words.ts';
import { type Paging, pagingLinks } from './cards.ts';
import { type DeskSeat, deskSheet } from './sheet.ts';

/** Why it is here: the reason, and for some of them what exactly. */
export type WhyHere = 'unknown' | 'stuck' | 'not-theirs' | 'virus' | 'spam' | 'dmarc' | 'spf' | 'failed';

export type UnsortedView = {
  /** As the post box calls it. */
  id: string;
  href: string;
  at: string;
  /** Empty when nobody is named. */
  from: string;
  subject: string;
  words: string;
  why: WhyHere;
  suggestions: readonly { href: string; number: string }[];
};

export type MailNotice = 'dropped' | 'sorted';

type MailList = {
  seat: DeskSeat;
  mails: readonly UnsortedView[];
  paging: Paging;
  notice: MailNotice | undefined;
  /** The button was pressed and nothing was ticked. */
  isNothingTicked: boolean;
};

export const senderOf = (words: PageWords, from: string): string =>
  from === '' ? words.say('desk.mail.nobody') : from;

export const subjectOf = (words: PageWords, subject: string): string =>
  subject === '' ? words.say('desk.mail.no-subject') : subject;

export const whyOf = (words: PageWords, why: WhyHere): string => words.say(`desk.mail.why.${why}`);

const statusNote = (text: string): Markup => html`<div class="note" role="status"><p>${text}</p></div>`;

const suggestionsOf = (words: PageWords, { suggestions }: UnsortedView): Markup | '' =>
  suggestions.length === 0
    ? ''
    : html` ${words.say('desk.mail.perhaps')} ${suggestions.map(
        ({ href, number }, index) => html`${index === 0 ? '' : ', '}<a href="${href}">${number}</a>`,
      )}`;

/** The tick is called by the sender and the link by the subject: each says by itself what it is for. */
const mailOf = (words: PageWords, mail: UnsortedView, n: number): Markup =>
  html`<li><label><input type="checkbox" name="mail" value="${mail.id}"${n === 0 ? html` id="ticks"` : ''}> ${senderOf(words, mail.from)}</label><br><a href="${mail.href}">${subjectOf(words, mail.subject)}</a> <span class="hint">${mail.at}</span>
<p>${mail.words}</p><p class="hint">${whyOf(words, mail.why)}${suggestionsOf(words, mail)}</p></li>`;

const listOf = ({ seat, mails }: MailList): Markup => {
  const { words, csrf } = seat;
  return html`<form method="post" action="/desk/mail">${hiddenFields({ csrf, act: 'drop' })}
<ul class="cases">${mails.map((mail, n) => mailOf(words, mail, n))}</ul>
<p class="hint" id="drop-hint">${words.say('desk.mail.drop.hint')}</p><button class="plain" aria-describedby="drop-hint">${words.say('desk.mail.drop.ticked')}</button></form>`;
};

const alertOf = (words: PageWords): Markup =>
  html`<div class="alert" role="alert" tabindex="-1" autofocus><p><a href="#ticks">${words.say('desk.mail.error.no-tick')}</a></p></div>`;

export const mailListPage = (view: MailList): string => {
  const { seat, mails, paging, notice, isNothingTicked } = view;
  const { words } = seat;
  const title = words.say('desk.mail.title');
  const isEmpty = mails.length === 0;
  return deskSheet(seat, {
    title,
    body: html`
${isNothingTicked && !isEmpty ? alertOf(words) : ''}${notice === undefined ? '' : statusNote(words.say(`desk.mail.notice.${notice}`))}
<h1>${title}</h1><p>${words.say(isEmpty ? 'desk.mail.none' : 'desk.mail.body')}</p>
${isEmpty ? '' : listOf(view)}${pagingLinks(words, paging)}`,
  });
};

/** What of the numbers is said on the desk's first page; nothing when there is nothing to sort. */
export const mailsWaiting = (words: PageWords, n: number, most: number): Markup | '' => {
  if (n === 0) return '';
  const key: WordKey =
    n === 1 ? 'desk.mail.waiting.1' : n < most ? 'desk.mail.waiting.many' : 'desk.mail.waiting.most';
  return html`<p><a href="/desk/mail">${words.say(key, { n })}</a></p>`;
};
