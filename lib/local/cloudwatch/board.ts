/**
 * A dashboard with its data evaluated: what `GET /_local/dashboards/<name>` answers and the console draws. All instants
 * are epoch milliseconds of the runtime's clock. Nothing in it is HTML, and every text is as the template has it.
 */

/** Where it is on CloudWatch's grid of 24 columns; a row is about 50 pixels high. */
export type Place = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The beginning of a period and its value. Periods without data have no point. */
export type Point = readonly [at: number, value: number];

export type Series = {
  /** Unique in its widget. */
  readonly id: string;
  readonly label: string;
  /** `#rrggbb`, when the body names one. */
  readonly color?: string;
  readonly axis: 'left' | 'right';
  /** Oldest first. */
  readonly points: readonly Point[];
  /**
   * What `singleValue`, `gauge` and `bar` show: the value of the whole range when the body says `setPeriodToTimeRange`,
   * else the latest point; null when there is none.
   */
  readonly value: number | null;
};

export type Axis = { readonly min?: number; readonly max?: number; readonly label?: string };

/** A horizontal line. */
export type Mark = { readonly label?: string; readonly value: number; readonly color?: string };

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** An alarm as it stands, in `GET /_local/alarms` and in alarm widgets. */
export type AlarmNow = {
  readonly name: string;
  readonly state: AlarmState;
  /** Since when it is in this state. */
  readonly since: number;
  /** In CloudWatch's words, e.g. `Threshold Crossed: 1 datapoint [1.0 (22/11/26 16:00:00)] was greater than …`. */
  readonly reason: string;
  readonly description: string;
  /** Why it is not looked at on this machine, when it is not; it has no state then. */
  readonly rests?: string;
};

export type TextWidget = Place & { readonly type: 'text'; readonly markdown: string };

export type MetricWidget = Place & {
  readonly type: 'metric';
  readonly title: string;
  readonly view: 'timeSeries' | 'singleValue' | 'bar' | 'gauge';
  readonly isStacked: boolean;
  /** Draw `points` small under each `value` of a `singleValue`. */
  readonly hasSparkline: boolean;
  /** Between two points, the longest of all series. */
  readonly periodSeconds: number;
  /** Only the visible ones, in the order of the body. */
  readonly series: readonly Series[];
  readonly left: Axis;
  readonly right: Axis;
  readonly marks: readonly Mark[];
};

export type AlarmWidget = Place & {
  readonly type: 'alarm';
  readonly title: string;
  readonly alarms: readonly AlarmNow[];
};

/** What a log query found: a cell for each column; times (`bin`, `@timestamp`) are ISO text, numbers are numbers. */
export type LogTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

export type LogWidget = Place &
  LogTable & {
    readonly type: 'log';
    readonly title: string;
    /** `bar`: the columns that are not numbers name the bar, each number column is a set of bars. */
    readonly view: 'table' | 'bar';
    readonly query: string;
  };

export type Widget = TextWidget | MetricWidget | AlarmWidget | LogWidget;

export type Board = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly widgets: readonly Widget[];
};

/** One line of a function's log, as a log query reads it. */
export type LogLine = {
  /** The log group, as a query's SOURCE names it, e.g. `/aws/lambda/Aftercare-Sweep…`. */
  readonly group: string;
  readonly at: number;
  readonly text: string;
};

/** A log query that was read: the groups of its SOURCE, and how it answers. `readInsights(text)` of insights.ts makes it. */
export type Insights = {
  readonly groups: readonly string[];
  /** The lines are those of the groups within the range, and in no promised order. */
  run(lines: AsyncIterable<LogLine>): Promise<LogTable>;
};
