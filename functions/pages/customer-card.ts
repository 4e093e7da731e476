/** One thing that is owed to the customer: who, by when, how it stands, and what they can say about it. */
import { html } from 'hono/html';
import { noteArea } from './form-parts.ts';
import { phoneLink } from './layout.ts';
import type { Markup, PageWords, WordKey } from './words.ts';

export type PromiseKind = 'call' | 'visit' | 'answer' | 'resolve';

/** A visit's window in the customer's words, and who comes. */
export type VisitFacts = {
  when: string;
  place?: string | undefined;
  bring?: string | undefined;
  providerName: string;
  providerPhone: string;
};

export type CardState =
  /** Not due yet. `isUnasked`: nobody promised it, we ring because we heard nothing. */
  | { kind: 'owed'; isUnasked?: boolean }
  /** The due time has passed. */
  | { kind: 'late' }
  /** Staff say it is done; `said` is what they did. */
  | { kind: 'asked'; said?: string | undefined }
  /** The customer said not yet: the card's owner and due time are the new ones. */
  | { kind: 'refused' }
  /** The owner offers another time. */
  | { kind: 'offered'; time: string; reason?: string | undefined }
  /** A visit that stands. */
  | { kind: 'booked'; visit: VisitFacts; sign: 'plain' | 'suits' | 'on-the-way' | 'moved' }
  /** Its window has begun or is over. */
  | { kind: 'begun'; visit: VisitFacts }
  /** As far as the clock can see nobody came; `missed`: the customer says so; `nobody-home`: the provider says so. */
  | { kind: 'suspected' | 'missed' | 'nobody-home'; visit: VisitFacts };

export type Card = {
  /** `visit-1`: travels with the form. */
  id: string;
  kind: PromiseKind;
  ownerName: string;
  ownerPhone: string;
  /** Local date and time in the customer's words. */
  due: string;
  state: CardState;
  /** The sentence that was promised, or the customer's own question. */
  words?: string | undefined;
  isQuestion: boolean;
  /** How often we broke our word about it. */
  strikes: number;
};

export type CustomerActName =
  | 'yes'
  | 'not-yet'
  | 'nobody-came'
  | 'suits'
  | 'another-time'
  | 'accept-offer'
  | 'decline-offer'
  | 'no-longer-needed';

type Given = {
  words: PageWords;
  action: string;
  card: Card;
  /** What was typed into this card, and what is wrong with it. */
  value?: string | undefined;
  error?: string | undefined;
};

const cardTitle = (words: PageWords, { state, kind, ownerName }: Card): string => {
  if (state.kind === 'asked') return words.say(`customer.asked.${kind}`, { owner: ownerName });
  if (state.kind === 'begun' || state.kind === 'suspected') return words.say('customer.did-anyone-come');
  if (state.kind === 'booked') return words.say('customer.title.visit', { owner: state.visit.providerName });
  if (kind === 'visit') return words.say('customer.title.unbooked');
  return words.say(`customer.title.${kind}`, { owner: ownerName });
};

const factsOf = (words: PageWords, visit: VisitFacts): Markup => {
  const facts: [WordKey, string | Markup | undefined][] = [
    ['customer.visit.when', html`<strong>${visit.when}</strong>`],
    ['customer.visit.where', visit.place],
    ['customer.visit.who', html`${visit.providerName}, ${phoneLink(visit.providerPhone)}`],
    ['customer.visit.bring', visit.bring],
  ];
  return html`<dl>${facts.map(([key, value]) => (value === undefined ? '' : html`<dt>${words.say(key)}</dt><dd>${value}</dd>`))}</dl>`;
};

const quoteOf = (lead: string, text: string | undefined): Markup | '' =>
  text ? html`<p>${lead}</p><blockquote>${text}</blockquote>` : '';

const storyOf = (words: PageWords, card: Card): Markup => {
  const { state, kind, ownerName } = card;
  const named = { owner: html`<strong>${ownerName}</strong>`, due: html`<strong>${card.due}</strong>` };
  switch (state.kind) {
    case 'owed':
      return html`<p>${words.weave(state.isUnasked ? 'customer.owed.unasked' : `customer.owed.${kind}`, named)}</p>`;
    case 'late':
      return html`<p>${words.weave(`customer.late.${kind}`, named)} ${words.say('customer.late.after')}</p>`;
    case 'asked':
      return html`${quoteOf(words.say('customer.said', { owner: ownerName }), state.said)}<p>${words.say('customer.only-you')}</p>`;
    case 'refused':
      return html`<p>${words.weave('customer.refused', named)}</p>`;
    case 'offered':
      return html`<p>${words.weave('customer.offered', { ...named, time: html`<strong>${state.time}</strong>` })}</p>${quoteOf(words.say('customer.offered.reason'), state.reason)}`;
    case 'booked':
      return html`<p>${words.say(`customer.booked.${state.sign}`, { provider: state.visit.providerName })}</p>${factsOf(words, state.visit)}`;
    case 'begun':
      return html`<p>${words.say('customer.begun', { provider: state.visit.providerName })}</p>${factsOf(words, state.visit)}`;
    case 'suspected':
    case 'missed':
    case 'nobody-home':
      return html`<p>${words.weave(`customer.${state.kind}`, { ...named, when: state.visit.when, provider: state.visit.providerName })}</p>`;
  }
};

/** Whoever comes stands among the facts of the visit. */
const reachOf = (words: PageWords, { state, ownerName, ownerPhone }: Card): Markup | '' =>
  state.kind === 'booked' || state.kind === 'begun'
    ? ''
    : html`<p>${words.weave('customer.reach', { owner: ownerName, phone: phoneLink(ownerPhone) })}</p>`;

/** Where the card itself has said that nobody came, only the times before that are news. */
const brokenOf = (words: PageWords, { state, strikes }: Card): Markup | '' => {
  if (strikes === 0) return '';
  if (strikes > 1) return html`<p>${words.say('customer.broken.many', { n: strikes })}</p>`;
  const isSaid = state.kind === 'suspected' || state.kind === 'missed';
  return isSaid ? '' : html`<p>${words.say('customer.broken.1')}</p>`;
};

type Choices = {
  /** What most people come for. */
  main: readonly CustomerActName[];
  other: readonly CustomerActName[];
  /** The field for words stands open, because words are often needed here. */
  isFieldOpen: boolean;
};

const choicesOf = ({ state, kind }: Card): Choices => {
  switch (state.kind) {
    case 'owed':
      return { main: [], other: ['another-time', 'yes', 'no-longer-needed'], isFieldOpen: false };
    case 'refused':
      return { main: [], other: ['not-yet', 'yes'], isFieldOpen: false };
    case 'late':
      return { main: ['yes', 'not-yet'], other: ['no-longer-needed'], isFieldOpen: true };
    case 'asked': {
      const main =
        kind === 'visit' ? (['yes', 'nobody-came', 'not-yet'] as const) : (['yes', 'not-yet'] as const);
      return { main, other: [], isFieldOpen: true };
    }
    case 'offered':
      return { main: ['accept-offer', 'decline-offer'], other: ['no-longer-needed'], isFieldOpen: true };
    case 'booked':
      return {
        main: state.sign === 'plain' || state.sign === 'moved' ? ['suits'] : [],
        other: ['another-time', 'no-longer-needed'],
        isFieldOpen: false,
      };
    case 'begun':
    case 'suspected':
      return { main: ['yes', 'nobody-came'], other: [], isFieldOpen: true };
    case 'missed':
      return { main: ['another-time'], other: ['yes', 'no-longer-needed'], isFieldOpen: true };
    case 'nobody-home':
      return { main: ['another-time', 'nobody-came'], other: ['no-longer-needed'], isFieldOpen: true };
  }
};

const labelOf = (words: PageWords, { kind, state, ownerName }: Card, act: CustomerActName): string => {
  switch (act) {
    case 'yes':
      if (state.kind !== 'asked' || kind === 'visit') return words.say(`customer.done.${kind}`);
      return words.say(kind === 'resolve' ? 'customer.yes.resolve' : 'customer.yes');
    case 'another-time':
      return kind === 'call' || kind === 'visit'
        ? words.say('customer.another-time')
        : words.say('customer.tell', { owner: ownerName });
    case 'not-yet':
      return words.say(
        kind === 'visit' && state.kind === 'asked' ? 'customer.not-yet.visit' : 'customer.not-yet',
      );
    case 'nobody-came':
    case 'suits':
    case 'accept-offer':
    case 'decline-offer':
    case 'no-longer-needed':
      return words.say(`customer.${act}`);
  }
};

const buttonsOf = (
  { words, card }: Given,
  acts: readonly CustomerActName[],
  isPlain: boolean,
): Markup | '' =>
  acts.length === 0
    ? ''
    : html`<div class="row">${acts.map((act) => html`<button name="act" value="${act}"${isPlain ? html` class="plain"` : ''}>${labelOf(words, card, act)}</button>`)}</div>`;

/** Where we ask for a day, that is what the field is for. */
const isAboutTime = ({ state }: Card): boolean =>
  state.kind === 'missed' || state.kind === 'nobody-home' || state.kind === 'offered';

const fieldOf = ({ words, card, value, error }: Given, isFolded: boolean): Markup =>
  noteArea({
    id: `words-${card.id}`,
    name: 'words',
    label: words.say(
      isFolded ? 'customer.words.folded' : isAboutTime(card) ? 'customer.words.day' : 'customer.words',
    ),
    rows: 2,
    value,
    error,
  });

const formOf = (given: Given): Markup => {
  const { words, action, card, value, error } = given;
  const { main, other, isFieldOpen } = choicesOf(card);
  const isOpen = value !== undefined || error !== undefined;
  const rest = html`${isFieldOpen ? '' : fieldOf(given, true)}${buttonsOf(given, other, true)}`;
  return html`
<form method="post" action="${action}"><input type="hidden" name="promise" value="${card.id}">${isFieldOpen ? fieldOf(given, false) : ''}${buttonsOf(given, main, false)}${
    other.length === 0
      ? ''
      : html`
<details${isOpen && !isFieldOpen ? html` open` : ''}><summary>${words.say(isFieldOpen ? 'customer.else' : 'customer.more')}</summary><div class="more">${rest}</div></details>`
  }</form>`;
};

export const customerCard = (given: Given): Markup => {
  const { words, card } = given;
  const lead = words.say(card.isQuestion ? 'customer.you-asked' : 'customer.promised');
  return html`
<section class="card"><h2>${cardTitle(words, card)}</h2>
${storyOf(words, card)}${brokenOf(words, card)}${quoteOf(lead, card.words)}${reachOf(words, card)}${formOf(given)}</section>`;
};
