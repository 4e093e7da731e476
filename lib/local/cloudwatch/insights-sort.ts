/**
 * The order of `sort`, as the page "sort" of the CloudWatch Logs guide describes it: what is no number comes before what
 * is one, and in texts runs of digits are compared by their length, then by their value.
 */
import { type Cell, numberOf } from './insights-event.ts';

const RUNS = /\d+|\D+/g;
const DIGITS = /^\d/;

const plainOrder = (one: string, other: string) => Number(one > other) - Number(one < other);

const runOrder = (one: string, other: string) =>
  DIGITS.test(one) && DIGITS.test(other)
    ? one.length - other.length || plainOrder(one, other)
    : plainOrder(one, other);

const textOrder = (one: string, other: string): number => {
  const theirs = other.match(RUNS) ?? [];
  const ours = one.match(RUNS) ?? [];
  const different = ours.map((run, index) => runOrder(run, theirs[index] ?? '')).find((order) => order !== 0);
  return different ?? ours.length - theirs.length;
};

export const cellOrder = (one: Cell, other: Cell): number => {
  const [left, right] = [numberOf(one), numberOf(other)];
  if (left !== null && right !== null) return left - right;
  if (left !== null) return 1;
  if (right !== null) return -1;
  return textOrder(String(one ?? ''), String(other ?? ''));
};
