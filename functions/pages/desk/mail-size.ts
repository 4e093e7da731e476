import type { PageWords } from '../words.ts';

const MEGABYTE = 1_000_000;
const KILOBYTE = 1000;

/** "1.2 MB", as the reader writes numbers; the smallest things are "0.1 kB". */
export const sizeOf = ({ locale }: PageWords, bytes: number): string => {
  const isBig = bytes >= MEGABYTE;
  const unit = isBig ? 'megabyte' : 'kilobyte';
  const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, format).format(Math.max(0.1, bytes / (isBig ? MEGABYTE : KILOBYTE)));
};
