/** Today, overdue, silent: the three lists a day at the desk is made of. */
import { html } from 'hono/html';
import { type Option, selectField } from '../form-parts.ts';
import type { Markup, PageWords } from '../words.ts';
import { type CardView, cardList, type Paging, pagingLinks } from './cards.ts';
import { mailsWaiting } from './mail-list.ts';
import { type DeskPlace, type DeskSeat, deskSheet } from './sheet.ts';

/** Whose list it is; `options` only for those who may look at others'. */
export type Whose = { value: string; name: string | undefined; options: readonly Option[] };

type List = {
  seat: DeskSeat;
  whose: Whose;
  cards: readonly CardView[];
  paging: Paging;
};

const chooser = (words: PageWords, action: string, { value, options }: Whose): Markup | '' =>
  options.length === 0
    ? ''
    : html`<form class="find" method="get" action="${action}">${selectField({
        name: 'of',
        label: words.say('desk.whose'),
        options,
        value,
      })}<button class="plain">${words.say('desk.whose.show')}</button></form>`;

const counted = (
  words: PageWords,
  key:
    | 'desk.today.count'
    | 'desk.today.late'
    | 'desk.today.theirs'
    | 'desk.overdue.count'
    | 'desk.silent.later',
  n: number,
): string => (n === 1 ? words.say(`${key}.1`) : words.say(`${key}.many`, { n }));

const page = ({ seat, whose, cards, paging }: List, here: DeskPlace, title: string, lead: Markup): string => {
  const { words } = seat;
  return deskSheet(seat, {
    title,
    here,
    body: html`
<h1>${title}</h1>${lead}${chooser(words, here === 'today' ? '/desk' : `/desk/${here}`, whose)}
${cardList(words, cards)}${pagingLinks(words, paging)}`,
  });
};

export type TodayView = List & {
  date: string;
  /** Due today or before; those of them that are late; those that wait for the customer. */
  counts: { due: number; late: number; theirs: number };
  /** How many found no place by themselves, counted up to `most`. */
  mails: { waiting: number; most: number };
};

const firstNameOf = (name: string): string => name.split(' ')[0] ?? name;

const todayTitle = ({ seat: { words, memberName }, whose }: TodayView): string => {
  if (whose.value === 'team') return words.say('desk.today.team');
  if (whose.name !== undefined) return words.say('desk.today.of', { name: whose.name });
  return words.say('desk.today.hello', { name: firstNameOf(memberName) });
};

const todayLead = ({ seat: { words }, counts, date }: TodayView): Markup => {
  const { due, late, theirs } = counts;
  const waiting =
    theirs === 0 ? '' : html`<p class="hint">${counted(words, 'desk.today.theirs', theirs)}</p>`;
  if (due === 0)
    return html`<p class="hint">${date}</p><p class="lead">${words.say('desk.today.none')}</p>${waiting}<p><a href="/desk/silent">${words.say('desk.today.none.next')}</a></p>`;
  const lateWords = late === 0 ? words.say('desk.today.late.0') : counted(words, 'desk.today.late', late);
  return html`<p class="hint">${date}</p><p class="lead">${counted(words, 'desk.today.count', due)} ${lateWords}</p>${waiting}`;
};

export const todayPage = (view: TodayView): string => {
  const { waiting, most } = view.mails;
  const lead = html`${todayLead(view)}${mailsWaiting(view.seat.words, waiting, most)}`;
  return page(view, 'today', todayTitle(view), lead);
};

export const overduePage = (view: List & { late: number }): string => {
  const { words } = view.seat;
  const lead =
    view.late === 0 ? words.say('desk.overdue.none') : counted(words, 'desk.overdue.count', view.late);
  return page(view, 'overdue', words.say('desk.overdue.title'), html`<p class="lead">${lead}</p>`);
};

export type SilentView = List & { left: number; made: number; later: number };

const silentLead = ({ seat: { words }, left, made, later, cards, paging }: SilentView): Markup => {
  const more = later === 0 ? '' : html`<p class="hint">${counted(words, 'desk.silent.later', later)}</p>`;
  if (cards.length === 0 && later === 0 && paging.first === undefined)
    return html`<p class="lead">${words.say('desk.silent.none')}</p>`;
  if (left === 0) return html`<p class="lead">${words.say('desk.silent.full', { n: made })}</p>${more}`;
  const key = made === 0 ? 'desk.silent.made.0' : made === 1 ? 'desk.silent.made.1' : 'desk.silent.made.many';
  return html`<p>${words.say('desk.silent.body')}</p><p class="lead">${words.say(key, { n: made, left })}</p>${more}`;
};

export const silentPage = (view: SilentView): string =>
  page(view, 'silent', view.seat.words.say('desk.silent.title'), silentLead(view));
