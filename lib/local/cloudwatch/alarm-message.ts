/** What CloudWatch publishes to a topic when an alarm changes. */
import type { Alarm } from './alarm.ts';
import type { AlarmState } from './board.ts';

const REGION_NAMES: Readonly<Record<string, string>> = { 'us-east-1': 'US East (N. Virginia)' };

/** SNS takes no longer subject. */
const LONGEST_SUBJECT = 99;

/** `2026-11-22T16:00:00.000+0000`, as CloudWatch writes it. */
const zoned = (at: number) => new Date(at).toISOString().replace('Z', '+0000');

export type AlarmChange = {
  readonly before: AlarmState;
  readonly after: AlarmState;
  readonly at: number;
  readonly reason: string;
};

export const alarmMessage = (
  alarm: Alarm,
  { before, after, at, reason }: AlarmChange,
  { region, accountId }: { region: string; accountId: string },
) => {
  const regionName = REGION_NAMES[region] ?? region;
  return {
    subject: `${after}: "${alarm.name}" in ${regionName}`.slice(0, LONGEST_SUBJECT),
    text: JSON.stringify({
      AlarmName: alarm.name,
      AlarmDescription: alarm.description,
      AWSAccountId: accountId,
      NewStateValue: after,
      NewStateReason: reason,
      StateChangeTime: zoned(at),
      Region: regionName,
      AlarmArn: alarm.arn,
      OldStateValue: before,
      OKActions: alarm.topics.OK,
      AlarmActions: alarm.topics.ALARM,
      InsufficientDataActions: [],
      Trigger: alarm.trigger,
    }),
  };
};
