/** The records that SES publishes about a mail that it sent (SES developer guide, "Contents of event data"). */
import { randomUUID } from 'node:crypto';
import type { MailEventType } from '../stack/event-destinations.ts';
import { addressesIn } from './mail-addresses.ts';
import type { HeaderField } from './mail-headers.ts';
import { type Fate, fateOf } from './simulator.ts';

export type SentMail = {
  readonly id: string;
  /** As they left. */
  readonly fields: readonly HeaderField[];
  readonly from: string;
  readonly recipients: readonly string[];
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly at: number;
};

export type MailEvent = {
  readonly type: MailEventType;
  readonly delaySeconds: number;
  readonly text: string;
};

type Place = { readonly region: string; readonly accountId: string };

/** SES tells the first bytes of a long header section only. */
const LONGEST_HEADERS_BYTES = 10_240;
/** It takes SES about so long to hear from the other side. */
const SOON_SECONDS = 1;

const namedHeaders = (fields: readonly HeaderField[]) => {
  const headers: { name: string; value: string }[] = [];
  let bytes = 0;
  for (const { raw, value } of fields) {
    bytes += Buffer.byteLength(raw);
    if (bytes > LONGEST_HEADERS_BYTES) return { headersTruncated: true, headers };
    headers.push({ name: raw.slice(0, raw.indexOf(':')).trim(), value });
  }
  return { headersTruncated: false, headers };
};

const mailOf = ({ id, fields, from, recipients, tags, at }: SentMail, { region, accountId }: Place) => {
  const fieldValue = (name: string) => fields.find((field) => field.name === name)?.value;
  const listOf = (name: string) => {
    const value = fieldValue(name);
    return value === undefined ? {} : { [name]: addressesIn(value) };
  };
  const replyTo = fieldValue('reply-to');
  return {
    timestamp: new Date(at).toISOString(),
    source: fieldValue('from') ?? from,
    sourceArn: `arn:aws:ses:${region}:${accountId}:identity/${from}`,
    sendingAccountId: accountId,
    messageId: id,
    destination: [...recipients],
    ...namedHeaders(fields),
    commonHeaders: {
      from: [fieldValue('from') ?? from],
      ...(replyTo === undefined ? {} : { replyTo: [replyTo] }),
      date: fieldValue('date'),
      ...listOf('to'),
      ...listOf('cc'),
      messageId: id,
      subject: fieldValue('subject') ?? '',
    },
    tags,
  };
};

const BOUNCES = {
  bounced: {
    type: 'Permanent',
    subType: 'General',
    status: '5.1.1',
    says: 'smtp; 550 5.1.1 user unknown',
    reportingMTA: 'dns; a8-50.smtp-out.amazonses.com',
  },
  'soft-bounced': {
    type: 'Transient',
    subType: 'MailboxFull',
    status: '4.2.2',
    says: 'smtp; 452 4.2.2 mailbox full',
    reportingMTA: 'dns; a8-50.smtp-out.amazonses.com',
  },
  suppressed: {
    type: 'Permanent',
    subType: 'Suppressed',
    status: '5.1.1',
    says: 'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
    reportingMTA: 'dns; amazonses.com',
  },
} as const;

type Outcome = Readonly<Record<string, unknown>> & { eventType: MailEventType };

const bounceOf = (fate: keyof typeof BOUNCES, address: string, feedback: object): Outcome => {
  const { type, subType, status, says, reportingMTA } = BOUNCES[fate];
  return {
    eventType: 'Bounce',
    bounce: {
      bounceType: type,
      bounceSubType: subType,
      bouncedRecipients: [{ emailAddress: address, action: 'failed', status, diagnosticCode: says }],
      ...feedback,
      reportingMTA,
    },
  };
};

const deliveryOf = (address: string, timestamp: string): Outcome => ({
  eventType: 'Delivery',
  delivery: {
    timestamp,
    processingTimeMillis: SOON_SECONDS * 1000,
    recipients: [address],
    smtpResponse: '250 2.6.0 Message received',
    remoteMtaIp: '127.0.0.1',
    reportingMTA: 'a8-50.smtp-out.amazonses.com',
  },
});

const complaintOf = (address: string, timestamp: string, feedback: object): Outcome => ({
  eventType: 'Complaint',
  complaint: {
    complainedRecipients: [{ emailAddress: address }],
    ...feedback,
    complaintSubType: null,
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: timestamp,
  },
});

const outcomesOf = (fate: Fate, address: string, at: number): Outcome[] => {
  const timestamp = new Date(at).toISOString();
  const feedback = { feedbackId: `${at.toString(16).padStart(16, '0')}-${randomUUID()}-000000`, timestamp };
  switch (fate) {
    case 'bounced':
    case 'soft-bounced':
    case 'suppressed':
      return [bounceOf(fate, address, feedback)];
    case 'complained':
      return [deliveryOf(address, timestamp), complaintOf(address, timestamp, feedback)];
    case 'delivered':
    case 'away':
      return [deliveryOf(address, timestamp)];
  }
};

/** In the order in which they happen; one recipient's fate is told apart from another's. */
export const eventsOf = (sent: SentMail, place: Place): MailEvent[] => {
  const mail = mailOf(sent, place);
  const later = sent.at + SOON_SECONDS * 1000;
  const told = sent.recipients.flatMap((address) => outcomesOf(fateOf(address), address, later));
  return [
    { type: 'Send', delaySeconds: 0, text: JSON.stringify({ eventType: 'Send', mail, send: {} }) },
    ...told.map(
      ({ eventType, ...outcome }, index): MailEvent => ({
        type: eventType,
        delaySeconds: SOON_SECONDS + index,
        text: JSON.stringify({ eventType, ...outcome, mail }),
      }),
    ),
  ];
};
