/** Adds DynamoDB's numbers exactly: they have up to 38 digits. */

type Scaled = { readonly digits: bigint; readonly places: number };

const scaledOf = (text: string): Scaled => {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  const places = fraction.length - Number(exponent);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
};

const textOf = ({ digits, places }: Scaled): string => {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const fraction = text.slice(text.length - places).replace(/0+$/, '');
  const whole = text.slice(0, text.length - places);
  return fraction === '' || places === 0
    ? `${digits === 0n ? '' : sign}${whole}`
    : `${sign}${whole}.${fraction}`;
};

export const addDecimals = (one: string, other: string): string => {
  const [a, b] = [scaledOf(one), scaledOf(other)];
  const places = Math.max(a.places, b.places);
  const raise = ({ digits, places: own }: Scaled) => digits * 10n ** BigInt(places - own);
  return textOf({ digits: raise(a) + raise(b), places });
};

export const negated = (text: string): string => (text.startsWith('-') ? text.slice(1) : `-${text}`);
