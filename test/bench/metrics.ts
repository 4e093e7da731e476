/**
 * What metrics cost on one machine: a call of `observe`, a million points on disk, and a dashboard over what 100,000
 * sales of half a year leave behind. Run it with `npx node test/bench/metrics.ts [--assembly cdk.out]`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Dashboard } from '../../lib/local/cloudwatch/dashboard.ts';
import { drawBoard } from '../../lib/local/cloudwatch/draw-board.ts';
import type { Metric } from '../../lib/local/cloudwatch/metric.ts';
import { openMetricStore } from '../../lib/local/cloudwatch/metric-store.ts';
import { readAssembly } from '../../lib/local/stack/assembly.ts';
import { readStack } from '../../lib/local/stack/model.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../lib/local/stack/place.ts';
import { openStore } from '../../lib/local/store.ts';

const { values: flags } = parseArgs({
  options: { assembly: { type: 'string' }, sales: { type: 'string', default: '100000' } },
});
const SALES = Number(flags.sales);
const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const SPAN = 180 * DAY;

const folder = mkdtempSync(join(tmpdir(), 'metrics-bench-'));
const file = join(folder, 'metrics.sqlite');
const store = openStore(file);
const metrics = openMetricStore(store, (error) => {
  throw error;
});

const metricsOf = (dashboards: readonly Dashboard[]): Metric[] => {
  const found = new Map<string, Metric>();
  for (const { widgets } of dashboards)
    for (const widget of widgets)
      if (widget.type === 'metric')
        for (const query of widget.queries)
          if (query.kind === 'metric') found.set(JSON.stringify(query.metric), query.metric);
  return [...found.values()];
};

const dashboards = (): readonly Dashboard[] =>
  flags.assembly === undefined
    ? []
    : readStack(readAssembly(flags.assembly), {
        ...{ region: LOCAL_REGION, accountId: LOCAL_ACCOUNT },
        ...{ awsUrl: 'http://localhost:1', publicUrl: 'http://localhost:2' },
      }).dashboards;

async function* none(): AsyncGenerator<never> {
  yield* [];
}
const noLines = none();

const one = { namespace: 'A', name: 'B', dimensions: { FunctionName: 'C' } };
const calls = 1_000_000;
let began = performance.now();
for (let call = 0; call < calls; call += 1) metrics.observe(one, call % 300, NOW + (call % MINUTE));
console.log(`observe: ${((performance.now() - began) * 1000) / calls} us a call`);
await metrics.flush();

const all = metricsOf(dashboards());
const told = all.length === 0 ? [one] : all;
began = performance.now();
let points = 0;
for (let sale = 0; sale < SALES; sale += 1) {
  const at = NOW - SPAN + Math.floor((sale / SALES) * SPAN);
  for (const metric of told) metrics.observe(metric, 1 + (sale % 1000), at);
  points += told.length;
  if (sale % 1000 === 999) await metrics.flush();
}
await metrics.flush();
store.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
const seconds = (performance.now() - began) / 1000;
const bytes = statSync(file).size;
console.log(
  `${points} points of ${told.length} metrics in ${seconds} s: ${(bytes / points).toFixed(1)} bytes each`,
);

for (const dashboard of dashboards())
  for (const [label, rangeMs] of [
    ['3 hours', DAY / 8],
    ['a week', 7 * DAY],
    ['a month', 30 * DAY],
    ['6 months', SPAN],
  ] as const) {
    began = performance.now();
    const parts = { metrics, alarm: () => undefined, lines: () => noLines };
    await drawBoard(dashboard, parts, { from: NOW - rangeMs, to: NOW });
    console.log(`${dashboard.name}, ${label}: ${Math.round(performance.now() - began)} ms`);
  }
store.close();
rmSync(folder, { recursive: true });
