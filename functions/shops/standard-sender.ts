import { plainText } from './plain-text.ts';
import type { Sender } from './shop.ts';
import { isMac, isRecent } from './signature.ts';

/** What follows `whsec_` is the key in base64. */
const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/** `v1a` (ed25519) and later schemes have other keys and are passed over. */
const signaturesIn = (header: string): string[] =>
  header
    .split(' ')
    .flatMap((signature) => (signature.startsWith('v1,') ? [signature.slice('v1,'.length)] : []));

/** Standard Webhooks, https://www.standardwebhooks.com: HMAC-SHA256 over `<id>.<seconds>.<body>`. */
export const standardSender: Sender = {
  isSigned({ headers, body, receivedAt }, secrets) {
    const id = headers['webhook-id'] ?? '';
    const timestamp = headers['webhook-timestamp'] ?? '';
    if (id === '' || !isRecent(timestamp, receivedAt)) return false;
    const given = signaturesIn(headers['webhook-signature'] ?? '');
    return secrets.some((secret) =>
      isMac({ key: keyOf(secret), parts: [`${id}.${timestamp}.`, body], encoding: 'base64' }, given),
    );
  },

  isPing: () => false,

  /** The type is in the body. */
  describe: (headers) => ({ topic: undefined, deliveryId: plainText(headers['webhook-id'], 200) }),
};
