/** The test that both halves are; each is a file of its own, so that two workers share the work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPTH, ORDERS, WORKERS, walk } from './walk.ts';

const MINUTES_MS = 60_000;

export const proveWalk = (worker: number): void => {
  describe(`every order of up to ${DEPTH} events, crashes ${worker + 1} of ${WORKERS}`, () => {
    const metrics = process.env['POWERTOOLS_METRICS_DISABLED'];

    beforeAll(() => {
      process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
    });

    afterAll(() => {
      if (metrics === undefined) delete process.env['POWERTOOLS_METRICS_DISABLED'];
      else process.env['POWERTOOLS_METRICS_DISABLED'] = metrics;
    });

    it(
      'breaks no law, and ends as without the crash',
      async () => {
        const { explored, counts, text } = await walk(worker);

        console.log(text);
        expect(explored.failures, text).toEqual([]);
        expect(explored.orders).toEqual(ORDERS.slice(0, DEPTH));
        /* A walk that does nothing breaks no law either. */
        expect(counts.points).toBeGreaterThan(10_000);
        expect(explored.healed).toBeGreaterThan(500_000);
      },
      20 * MINUTES_MS,
    );
  });
};
