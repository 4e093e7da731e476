/** Mails on their way out, mails as they arrived, and those a person must sort. */
import type { Instant, SaleId } from '../core/ids.ts';
import type { Page } from './page.ts';

/** Mails as they arrived, with everything in them. */
export type MailArchive = {
  /** Undefined when it has expired or was dropped. */
  read(key: string): Promise<Uint8Array | undefined>;
  drop(key: string): Promise<void>;
};

/** A mail nobody can assign, or that must not act by itself: staff look at it and file or drop it. */
export type UnsortedMail = {
  /** `<instant>#<digest>`: in the order they came, and the same mail once. */
  id: string;
  at: Instant;
  /** `unknown`: no sale stands behind it; `quarantined`: it failed the mail service's checks; `not-theirs`: a staff link used by another address. */
  reason: 'unknown' | 'quarantined' | 'not-theirs';
  /** Which check failed. */
  detail?: string;
  from: string;
  subject: string;
  /** What it says now, as the journal would keep it; `isWhole` and `attachments` as in `wrote`. */
  words: string;
  isWhole?: true | undefined;
  attachments?: { name: string; type: string; bytes: number }[] | undefined;
  /** Message-ID as the mail had it. */
  messageId?: string | undefined;
  /** Key in the archive. */
  original: string;
  /** Sales it may belong to: by its link, or of its sender. */
  suggestions: SaleId[];
};

export type PostBox = {
  keep(mail: UnsortedMail): Promise<void>;
  /** Newest first. */
  list(options: { limit: number; after?: string | undefined }): Promise<Page<UnsortedMail>>;
  /** How many there are; `most` when there are as many or more. */
  count(most: number): Promise<number>;
  find(id: string): Promise<UnsortedMail | undefined>;
  drop(id: string): Promise<void>;
};

export type MailResult =
  | { kind: 'sent'; messageId: string }
  /** The service took nothing; `isFinal` when trying again would not help. */
  | { kind: 'refused'; error: string; isFinal: boolean }
  /** It may or may not have gone out. */
  | { kind: 'unclear'; error: string };

export type Mailer = {
  send(mail: {
    raw: string;
    from: string;
    to: string;
    tags: Record<string, string>;
    /** It is a note of ours: what comes back is heard of, what arrives is not. */
    isToStaff?: boolean;
  }): Promise<MailResult>;
};
