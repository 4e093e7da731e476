/** Computes metric math over series of the same periods. A period without a value stays without one, unless filled. */
import type { Fold, MathNode, Operator } from './math-parser.ts';
import type { Values } from './metric.ts';

/** A number stands for the same number in every period. */
export type Outcome = number | undefined | Values;

type Series = (id: string) => Outcome;

const isSeries = (outcome: Outcome): outcome is Values => typeof outcome === 'object';

const at = (outcome: Outcome, slot: number) => (isSeries(outcome) ? outcome[slot] : outcome);

/** CloudWatch leaves a point out that has no finite value, as after a division by zero. */
const finite = (value: number) => (Number.isFinite(value) ? value : undefined);

const OPERATIONS: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
};

const FOLDS: Readonly<Record<Fold, (values: readonly number[]) => number>> = {
  MAX: (values) => values.reduce((most, value) => Math.max(most, value)),
  MIN: (values) => values.reduce((least, value) => Math.min(least, value)),
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
};

const folded = (fold: Fold, values: Values) => {
  const present = values.filter((value) => value !== undefined);
  return present.length === 0 ? undefined : finite(FOLDS[fold](present));
};

/** Applies `combine` to each period; numbers alone give a number. */
const combined = (outcomes: readonly Outcome[], combine: (values: Values) => number | undefined): Outcome => {
  const slots = outcomes.find(isSeries)?.length;
  if (slots === undefined) return combine(outcomes.map((outcome) => at(outcome, 0)));
  return Array.from({ length: slots }, (_, slot) => combine(outcomes.map((outcome) => at(outcome, slot))));
};

const filled = (outcome: Outcome, value: number | 'REPEAT'): Outcome => {
  if (!isSeries(outcome)) return outcome ?? (value === 'REPEAT' ? undefined : value);
  let last = value === 'REPEAT' ? undefined : value;
  return outcome.map((one) => {
    if (value === 'REPEAT') last = one ?? last;
    return one ?? last;
  });
};

/** `series` gives what an id stands for. */
export const computeMath = (node: MathNode, series: Series): Outcome => {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'id':
      return series(node.id);
    case 'negative':
      return combined([computeMath(node.of, series)], ([value]) => (value === undefined ? value : -value));
    case 'binary':
      return combined([computeMath(node.left, series), computeMath(node.right, series)], ([left, right]) =>
        left === undefined || right === undefined
          ? undefined
          : finite(OPERATIONS[node.operator](left, right)),
      );
    case 'fill':
      return filled(computeMath(node.of, series), node.with);
    case 'if':
      return combined(
        [node.condition, node.then, node.else].map((one) => computeMath(one, series)),
        ([condition, then, otherwise]) =>
          condition === undefined ? undefined : condition === 0 ? otherwise : then,
      );
    case 'foldAcross':
      return combined(
        node.of.map((one) => computeMath(one, series)),
        (values) => folded(node.fold, values),
      );
    case 'foldAlong': {
      const outcome = computeMath(node.of, series);
      return isSeries(outcome) ? folded(node.fold, outcome) : outcome;
    }
  }
};

/** The value of each period. */
export const asValues = (outcome: Outcome, slots: number): Values =>
  isSeries(outcome) ? outcome : new Array<number | undefined>(slots).fill(outcome);
