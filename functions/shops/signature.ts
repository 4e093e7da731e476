import { createHmac, timingSafeEqual } from 'node:crypto';

type Mac = {
  key: string | Buffer;
  /** Signed one after the other. */
  parts: readonly (string | Buffer)[];
  encoding: 'base64' | 'hex';
};

/** How old or how far ahead a signed timestamp may be; Stripe and Standard Webhooks both say five minutes. */
const REPLAY_WINDOW_SECONDS = 300;

const macOf = ({ key, parts, encoding }: Mac): Buffer => {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return Buffer.from(hmac.digest(encoding));
};

/**
 * Whether one of the given texts is the HMAC-SHA256 of the parts. The encoded texts are compared, not the bytes they
 * decode to: base64 has several spellings of one digest, and a shop writes only one.
 */
export const isMac = (mac: Mac, given: readonly string[]): boolean => {
  // An empty key would let anyone sign.
  if (mac.key.length === 0) return false;
  const expected = macOf(mac);
  let isFound = false;
  for (const text of given) {
    const bytes = Buffer.from(text);
    if (bytes.length === expected.length && timingSafeEqual(bytes, expected)) isFound = true;
  }
  return isFound;
};

/** Whether a timestamp in epoch seconds, as text, is within the replay window of `receivedAt` (epoch milliseconds), both ways. */
export const isRecent = (timestamp: string, receivedAt: number): boolean => {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(Math.floor(receivedAt / 1000) - Number(timestamp)) <= REPLAY_WINDOW_SECONDS;
};
