import { afterAll, beforeAll, vi } from 'vitest';

/** Thousands of refusals would write as many lines of metrics. */
export const withoutMetrics = (): void => {
  beforeAll(() => {
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });
};
