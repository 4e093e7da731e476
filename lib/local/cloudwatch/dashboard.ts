/** A dashboard as the template has it, read and checked. */
import type { Axis, Insights, Mark, MetricWidget, Place } from './board.ts';
import type { MetricQuery } from './metric-query.ts';

/** A line, number or bar of a metric widget. */
export type Shown = {
  readonly id: string;
  readonly label: string;
  readonly color?: string;
  readonly axis: 'left' | 'right';
};

export type MetricDrawing = Place & {
  readonly type: 'metric';
  readonly title: string;
  readonly view: MetricWidget['view'];
  readonly isStacked: boolean;
  readonly hasSparkline: boolean;
  /** Numbers and bars are of the whole range that is looked at. */
  readonly isWholeRange: boolean;
  readonly queries: readonly MetricQuery[];
  readonly shown: readonly Shown[];
  readonly left: Axis;
  readonly right: Axis;
  readonly marks: readonly Mark[];
};

export type LogDrawing = Place & {
  readonly type: 'log';
  readonly title: string;
  readonly view: 'table' | 'bar';
  readonly query: string;
  readonly insights: Insights;
};

export type AlarmDrawing = Place & {
  readonly type: 'alarm';
  readonly title: string;
  readonly alarmArns: readonly string[];
};

export type TextDrawing = Place & { readonly type: 'text'; readonly markdown: string };

export type Drawing = TextDrawing | MetricDrawing | AlarmDrawing | LogDrawing;

export type Dashboard = {
  readonly logicalId: string;
  readonly name: string;
  readonly widgets: readonly Drawing[];
};
