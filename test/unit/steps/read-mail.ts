/** Reads a mail back as its receiver's program would: headers, words, and the calendar file by a real parser. */
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import type { MailPorts } from '../../../functions/adapters/ports.ts';
import { type NoticeName, toSayNow } from '../../../functions/core/promises/tidings.ts';
import type { Sale } from '../../../functions/core/sale.ts';
import { promiseOf } from '../../../functions/core/sale.ts';
import { noticeMail } from '../../../functions/steps/notice-mail.ts';

const inviteIn = (ics: string) => {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const [event] = calendar.getAllSubcomponents('vevent');
  if (event === undefined) throw new Error('The calendar file holds no event');
  const text = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: text('uid'),
    sequence: Number(text('sequence')),
    from: text('dtstart'),
    to: text('dtend'),
    place: text('location'),
    status: text('status'),
    attendees: event.getAllProperties('attendee').map((one) => String(one.getFirstValue())),
  };
};

export type Read = Awaited<ReturnType<typeof readMail>>;

export const readMail = async (raw: string) => {
  const mail = await PostalMime.parse(raw);
  const files = mail.attachments.filter(({ mimeType }) => /calendar|ics/.test(mimeType));
  const [file] = files;
  const content = file?.content;
  const ics =
    content === undefined || typeof content === 'string'
      ? content
      : Buffer.from(new Uint8Array(content)).toString('utf8');
  return {
    to: mail.to?.[0]?.address ?? '',
    from: mail.from?.address ?? '',
    signedBy: mail.from?.name ?? '',
    replyTo: mail.replyTo?.[0]?.address ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    invite: ics === undefined ? undefined : inviteIn(ics),
  };
};

/** What is said about a promise at an instant, as the mails that say it, by name. */
export const mailsAt = async (
  ports: MailPorts,
  sale: Sale,
  promise: string,
  now: string,
): Promise<Partial<Record<NoticeName, Read>>> => {
  const owed = promiseOf(sale, promise);
  if (owed === undefined) throw new Error(`There is no ${promise}`);
  const read: Partial<Record<NoticeName, Read>> = {};
  for (const toSay of toSayNow(ports.settings.config, sale, owed, now)) {
    const mail = noticeMail(ports, sale, owed, toSay, now);
    if (mail !== undefined) read[toSay.name] = await readMail(mail.compose('t'.repeat(32), 1).raw);
  }
  return read;
};
