/** The reasons for which SES refuses a raw mail at once. Source: SES developer guide, SendRawEmail and quotas. */
import { AwsError } from './aws-error.ts';
import type { RawMail } from './mail-headers.ts';

/** For SendRawEmail, after base64 decoding; 40 MB holds for the v2 API and SMTP only. */
const MAX_MAIL_BYTES = 10 * 1024 * 1024;
const MAX_RECIPIENTS = 50;
const MAX_LINE_BYTES = 998;

/** Fields a mail has once; a second one is how an injected line end shows. */
const SINGLE_FIELDS = [
  'from',
  'to',
  'cc',
  'bcc',
  'subject',
  'sender',
  'reply-to',
  'return-path',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
];

export const refuse = (message: string): never => {
  throw new AwsError('InvalidParameterValue', message);
};

export const checkSize = (raw: Buffer): void => {
  if (raw.length > MAX_MAIL_BYTES) refuse(`Message length is more than ${MAX_MAIL_BYTES} bytes long.`);
};

export const checkMail = ({ fields }: RawMail): void => {
  for (const name of SINGLE_FIELDS) {
    if (fields.filter((field) => field.name === name).length > 1) refuse(`Duplicate header '${name}'.`);
  }
  if (!fields.some(({ name }) => name === 'from')) refuse("Missing required header 'From'.");
  for (const { value, raw } of fields) {
    refuseLineEnds(value);
    if (raw.split(/\r?\n/).some((line) => line.length > MAX_LINE_BYTES)) {
      refuse(`Header lines have at most ${MAX_LINE_BYTES} characters.`);
    }
  }
};

/** Folded lines are joined by now; what is left would begin a field of somebody else's making. */
export const refuseLineEnds = (text: string): void => {
  if (/[\r\n\0]/.test(text)) refuse('Header values and addresses contain no line ends.');
};

export const checkRecipients = (addresses: readonly string[]): void => {
  if (addresses.length === 0) refuse("Missing required header 'To'.");
  if (addresses.length > MAX_RECIPIENTS) refuse(`Recipient count exceeds ${MAX_RECIPIENTS}.`);
  for (const address of addresses) checkAddress(address);
};

export const checkAddress = (address: string): void => {
  const [, local, domain] = /^(.*)@([^@]*)$/s.exec(address) ?? [];
  if (domain === undefined) refuse("Missing final '@domain'");
  if (!local) refuse('Missing local part');
  if (local && /[\s\p{Cc}<>(),;:"\\[\]]/u.test(local)) {
    refuse('Local address contains control or whitespace');
  }
  if (domain !== undefined && !/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(domain)) {
    refuse('Domain contains illegal character or has no dot');
  }
};
