/** How many people hear of us: an estimate between two ends, from what shops set in `operations.wordOfMouth`. */
import type { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../../functions/core/operations/metrics.ts';
import type { Operations } from '../../../functions/core/operations/policy.ts';
import { DAY, math, orZero, own } from './metric.ts';

type Outcome = keyof Operations['wordOfMouth'];

const COUNTED: Record<Outcome, MetricName> = {
  delighted: 'RepliesDelighted',
  content: 'RepliesContent',
  recovered: 'SalesRecovered',
  unhappy: 'RepliesUnhappy',
  silent: 'SalesSilent',
};

/** Whoever was put right ended as recovered: they are not unhappy as well. */
const STILL_UNHAPPY = `IF(${orZero('unhappy')} > ${orZero('recovered')}, ${orZero('unhappy')} - ${orZero('recovered')}, 0)`;

const countOf = (outcome: Outcome): string => (outcome === 'unhappy' ? STILL_UNHAPPY : orZero(outcome));

/** Each number with its sign in front, so that a negative one needs none of its own. */
const term = (outcome: Outcome, told: number): string =>
  `${told < 0 ? '-' : '+'} ${Math.abs(told)} * ${countOf(outcome)}`;

const OUTCOMES: readonly Outcome[] = ['delighted', 'content', 'recovered', 'unhappy', 'silent'];

/** The lower end (0) or the upper end (1) of the range. */
export const wordOfMouth = (
  told: Operations['wordOfMouth'],
  end: 0 | 1,
  look: { label: string; color?: string },
): MathExpression =>
  math(
    ['0', ...OUTCOMES.map((outcome) => term(outcome, told[outcome][end]))].join(' '),
    Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, own(COUNTED[outcome], { stat: 'Sum', period: DAY })]),
    ),
    { ...look, period: DAY },
  );
