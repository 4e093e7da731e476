/** Plays alarms: looks at them once a minute, keeps what changed and tells their topics of it. */
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import type { Alarm } from './alarm.ts';
import { type AlarmChange, alarmMessage } from './alarm-message.ts';
import { evaluationRange, judge, reasonOf } from './alarm-rule.ts';
import { openAlarmTable } from './alarm-table.ts';
import { alwaysOf } from './aws-metrics.ts';
import type { AlarmNow } from './board.ts';
import type { Grid, Values } from './metric.ts';
import { createQueryRun, type MetricReader } from './metric-query.ts';

export type Alarms = {
  /** Looks at all of them, once for each minute of the clock; resolves when what changed is on disk and told. */
  lookAt(alarms: readonly Alarm[]): Promise<void>;
  now(alarm: Alarm): AlarmNow;
  /** How it came to this, newest first. */
  changes(alarm: Alarm): AlarmChange[];
};

type Options = {
  readonly store: Store;
  readonly time: Pick<Timekeeper, 'now'>;
  /** Writes down what is so now, and makes it readable. */
  takeStock(now: number): Promise<void>;
  readonly metrics: MetricReader;
  /** Publishes to a topic; called inside a write to the store. */
  publish(topicArn: string, text: string, subject: string): void;
  /** Why an alarm is not looked at, because what it waits for is not played; undefined when it is. */
  rests?(alarm: Alarm): string | undefined;
  /** After such a write. */
  published(): void;
  readonly place: { readonly region: string; readonly accountId: string };
};

const MINUTE_MS = 60_000;
/** A clock that jumps further was moved, or the machine slept. */
const LONGEST_STEP_MS = 2 * MINUTE_MS;

const NEVER: AlarmChange = {
  before: 'INSUFFICIENT_DATA',
  after: 'INSUFFICIENT_DATA',
  at: 0,
  reason: 'Unchecked: Initial alarm creation',
};

/** Tells how much there is now, by the clock of a function that may rest while time is moved. */
const isGauge = ({ queries }: Alarm): boolean =>
  queries.every((query) => query.kind === 'math' || query.stat === 'Maximum');

export const createAlarms = (options: Options): Alarms => {
  const { store, time, metrics, place, rests = () => undefined } = options;
  const table = openAlarmTable(store);
  const startedAt = time.now();
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** Time before was not lived through by this process: nobody can have told anything. */
  let livedSince = startedAt;
  let looking: Promise<void> = Promise.resolve();

  /** What did not come in time that nobody lived through says nothing. */
  const ruleFor = ({ rule }: Alarm, grid: Grid) =>
    rule.missing === 'breaching' && grid.from < livedSince ? { ...rule, missing: 'ignore' as const } : rule;

  /** A gap that metric math filled is no value, when it lies in time that nobody lived through. */
  const valuesOf = ({ queries, returns }: Alarm, grid: Grid): Values => {
    const run = createQueryRun(metrics, queries, grid);
    const told = queries.filter((query) => query.kind === 'metric' && alwaysOf(query.metric) === undefined);
    const isTold = (slot: number) => told.some(({ id }) => run(id)[slot] !== undefined);
    return run(returns).map((value, slot) =>
      grid.from + slot * grid.periodMs < livedSince && !isTold(slot) ? undefined : value,
    );
  };

  const changeOf = (alarm: Alarm, now: number): AlarmChange | undefined => {
    const { rule, periodMs } = alarm;
    const slots = evaluationRange(rule);
    const end = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    const grid = { from: end - slots * periodMs, periodMs, slots };
    const verdict = judge(ruleFor(alarm, grid), valuesOf(alarm, grid));
    const { after: before } = table.latest(alarm.name) ?? NEVER;
    const { state } = verdict;
    if (state === undefined || state === before) return undefined;
    if (before === 'ALARM' && verdict.datapoints.length === 0 && grid.from < livedSince && isGauge(alarm))
      return undefined;
    const reason = reasonOf(rule, { ...verdict, state }, (slot) => grid.from + slot * periodMs);
    return { before, after: state, at: now, reason };
  };

  /** That a new alarm finds everything in order is no news. */
  const isNews = (alarm: Alarm, { after }: AlarmChange) =>
    after !== 'OK' || table.latest(alarm.name) !== undefined;

  const keep = (alarm: Alarm, change: AlarmChange) => {
    const { after } = change;
    const topics = after !== 'INSUFFICIENT_DATA' && isNews(alarm, change) ? alarm.topics[after] : [];
    table.add(alarm.name, change);
    const { subject, text } = alarmMessage(alarm, change, place);
    for (const topic of topics) options.publish(topic, text, subject);
  };

  const look = async (alarms: readonly Alarm[]) => {
    const now = time.now();
    if (Math.floor(now / MINUTE_MS) === Math.floor(lookedAt / MINUTE_MS)) return;
    if (now - lookedAt > LONGEST_STEP_MS) livedSince = now;
    lookedAt = now;
    await options.takeStock(now);
    const changes = alarms.flatMap((alarm) => {
      const change = rests(alarm) === undefined ? changeOf(alarm, now) : undefined;
      return change === undefined ? [] : [{ alarm, change }];
    });
    if (changes.length === 0) return;
    await store.write(() => {
      for (const { alarm, change } of changes) keep(alarm, change);
    });
    options.published();
  };

  return {
    lookAt: (alarms) => {
      // One that failed has told its own caller.
      looking = looking.catch(() => undefined).then(() => look(alarms));
      return looking;
    },
    now: (alarm) => {
      const latest = table.latest(alarm.name) ?? { ...NEVER, at: startedAt };
      const { name, description } = alarm;
      const why = rests(alarm);
      if (why !== undefined)
        return { name, state: 'INSUFFICIENT_DATA', since: startedAt, reason: why, description, rests: why };
      return { name, state: latest.after, since: latest.at, reason: latest.reason, description };
    },
    changes: (alarm) => table.changes(alarm.name),
  };
};
