/** The two machines, and whether anything waits that nobody comes back to. */

import type { AlarmSpec } from './alarm.ts';
import { aws, DAY, FIVE_MINUTES, HOUR, math, orZero, over, own, type Stat, told } from './metric.ts';
import type { Watched } from './watched.ts';

const MOST_OPEN_PERCENT = 70;

const states = (name: string, of: Record<string, string>, stat: Stat = 'Sum') =>
  aws({ namespace: 'States', name, of }, { stat, period: FIVE_MINUTES });

const ofMachines = ({ machines }: Watched, names: readonly string[]) =>
  machines.flatMap(({ arn }) => names.map((name) => states(name, { StateMachineArn: arn })));

const executions = (watched: Watched): AlarmSpec[] => [
  {
    number: '05',
    id: 'ExecutionsFailed',
    says: 'A workflow has ended in an error, so one sale or promise is looked after by nobody.',
    anchor: 'failed-executions',
    metric: over(
      'SUM',
      ofMachines(watched, ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted']),
      { period: FIVE_MINUTES, label: 'executions that ended badly' },
    ),
    is: 'atLeast',
    threshold: 1,
    when: [1, 1],
    missing: 'fine',
    stopsDeploys: true,
  },
  {
    number: '06',
    id: 'Throttled',
    says: 'Step Functions slows us down: every step comes later than planned.',
    anchor: 'throttled-workflows',
    metric: over(
      'SUM',
      [
        ...ofMachines(watched, ['ExecutionThrottled']),
        /* Of the account: all its machines share the bucket. */
        states('ThrottledEvents', { ServiceMetric: 'StateTransition' }),
      ],
      { period: FIVE_MINUTES, label: 'throttled state transitions' },
    ),
    is: 'atLeast',
    threshold: 1,
    /* A burst is only late by seconds; a quarter of an hour of it is a quota that is too small. */
    when: [2, 3],
    missing: 'fine',
  },
  {
    number: '07',
    id: 'OpenExecutions',
    says: 'More than 70 % of the workflows that AWS allows are open; at 100 % new sales wait in the queue.',
    anchor: 'open-executions',
    metric: math(
      '100 * open / limit',
      {
        /* Without dimensions: both are told of the whole account. */
        open: states('OpenExecutionCount', {}, 'Maximum'),
        limit: states('OpenExecutionLimit', {}, 'Maximum'),
      },
      { period: FIVE_MINUTES, label: '% of the open executions allowed' },
    ),
    is: 'above',
    threshold: MOST_OPEN_PERCENT,
    when: [3, 3],
    missing: 'unknown',
  },
];

const waits: AlarmSpec[] = [
  {
    number: '08',
    id: 'OverdueWaits',
    says: 'A sale or promise waits past its time and could not be woken, or nobody looks any more.',
    anchor: 'overdue-waits',
    metric: own('OverdueWaits', { stat: 'Maximum', period: FIVE_MINUTES }),
    is: 'atLeast',
    threshold: 1,
    /* The watch wakes what it finds; what it finds three times running is stuck. */
    when: [3, 3],
    /*
     * It is told every five minutes, also when it is 0: silence means that the watch does not run. CloudWatch looks two
     * periods further back before it calls anything missing, so silence is heard after 25 minutes.
     */
    missing: 'bad',
  },
  {
    number: '11',
    id: 'RepliesNotTold',
    says: 'Answers of customers are stored, but their workflows could not be told for ten minutes.',
    anchor: 'untold-replies',
    metric: own('RepliesNotTold', { stat: 'Sum', period: FIVE_MINUTES }),
    is: 'atLeast',
    threshold: 1,
    /* One that fails is told again by the watch; alarm 08 goes off if that does not help either. */
    when: [2, 3],
    missing: 'fine',
  },
];

/** Fewer than so many never make an alarm: one of ten is no trend. */
const FEWEST_BAD_CONTACTS = 3;

const people = ({ policy: { coverageFloor } }: Watched): AlarmSpec[] => [
  {
    number: '12a',
    id: 'EscalationsUnanswered',
    says: 'A promise went up a level and was broken again: a customer waits and nobody acts.',
    anchor: 'unanswered-escalations',
    metric: own('EscalationsUnanswered', { stat: 'Maximum', period: HOUR }),
    is: 'atLeast',
    threshold: 1,
    when: [1, 1],
    missing: 'fine',
  },
  {
    number: '12b',
    id: 'SweepIsSilent',
    says: 'The hourly sweep has told nothing for three hours: lost promises are not found.',
    anchor: 'silent-sweep',
    metric: told(own('EscalationsUnanswered', { stat: 'SampleCount', period: HOUR }), HOUR),
    is: 'below',
    threshold: 1,
    when: [3, 3],
    missing: 'bad',
  },
  {
    number: '18',
    id: 'Coverage',
    says: `Fewer than ${coverageFloor} % of a day's customers heard from a person in time.`,
    anchor: 'coverage',
    metric: math(
      `IF(${orZero('late')} + ${orZero('missed')} >= ${FEWEST_BAD_CONTACTS}, ` +
        `100 * ${orZero('intime')} / (${orZero('intime')} + ${orZero('late')} + ${orZero('missed')}), 100)`,
      {
        intime: own('ContactsInTime', { stat: 'Sum', period: DAY }),
        late: own('ContactsLate', { stat: 'Sum', period: DAY }),
        missed: own('ContactsMissed', { stat: 'Sum', period: DAY }),
      },
      { period: DAY, label: '% of customers who heard from a person in time' },
    ),
    is: 'below',
    threshold: coverageFloor,
    when: [1, 1],
    missing: 'fine',
  },
];

export const workflowAlarms = (watched: Watched): AlarmSpec[] => [
  ...executions(watched),
  ...waits,
  ...people(watched),
];
