import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Grid, Stat } from '../../../lib/local/cloudwatch/metric.ts';
import { openMetricStore } from '../../../lib/local/cloudwatch/metric-store.ts';
import { openStore } from '../../../lib/local/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
const file = join(folder, 'metrics.sqlite');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const T0 = Date.UTC(2026, 2, 1);
const MINUTE = 60_000;
const HOUR = 3_600_000;
const METRIC = { namespace: 'Shop', name: 'Sales', dimensions: { service: 'aftercare' } };
const rethrow = (error: unknown) => {
  throw error;
};

const open = (path = ':memory:') => {
  const store = openStore(path);
  return { store, metrics: openMetricStore(store, rethrow) };
};

const minutes = (slots: number, from = T0): Grid => ({ from, periodMs: MINUTE, slots });

describe('metrics on one machine', () => {
  it('are kept by the minute of their own time, with gaps where nothing was', async () => {
    const { metrics } = open();

    metrics.observe(METRIC, 2, T0 + 5000);
    metrics.observe(METRIC, 3, T0 + 59_999);
    metrics.observe(METRIC, 10, T0 + 2 * MINUTE);
    metrics.observe(METRIC, 1, T0 + 1000);
    await metrics.flush();

    expect(metrics.read(METRIC, 'Sum', minutes(4))).toEqual([6, undefined, 10, undefined]);
  });

  it.each<[Stat, number]>([
    ['Sum', 110],
    ['Average', 27.5],
    ['Minimum', 1],
    ['Maximum', 100],
    ['SampleCount', 4],
    [{ percent: 50 }, 4],
    [{ percent: 100 }, 100],
  ])('answer %j of a period over several writes', async (stat, wanted) => {
    const { metrics } = open();

    for (const [index, value] of [1, 4, 100, 5].entries()) {
      metrics.observe(METRIC, value, T0 + index * MINUTE);
      await metrics.flush();
    }

    const [found = 0] = metrics.read(METRIC, stat, { from: T0, periodMs: 5 * MINUTE, slots: 1 });
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(wanted * 0.01);
  });

  it('say the same by the hour as by the minute', async () => {
    const { metrics } = open();

    for (let minute = 0; minute < 300; minute += 7) metrics.observe(METRIC, minute, T0 + minute * MINUTE);
    await metrics.flush();

    const byMinute = metrics.read(METRIC, 'Sum', minutes(300));
    const wanted = [0, 1, 2, 3, 4].map((hour) =>
      byMinute.slice(hour * 60, hour * 60 + 60).reduce<number>((sum, value) => sum + (value ?? 0), 0),
    );
    expect(metrics.read(METRIC, 'Sum', { from: T0, periodMs: HOUR, slots: 5 })).toEqual(wanted);
  });

  it('tell metrics apart by namespace, name and dimensions in any order', async () => {
    const { metrics } = open();
    const two = { namespace: 'A', name: 'N', dimensions: { a: '1', b: '2' } };

    metrics.observe(two, 1, T0);
    metrics.observe({ ...two, dimensions: { b: '2', a: '1' } }, 1, T0);
    metrics.observe({ ...two, dimensions: { a: '1' } }, 50, T0);
    metrics.observe({ ...two, name: 'M' }, 50, T0);
    metrics.observe({ ...two, namespace: 'B' }, 50, T0);
    await metrics.flush();

    expect(metrics.read(two, 'Sum', minutes(1))).toEqual([2]);
  });

  it('are there after a restart, and go on in the same minute', async () => {
    const first = open(file);
    first.metrics.observe(METRIC, 1, T0);
    await first.metrics.flush();
    first.store.close();

    const { metrics } = open(file);
    metrics.observe(METRIC, 1, T0 + 1000);
    await metrics.flush();

    expect(metrics.read(METRIC, 'Sum', minutes(1))).toEqual([2]);
  });

  it('are written by themselves within a second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { metrics, store } = open();
    metrics.observe(METRIC, 1, T0);

    vi.advanceTimersByTime(999);
    await store.settled();
    const early = metrics.read(METRIC, 'Sum', minutes(1));
    vi.advanceTimersByTime(1);
    await store.settled();
    vi.useRealTimers();

    expect(early).toEqual([undefined]);
    expect(metrics.read(METRIC, 'Sum', minutes(1))).toEqual([1]);
  });

  it('lose their minutes after 63 days and their hours after 15 months', async () => {
    const { metrics } = open();
    const day = (days: number): Grid => ({ from: T0, periodMs: HOUR, slots: days * 24 });
    metrics.observe(METRIC, 1, T0);
    await metrics.flush();

    await metrics.purge(T0 + 64 * 24 * HOUR);
    expect(metrics.read(METRIC, 'Sum', minutes(1))).toEqual([undefined]);
    expect(metrics.read(METRIC, 'Sum', day(1))[0]).toBe(1);

    await metrics.purge(T0 + 456 * 24 * HOUR);
    expect(metrics.read(METRIC, 'Sum', day(1))[0]).toBeUndefined();
  });
});
