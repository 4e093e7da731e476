/**
 * Metrics by the minute, the hour and the day in the runtime's SQLite file, only where there is something. What is observed is
 * gathered in memory and written once a second, so a call costs next to nothing and a kill -9 loses at most that second.
 * As in CloudWatch old data gets coarser: minutes are kept for 63 days, hours and days for 15 months (455 days).
 */
import type { SQLOutputValue } from 'node:sqlite';
import * as z from 'zod';
import type { Store } from '../store.ts';
import { addCell, addValue, type Cell, cellOf, copyOf, percentileOfCell, restored, stored } from './cell.ts';
import { type Aggregate, type Grid, keyOf, type Metric, type Stat, type Values } from './metric.ts';

export type MetricStore = {
  observe(metric: Metric, value: number, at: number): void;
  /** Resolves once all that was observed until now can be read and is on disk. */
  flush(): Promise<void>;
  /** What was flushed, for each period of the grid. */
  read(metric: Metric, stat: Stat, grid: Grid): Values;
  /** Drops what is too old. */
  purge(now: number): Promise<void>;
};

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** How long each is kept. */
const GRAINS = [
  { ms: MINUTE_MS, keptMs: 63 * DAY_MS },
  { ms: HOUR_MS, keptMs: 455 * DAY_MS },
  { ms: DAY_MS, keptMs: 455 * DAY_MS },
] as const;
/** A clock that is moved fills minutes faster than the second passes. */
const MOST_WAITING = 20_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS metric_series (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS metric_cells (
    series INTEGER NOT NULL,
    grain INTEGER NOT NULL,
    at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sum REAL NOT NULL,
    min REAL NOT NULL,
    max REAL NOT NULL,
    histogram BLOB,
    PRIMARY KEY (series, grain, at)
  ) STRICT, WITHOUT ROWID;
`;

const Id = z.object({ id: z.number() });

/** Looked at without a schema: a year of a dashboard is many thousands of rows. */
const cellIn = (row: Record<string, SQLOutputValue>): Cell => {
  const { histogram } = row;
  return restored({
    ...{ count: Number(row['count']), sum: Number(row['sum']) },
    ...{ min: Number(row['min']), max: Number(row['max']) },
    histogram: histogram instanceof Uint8Array ? histogram : null,
  });
};

const AGGREGATES: Readonly<Record<Aggregate, string>> = {
  Sum: 'sum(sum)',
  Average: 'sum(sum) / sum(count)',
  Minimum: 'min(min)',
  Maximum: 'max(max)',
  SampleCount: 'sum(count)',
};

/** Cells by the period they are in, counted from 1970. */
type Waiting = { key: string; cells: Map<number, Cell>; newestMinute: number; newest: Cell };

const prepare = ({ db }: Store) => {
  db.exec(SCHEMA);
  const slotOf = 'CAST((at * ?1 - ?2) / ?3 AS INTEGER) AS slot';
  const range = 'FROM metric_cells WHERE series = ?4 AND grain = ?1 AND at >= ?5 AND at < ?6';
  return {
    findSeries: db.prepare('SELECT id FROM metric_series WHERE key = ?'),
    addSeries: db.prepare('INSERT INTO metric_series (key) VALUES (?) RETURNING id'),
    allSeries: db.prepare('SELECT id FROM metric_series'),
    get: db.prepare(
      'SELECT count, sum, min, max, histogram FROM metric_cells WHERE series = ? AND grain = ? AND at = ?',
    ),
    put: db.prepare('INSERT OR REPLACE INTO metric_cells VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    drop: db.prepare('DELETE FROM metric_cells WHERE series = ? AND grain = ? AND at < ?'),
    aggregate: (stat: Aggregate) =>
      db.prepare(`SELECT ${slotOf}, ${AGGREGATES[stat]} AS value ${range} GROUP BY slot`),
    cells: db.prepare(`SELECT ${slotOf}, count, sum, min, max, histogram ${range}`),
  };
};

/** The longest that does: a day is one row to read and not 1,440. */
const grainFor = ({ from, periodMs }: Grid): number =>
  GRAINS.findLast(({ ms }) => from % ms === 0 && periodMs % ms === 0)?.ms ?? MINUTE_MS;

const rangeOf = ({ from, periodMs, slots }: Grid, grain: number) => [
  Math.ceil(from / grain),
  Math.ceil((from + periodMs * slots) / grain),
];

export const openMetricStore = (store: Store, report: (error: unknown) => void): MetricStore => {
  const sql = prepare(store);
  const statements = new Map<Aggregate, ReturnType<typeof sql.aggregate>>();
  let waiting = new Map<string, Waiting>();
  let cellsWaiting = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const seriesOf = (key: string) => Id.optional().parse(sql.findSeries.get(key))?.id;

  const merge = (series: number, grain: number, at: number, cell: Cell) => {
    const found = sql.get.get(series, grain, at);
    const whole = found === undefined ? cell : cellIn(found);
    if (found !== undefined) addCell(whole, cell);
    const { count, sum, min, max, histogram } = stored(whole);
    sql.put.run(series, grain, at, count, sum, min, max, histogram);
  };

  const coarser = (cells: ReadonlyMap<number, Cell>, factor: number): Map<number, Cell> => {
    const sums = new Map<number, Cell>();
    for (const [at, cell] of cells) {
      const known = sums.get(Math.floor(at / factor));
      if (known === undefined) sums.set(Math.floor(at / factor), copyOf(cell));
      else addCell(known, cell);
    }
    return sums;
  };

  const writeSeries = ({ key, cells }: Waiting) => {
    const series = seriesOf(key) ?? Id.parse(sql.addSeries.get(key)).id;
    for (const { ms } of GRAINS)
      for (const [at, cell] of ms === MINUTE_MS ? cells : coarser(cells, ms / MINUTE_MS))
        merge(series, ms, at, cell);
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    if (batch.size === 0) return writing;
    waiting = new Map();
    cellsWaiting = 0;
    writing = store
      .write(() => {
        for (const one of batch.values()) writeSeries(one);
      })
      .catch(report);
    return writing;
  };

  const noteNew = () => {
    cellsWaiting += 1;
    if (cellsWaiting >= MOST_WAITING) void flush();
    else timer ??= setTimeout(flush, SECOND_MS).unref();
  };

  const statementOf = (stat: Aggregate) => {
    const known = statements.get(stat) ?? sql.aggregate(stat);
    statements.set(stat, known);
    return known;
  };

  const readPercentile = (parameters: readonly number[], percent: number, values: (number | undefined)[]) => {
    const merged = new Map<number, Cell>();
    for (const row of sql.cells.iterate(...parameters)) {
      const slot = Number(row['slot']);
      const cell = cellIn(row);
      const known = merged.get(slot);
      if (known === undefined) merged.set(slot, cell);
      else addCell(known, cell);
    }
    for (const [slot, cell] of merged) values[slot] = percentileOfCell(cell, percent);
  };

  return {
    observe: ({ namespace, name, dimensions }, value, at) => {
      if (!Number.isFinite(value)) return;
      const key = keyOf(namespace, name, dimensions);
      const minute = Math.floor(at / MINUTE_MS);
      const known = waiting.get(key);
      if (known?.newestMinute === minute) return addValue(known.newest, value);
      const cell = known?.cells.get(minute);
      if (cell !== undefined) return addValue(cell, value);
      const newest = cellOf(value);
      if (known === undefined)
        waiting.set(key, { key, cells: new Map([[minute, newest]]), newestMinute: minute, newest });
      else {
        known.cells.set(minute, newest);
        known.newestMinute = minute;
        known.newest = newest;
      }
      noteNew();
    },
    flush,
    read: (metric, stat, grid) => {
      const values: (number | undefined)[] = new Array(grid.slots).fill(undefined);
      const series = seriesOf(keyOf(metric.namespace, metric.name, metric.dimensions));
      if (series === undefined) return values;
      const grain = grainFor(grid);
      const [first = 0, end = 0] = rangeOf(grid, grain);
      const parameters = [grain, grid.from, grid.periodMs, series, first, end];
      if (typeof stat !== 'string') readPercentile(parameters, stat.percent, values);
      else
        for (const row of statementOf(stat).iterate(...parameters)) {
          values[Number(row['slot'])] = Number(row['value']);
        }
      return values;
    },
    purge: (now) =>
      store.write(() => {
        const series = z.array(Id).parse(sql.allSeries.all());
        for (const { id } of series)
          for (const { ms, keptMs } of GRAINS) sql.drop.run(id, ms, Math.floor((now - keptMs) / ms));
      }),
  };
};
