/**
 * How values are spread, in buckets whose bounds grow by the same factor: two of them can be added, and a percentile is
 * off by at most 1 % of the value (`ERROR`), however many values there are. Nothing below a millionth is told from zero.
 */
export const ERROR = 0.01;

const SMALLEST = 1e-6;
const LOG_FACTOR = Math.log((1 + ERROR) / (1 - ERROR));
/** Keeps the buckets of negative values, of zero and of positive values apart. */
const FIRST = 1 + Math.ceil(-Math.log(SMALLEST) / LOG_FACTOR);

/** How many values fell into each bucket; buckets with lower numbers hold lower values. */
export type Histogram = Map<number, number>;

export const bucketOf = (value: number): number => {
  const size = Math.abs(value);
  if (size < SMALLEST) return 0;
  const bucket = Math.max(1, Math.ceil(Math.log(size) / LOG_FACTOR) + FIRST);
  return value < 0 ? -bucket : bucket;
};

/** The value in the middle of a bucket, no further than `ERROR` from any value in it. */
const middleOf = (bucket: number): number => {
  if (bucket === 0) return 0;
  const upper = Math.exp((Math.abs(bucket) - FIRST) * LOG_FACTOR);
  const middle = (upper * 2) / (1 + Math.exp(LOG_FACTOR));
  return bucket < 0 ? -middle : middle;
};

export const addTo = (histogram: Histogram, bucket: number, count: number): void => {
  histogram.set(bucket, (histogram.get(bucket) ?? 0) + count);
};

/** The value below or at which `percent` of all values lie; undefined of nothing. */
export const percentileOf = (histogram: Histogram, percent: number): number | undefined => {
  let total = 0;
  for (const count of histogram.values()) total += count;
  const rank = Math.max(1, Math.ceil((total * percent) / 100));
  let below = 0;
  for (const bucket of [...histogram.keys()].sort((a, b) => a - b)) {
    below += histogram.get(bucket) ?? 0;
    if (below >= rank) return middleOf(bucket);
  }
  return undefined;
};

const writeVarint = (bytes: number[], value: number) => {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
};

const zigzag = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number) => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/** Each bucket as its distance from the one before it and its count: two or three bytes for most. */
export const encode = (histogram: Histogram): Uint8Array => {
  const bytes: number[] = [];
  let before = 0;
  for (const bucket of [...histogram.keys()].sort((a, b) => a - b)) {
    writeVarint(bytes, zigzag(bucket - before));
    writeVarint(bytes, histogram.get(bucket) ?? 0);
    before = bucket;
  }
  return Uint8Array.from(bytes);
};

/** Adds what `encode` wrote. */
export const addEncoded = (histogram: Histogram, bytes: Uint8Array): void => {
  let at = 0;
  const read = () => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 127) * factor;
      if (byte < 128) break;
    }
    return value;
  };
  let bucket = 0;
  while (at < bytes.length) {
    bucket += unzigzag(read());
    addTo(histogram, bucket, read());
  }
};
