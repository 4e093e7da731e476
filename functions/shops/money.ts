/** Stripe counts these in whole units and those in thousandths; all others in hundredths (docs.stripe.com/currencies,
 * where UGX and ISK have no decimals any more but are still counted in hundredths). */
const ZERO_DECIMALS = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const THREE_DECIMALS = new Set('BHD JOD KWD OMR TND'.split(' '));

const decimalsOf = (currency: string): number => {
  if (ZERO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
};

/** `129.90` from the digits `12990` and `EUR`, by moving the point in the text: no float is involved. */
export const majorUnits = (minorDigits: string, currency: string): string => {
  const decimals = decimalsOf(currency);
  if (decimals === 0) return minorDigits;
  const padded = minorDigits.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
};
