/** An alarm as the template has it, read and checked. */
import type { AlarmRule } from './alarm-rule.ts';
import type { MetricQuery } from './metric-query.ts';

export type Alarm = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly rule: AlarmRule;
  readonly queries: readonly MetricQuery[];
  /** The id of the query that is compared with the threshold. */
  readonly returns: string;
  readonly periodMs: number;
  /** Topics that are told when it goes into a state. */
  readonly topics: Readonly<Record<'ALARM' | 'OK', readonly string[]>>;
  /** What its messages say about where it comes from, in CloudWatch's fields. */
  readonly trigger: Readonly<Record<string, unknown>>;
};
