/** The same export as text: a letter about themselves that a person can read without a program. */

import { toEpochMs } from '../core/calendar.ts';
import type { PersonExport } from '../core/privacy/export.ts';
import type { PageWords } from './words.ts';

type SaleExport = PersonExport['sales'][number];
type Print = { words: PageWords; when(at: string): string };

const WIDE = 72;
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const heading = (text: string): string[] => ['', text, '='.repeat(Math.min(WIDE, text.length))];
const section = (text: string, lines: readonly string[], none: string): string[] => [
  '',
  text,
  ...(lines.length === 0 ? [`  ${none}`] : lines),
];
const quoted = (text: string | undefined): string[] =>
  text === undefined || text === '' ? [] : text.split('\n').map((line) => `    | ${line}`);
const fact = (term: string, value: string | undefined): string[] =>
  value === undefined || value === '' ? [] : [`  ${term}: ${value}`];

const personLines = ({ words }: Print, { person, language, zone, lookedAfterBy }: SaleExport): string[] => [
  ...fact(words.say('privacy.text.name'), person.name ?? person.firstName),
  ...fact(words.say('privacy.text.email'), person.email),
  ...fact(words.say('privacy.text.phone'), person.phone),
  ...fact(words.say('privacy.text.country'), person.country),
  ...fact(words.say('privacy.text.language'), language),
  ...fact(words.say('privacy.text.zone'), zone),
  ...fact(words.say('privacy.text.owner'), lookedAfterBy),
];

const boughtLines = ({ words, when }: Print, sale: SaleExport): string[] => [
  ...fact(words.say('privacy.text.bought'), when(sale.order?.placedAt ?? sale.since)),
  ...(sale.order?.items ?? []).map(({ title, quantity }) => `    ${quantity} x ${title}`),
  ...fact(
    words.say('privacy.text.total'),
    sale.order === undefined ? undefined : `${sale.order.total.amount} ${sale.order.total.currency}`,
  ),
  ...fact(words.say('privacy.text.tags'), sale.order?.tags?.join(', ')),
];

const mailLines = ({ words, when }: Print, { mails }: SaleExport): string[] =>
  mails.map(({ at, called, became }) => `  ${when(at)}: ${called}, ${words.say(`privacy.mail.${became}`)}`);

const answerLines = ({ words, when }: Print, { answers }: SaleExport): string[] =>
  answers.flatMap((answer) => [
    `  ${when(answer.at)}: ${words.say(answer.rating === undefined ? 'rating.unread' : `rating.${answer.rating}`)}`,
    ...quoted(answer.words),
    ...fact(`  ${words.say('privacy.text.phone')}`, answer.phone),
    ...fact(`  ${words.say('privacy.text.browser')}`, answer.browser),
  ]);

const letterLines = ({ when }: Print, { wrote }: SaleExport): string[] =>
  wrote.flatMap(({ at, subject, words, attachments = [] }) => [
    `  ${when(at)}${subject === undefined ? '' : `: ${subject}`}`,
    ...quoted(words),
    ...attachments.map(({ name, bytes }) => `    + ${name} (${bytes} B)`),
  ]);

/** What people here wrote to each other or to them about it. */
const saidIn = (entry: SaleExport['promises'][number]['history'][number]): string[] =>
  'private' in entry && entry.private !== undefined
    ? Object.values(entry.private).flatMap((value) => (typeof value === 'string' ? quoted(value) : []))
    : [];

const promiseLines = ({ words, when }: Print, { promises }: SaleExport): string[] =>
  promises.flatMap(({ kind, status, owner, dueAt, history }) => [
    `  ${words.say(`customer.kind.${kind}`)}: ${words.say(`desk.state.${status}`)}; ${owner}, ${when(dueAt)}`,
    ...history.flatMap(saidIn),
  ]);

const saleLines = (print: Print, sale: SaleExport): string[] => {
  const { words, when } = print;
  const none = words.say('privacy.text.none');
  const lines = sale.story.map(({ at, what }) => `  ${when(at)}: ${what.replace(INSTANT, when)}`);
  return [
    ...heading(words.say('privacy.text.sale', { number: sale.order?.number ?? sale.id })),
    ...personLines(print, sale),
    ...boughtLines(print, sale),
    ...section(words.say('privacy.text.mails'), mailLines(print, sale), none),
    ...section(words.say('privacy.text.answers'), answerLines(print, sale), none),
    ...section(words.say('privacy.text.wrote'), letterLines(print, sale), none),
    ...section(words.say('privacy.text.promises'), promiseLines(print, sale), none),
    ...section(words.say('privacy.text.story'), lines, none),
  ];
};

export const exportText = (words: PageWords, zone: string, data: PersonExport): string => {
  const format = new Intl.DateTimeFormat(words.locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  });
  const print: Print = { words, when: (at) => format.format(toEpochMs(at)) };
  const unwanted = data.unwanted.map(
    ({ mails, since, because }) =>
      `  ${words.say(`privacy.class.${mails}`)}: ${print.when(since)}, ${words.say(`privacy.because.${because}`)}`,
  );
  const title = words.say('privacy.text.title', { shop: data.shop.name });
  return `${[
    title,
    '='.repeat(Math.min(WIDE, title.length)),
    '',
    words.say('privacy.text.made', { when: print.when(data.at) }),
    data.shop.address,
    ...section(words.say('privacy.text.unwanted'), unwanted, words.say('privacy.text.unwanted.none')),
    ...data.sales.flatMap((sale) => saleLines(print, sale)),
  ].join('\n')}\n`;
};
