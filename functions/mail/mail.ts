/** A mail as its bytes say it, whatever state they are in. */

/** Names in lower case, topmost first; values unfolded and otherwise as they came. */
export type MailHeader = { name: string; value: string };

export type Mailbox = { name: string; address: string };

/** Kept as bytes: shown as a download, never run, never put into a page. */
export type Attachment = { name: string | undefined; type: string; bytes: Uint8Array };

export type Mail = {
  headers: readonly MailHeader[];
  /** Undefined when nobody is named, or when the address is none. */
  from: Mailbox | undefined;
  /** Addresses of To and Cc. */
  to: readonly string[];
  subject: string;
  /** The plain text part; undefined when there is none. */
  plain: string | undefined;
  html: string | undefined;
  attachments: readonly Attachment[];
  /** The bytes could be read in part only, or were cut. */
  isBroken: boolean;
};

/** Every value of a header, topmost first. */
export const headersNamed = (mail: Pick<Mail, 'headers'>, name: string): string[] =>
  mail.headers.filter((header) => header.name === name).map(({ value }) => value);

/** The topmost value of a header: the one that the last server on the way wrote. */
export const headerOf = (mail: Pick<Mail, 'headers'>, name: string): string | undefined =>
  mail.headers.find((header) => header.name === name)?.value;
