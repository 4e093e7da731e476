/** The test that every walk is; each is a file of its own, so that two workers share the work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORDERS, type Walk, walk } from './walk.ts';

const MINUTES_MS = 60_000;

/** A walk that does nothing breaks no law either. */
type AtLeast = { points: number; healed: number };

export const proveWalk = (part: Walk, atLeast: AtLeast): void => {
  const { depth, ratings, worker, of } = part;
  const what = `every order of up to ${depth} events, answers of ${ratings.join(' then ')}, crashes ${worker + 1} of ${of}`;

  describe(what, () => {
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
        const { explored, counts, text } = await walk(part);

        console.log(text);
        expect(explored.failures, text).toEqual([]);
        expect(explored.orders).toEqual(ORDERS.slice(0, depth));
        expect(counts.points).toBeGreaterThan(atLeast.points);
        expect(explored.healed).toBeGreaterThan(atLeast.healed);
      },
      20 * MINUTES_MS,
    );
  });
};
