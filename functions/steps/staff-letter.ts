/** What every note to staff is made of. They carry the customer's words, and stay inside the shop. */
import type { MailPorts } from '../adapters/ports.ts';
import { addDelay } from '../core/calendar.ts';
import type { Member } from '../core/configuration.ts';
import { staffOpening } from '../core/openings.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import { lastReply, type Sale } from '../core/sale.ts';
import { nextUp } from '../core/staff.ts';
import { tellStory } from '../core/story.ts';
import { formatDay, formatInstant } from '../messages/format.ts';
import { pageWords } from '../pages/words.ts';
import { headersFor, itemFor, linksOf, personOf, shopOf, signerOf, wordsLocale } from './compose.ts';
import type { Mail } from './deliver.ts';

const LINK_DAYS = 365;
const LONGEST_STORY = 12;

export type StaffGiven = { ports: MailPorts; sale: Sale; now: string };

/** Writes an instant as staff read it. */
export const whenIn = ({ ports: { settings } }: StaffGiven) =>
  formatInstant(wordsLocale(settings, settings.config.shop.locale), settings.config.shop.zone);

/** The customer, what they bought, what they said and what happened. */
export const caseOf = (given: StaffGiven) => {
  const { ports, sale, now } = given;
  const { config } = ports.settings;
  const reply = lastReply(sale);
  const placedAt = sale.facts.order?.placedAt ?? sale.record.createdAt;
  const item = itemFor(ports.settings, sale, now, config.shop.locale);
  const when = whenIn(given);
  return {
    shop: shopOf(ports.settings),
    customer: {
      firstName: sale.customer.firstName ?? null,
      name: sale.customer.name ?? null,
      phone: reply?.private?.phone ?? sale.customer.phone ?? null,
      email: sale.customer.email ?? null,
    },
    item,
    story: {
      order: sale.facts.order?.number ?? sale.record.orderId,
      boughtText: formatDay(wordsLocale(ports.settings, config.shop.locale), config.shop.zone)(placedAt),
      said: reply?.private?.words ?? null,
      rating: reply?.reply.rating ?? null,
      wish: reply?.reply.wish ?? null,
      tried: tellStory(sale.journal, config, when)
        .slice(-LONGEST_STORY)
        .map((line) => `${when(line.at)}: ${line.what}`),
    },
  };
};

export const staffMail = (
  given: StaffGiven,
  message: string,
  promise: string | undefined,
  owner: Member,
  mayStillLeave: Mail['mayStillLeave'],
  compose: Mail['compose'],
): Mail => ({
  message,
  to: owner.id,
  link: {
    saleId: given.sale.id,
    audience: 'staff',
    ...(promise === undefined ? {} : { promise }),
    staff: owner.id,
    expiresAt: addDelay(given.now, { days: LINK_DAYS }, staffOpening(given.ports.settings.config)),
  },
  mayStillLeave,
  compose,
});

export const staffEnvelope = (given: StaffGiven, owner: Member, message: string, attempt: number) => ({
  locale: given.ports.settings.config.shop.locale,
  signer: signerOf(given.ports.settings, given.sale, given.now),
  to: { name: owner.name, email: owner.email },
  now: given.now,
  reference: `${given.sale.id}/${message}/${attempt}`,
  headers: headersFor(given.ports, given.sale, message, attempt),
});

/** Where mail arrives here, who is asked something answers by mail: the words go to the customer as they stand. */
const canAnswerByMail = ({ ports, sale }: StaffGiven, { kind, because, sayings }: OwedPromise): boolean => {
  const isAsked = kind === 'answer' || because === 'question' || sayings > 0;
  return isAsked && sale.customer.email !== undefined && ports.settings.config.shop.replyDomain !== undefined;
};

/** The envelope of a note whose answer, if the note says so, goes to the customer. */
export const answerableEnvelope = (
  given: StaffGiven,
  promise: OwedPromise,
  owner: Member,
  { token, message, attempt }: { token: string; message: string; attempt: number },
) => ({
  ...staffEnvelope(given, owner, message, attempt),
  ...(canAnswerByMail(given, promise) ? { replyToken: token } : {}),
});

/** What a note about a promise says whatever its occasion. `reader` is who it goes to. */
export const promisedTo = (given: StaffGiven, promise: OwedPromise, reader: Member, token: string) => {
  const { ports, sale, now } = given;
  const up =
    promise.level === 2
      ? undefined
      : nextUp(ports.settings.config, promise.level, promise.owner, sale.id, now).member;
  const about = caseOf(given);
  const isQuestion = promise.because === 'question';
  const { settings } = ports;
  const words = pageWords(settings.config.shop.locale, settings.contentDir);
  const promised =
    isQuestion || promise.words === undefined ? [] : [words.say('note.promised', { words: promise.words })];
  return {
    ...about,
    story: {
      ...about.story,
      said: (isQuestion ? promise.words : undefined) ?? about.story.said,
      tried: [...promised, ...about.story.tried],
    },
    owner: personOf(reader),
    manager: up === undefined || up.id === reader.id ? null : personOf(up),
    promise: {
      kind: promise.kind,
      dueText: whenIn(given)(promise.dueAt),
      level: promise.level,
      strikes: promise.strikes,
    },
    links: { task: linksOf(ports.settings, token).task },
    canAnswer: canAnswerByMail(given, promise),
  };
};
