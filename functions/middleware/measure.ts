import { Metrics } from '@aws-lambda-powertools/metrics';
import { toEpochMs } from '../core/calendar.ts';
import type { Instant } from '../core/ids.ts';
import { METRICS, type Measurement, NAMESPACE } from '../core/operations/metrics.ts';

/** Powertools warns of times that CloudWatch would not take; on one machine the clock may stand months ahead. */
const ignore = (): undefined => undefined;
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

const isMetric = (name: string): name is keyof typeof METRICS => Object.hasOwn(METRICS, name);

/** Tells numbers, as of `now`: one line of the log in the embedded metric format. */
export const measure = (now: Instant, { values, details = {} }: Measurement): void => {
  const line = new Metrics({ namespace: NAMESPACE, serviceName: 'aftercare', logger: SILENT });
  line.setTimestamp(toEpochMs(now));
  for (const [name, value] of Object.entries(values))
    if (isMetric(name)) line.addMetric(name, METRICS[name].unit, value);
  for (const [name, value] of Object.entries(details)) line.addMetadata(name, String(value));
  line.publishStoredMetrics();
};
