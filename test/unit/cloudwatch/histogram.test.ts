import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCell,
  addValue,
  type Cell,
  cellOf,
  percentileOfCell,
  restored,
  stored,
} from '../../../lib/local/cloudwatch/cell.ts';
import { ERROR } from '../../../lib/local/cloudwatch/histogram.ts';

const cellFrom = ([first = 0, ...rest]: readonly number[]): Cell => {
  const cell = cellOf(first);
  for (const value of rest) addValue(cell, value);
  return cell;
};

/** The nearest-rank percentile of the values themselves. */
const exactly = (values: readonly number[], percent: number) =>
  values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil((values.length * percent) / 100)) - 1] ?? 0;

const value = fc.oneof(
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.integer({ min: -10, max: 10 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const values = fc.array(value, { minLength: 1, maxLength: 60 });
const percent = fc.integer({ min: 1, max: 100 });

const isNear = (found: number, wanted: number) =>
  Math.abs(found - wanted) <= Math.abs(wanted) * (ERROR + 1e-9) + 1e-6;

describe('the spread of values', () => {
  it('gives every percentile within the error it says', () => {
    fc.assert(
      fc.property(values, percent, (all, wanted) =>
        isNear(percentileOfCell(cellFrom(all), wanted), exactly(all, wanted)),
      ),
    );
  });

  it('is the same whether values are counted together or added up in parts, on disk or not', () => {
    fc.assert(
      fc.property(values, values, percent, (some, others, wanted) => {
        const whole = cellFrom([...some, ...others]);
        const added = restored(stored(cellFrom(some)));
        addCell(added, restored(stored(cellFrom(others))));

        expect(added).toMatchObject({ count: whole.count, min: whole.min, max: whole.max });
        expect(percentileOfCell(added, wanted)).toBe(percentileOfCell(whole, wanted));
      }),
    );
  });

  it('needs no room for values that are all the same, and few bytes for many that are not', () => {
    const same = stored(cellFrom(new Array(1000).fill(1)));
    const spread = stored(cellFrom(Array.from({ length: 10_000 }, (_, index) => 50 + (index % 400))));

    expect(same.histogram).toBeNull();
    expect(spread.histogram?.byteLength).toBeLessThan(500);
  });
});
