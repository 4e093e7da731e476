/** CloudWatch on one machine: metrics of functions and of the runtime's own parts, alarms, dashboards. */
import type { Depth } from '../aws/sqs-messages.ts';
import { nextMidnight } from '../daily.ts';
import type { LambdaFunction } from '../stack/functions.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import type { Alarm } from './alarm.ts';
import type { AlarmChange } from './alarm-message.ts';
import { createAlarms } from './alarms.ts';
import type { AlarmNow, Board, LogLine } from './board.ts';
import type { Dashboard } from './dashboard.ts';
import { drawBoard } from './draw-board.ts';
import { createGauges } from './gauges.ts';
import { createLogReader } from './log-lines.ts';
import type { Grid, Metric, Stat, Values } from './metric.ts';
import { readMetric } from './metric-query.ts';
import type { MetricStore } from './metric-store.ts';

export type CloudWatch = {
  /** How every alarm stands now. */
  alarms(): Promise<AlarmNow[]>;
  /** undefined when there is no such alarm. */
  alarmChanges(name: string): Promise<AlarmChange[] | undefined>;
  dashboards(): { name: string; widgets: number }[];
  /** undefined when there is no such dashboard. */
  board(name: string, rangeMs: number): Promise<Board | undefined>;
  series(metric: Metric, stat: Stat, grid: Grid): Promise<Values>;
  /** Waits for what the alarms have to say about the minutes that have passed. */
  catchUp(): Promise<void>;
};

type Played = {
  readonly functions: readonly Pick<LambdaFunction, 'name' | 'logGroup'>[];
  readonly queues: readonly { readonly name: string }[];
  readonly alarms: readonly Alarm[];
  readonly dashboards: readonly Dashboard[];
};

type Options = {
  readonly stack: Played;
  readonly store: Store;
  readonly time: Pick<Timekeeper, 'now' | 'register' | 'isMoving'>;
  readonly metrics: MetricStore;
  depth(queueName: string): Depth;
  openExecutions(): number;
  publish(topicArn: string, text: string, subject: string): void;
  published(): void;
  rests?(alarm: Alarm): string | undefined;
  logFile(functionName: string): string;
  readonly place: { readonly region: string; readonly accountId: string };
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Old data need not go on the day. */
const BETWEEN_PURGES_MS = 7 * DAY_MS;

const nextMinute = (now: number) => (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;

export const createCloudWatch = (options: Options): CloudWatch => {
  const { stack, store, time, metrics, place, publish, published, rests } = options;
  const takeStock = createGauges({
    metrics,
    queueNames: () => stack.queues.map(({ name }) => name),
    depth: options.depth,
    openExecutions: options.openExecutions,
  });
  const told = { publish, published, ...(rests === undefined ? {} : { rests }) };
  const alarms = createAlarms({ store, time, takeStock, metrics, place, ...told });
  const catchUp = () => alarms.lookAt(stack.alarms);

  let nextLookAt = nextMinute(time.now());
  let purgeAt = nextMidnight(time.now());
  time.register({
    name: 'cloudwatch',
    // While the clock is moved nobody looks; one look at the end sees what is left.
    nextDueAt: () => (time.isMoving() ? undefined : nextLookAt),
    runDue: async (now) => {
      if (now < nextLookAt || time.isMoving()) return 0;
      nextLookAt = nextMinute(now);
      await catchUp();
      if (now >= purgeAt) {
        purgeAt = now + BETWEEN_PURGES_MS;
        await metrics.purge(now);
      }
      return 0;
    },
  });

  const logLines = createLogReader();
  async function* lines(groups: readonly string[], from: number, to: number): AsyncGenerator<LogLine> {
    for (const { name, logGroup } of stack.functions)
      if (groups.includes(logGroup))
        yield* logLines({ group: logGroup, file: options.logFile(name), from, to });
  }

  const alarmAt = (arn: string) => {
    const found = stack.alarms.find((alarm) => alarm.arn === arn);
    return found === undefined ? undefined : alarms.now(found);
  };

  return {
    catchUp,
    alarms: async () => {
      await catchUp();
      return stack.alarms.map(alarms.now);
    },
    alarmChanges: async (name) => {
      const found = stack.alarms.find((alarm) => alarm.name === name);
      if (found === undefined) return undefined;
      await catchUp();
      return alarms.changes(found);
    },
    dashboards: () => stack.dashboards.map(({ name, widgets }) => ({ name, widgets: widgets.length })),
    board: async (name, rangeMs) => {
      const found = stack.dashboards.find((dashboard) => dashboard.name === name);
      if (found === undefined) return undefined;
      await catchUp();
      await metrics.flush();
      const to = time.now();
      return drawBoard(found, { metrics, alarm: alarmAt, lines }, { from: to - rangeMs, to });
    },
    series: async (metric, stat, grid) => {
      await metrics.flush();
      return readMetric(metrics, metric, stat, grid);
    },
  };
};
