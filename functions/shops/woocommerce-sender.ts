import { plainText } from './plain-text.ts';
import type { Sender } from './shop.ts';
import { isMac } from './signature.ts';

/** What `wp_specialchars_decode(…, ENT_QUOTES)` turns back; WooCommerce signs with the decoded secret. */
const SPECIAL_CHARACTERS: readonly (readonly [RegExp, string])[] = [
  [/&lt;|&#0*60;|&#x0*3c;/gi, '<'],
  [/&gt;|&#0*62;|&#x0*3e;/gi, '>'],
  [/&quot;|&#0*34;|&#x0*22;/gi, '"'],
  [/&#0*39;|&#x0*27;|&apos;/gi, "'"],
  [/&amp;|&#0*38;|&#x0*26;/gi, '&'],
];

/** The secret as configured and as WooCommerce uses it: owners copy it from the form or from the database. */
const formsOf = (secret: string): string[] => {
  const decoded = SPECIAL_CHARACTERS.reduce(
    (text, [entity, character]) => text.replace(entity, character),
    secret,
  );
  return decoded === secret ? [secret] : [secret, decoded];
};

export const woocommerceSender: Sender = {
  isSigned({ headers, body }, secrets) {
    const given = headers['x-wc-webhook-signature'] ?? '';
    return secrets.flatMap(formsOf).some((key) => isMac({ key, parts: [body], encoding: 'base64' }, [given]));
  },

  /** Sent once when the webhook is saved, as a form and unsigned; WooCommerce wants exactly 200. */
  isPing: ({ headers, body }) =>
    headers['x-wc-webhook-signature'] === undefined &&
    /^webhook_id=\d{1,20}$/.test(body.subarray(0, 64).toString('latin1')),

  describe: (headers) => ({ topic: plainText(headers['x-wc-webhook-topic'], 100), deliveryId: undefined }),
};
