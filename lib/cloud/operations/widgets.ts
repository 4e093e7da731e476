/** The few kinds of widgets that both dashboards are made of, as wide and high as a glance needs. */
import {
  type Alarm,
  AlarmStatusWidget,
  GraphWidget,
  GraphWidgetView,
  type HorizontalAnnotation,
  type IMetric,
  LogQueryVisualizationType,
  LogQueryWidget,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Deployed } from '../functions.ts';

export const WHOLE_WIDTH = 24;
const GRAPH_HEIGHT = 6;
const NUMBER_HEIGHT = 4;

export const text = (height: number, ...lines: string[]): TextWidget =>
  new TextWidget({ width: WHOLE_WIDTH, height, markdown: lines.join('\n') });

type Numbers = { title: string; width: number; metrics: IMetric[] };

/** Of the whole range that is looked at. */
export const total = ({ title, width, metrics }: Numbers): SingleValueWidget =>
  new SingleValueWidget({ title, width, height: NUMBER_HEIGHT, metrics, setPeriodToTimeRange: true });

/** As it was told last. */
export const latest = ({ title, width, metrics }: Numbers): SingleValueWidget =>
  new SingleValueWidget({ title, width, height: NUMBER_HEIGHT, metrics, sparkline: true });

export const alarmStatus = (
  title: string,
  width: number,
  height: number,
  alarms: readonly Alarm[],
): AlarmStatusWidget => new AlarmStatusWidget({ title, width, height, alarms: [...alarms] });

type Graph = {
  title: string;
  width: number;
  metrics: IMetric[];
  unit: string;
  isStacked?: true;
  /** Numbers below zero are worth seeing. */
  canBeNegative?: true;
  lines?: HorizontalAnnotation[];
};

export const graph = ({
  title,
  width,
  metrics,
  unit,
  isStacked,
  canBeNegative,
  lines = [],
}: Graph): GraphWidget =>
  new GraphWidget({
    title,
    width,
    height: GRAPH_HEIGHT,
    view: GraphWidgetView.TIME_SERIES,
    left: metrics,
    leftYAxis: { ...(canBeNegative ? {} : { min: 0 }), label: unit, showUnits: false },
    stacked: isStacked ?? false,
    ...(lines.length > 0 ? { leftAnnotations: lines } : {}),
  });

type Table = { title: string; width: number; of: readonly Deployed[]; query: readonly string[] };

/** What broke a number down stands in the log line beside it, and is read when somebody looks. */
export const table = ({ title, width, of, query }: Table): LogQueryWidget =>
  new LogQueryWidget({
    title,
    width,
    height: GRAPH_HEIGHT,
    view: LogQueryVisualizationType.TABLE,
    logGroupNames: of.map(({ logGroup }) => logGroup.logGroupName),
    queryLines: [...query],
  });

/** Colours that can be told apart without red and green alone. */
export const COLORS = { good: '#2ca02c', fair: '#1f77b4', poor: '#ff7f0e', bad: '#d62728', quiet: '#7f7f7f' };
