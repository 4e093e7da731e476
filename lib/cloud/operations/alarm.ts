/** One alarm, as the lists of this folder say it. */
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** What a period without any data means. */
export type Missing =
  /** Nothing happened, which is good. */
  | 'fine'
  /** Whoever tells this number is dead: bad. */
  | 'bad'
  /** Nobody knows: as it was before. */
  | 'unknown';

export type AlarmSpec = {
  /** Stable: people learn it, notes and the runbook name it. A letter tells parts of one concern apart. */
  number: string;
  /** Stable: it is part of the logical id and of the name. */
  id: string;
  /** One sentence, for somebody who has just been woken. */
  says: string;
  /** The section of docs/runbook.md. */
  anchor: string;
  metric: IMetric;
  is: 'above' | 'atLeast' | 'below';
  threshold: number;
  /** Alarm when so many of so many periods are bad. */
  when: readonly [bad: number, of: number];
  missing: Missing;
  /** A deploy in which it goes off is taken back. */
  stopsDeploys?: true;
};

/** What CloudWatch allows one alarm to retrieve ("MetricDataQuery" in its API reference). */
export const MOST_METRICS = 10;

/** In groups that one alarm can take, with a number from 1 on. */
export const inParts = <T>(all: readonly T[], size = MOST_METRICS): { part: number; some: T[] }[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => ({
    part: index + 1,
    some: all.slice(index * size, (index + 1) * size),
  }));
