/** What somebody here wrote to the customer: their own words, from them, in the thread the customer began. */
import { addDelay, nextOpen } from '../core/calendar.ts';
import { entriesOf } from '../core/journal.ts';
import { customerOpening } from '../core/openings.ts';
import { promiseEntries } from '../core/promises/tidings.ts';
import type { Sale } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import { formatDay } from '../messages/format.ts';
import { personOf, wordsLocale, writeLetter } from './compose.ts';
import type { Letter } from './deliver.ts';
import { aboutPromise, ownerOf, type PromiseGiven, promiseEnvelope } from './promise-letter.ts';

const ASSUMED_AFTER_DAYS = 7;

/** When a promise proposed at this instant is taken as done, in the customer's words for a day. */
export const closesText = ({ ports, sale }: PromiseGiven, proposedAt: string): string => {
  const opening = customerOpening(ports.settings.config, sale.record);
  const closesAt = nextOpen(addDelay(proposedAt, { days: ASSUMED_AFTER_DAYS }, opening), opening);
  return formatDay(wordsLocale(ports.settings, sale.record.locale), sale.record.zone)(closesAt);
};

/** Their last mail: what we write now answers it. */
const lastMail = (sale: Sale) =>
  entriesOf(sale.journal, 'wrote').findLast(({ as, isFromOther }) =>
    isFromOther ? false : as === 'answer' || as === 'more' || as === 'thanks',
  )?.private;

/** The thread the customer began. */
export const threadOf = (sale: Sale): Record<string, string> => {
  const id = lastMail(sale)?.messageId;
  return id === undefined ? {} : { 'In-Reply-To': id, References: id };
};

export const subjectOf = (sale: Sale): string | null =>
  lastMail(sale)?.subject?.replace(/^(?:\s*(?:re|aw|antw|sv|rv|ref)\s*:)+\s*/i, '') || null;

/** Whoever wrote signs, as long as they work here. */
const signerOf = (given: PromiseGiven, by: string | undefined) => {
  const writer = by === undefined ? undefined : memberOf(given.ports.settings.config, by);
  return writer?.isActive === true ? writer : ownerOf(given);
};

type Writing = { token: string; attempt: number; message: string };

const envelopeOf = (given: PromiseGiven, by: string | undefined, { token, attempt, message }: Writing) => {
  const common = promiseEnvelope(given, token, message, attempt);
  return {
    ...common,
    signer: signerOf(given, by),
    headers: { ...common.headers, ...threadOf(given.sale) },
  };
};

export const answerLetter = (given: PromiseGiven, writing: Writing): Letter => {
  const { ports, sale, promise, now } = given;
  const proposed = promiseEntries(sale, promise, 'proposed').at(-1);
  return writeLetter(ports, {
    ...envelopeOf(given, proposed?.by, writing),
    name: 'answer',
    data: {
      ...aboutPromise(given, writing.token),
      owner: personOf(signerOf(given, proposed?.by)),
      theirs: proposed?.private?.what ?? '',
      subject: subjectOf(sale),
      promise: { closesText: closesText(given, proposed?.at ?? now) },
    },
  });
};

export const toldLetter = (given: PromiseGiven, writing: Writing): Letter => {
  const { ports, sale, promise } = given;
  const n = Number(writing.message.slice(writing.message.lastIndexOf('#') + 1));
  const told = promiseEntries(sale, promise, 'told').find((entry) => entry.n === n);
  return writeLetter(ports, {
    ...envelopeOf(given, told?.by, writing),
    name: 'told',
    data: {
      ...aboutPromise(given, writing.token),
      owner: personOf(signerOf(given, told?.by)),
      theirs: told?.private?.words ?? '',
      subject: subjectOf(sale),
    },
  });
};
