/** When the alarms go off, judged as CloudWatch judges. */
import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../../lib/local/cloudwatch/alarm.ts';
import { evaluationRange } from '../../../lib/local/cloudwatch/alarm-rule.ts';
import { alarms, numberOf, stateOf, type Told } from './played-stack.ts';

const alarmOf = (number: string): Alarm => {
  const alarm = alarms.find((one) => numberOf(one) === number);
  if (alarm === undefined) throw new Error(`There is no alarm ${number}`);
  return alarm;
};

/** Told in the newest periods; before that, nothing. */
const lately = (alarm: Alarm, told: Record<string, readonly (number | undefined)[]>): Told => {
  const slots = evaluationRange(alarm.rule);
  return Object.fromEntries(
    Object.entries(told).map(([name, values]) => [
      name,
      [...new Array<undefined>(Math.max(0, slots - values.length)).fill(undefined), ...values].slice(-slots),
    ]),
  );
};

const none = undefined;

describe.each([
  ['01', 'one dead letter', { ApproximateNumberOfMessagesVisible: [1] }, 'ALARM'],
  ['01', 'queues that are idle and tell nothing', { ApproximateNumberOfMessagesVisible: [none] }, 'OK'],
  [
    '02',
    'a message that waited long in five minutes of five',
    { ApproximateAgeOfOldestMessage: [301, 350, 400, 450, 500] },
    'ALARM',
  ],
  [
    '02',
    'a message that failed once and was taken',
    { ApproximateAgeOfOldestMessage: [200, 310, 370, 0, 0] },
    'OK',
  ],
  ['03a', 'one error of ours', { '5xx': [1] }, 'ALARM'],
  ['03b', 'one scanner', { WebhooksRefused: [1] }, 'OK'],
  ['03b', 'a wrong secret', { WebhooksRefused: [5] }, 'ALARM'],
  ['05', 'one execution that timed out', { ExecutionsTimedOut: [1] }, 'ALARM'],
  ['05', 'only good ends', { ExecutionsFailed: [0] }, 'OK'],
  ['07', '70 % of the open executions', { OpenExecutionCount: [700_000, 700_000, 700_000] }, 'OK'],
  ['07', 'more than 70 %', { OpenExecutionCount: [700_001, 710_000, 720_000] }, 'ALARM'],
  ['08', 'an overdue wait that was woken', { OverdueWaits: [1, 1, 0] }, 'OK'],
  ['08', 'an overdue wait that stays', { OverdueWaits: [1, 1, 1] }, 'ALARM'],
  ['08', 'a watch that does not run', { OverdueWaits: [none, none, none, none, none] }, 'ALARM'],
  ['11', 'one answer that could not be told at once', { RepliesNotTold: [1, none, none] }, 'OK'],
  ['11', 'answers that cannot be told', { RepliesNotTold: [2, 1, 3] }, 'ALARM'],
  ['12b', 'a sweep an hour', { EscalationsUnanswered: [1, 1, 1] }, 'OK'],
  ['12b', 'three hours without one', { EscalationsUnanswered: [1, none, none, none] }, 'ALARM'],
  /* Each of the ten functions of the first part is told the same. */
  ['13a', 'two failed runs', { Errors: [0.2] }, 'OK'],
  ['13a', 'several failed runs', { Errors: [0.4] }, 'ALARM'],
  ['13b', 'steps that fail now and then', { Errors: [2], Invocations: [100] }, 'OK'],
  ['13b', 'few steps, all of which fail', { Errors: [2], Invocations: [2] }, 'ALARM'],
  ['13b', 'no steps at all', { Errors: [none], Invocations: [none] }, 'OK'],
  ['13d', 'a run near its limit', { Duration: [24_001] }, 'ALARM'],
  ['17a', 'a synthetic sale in the last hour but one', { CanaryPassed: [1, none] }, 'OK'],
  ['17a', 'two hours without one', { CanaryPassed: [1, 1, none, none] }, 'ALARM'],
  ['18', 'two late contacts of ten', { ContactsInTime: [8], ContactsLate: [2] }, 'OK'],
  [
    '18',
    'three late or missed contacts of ten',
    { ContactsInTime: [7], ContactsLate: [2], ContactsMissed: [1] },
    'ALARM',
  ],
  ['18', 'three missed contacts of a thousand', { ContactsInTime: [997], ContactsMissed: [3] }, 'OK'],
  ['18', 'a day without sales', { ContactsInTime: [none] }, 'OK'],
] as const)('alarm %s', (number, what, told, state) => {
  it(`is ${state} after ${what}`, () => {
    const alarm = alarmOf(number);

    expect(stateOf(alarm, lately(alarm, told))).toBe(state);
  });
});
