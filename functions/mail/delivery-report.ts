/** What a delivery report says: who did not get the mail, and whether that is for good. */
import { headersNamed, type Mail } from './mail.ts';

export type FailedDelivery = {
  /** Lower case; undefined when the report does not say. */
  recipient: string | undefined;
  /** As `5.1.1`. */
  status: string | undefined;
  /** `hard`: it will never be taken; `soft`: it may be later. */
  kind: 'hard' | 'soft';
};

const ADDRESS = /[^\s<>@"'(),;:]+@[^\s<>@"'(),;:]+\.[^\s<>@"'(),;:]+/;
const STATUS = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;
const MOST = 20;

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 100_000));

/** The fields of each paragraph, names in lower case, folded lines joined. */
const paragraphsOf = (text: string): Map<string, string>[] =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .slice(0, MOST * 2)
    .map(
      (paragraph) =>
        new Map(
          paragraph.split('\n').flatMap((line): [string, string][] => {
            const colon = line.indexOf(':');
            return colon < 1
              ? []
              : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
          }),
        ),
    );

const kindOf = (status: string | undefined, action: string): 'hard' | 'soft' =>
  action === 'delayed' || status?.startsWith('4') === true ? 'soft' : 'hard';

/** RFC 3464, one paragraph for each recipient. What was delivered, relayed or expanded has not failed. */
const fromReport = (text: string): FailedDelivery[] =>
  paragraphsOf(text).flatMap((fields) => {
    const recipient = ADDRESS.exec(
      fields.get('final-recipient') ?? fields.get('original-recipient') ?? '',
    )?.[0];
    const action = fields.get('action')?.toLowerCase() ?? 'failed';
    const status = STATUS.exec(fields.get('status') ?? fields.get('diagnostic-code') ?? '')?.[0];
    const hasFailed = (action.startsWith('failed') || action === 'delayed') && !status?.startsWith('2');
    if (!hasFailed || (!fields.has('final-recipient') && !fields.has('original-recipient'))) return [];
    return [{ recipient: recipient?.toLowerCase(), status, kind: kindOf(status, action) }];
  });

/** Servers that write sentences instead; the copy of our own mail is no part of what they say. */
const COPY =
  /^.{0,30}(?:copy of (?:the|your) message|header of the original message|original message|below this line)/im;

/** Codes and words of servers that gave up for now, or for lack of room or answer. */
const TEMPORARY =
  /\b4[25]\d[ -]|retry timeout|quota|mailbox (?:is )?full|temporar|timed? out|too long in (?:the )?queue|in the queue too long/i;

const fromText = (mail: Mail, text: string): FailedDelivery[] => {
  const said = text.slice(0, 20_000);
  const own = said.slice(0, COPY.exec(said)?.index ?? said.length);
  const named = headersNamed(mail, 'x-failed-recipients').flatMap((value) => value.split(','));
  const recipients = named.length > 0 ? named : [ADDRESS.exec(own)?.[0] ?? ''];
  const status = STATUS.exec(own)?.[0] ?? (TEMPORARY.test(own) ? '4.0.0' : undefined);
  if (status?.startsWith('2')) return [];
  return recipients.slice(0, MOST).map((recipient) => ({
    recipient: ADDRESS.exec(recipient)?.[0].toLowerCase(),
    status,
    kind: kindOf(status, ''),
  }));
};

/** Of a mail that is a delivery report; empty when it reports no failure. `text` is what it says. */
export const failedDeliveries = (mail: Mail, text: string): FailedDelivery[] => {
  const reports = mail.attachments
    .filter(({ type }) => type === 'message/delivery-status' || type === 'message/global-delivery-status')
    .map(({ bytes }) => textOf(bytes))
    /* Some servers leave it empty and write a sentence. */
    .filter((report) => /^(?:final|original)-recipient:/im.test(report));
  return reports.length === 0 ? fromText(mail, text) : reports.flatMap(fromReport).slice(0, MOST);
};
