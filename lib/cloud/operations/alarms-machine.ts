/** Functions, tables, doors and the synthetic sale. */
import { FUNCTION_TIMEOUT } from '../function-timeout.ts';
import type { Deployed } from '../functions.ts';
import type { AlarmSpec } from './alarm.ts';
import { inParts } from './alarm.ts';
import {
  aws,
  FIVE_MINUTES,
  HOUR,
  MINUTE,
  math,
  orZero,
  over,
  own,
  QUARTER_HOUR,
  type Stat,
  told,
} from './metric.ts';
import type { Watched } from './watched.ts';

/**
 * States call these, and try again for hours when they fail: one error is nothing, a state that always fails is. Two
 * more are called by states, `ask-for-review` and `assume-kept`; they end in an error on purpose when there is news, so
 * their errors say nothing, and alarm 05 speaks for them.
 */
export const PATIENT_STEPS: readonly string[] = [
  'wait-for-day',
  'ask-customer',
  'make-promise',
  'keep-promise',
  'raise-promise',
];
export const STEPS_WITH_NEWS: readonly string[] = ['ask-for-review', 'assume-kept'];

/** A message that always fails is tried every three minutes, a sweep that fails three times: three in a quarter hour. */
const ERRORS_IN_A_QUARTER = 3;
/** A state tries eight times in its first quarter of an hour. */
const STEP_ERRORS_IN_A_QUARTER = 5;
const MOST_STEP_ERRORS_PERCENT = 50;
const LONGEST_MS = 0.8 * FUNCTION_TIMEOUT.toMilliseconds();

const lambda = ({ fn }: Deployed, name: string, stat: Stat, period = QUARTER_HOUR) =>
  aws({ namespace: 'Lambda', name, of: { FunctionName: fn.functionName } }, { stat, period });

const errors = ({ functions }: Watched): AlarmSpec[] => {
  const others = functions.filter(({ name }) => ![...PATIENT_STEPS, ...STEPS_WITH_NEWS].includes(name));
  return inParts(others).map(({ part, some }) => ({
    number: '13a',
    id: `FunctionErrors${part}`,
    says: `One of our functions fails again and again: ${some.map(({ name }) => name).join(', ')}.`,
    anchor: 'function-errors',
    metric: over(
      'SUM',
      some.map((one) => lambda(one, 'Errors', 'Sum')),
      { period: QUARTER_HOUR, label: 'failed runs' },
    ),
    is: 'atLeast',
    threshold: ERRORS_IN_A_QUARTER,
    when: [1, 1],
    missing: 'fine',
    stopsDeploys: true,
  }));
};

const stepErrors = ({ functions }: Watched): AlarmSpec => {
  const steps = functions.filter(({ name }) => PATIENT_STEPS.includes(name));
  const ids = (letter: string) => steps.map((_, index) => `${letter}${index + 1}`);
  const sum = (letter: string) => `SUM([${ids(letter).map(orZero).join(', ')}])`;
  const named = (letter: string, metric: string) =>
    Object.fromEntries(steps.map((step, index) => [`${letter}${index + 1}`, lambda(step, metric, 'Sum')]));
  return {
    number: '13b',
    id: 'StepErrors',
    says: 'The steps of our workflows mostly fail; they are tried again for three hours before sales are lost.',
    anchor: 'step-errors',
    metric: math(
      `IF(${sum('e')} >= ${STEP_ERRORS_IN_A_QUARTER}, 100 * ${sum('e')} / ${sum('r')}, 0)`,
      { ...named('e', 'Errors'), ...named('r', 'Invocations') },
      { period: QUARTER_HOUR, label: '% of step runs that fail' },
    ),
    is: 'above',
    threshold: MOST_STEP_ERRORS_PERCENT,
    when: [1, 1],
    missing: 'fine',
    stopsDeploys: true,
  };
};

const limits = ({ functions }: Watched): AlarmSpec[] =>
  inParts(functions).flatMap(({ part, some }): AlarmSpec[] => [
    {
      number: '13c',
      id: `FunctionThrottles${part}`,
      says: 'AWS refuses to run our functions for want of concurrency: everything is late.',
      anchor: 'function-throttles',
      metric: over(
        'SUM',
        some.map((one) => lambda(one, 'Throttles', 'Sum', FIVE_MINUTES)),
        { period: FIVE_MINUTES, label: 'refused runs' },
      ),
      is: 'atLeast',
      threshold: 1,
      /* Queues and states try again, so a moment of it hurts nobody. */
      when: [2, 3],
      missing: 'fine',
    },
    {
      number: '13d',
      id: `FunctionDuration${part}`,
      says: `A function ran for more than 80 % of the ${FUNCTION_TIMEOUT.toSeconds()} seconds it is given.`,
      anchor: 'slow-functions',
      metric: over(
        'MAX',
        some.map((one) => lambda(one, 'Duration', 'Maximum')),
        { period: QUARTER_HOUR, label: 'ms of the longest run' },
      ),
      is: 'above',
      threshold: LONGEST_MS,
      when: [1, 1],
      missing: 'fine',
    },
  ]);

/**
 * Alarms on a table's own metrics keep their state for ever when no more data comes, whatever is asked for missing data
 * ("PutMetricAlarm" in the API reference of CloudWatch); filled with zeros they come back. Writes refused by a condition
 * are no trouble here: that is how everything is said only once.
 */
const tables = ({ storage: { sales, links, parked } }: Watched): AlarmSpec[] => {
  const metric = (name: string, of: Record<string, string>) =>
    aws({ namespace: 'DynamoDB', name, of }, { stat: 'Sum', period: FIVE_MINUTES });
  const operations = [
    ...['GetItem', 'PutItem', 'UpdateItem', 'Query'].map((Operation) => ({ table: sales, Operation })),
    ...['GetItem', 'PutItem'].map((Operation) => ({ table: links, Operation })),
    ...['PutItem', 'Query'].map((Operation) => ({ table: parked, Operation })),
  ];
  return [
    {
      number: '14a',
      id: 'TableThrottles',
      says: 'The database slows us down: pages and steps are late, or fail and are tried again.',
      anchor: 'throttled-tables',
      metric: over(
        'SUM',
        [sales, links, parked].flatMap(({ tableName }) =>
          ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) => metric(name, { TableName: tableName })),
        ),
        { period: FIVE_MINUTES, label: 'throttled reads and writes' },
      ),
      is: 'atLeast',
      threshold: 1,
      /* On-demand tables throttle for a moment when the load doubles, and then grow. */
      when: [2, 3],
      missing: 'fine',
    },
    {
      number: '14b',
      id: 'TableErrors',
      says: 'The database answers with errors of its own.',
      anchor: 'table-errors',
      metric: over(
        'SUM',
        operations.map(({ table, Operation }) =>
          metric('SystemErrors', { TableName: table.tableName, Operation }),
        ),
        { period: FIVE_MINUTES, label: 'errors of the database' },
      ),
      is: 'atLeast',
      threshold: 5,
      when: [1, 1],
      missing: 'fine',
    },
  ];
};

/** A person who mistypes makes one or two. */
const MISSES_A_MINUTE = 100;

const doors: AlarmSpec[] = [
  {
    number: '15',
    id: 'TokenMisses',
    says: 'Somebody tries links that lead nowhere, more than a hundred a minute; none can be guessed.',
    anchor: 'token-misses',
    metric: own('TokenMisses', { stat: 'Sum', period: MINUTE }),
    is: 'above',
    threshold: MISSES_A_MINUTE,
    when: [1, 1],
    missing: 'fine',
  },
  {
    number: '16',
    id: 'AccessDenied',
    says: 'AWS refused one of our functions a permission or a key.',
    anchor: 'access-denied',
    metric: own('AccessDenied', { stat: 'Sum', period: FIVE_MINUTES }),
    is: 'atLeast',
    threshold: 1,
    when: [1, 1],
    missing: 'fine',
    stopsDeploys: true,
  },
];

const canary = ({ functions }: Watched): AlarmSpec[] => {
  if (!functions.some(({ name }) => name === 'canary')) return [];
  return [
    {
      number: '17a',
      id: 'CanaryMissing',
      says: 'No synthetic sale has gone through for two hours: real ones may not either.',
      anchor: 'canary-missing',
      metric: told(own('CanaryPassed', { stat: 'Sum', period: HOUR }), HOUR),
      is: 'below',
      threshold: 1,
      when: [2, 2],
      /* It is made every hour: silence is the very thing to hear of. */
      missing: 'bad',
    },
    {
      number: '17b',
      id: 'CanaryFailed',
      says: 'A synthetic sale did not go through from end to end: look before a customer does.',
      anchor: 'canary-failed',
      metric: own('CanaryFailed', { stat: 'Sum', period: HOUR }),
      is: 'atLeast',
      threshold: 1,
      when: [1, 1],
      missing: 'fine',
    },
  ];
};

export const machineAlarms = (watched: Watched): AlarmSpec[] => [
  ...errors(watched),
  stepErrors(watched),
  ...limits(watched),
  ...tables(watched),
  ...doors,
  ...canary(watched),
];
