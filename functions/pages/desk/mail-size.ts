import type { PageWords } from '../words.ts';

const UNITS = [
  { unit: 'megabyte', bytes: 1_000_000 },
  { unit: 'kilobyte', bytes: 1000 },
  { unit: 'byte', bytes: 1 },
] as const;

/** "1.2 MB", as the reader writes numbers. */
export const sizeOf = ({ locale }: PageWords, bytes: number): string => {
  const { unit, bytes: one } = UNITS.find((each) => bytes >= each.bytes) ?? UNITS[2];
  const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, format).format(bytes / one);
};
