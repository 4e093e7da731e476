/** What `stats` keeps of each group of events while they pass by, and what it says of them in the end. */
import { type Cell, cellOf, numberOf } from './insights-event.ts';
import type { Aggregate, Grouping } from './insights-query.ts';

type FieldOf = (field: string) => unknown;
type Tally = { count: number; sum: number; min: number; max: number; values: number[] };

const createTally = (): Tally => ({ count: 0, sum: 0, min: Infinity, max: -Infinity, values: [] });

const add = (tally: Tally, { statistic, field }: Aggregate, fieldOf: FieldOf) => {
  const found = field === undefined ? 1 : (fieldOf(field) ?? null);
  if (found === null) return;
  if (statistic === 'count') {
    tally.count += 1;
    return;
  }
  const number = numberOf(found);
  if (number === null) return;
  tally.count += 1;
  tally.sum += number;
  tally.min = Math.min(tally.min, number);
  tally.max = Math.max(tally.max, number);
  if (statistic === 'pct') tally.values.push(number);
};

/** The smallest value that so many percent do not exceed. */
const percentile = (values: readonly number[], percent: number): number | null => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
};

const result = (tally: Tally, { statistic, percent = 0 }: Aggregate): Cell => {
  if (statistic === 'count') return tally.count;
  if (statistic === 'sum') return tally.sum;
  if (tally.count === 0) return null;
  switch (statistic) {
    case 'min':
      return tally.min;
    case 'max':
      return tally.max;
    case 'avg':
      return tally.sum / tally.count;
    case 'pct':
      return percentile(tally.values, percent);
    default:
      return statistic satisfies never;
  }
};

/** A group's name is text, also where it is a number. Bins begin at whole multiples of their length since 1970. */
const keyOf = (grouping: Grouping, fieldOf: FieldOf): Cell => {
  if (grouping.kind === 'field') {
    const name = cellOf(fieldOf(grouping.field));
    return name === null ? null : String(name);
  }
  const at = Number(fieldOf('@timestamp'));
  return at - (at % grouping.periodMs);
};

/** An event without a field that is grouped by is in a group of its own, with null. */
export const createStats = (aggregates: readonly Aggregate[], by: readonly Grouping[]) => {
  const groups = new Map<string, { keys: Cell[]; tallies: Tally[] }>();
  return {
    take: (fieldOf: FieldOf) => {
      const keys = by.map((grouping) => keyOf(grouping, fieldOf));
      const name = JSON.stringify(keys);
      const group = groups.get(name) ?? { keys, tallies: aggregates.map(createTally) };
      groups.set(name, group);
      for (const [index, tally] of group.tallies.entries()) {
        const aggregate = aggregates[index];
        if (aggregate) add(tally, aggregate, fieldOf);
      }
    },
    /** In the order in which the groups were first seen; none when no event passed. */
    rows: (): Cell[][] =>
      [...groups.values()].map(({ keys, tallies }) => [
        ...keys,
        ...tallies.map((tally, index) => {
          const aggregate = aggregates[index];
          return aggregate === undefined ? null : result(tally, aggregate);
        }),
      ]),
  };
};
