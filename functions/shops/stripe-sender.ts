import type { Sender } from './shop.ts';
import { isMac, isRecent } from './signature.ts';

const valuesOf = (header: string, name: string): string[] =>
  header.split(',').flatMap((pair) => {
    const [key, ...value] = pair.split('=');
    return key?.trim() === name ? [value.join('=').trim()] : [];
  });

export const stripeSender: Sender = {
  /** `t=<seconds>,v1=<hex>[,v1=…]` over `<seconds>.<body>`; `v0` is Stripe's own test scheme and proves nothing. */
  isSigned({ headers, body, receivedAt }, secrets) {
    const header = headers['stripe-signature'] ?? '';
    const [timestamp, ...others] = valuesOf(header, 't');
    if (timestamp === undefined || others.length > 0 || !isRecent(timestamp, receivedAt)) return false;
    const given = valuesOf(header, 'v1');
    return secrets.some((key) => isMac({ key, parts: [`${timestamp}.`, body], encoding: 'hex' }, given));
  },

  isPing: () => false,

  /** Stripe says both in the body. */
  describe: () => ({ topic: undefined, deliveryId: undefined }),
};
