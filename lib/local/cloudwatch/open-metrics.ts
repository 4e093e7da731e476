/** Metrics with the clock of the runtime, fed by its own parts and by what functions write. */
import type { Observe } from '../meter.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import { createTellings } from './embedded-metrics.ts';
import { type MetricStore, openMetricStore } from './metric-store.ts';

export type OpenMetrics = {
  readonly metrics: MetricStore;
  readonly observe: Observe;
  /** Takes what a function writes to its log. */
  readonly hear: (functionName: string, bytes: Uint8Array) => void;
};

export const openMetrics = (store: Store, time: Pick<Timekeeper, 'now'>): OpenMetrics => {
  const metrics = openMetricStore(store, (error) => console.error('Metrics could not be kept:', error));
  return {
    metrics,
    observe: (namespace, name, dimensions, value) =>
      metrics.observe({ namespace, name, dimensions }, value, time.now()),
    hear: createTellings(({ metric, value, at }) => metrics.observe(metric, value, at)),
  };
};
