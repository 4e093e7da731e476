/** Everything worth knowing before the call: what is owed to whom, the visit, what they said, what happened. */
import { html } from 'hono/html';
import { phoneLink } from './layout.ts';
import type { EarlierVisit, StaffPromiseView, VisitView } from './staff-promise-view.ts';
import type { Markup, PageWords } from './words.ts';

type Fact = readonly [term: string, value: string | Markup];

const listOf = (facts: readonly Fact[]): Markup =>
  html`<dl>${facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;

const strikesOf = (words: PageWords, strikes: number): string => {
  if (strikes === 0) return words.say('staff.strikes.0');
  return strikes === 1 ? words.say('staff.strikes.1') : words.say('staff.strikes.many', { n: strikes });
};

const factsOf = ({ words, promise, customer, reply, itemTitle, orderNumber }: StaffPromiseView): Markup => {
  const due = words.say('staff.due-value', { due: promise.due, left: promise.timeLeft });
  const facts: Fact[] = [
    promise.isLate
      ? [words.say('staff.late'), html`<span class="late">${due}</span>`]
      : [words.say('staff.due'), due],
    [words.say('staff.about'), itemTitle],
    [words.say('staff.order'), orderNumber],
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
  if (!customer.phone && customer.email) facts.push([words.say('staff.mail'), customer.email]);
  if (reply?.rating) facts.push([words.say('staff.feels'), words.say(`rating.${reply.rating}`)]);
  if (reply?.wish) facts.push([words.say('staff.wish'), words.say(`wish.${reply.wish}`)]);
  return listOf(facts);
};

const visitOf = (words: PageWords, customer: string, visit: VisitView): Markup => {
  const facts: Fact[] = [
    [words.say('staff.visit.when'), html`<strong>${visit.when}</strong>`],
    [words.say('staff.visit.who'), visit.provider],
  ];
  if (visit.place) facts.push([words.say('staff.visit.where'), visit.place]);
  if (visit.bring) facts.push([words.say('staff.visit.bring'), visit.bring]);
  if (visit.onTheWaySince) facts.push([words.say('staff.visit.on-the-way'), visit.onTheWaySince]);
  if (visit.isPending)
    facts.push([
      words.say('staff.visit.answered'),
      html`<span class="late">${words.say('staff.visit.unanswered')}</span>`,
    ]);
  else {
    if (visit.answeredBy) facts.push([words.say('staff.visit.answered'), visit.answeredBy]);
    facts.push([
      customer,
      words.say(visit.isConfirmed ? 'staff.visit.confirmed' : 'staff.visit.unconfirmed'),
    ]);
  }
  return html`<h2>${words.say('staff.visit.title')}</h2>${listOf(facts)}`;
};

const earlierOf = (words: PageWords, customer: string, visits: readonly EarlierVisit[]): Markup | '' =>
  visits.length === 0
    ? ''
    : html`<h2>${words.say('staff.earlier')}</h2><ol>${visits.map(
        ({ when, provider, how }) =>
          html`<li><b>${when}, ${provider}</b>${words.say(`staff.earlier.${how}`, { customer })}</li>`,
      )}</ol>`;

const promisedOf = ({ words, promise, customer }: StaffPromiseView): Markup | '' =>
  promise.words
    ? html`<h2>${promise.isQuestion ? words.say('staff.asked', { customer: customer.name }) : words.say('staff.promised')}</h2><blockquote>${promise.words}</blockquote>`
    : '';

const saidOf = ({ words, reply, customer, promise }: StaffPromiseView): Markup | '' => {
  const silent = promise.isQuestion
    ? ''
    : html`<p>${words.say('staff.no-words', { customer: customer.name })}</p>`;
  return html`
${reply?.words ? html`<h2>${words.say('staff.words', { customer: customer.name })}</h2><blockquote>${reply.words}</blockquote>` : silent}
${reply?.wantsCall ? html`<p><strong>${words.say('staff.wants-call')}</strong></p>` : ''}`;
};

/** What is owed, how to reach them, where to go. */
export const staffFacts = (view: StaffPromiseView): Markup => {
  const { words, customer, visit } = view;
  const ring = customer.phone
    ? html`<p>${phoneLink(customer.phone, { label: words.say('staff.ring', { phone: customer.phone }), className: 'button plain' })}</p>`
    : '';
  return html`${factsOf(view)}${ring}${visit ? visitOf(words, customer.name, visit) : ''}`;
};

/** What was said and what went before. */
export const staffBackground = (view: StaffPromiseView): Markup =>
  html`${promisedOf(view)}${saidOf(view)}${earlierOf(view.words, view.customer.name, view.earlier)}`;

export const staffStory = ({ words, story }: StaffPromiseView): Markup | '' =>
  story.length === 0
    ? ''
    : html`<h2>${words.say('staff.story')}</h2><ol>${story.map(({ at, what }) => html`<li><b>${at}</b>${what}</li>`)}</ol>`;
