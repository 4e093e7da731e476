/** What every mail is made of: who signs, what was bought, how the words become bytes. */
import type { Link, MailPorts, Settings } from '../adapters/ports.ts';
import { addDelay, daysBetween } from '../core/calendar.ts';
import type { Member } from '../core/configuration.ts';
import { customerOpening } from '../core/openings.ts';
import { itemOf, type Sale } from '../core/sale.ts';
import { presentOwner } from '../core/staff.ts';
import type { MergeData, MessageName } from '../messages/catalog.ts';
import { greetingName } from '../messages/greeting-name.ts';
import { customerMailHeaders } from '../messages/mail-headers.ts';
import { buildMime } from '../messages/mime.ts';
import { renderMessage } from '../messages/render.ts';
import { localeOfWords } from '../messages/template.ts';
import type { Letter } from './deliver.ts';
import { saleReference } from './digests.ts';
import { itemName } from './item-name.ts';

/** The locale the words will really be in, so that a date never stands in another language than its sentence. */
export const wordsLocale = ({ contentDir }: Settings, locale: string): string =>
  localeOfWords(contentDir, locale);

export const firstNameOf = (name: string): string => name.trim().split(/\s+/)[0] ?? name;

export const personOf = (member: Member) => ({
  name: member.name,
  firstName: firstNameOf(member.name),
  phone: member.phone,
  email: member.email,
  title: member.title ?? null,
});

export const shopOf = ({ config }: Settings) => ({
  name: config.shop.name,
  address: config.shop.address,
  website: config.shop.website ?? null,
});

/** Everyone of the sale's mails comes from the same person: its owner, or who stands in for them. */
export const signerOf = ({ config }: Settings, sale: Sale, now: string): Member =>
  presentOwner(config, sale.record.owner, sale.id, now);

export const customerOf = (sale: Sale) => ({
  firstName: greetingName(sale.customer.firstName),
  name: sale.customer.name ?? null,
});

/** What the mail is about, in the language of the mail. */
export const itemFor = (settings: Settings, sale: Sale, now: string, locale = sale.record.locale) => {
  const { deliveredAt, order } = sale.facts;
  const since = sale.record.journey.kind === 'saas' ? order?.paidAt : deliveredAt;
  return {
    title: itemName(settings, sale, locale),
    more: itemOf(sale)?.more ?? 0,
    days: since === undefined ? null : Math.max(0, daysBetween(since, now, sale.record.zone)),
  };
};

/** As long as a sale is kept: no customer ever meets "this link has expired". */
const LINK_DAYS = 730;

export const customerLink = (settings: Settings, sale: Sale, now: string): Link => ({
  saleId: sale.id,
  audience: 'customer',
  expiresAt: addDelay(now, { days: LINK_DAYS }, customerOpening(settings.config, sale.record)),
});

export const linksOf = ({ publicUrl }: Settings, token: string) => ({
  form: `${publicUrl}/r/${token}`,
  page: `${publicUrl}/s/${token}`,
  stop: `${publicUrl}/u/${token}`,
  task: `${publicUrl}/p/${token}`,
});

type Envelope<N extends MessageName> = {
  name: N;
  variant?: string;
  locale: string;
  data: MergeData<N>;
  signer: Member;
  to: { name?: string | undefined; email: string };
  now: string;
  /** Unique and the same for the same attempt. */
  reference: string;
  headers: Record<string, string>;
  /** Token of the link whose holder may answer by mail; without it answers go to the signer's own mailbox. */
  replyToken?: string;
  /** A calendar file that goes with it. */
  calendar?: Calendar;
};

/** As RFC 5546 has it: an invitation or its end. */
export type Calendar = { method: 'REQUEST' | 'CANCEL'; ics: string };

/** Where an answer to this mail arrives here; undefined where the shop has no domain for that. */
const replyAddress = ({ shop }: Settings['config'], token: string | undefined): string | undefined =>
  shop.replyDomain === undefined || token === undefined ? undefined : `r+${token}@${shop.replyDomain}`;

/** Renders the words and builds the bytes. The sender's name is the person, the address the shop's verified one. */
export const writeLetter = <N extends MessageName>(
  { settings, ids }: Pick<MailPorts, 'settings' | 'ids'>,
  envelope: Envelope<N>,
): Letter => {
  const { config, contentDir } = settings;
  const { name, variant, locale, data, signer, to, now, reference, headers, replyToken, calendar } = envelope;
  const { subject, text, html } = renderMessage({ name, variant, locale, data, contentDir });
  const domain = config.shop.mailFrom.slice(config.shop.mailFrom.indexOf('@') + 1);
  const raw = buildMime({
    from: { name: `${signer.name}, ${config.shop.name}`, email: config.shop.mailFrom },
    to: { email: to.email, ...(to.name === undefined ? {} : { name: to.name }) },
    replyTo: { name: signer.name, email: replyAddress(config, replyToken) ?? signer.email },
    subject,
    text,
    html,
    date: now,
    messageId: `<${ids.digest(reference).slice(0, 32)}@${domain}>`,
    headers,
    ...(calendar === undefined ? {} : { calendar }),
  });
  return { raw, from: config.shop.mailFrom, to: to.email };
};

/** A mail to this address stops as well (RFC 2369), for programs that cannot post. */
const stopAddress = ({ shop }: Settings['config'], stopUrl: string | undefined): string | undefined =>
  shop.replyDomain === undefined || stopUrl === undefined
    ? undefined
    : `u+${stopUrl.slice(stopUrl.lastIndexOf('/') + 1)}@${shop.replyDomain}`;

/** Ids only: headers are seen by every server on the way. */
export const headersFor = (
  { ids, settings }: Pick<MailPorts, 'ids' | 'settings'>,
  sale: Sale,
  message: string,
  attempt: number,
  stopUrl?: string,
) =>
  customerMailHeaders({
    stopUrl,
    stopMailto: stopAddress(settings.config, stopUrl),
    saleRef: saleReference(ids, sale.id),
    touch: message,
    attempt,
  });
