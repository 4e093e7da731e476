/** What SES publishes of a mail, as it is or in the envelope of SNS; cut down to what decides. */
import * as z from 'zod';
import { parseJson } from '../shops/json.ts';

export type MailEvent = {
  /** As SES returned it when it took the mail. */
  messageId: string;
  sentAt: string | undefined;
  /** Digest of the link in it; mails of earlier releases are known by the id of the mail service alone. */
  link: string | undefined;
} & (
  | { kind: 'delivery' | 'reject' | 'other' }
  | {
      kind: 'bounce';
      isHard: boolean;
      /** Whose mailbox it was. */
      recipient: string | undefined;
      evidence: string;
    }
  | { kind: 'complaint'; recipient: string | undefined; evidence: string }
);

const Mail = z.object({
  messageId: z.string().min(1).max(200),
  timestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
  tags: z
    .object({ link: z.array(z.string().regex(/^[0-9a-f]{64}$/)).optional() })
    .optional()
    .catch(undefined),
});
const named = { eventType: z.string().optional(), notificationType: z.string().optional() };
const Event = z.object({ ...named, mail: Mail });

const Bounce = z.object({
  bounce: z.object({
    bounceType: z.string(),
    bounceSubType: z.string().optional(),
    bouncedRecipients: z
      .array(
        z.object({
          emailAddress: z.string(),
          status: z.string().optional(),
          diagnosticCode: z.string().optional(),
        }),
      )
      .default([]),
  }),
});

const Complaint = z.object({
  complaint: z.object({
    complainedRecipients: z.array(z.object({ emailAddress: z.string() })).default([]),
    complaintFeedbackType: z.string().nullish(),
    complaintSubType: z.string().nullish(),
    userAgent: z.string().nullish(),
  }),
});

const Envelope = z.object({ Type: z.literal('Notification'), Message: z.string() });

const LONGEST_EVIDENCE = 300;

/** Mail servers like to repeat the address, sometimes as `<a@b>`, and what they write is shown to staff. */
const withoutAddresses = (text: string): string =>
  text
    .replace(/<?[^\s<>"'(),;:]+@[^\s<>"'(),;:]+>?/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_EVIDENCE);

const evidenceOf = (...parts: readonly (string | null | undefined)[]): string =>
  withoutAddresses(parts.filter((part) => part !== undefined && part !== null && part !== '').join(', '));

/** `Undetermined` is what SES says when it cannot tell: only what is surely for good is taken for it. */
const bounceIn = (
  value: unknown,
): Pick<MailEvent & { kind: 'bounce' }, 'isHard' | 'recipient' | 'evidence'> => {
  const { bounceType, bounceSubType, bouncedRecipients } = Bounce.parse(value).bounce;
  const [first] = bouncedRecipients;
  return {
    isHard: bounceType === 'Permanent' || bounceSubType === 'OnAccountSuppressionList',
    recipient: first?.emailAddress,
    evidence: evidenceOf(bounceSubType, first?.status, first?.diagnosticCode),
  };
};

const complaintIn = (value: unknown) => {
  const { complainedRecipients, complaintFeedbackType, complaintSubType, userAgent } =
    Complaint.parse(value).complaint;
  return {
    recipient: complainedRecipients[0]?.emailAddress,
    evidence: evidenceOf(complaintFeedbackType ?? 'complaint', complaintSubType, userAgent),
  };
};

/** Undefined when it tells of no mail: SES tries out a new topic with a sentence. */
export const readMailEvent = (body: string): MailEvent | undefined => {
  const outer = parseJson(Buffer.from(body));
  const envelope = outer.isJson ? Envelope.safeParse(outer.value) : undefined;
  if (envelope?.success === true) return readMailEvent(envelope.data.Message);
  const event = outer.isJson ? Event.safeParse(outer.value) : undefined;
  if (!outer.isJson || event?.success !== true) return undefined;
  const { eventType, notificationType, mail } = event.data;
  const common = { messageId: mail.messageId, sentAt: mail.timestamp, link: mail.tags?.link?.[0] };
  switch (eventType ?? notificationType) {
    case 'Delivery':
      return { ...common, kind: 'delivery' };
    case 'Reject':
      return { ...common, kind: 'reject' };
    case 'Bounce':
      return { ...common, kind: 'bounce', ...bounceIn(outer.value) };
    case 'Complaint':
      return { ...common, kind: 'complaint', ...complaintIn(outer.value) };
    default:
      return { ...common, kind: 'other' };
  }
};
