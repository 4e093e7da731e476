export type Parsed = { isJson: true; value: unknown } | { isJson: false; reason: string };

/** A number a double may change has 16 digits or an exponent; only for those is the reviver worth its tenfold cost. */
const MAY_LOSE_DIGITS = /(?:^|[[:,])\s*-?(?:\d{16}|\d+(?:\.\d+)?[eE])/;

type Context = { source?: string };

const keepDigits = (_key: string, value: unknown, context?: Context): unknown => {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const isExact = Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value));
  return isExact ? value : context.source;
};

/**
 * Parses a webhook's bytes. A whole number beyond 2^53 (Shopify's order ids reach 10^18) or beyond a double becomes the
 * text it was written as, so that no id loses a digit. Refuses an empty body, bytes that are not UTF-8, and JSON
 * nested deeper than the engine's stack.
 */
export const parseJson = (body: Buffer): Parsed => {
  if (body.length === 0) return { isJson: false, reason: 'the body is empty' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { isJson: false, reason: 'the body is not UTF-8' };
  }
  try {
    return {
      isJson: true,
      value: MAY_LOSE_DIGITS.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text),
    };
  } catch (error) {
    // The engine's own message quotes the body, which may hold an address.
    return {
      isJson: false,
      reason: error instanceof RangeError ? 'the body is nested too deeply' : 'the body is not JSON',
    };
  }
};
