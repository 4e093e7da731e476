/** Under which digests people and sent mails are known: the store holds neither addresses nor working links. */
import type { Ids } from '../adapters/ports.ts';
import type { SaleId } from '../core/ids.ts';

/** A person, by their address; case and blanks around it do not matter. */
export const personDigest = (ids: Pick<Ids, 'digest'>, email: string): string =>
  ids.digest(email.trim().toLowerCase());

/**
 * A mail of an earlier release, by the id the mail service gave it: the local part of the Message-ID that answers refer to.
 * Mails of today are known by the link in them.
 */
export const sentMailDigest = (ids: Pick<Ids, 'digest'>, messageId: string): string =>
  ids.digest(`message-id ${messageId.toLowerCase()}`);

/** How mails and their tags name a sale without saying which it is. */
export const saleReference = (ids: Pick<Ids, 'digest'>, id: SaleId): string => ids.digest(id).slice(0, 32);
