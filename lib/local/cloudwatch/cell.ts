/** All values of a metric in one minute or hour, in little room; cells of a metric can be added. */
import { addEncoded, addTo, bucketOf, encode, type Histogram, percentileOf } from './histogram.ts';

export type Cell = {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Missing while all values are the same, as those of most counters are. */
  histogram?: Histogram;
};

export const cellOf = (value: number): Cell => ({ count: 1, sum: value, min: value, max: value });

export const copyOf = ({ histogram, ...cell }: Cell): Cell =>
  histogram === undefined ? cell : { ...cell, histogram: new Map(histogram) };

/** Spreads values that were all the same into buckets. */
const spread = (cell: Cell): Histogram => {
  cell.histogram ??= new Map([[bucketOf(cell.min), cell.count]]);
  return cell.histogram;
};

const isEven = ({ min, max, histogram }: Cell) => histogram === undefined && min === max;

export const addValue = (cell: Cell, value: number): void => {
  if (!isEven(cell) || value !== cell.min) addTo(spread(cell), bucketOf(value), 1);
  cell.count += 1;
  cell.sum += value;
  if (value < cell.min) cell.min = value;
  if (value > cell.max) cell.max = value;
};

/** Adds `other` to the cell and leaves `other` as it was. */
export const addCell = (cell: Cell, other: Cell): void => {
  if (!isEven(cell) || !isEven(other) || cell.min !== other.min) {
    const histogram = spread(cell);
    if (other.histogram === undefined) addTo(histogram, bucketOf(other.min), other.count);
    else for (const [bucket, count] of other.histogram) addTo(histogram, bucket, count);
  }
  cell.count += other.count;
  cell.sum += other.sum;
  cell.min = Math.min(cell.min, other.min);
  cell.max = Math.max(cell.max, other.max);
};

/** Never outside of what was seen, so it is exact where all values are the same. */
export const percentileOfCell = (cell: Cell, percent: number): number => {
  if (cell.histogram === undefined) return cell.min;
  return Math.min(cell.max, Math.max(cell.min, percentileOf(cell.histogram, percent) ?? cell.min));
};

/** A cell as a row has it. */
export type StoredCell = Pick<Cell, 'count' | 'sum' | 'min' | 'max'> & { histogram: Uint8Array | null };

export const stored = (cell: Cell): StoredCell => ({
  ...cell,
  histogram: cell.histogram === undefined ? null : encode(cell.histogram),
});

export const restored = ({ histogram, ...cell }: StoredCell): Cell => {
  if (histogram === null) return cell;
  const spreadOut: Histogram = new Map();
  addEncoded(spreadOut, histogram);
  return { ...cell, histogram: spreadOut };
};
