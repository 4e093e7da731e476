/** SES on one machine: judges a mail as SES would, keeps it in the mailbox, and relays it when told where to. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ReachPoint } from '../failpoints.ts';
import type { Meter } from '../meter.ts';
import type { Timekeeper } from '../time.ts';
import { AwsError, ConnectionLost } from './aws-error.ts';
import type { Inbound } from './inbound.ts';
import { addressesIn } from './mail-addresses.ts';
import { type RawMail, splitMail, withFields } from './mail-headers.ts';
import type { MailPace } from './mail-pace.ts';
import {
  checkAddress,
  checkMail,
  checkRecipients,
  checkSize,
  refuse,
  refuseLineEnds,
} from './mail-refusals.ts';
import type { MailRelay } from './mail-relay.ts';
import type { Mailbox } from './mailbox.ts';
import { createSentMails } from './sent-mails.ts';
import { type AwsService, action, createService } from './service.ts';
import { accountActions } from './ses-account.ts';
import type { Publisher } from './ses-publisher.ts';
import { awayReply, fateOf } from './simulator.ts';
import { tellMail } from './tell-mails.ts';

/** How the next send goes wrong. After `timeout-after-accept` the mail is out, but the sender never hears of it. */
export type SesFailure = 'throttle' | 'reject' | 'error' | 'timeout-after-accept';

export type Ses = AwsService & {
  /** For tests: the sends to come fail, one for each call of this. */
  failNext(kind: SesFailure): void;
};

const SendRawEmail = z.object({
  Source: z.string().optional(),
  Destinations: z.array(z.string()).default([]),
  RawMessage: z.object({ Data: z.base64() }),
  ConfigurationSetName: z.string().optional(),
  Tags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});
type SendRawEmail = z.output<typeof SendRawEmail>;

type Options = {
  mailbox: Pick<Mailbox, 'keep'>;
  publisher: Pick<Publisher, 'commit'>;
  time: Timekeeper;
  meter: Meter;
  region: string;
  /** When a mail that is fit to be sent may leave. */
  pace: MailPace;
  /** Given each accepted mail. */
  relay: MailRelay;
  /** Given the automatic answer of whoever is away. */
  inbound: Pick<Inbound, 'answer' | 'hasRules'>;
  /** Told of the points before and after a mail is kept. */
  reach?: ReachPoint | undefined;
};

export const createSes = ({
  mailbox,
  publisher,
  time,
  meter,
  region,
  pace,
  relay,
  inbound,
  reach,
}: Options): Ses => {
  const domain = region === 'us-east-1' ? 'email.amazonses.com' : `${region}.amazonses.com`;
  const failures: SesFailure[] = [];
  const sent = createSentMails(time.now);

  const send = async (request: SendRawEmail) => {
    const failure = failures.shift();
    if (failure !== undefined && failure !== 'timeout-after-accept') throw refusalOf(failure);
    const raw = Buffer.from(request.RawMessage.Data, 'base64');
    checkSize(raw);
    const mail = splitMail(raw) ?? refuse('The message has no header and body separated by a blank line.');
    checkMail(mail);
    const from = senderOf(mail, request.Source);
    const recipients = recipientsOf(mail, request.Destinations);
    await pace();
    const now = time.now();
    const id = `${now.toString(16).padStart(16, '0')}-${randomUUID()}-000000`;
    const messageId = `<${id}@${domain}>`;
    const stamped = withFields(withoutOwn(mail), {
      'Message-ID': messageId,
      Date: new Date(now).toUTCString().replace('GMT', '+0000'),
    });
    const { set, tags } = publishingOf(mail, request);
    const fields = splitMail(stamped)?.fields ?? [];
    reach?.('mail-arrived');
    await mailbox.keep({ id, direction: 'out', raw: stamped, recipients, at: now }, (insert) =>
      publisher.commit({ id, fields, from, recipients, tags, at: now }, set, insert),
    );
    reach?.('mail-kept');
    sent.add(recipients.length);
    meter.add('mails', recipients.length);
    tellMail(meter.observe, recipients);
    relay(id, { from, recipients }, stamped);
    const [to] = addressesIn(fieldOf(mail, 'reply-to'));
    for (const away of to === undefined ? [] : recipients.filter((one) => fateOf(one) === 'away')) {
      const raw = awayReply({ messageId, subject: fieldOf(mail, 'subject'), replyTo: to ?? '', to: away });
      inbound.answer({ raw, from: away, to: to ?? '' });
    }
    if (failure === 'timeout-after-accept') throw new ConnectionLost('ses.failNext');
    return { MessageId: id };
  };

  const service = createService('SES', {
    SendRawEmail: action(SendRawEmail, 'InvalidParameterValue', send),
    ...accountActions({ sent: sent.lastDay, inbound }),
  });

  return {
    call: service.call,
    failNext: (kind) => {
      failures.push(kind);
    },
  };
};

const refusalOf = (failure: Exclude<SesFailure, 'timeout-after-accept'>): AwsError => {
  switch (failure) {
    case 'throttle':
      return new AwsError('Throttling', 'Maximum sending rate exceeded.');
    case 'reject':
      return new AwsError('MessageRejected', 'Email address is not verified.');
    case 'error':
      return new AwsError('InternalFailure', 'Internal failure', { httpStatus: 500 });
  }
};

const fieldOf = (mail: RawMail, name: string): string =>
  mail.fields.find((field) => field.name === name)?.value ?? '';

/** `Source` is the envelope sender when given. */
const senderOf = (mail: RawMail, source: string | undefined): string => {
  const [header] = addressesIn(fieldOf(mail, 'from'));
  checkAddress(header ?? '');
  if (source === undefined) return header ?? '';
  refuseLineEnds(source);
  const [envelope] = addressesIn(source);
  checkAddress(envelope ?? '');
  return envelope ?? '';
};

/** Destinations when given; without them whoever stands in To, Cc and Bcc. */
const recipientsOf = (mail: RawMail, destinations: readonly string[]): string[] => {
  const named =
    destinations.length > 0 ? destinations : ['to', 'cc', 'bcc'].map((name) => fieldOf(mail, name));
  for (const text of named) refuseLineEnds(text);
  const recipients = named.flatMap((text) => addressesIn(text));
  checkRecipients(recipients);
  return recipients;
};

/** Fields that speak to SES and leave with nobody. */
const CONFIGURATION_SET = 'x-ses-configuration-set';
const MESSAGE_TAGS = 'x-ses-message-tags';
const OWN_FIELDS = new Set(['bcc', CONFIGURATION_SET, MESSAGE_TAGS]);

/** SES takes blind copies and its own fields off before the mail leaves. */
const withoutOwn = (mail: RawMail): RawMail => ({
  ...mail,
  fields: mail.fields.filter(({ name }) => !OWN_FIELDS.has(name)),
});

/** `a=1, b=2` */
const tagsIn = (field: string): [string, string[]][] =>
  field.split(',').flatMap((pair) => {
    const [name = '', value] = pair.split('=').map((part) => part.trim());
    return value === undefined ? [] : [[name, [value]]];
  });

/** The configuration set of a mail, and the tags that its events carry. */
const publishingOf = (mail: RawMail, { ConfigurationSetName, Tags }: SendRawEmail) => {
  const set = ConfigurationSetName ?? (fieldOf(mail, CONFIGURATION_SET) || undefined);
  const [sender = ''] = addressesIn(fieldOf(mail, 'from'));
  const tags: Record<string, string[]> = {
    'ses:operation': ['SendRawEmail'],
    ...(set === undefined ? {} : { 'ses:configuration-set': [set] }),
    'ses:source-ip': ['127.0.0.1'],
    'ses:from-domain': [sender.slice(sender.lastIndexOf('@') + 1)],
    'ses:caller-identity': ['local'],
    ...Object.fromEntries(tagsIn(fieldOf(mail, MESSAGE_TAGS))),
    ...Object.fromEntries(Tags.map(({ Name, Value }) => [Name, [Value]])),
  };
  return { set, tags };
};
