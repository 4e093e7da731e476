/**
 * What metrics cost on one machine: a call of `observe`, points on disk, and the dashboards over what 100,000 sales of
 * half a year leave behind.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import config from '../../aftercare.config.ts';
import { makeAssembly } from '../../bin/commands/assembly.ts';
import type { Dashboard } from '../../lib/local/cloudwatch/dashboard.ts';
import { drawBoard } from '../../lib/local/cloudwatch/draw-board.ts';
import type { Metric } from '../../lib/local/cloudwatch/metric.ts';
import { type MetricStore, openMetricStore } from '../../lib/local/cloudwatch/metric-store.ts';
import { readAssembly } from '../../lib/local/stack/assembly.ts';
import { readStack } from '../../lib/local/stack/model.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../lib/local/stack/place.ts';
import { openStore, type Store } from '../../lib/local/store.ts';
import type { Bench, Figure } from './figure.ts';
import { inFolder, rounded } from './measuring.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const SPAN = 180 * DAY;
const RANGES = [
  ['3 hours', DAY / 8],
  ['a week', 7 * DAY],
  ['a month', 30 * DAY],
  ['6 months', SPAN],
] as const;

const metricsOf = (dashboards: readonly Dashboard[]): Metric[] => {
  const found = new Map<string, Metric>();
  for (const { widgets } of dashboards)
    for (const widget of widgets)
      if (widget.type === 'metric')
        for (const query of widget.queries)
          if (query.kind === 'metric') found.set(JSON.stringify(query.metric), query.metric);
  return [...found.values()];
};

const dashboardsOf = (assembly: string): readonly Dashboard[] =>
  readStack(readAssembly(assembly), {
    ...{ region: LOCAL_REGION, accountId: LOCAL_ACCOUNT },
    ...{ awsUrl: 'http://localhost:1', publicUrl: 'http://localhost:2' },
  }).dashboards;

async function* none(): AsyncGenerator<never> {
  yield* [];
}
const noLines = none();

const millisecondsOf = async (work: () => unknown): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const observing = async (metrics: MetricStore, calls: number): Promise<Figure> => {
  const one = { namespace: 'A', name: 'B', dimensions: { FunctionName: 'C' } };
  const ms = await millisecondsOf(() => {
    for (let call = 0; call < calls; call += 1) metrics.observe(one, call % 300, NOW + (call % MINUTE));
  });
  await metrics.flush();
  return {
    id: 'metrics.observe-us',
    what: 'a call of observe',
    value: rounded((ms * 1000) / calls),
    unit: 'us',
  };
};

const filling = async (metrics: MetricStore, store: Store, file: string, told: Metric[], sales: number) => {
  const ms = await millisecondsOf(async () => {
    for (let sale = 0; sale < sales; sale += 1) {
      const at = NOW - SPAN + Math.floor((sale / sales) * SPAN);
      for (const metric of told) metrics.observe(metric, 1 + (sale % 1000), at);
      if (sale % 1000 === 999) await metrics.flush();
    }
    await metrics.flush();
  });
  store.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const points = sales * told.length;
  const note = `${points.toLocaleString('en')} points of ${told.length} metrics`;
  return [
    {
      id: 'metrics.keep-us',
      what: 'to keep a point',
      value: rounded((ms * 1000) / points),
      unit: 'us',
      note,
    },
    {
      ...{ id: 'metrics.point-bytes', what: 'disk for a point', unit: 'bytes', note },
      value: rounded(statSync(file).size / points),
    },
  ];
};

const drawing = async (metrics: MetricStore, dashboards: readonly Dashboard[]): Promise<Figure[]> => {
  const figures: Figure[] = [];
  for (const [at, dashboard] of dashboards.entries())
    for (const [label, rangeMs] of RANGES) {
      const parts = { metrics, alarm: () => undefined, lines: () => noLines };
      const value = await millisecondsOf(() => drawBoard(dashboard, parts, { from: NOW - rangeMs, to: NOW }));
      const id = `metrics.board-${at + 1}-${label.replaceAll(' ', '-')}-ms`;
      figures.push({ id, what: `dashboard ${at + 1} over ${label}`, value: rounded(value), unit: 'ms' });
    }
  return figures;
};

export const bench: Bench = {
  name: 'metrics',
  about: 'A call of observe, points on disk, and the dashboards over half a year of sales.',
  run: ({ isQuick, log }) =>
    inFolder(async (folder) => {
      const dashboards = dashboardsOf(await makeAssembly(config, folder, log));
      const file = join(folder, 'metrics.sqlite');
      const store = openStore(file);
      const metrics = openMetricStore(store, (error) => {
        throw error;
      });
      const figures = [
        await observing(metrics, isQuick ? 10_000 : 1_000_000),
        ...(await filling(metrics, store, file, metricsOf(dashboards), isQuick ? 100 : 100_000)),
        ...(await drawing(metrics, dashboards)),
      ];
      store.close();
      return figures;
    }),
};
