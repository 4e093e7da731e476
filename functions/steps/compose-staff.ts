/** The notes to the person who owes something, in the words that fit how it came to them. */
import type { MailPorts } from '../adapters/ports.ts';
import type { Member } from '../core/configuration.ts';
import { type EntryOf, entriesOf } from '../core/journal.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import { backupFor } from '../core/promises/staff-acts.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import { linksOf, personOf, signerOf, writeLetter } from './compose.ts';
import type { Letter, Mail } from './deliver.ts';
import { NO_MAIL } from './may-reach.ts';
import {
  answerableEnvelope,
  caseOf,
  promisedTo,
  type StaffGiven,
  staffEnvelope,
  staffMail,
  whenIn,
} from './staff-letter.ts';
import { visitWords } from './visit-words.ts';

export const stillOwed = (id: string) => (fresh: Sale) => {
  const current = promiseOf(fresh, id);
  return current === undefined || isClosed(current) ? 'nothing is owed any more' : undefined;
};

/** The note to whoever owns the promise now. */
export const ownerMail = (
  ports: MailPorts,
  sale: Sale,
  promise: OwedPromise,
  { owner, message }: { owner: Member; message: string },
  now: string,
): Mail => {
  const given = { ports, sale, now };
  return staffMail(given, message, promise.id, owner, stillOwed(promise.id), (token, attempt) =>
    writeOwnerLetter(given, promise, owner, { message, token, attempt }),
  );
};

type Written = { message: string; token: string; attempt: number };
type Came = EntryOf<'escalated'> | EntryOf<'handed-over'> | EntryOf<'promised'>;

const writeOwnerLetter = (
  given: StaffGiven,
  promise: OwedPromise,
  owner: Member,
  { message, token, attempt }: Written,
): Letter => {
  const { ports, sale } = given;
  const common = answerableEnvelope(given, promise, owner, { token, message, attempt });
  const data = promisedTo(given, promise, owner, token);
  const came = sale.journal.findLast(
    (entry): entry is Came =>
      (entry.type === 'escalated' || entry.type === 'handed-over' || entry.type === 'promised') &&
      entry.promise === promise.id,
  );
  if (came?.type === 'handed-over') {
    const before = { name: nameOf(given, came.from) };
    const note = came.private?.note ?? null;
    return writeLetter(ports, { ...common, name: 'staff-handed-over', data: { ...data, before, note } });
  }
  if (came?.type === 'escalated') return writeEscalated(given, promise, came, common, data);
  if (promise.because === 'cannot-write') {
    const { promise: _, manager: __, canAnswer: ___, ...about } = data;
    return writeLetter(ports, {
      ...common,
      name: 'staff-cannot-write',
      data: { ...about, ...whyNotWritten(sale) },
    });
  }
  return writeLetter(ports, { ...common, name: 'staff-promise', variant: promise.kind, data });
};

const nameOf = ({ ports }: StaffGiven, id: string) => memberOf(ports.settings.config, id)?.name ?? id;

/** It comes back, broken: refused by the customer, missed, or simply late. */
const writeEscalated = (
  given: StaffGiven,
  promise: OwedPromise,
  came: EntryOf<'escalated'>,
  common: ReturnType<typeof staffEnvelope>,
  data: ReturnType<typeof promisedTo>,
): Letter => {
  const { ports, sale } = given;
  const name = nameOf(given, came.from);
  if (came.because === 'not-yet') {
    const verdict = entriesOf(sale.journal, 'judged').findLast((entry) => entry.promise === promise.id);
    return writeLetter(ports, {
      ...common,
      name: 'staff-promise-back',
      data: {
        ...data,
        before: { name, done: promise.what ?? null },
        notYet: verdict?.private?.words ?? null,
      },
    });
  }
  if (came.because === 'missed' && promise.booking !== undefined) {
    const { config } = ports.settings;
    const { provider } = promise.booking;
    return writeLetter(ports, {
      ...common,
      name: 'staff-visit-missed',
      data: {
        ...data,
        before: { name: nameOf(given, provider) },
        visit: visitWords(ports.settings, promise.booking, config.shop.locale),
        backup: { name: nameOf(given, backupFor(config, provider, given.now)) },
      },
    });
  }
  const before = { name, dueText: whenIn(given)(came.at) };
  return writeLetter(ports, { ...common, name: 'staff-promise-escalated', data: { ...data, before } });
};

/** Reads the reason back from the journal, where the ask that failed wrote it. */
const whyNotWritten = (
  sale: Sale,
): { reason: 'no-address' | 'missing-data' | 'refused' | 'bounced' | 'too-late'; missing: string[] } => {
  if (sale.customer.email === undefined) return { reason: 'no-address', missing: [] };
  const isBounced = sale.journal.some(
    (entry) => entry.type === 'bounced' || (entry.type === 'skipped' && entry.reason === NO_MAIL.bounce),
  );
  if (isBounced) return { reason: 'bounced', missing: [] };
  const skipped = entriesOf(sale.journal, 'skipped').findLast((entry) =>
    entry.reason.startsWith('missing: '),
  );
  if (skipped !== undefined)
    return { reason: 'missing-data', missing: skipped.reason.slice('missing: '.length).split(', ') };
  const isTooLate = entriesOf(sale.journal, 'skipped').some(
    ({ message, why }) => message === 'check-in' && why?.rule === 'too-late',
  );
  if (isTooLate) return { reason: 'too-late', missing: [] };
  return { reason: 'refused', missing: [] };
};

/** The note about a mail nobody can vouch for is a message of its own. */
export const unclearMessage = (message: string): string => `unclear/${message.replace(/[^a-z0-9]+/g, '-')}`;

/** "This mail may or may not have gone out": told once, to the sale's owner. */
export const unclearMail = (
  ports: MailPorts,
  sale: Sale,
  unclear: { message: string; subject: string },
  now: string,
): Mail => {
  const given = { ports, sale, now };
  const owner = signerOf(ports.settings, sale, now);
  const message = unclearMessage(unclear.message);
  return staffMail(
    given,
    message,
    undefined,
    owner,
    () => undefined,
    (token, attempt) =>
      writeLetter(ports, {
        ...staffEnvelope(given, owner, message, attempt),
        name: 'staff-unclear-send',
        data: {
          ...caseOf(given),
          owner: personOf(owner),
          mail: { subject: unclear.subject, atText: whenIn(given)(now) },
          links: { task: linksOf(ports.settings, token).task },
        },
      }),
  );
};
