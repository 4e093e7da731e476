/** The mails to the person who owes something. They carry the customer's words, and stay inside the shop. */
import type { MailPorts } from '../adapters/ports.ts';
import { addDelay } from '../core/calendar.ts';
import type { Member } from '../core/configuration.ts';
import { entriesOf } from '../core/journal.ts';
import { staffOpening } from '../core/plan.ts';
import { assignmentOf, isClosed, type OwedPromise } from '../core/promise.ts';
import { lastReply, promiseOf, type Sale } from '../core/sale.ts';
import { memberOf, nextUp, presentOwner } from '../core/staff.ts';
import { tellStory } from '../core/story.ts';
import { formatDay, formatInstant } from '../messages/format.ts';
import {
  headersFor,
  itemFor,
  linksOf,
  personOf,
  shopOf,
  signerOf,
  wordsLocale,
  writeLetter,
} from './compose.ts';
import type { Letter, Mail } from './deliver.ts';

const LINK_DAYS = 365;
const LONGEST_STORY = 12;

type Given = { ports: MailPorts; sale: Sale; now: string };

const whenIn = ({ ports: { settings } }: Given) =>
  formatInstant(wordsLocale(settings, settings.config.shop.locale), settings.config.shop.zone);

const caseOf = (given: Given) => {
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

const staffMail = (
  given: Given,
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

const envelope = (given: Given, owner: Member, message: string, attempt: number) => ({
  locale: given.ports.settings.config.shop.locale,
  signer: signerOf(given.ports.settings, given.sale),
  to: { name: owner.name, email: owner.email },
  now: given.now,
  reference: `${given.sale.id}/${message}/${attempt}`,
  headers: headersFor(given.ports, given.sale, message, attempt),
});

/** The note to whoever owns the promise now, in the words that fit how it came to them. */
export const ownerMail = (ports: MailPorts, sale: Sale, promise: OwedPromise, now: string): Mail => {
  const given = { ports, sale, now };
  const { config } = ports.settings;
  const owner = presentOwner(config, promise.owner, sale.id);
  const message = `${promise.id}/owner#${assignmentOf(promise)}`;
  const whyNot = (fresh: Sale) => {
    const current = promiseOf(fresh, promise.id);
    return current === undefined || isClosed(current) ? 'nothing is owed any more' : undefined;
  };
  return staffMail(given, message, promise.id, owner, whyNot, (token, attempt) =>
    writeOwnerLetter(given, promise, owner, message, token, attempt),
  );
};

const writeOwnerLetter = (
  given: Given,
  promise: OwedPromise,
  owner: Member,
  message: string,
  token: string,
  attempt: number,
): Letter => {
  const { ports, sale } = given;
  const { config } = ports.settings;
  const when = whenIn(given);
  const up = promise.level === 2 ? undefined : nextUp(config, promise.level, promise.owner, sale.id).member;
  const common = envelope(given, owner, message, attempt);
  const nameOf = (id: string) => memberOf(config, id)?.name ?? id;
  const data = {
    ...caseOf(given),
    owner: personOf(owner),
    manager: up === undefined || up.id === owner.id ? null : personOf(up),
    promise: {
      kind: promise.kind,
      dueText: when(promise.dueAt),
      level: promise.level,
      strikes: promise.strikes,
    },
    links: { task: linksOf(ports.settings, token).task },
  };
  const last = sale.journal.findLast(
    (entry) =>
      (entry.type === 'escalated' || entry.type === 'handed-over' || entry.type === 'promised') &&
      entry.promise === promise.id,
  );
  if (last?.type === 'handed-over') {
    const note = last.private?.note ?? null;
    return writeLetter(ports, {
      ...common,
      name: 'staff-handed-over',
      data: { ...data, before: { name: nameOf(last.from) }, note },
    });
  }
  if (last?.type === 'escalated' && last.because === 'not-yet') {
    const verdict = entriesOf(sale.journal, 'judged').findLast((entry) => entry.promise === promise.id);
    const before = { name: nameOf(last.from), done: promise.what ?? null };
    return writeLetter(ports, {
      ...common,
      name: 'staff-promise-back',
      data: { ...data, before, notYet: verdict?.private?.words ?? null },
    });
  }
  if (last?.type === 'escalated') {
    const before = { name: nameOf(last.from), dueText: when(last.at) };
    return writeLetter(ports, { ...common, name: 'staff-promise-escalated', data: { ...data, before } });
  }
  if (promise.because === 'cannot-write') {
    const { promise: _, manager: __, ...about } = data;
    return writeLetter(ports, {
      ...common,
      name: 'staff-cannot-write',
      data: { ...about, ...whyNotWritten(sale) },
    });
  }
  return writeLetter(ports, { ...common, name: 'staff-promise', variant: promise.kind, data });
};

/** Reads the reason back from the journal, where the ask that failed wrote it. */
const whyNotWritten = (
  sale: Sale,
): { reason: 'no-address' | 'missing-data' | 'refused'; missing: string[] } => {
  if (sale.customer.email === undefined) return { reason: 'no-address', missing: [] };
  const skipped = entriesOf(sale.journal, 'skipped').findLast((entry) =>
    entry.reason.startsWith('missing: '),
  );
  if (skipped !== undefined)
    return { reason: 'missing-data', missing: skipped.reason.slice('missing: '.length).split(', ') };
  return { reason: 'refused', missing: [] };
};

/** "This mail may or may not have gone out": told once, to the sale's owner. */
export const unclearMail = (
  ports: MailPorts,
  sale: Sale,
  unclear: { message: string; subject: string },
  now: string,
): Mail => {
  const given = { ports, sale, now };
  const owner = signerOf(ports.settings, sale);
  const message = `unclear/${unclear.message.replace(/[^a-z0-9]+/g, '-')}`;
  return staffMail(
    given,
    message,
    undefined,
    owner,
    () => undefined,
    (token, attempt) =>
      writeLetter(ports, {
        ...envelope(given, owner, message, attempt),
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
