/** One promise, for the person who owes it: everything known before they ring, and the three things they can do. */
import { html } from 'hono/html';
import { errorSummary } from './form-parts.ts';
import { layout, phoneLink } from './layout.ts';
import { staffForms } from './staff-forms.ts';
import type { StaffPromiseError, StaffPromiseView } from './staff-view.ts';
import type { Markup, PageWords } from './words.ts';

const messageOf = (words: PageWords, error: StaffPromiseError, customer: string): string =>
  error.message === 'words-too-long'
    ? words.say('common.words-too-long')
    : words.say(`staff.error.${error.message}`, { customer });

const noticeOf = ({ words, notice, customer }: StaffPromiseView): Markup | '' => {
  if (!notice) return '';
  const name = notice.kind === 'handed-over' ? notice.name : '';
  return html`<div class="note" role="status"><p>${words.say(`staff.notice.${notice.kind}`, { customer: customer.name, name })}</p></div>`;
};

const strikesOf = (words: PageWords, strikes: number): string => {
  if (strikes === 0) return words.say('staff.strikes.0');
  return strikes === 1 ? words.say('staff.strikes.1') : words.say('staff.strikes.many', { n: strikes });
};

const factsOf = ({ words, promise, customer, reply, itemTitle }: StaffPromiseView): Markup => {
  const due = words.say('staff.due-value', { due: promise.due, left: promise.timeLeft });
  const facts: [string, string | Markup][] = [
    promise.isLate
      ? [words.say('staff.late'), html`<span class="late">${due}</span>`]
      : [words.say('staff.due'), due],
    [words.say('staff.about'), itemTitle],
    [
      words.say('staff.owner'),
      words.say('staff.owner-value', {
        name: promise.ownerName,
        level: words.say(`level.${promise.level}`),
      }),
    ],
    [words.say('staff.strikes'), strikesOf(words, promise.strikes)],
  ];
  if (!customer.phone) facts.push([words.say('staff.phone'), words.say('staff.no-phone')]);
  if (reply?.rating) facts.push([words.say('staff.feels'), words.say(`rating.${reply.rating}`)]);
  if (reply?.wish) facts.push([words.say('staff.wish'), words.say(`wish.${reply.wish}`)]);
  return html`<dl>${facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
};

const wordsOf = ({ words, reply, customer }: StaffPromiseView): Markup => html`
${reply?.words ? html`<h2>${words.say('staff.words', { customer: customer.name })}</h2><blockquote>${reply.words}</blockquote>` : html`<p>${words.say('staff.no-words', { customer: customer.name })}</p>`}
${reply?.wantsCall ? html`<p><strong>${words.say('staff.wants-call')}</strong></p>` : ''}`;

const storyOf = ({ words, story }: StaffPromiseView): Markup | '' =>
  story.length === 0
    ? ''
    : html`<h2>${words.say('staff.story')}</h2><ol>${story.map(({ at, what }) => html`<li><b>${at}</b>${what}</li>`)}</ol>`;

export const staffPromise = (view: StaffPromiseView): string => {
  const { words, shopName, customer, promise, error } = view;
  const title = words.say(`promise.${promise.kind}`, { customer: customer.name });
  const ring = customer.phone
    ? html`<p>${phoneLink(customer.phone, { label: words.say('staff.ring', { phone: customer.phone }), className: 'button' })}</p>`
    : '';
  return layout({
    words,
    shopName,
    title,
    body: html`
${error ? errorSummary(words, error.field, messageOf(words, error, customer.name)) : ''}
${noticeOf(view)}
<h1>${title}</h1>
${factsOf(view)}${ring}${wordsOf(view)}
${staffForms(view, (field) => (error?.field === field ? messageOf(words, error, customer.name) : undefined))}
${storyOf(view)}`,
  });
};
