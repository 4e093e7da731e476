/** The synthesized stack as one machine plays it: whatever it could not draw or judge is refused here. */
import type { Alarm } from '../../../lib/local/cloudwatch/alarm.ts';
import { judge } from '../../../lib/local/cloudwatch/alarm-rule.ts';
import type { AlarmState } from '../../../lib/local/cloudwatch/board.ts';
import type { MetricDrawing } from '../../../lib/local/cloudwatch/dashboard.ts';
import type { Metric, Stat, Values } from '../../../lib/local/cloudwatch/metric.ts';
import { createQueryRun, type MetricQuery } from '../../../lib/local/cloudwatch/metric-query.ts';
import { readAssembly } from '../../../lib/local/stack/assembly.ts';
import { readStack } from '../../../lib/local/stack/model.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../../lib/local/stack/place.ts';
import { synthesized } from '../../fixtures/synthesized.ts';

const PLACE = {
  region: LOCAL_REGION,
  accountId: LOCAL_ACCOUNT,
  awsUrl: 'http://127.0.0.1:1',
  publicUrl: 'http://127.0.0.1:2',
};

const played = readStack(readAssembly(synthesized().assembly), PLACE);
export const { alarms, dashboards } = played;

/** `Aftercare-13a-FunctionErrors1` is `13a`. */
export const numberOf = ({ name }: Alarm): string => name.split('-')[1] ?? name;

export const metricsOf = (queries: readonly MetricQuery[]): { metric: Metric; stat: Stat }[] =>
  queries.flatMap((query) => (query.kind === 'metric' ? [{ metric: query.metric, stat: query.stat }] : []));

/** What each metric was in each period, by its name; those not named were never told. */
export type Told = Readonly<Record<string, Values>>;

const readerOf = (told: Told, slots: number) => ({
  read: ({ name }: Metric): Values => told[name] ?? new Array<undefined>(slots).fill(undefined),
});

const valuesOf = (queries: readonly MetricQuery[], id: string, told: Told): Values => {
  const slots = Math.max(0, ...Object.values(told).map(({ length }) => length));
  return createQueryRun(readerOf(told, slots), queries, { from: 0, periodMs: 60_000, slots })(id);
};

/** The state that an alarm goes into; undefined when it stays as it was. Oldest period first. */
export const stateOf = (alarm: Alarm, told: Told): AlarmState | undefined =>
  judge(alarm.rule, valuesOf(alarm.queries, alarm.returns, told)).state;

/** What a number of a widget shows in the newest period. */
export const shownBy = (widget: MetricDrawing, label: string, told: Told): number | undefined => {
  const shown = widget.shown.find((one) => one.label === label);
  if (shown === undefined) throw new Error(`${widget.title} shows no "${label}"`);
  return valuesOf(widget.queries, shown.id, told).at(-1);
};
