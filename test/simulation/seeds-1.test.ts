/**
 * Half of the five hundred seeds of the simulation, in a process of their own, which catches every line that is logged; the
 * other half is in seeds-2. More of them: `npm run simulate -- --seeds 10000`.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClean, playSeeds } from './seeds/expect-clean.ts';
import type { SeedPlayed } from './seeds/many.ts';

const SEEDS = 250;

let played: SeedPlayed[] = [];

describe('a simulated shop with faults at every port', () => {
  beforeAll(async () => {
    played = await playSeeds(0, SEEDS);
  }, 600_000);

  it('breaks no law, whatever the seed', () => {
    expectClean(played, SEEDS);
  });

  it('does the same for the same seed, in another process too, and something else for another', async () => {
    const digests = (seeds: readonly SeedPlayed[]) => seeds.map(({ digest }) => digest);
    const once = digests(played.slice(11, 14));

    expect(digests(await playSeeds(11, 3))).toEqual(once);
    expect(new Set(digests(played)).size).toBe(SEEDS);
  }, 600_000);

  it('is not a calm one: mails leave, people act, and calls go wrong', () => {
    for (const count of ['mails', 'acts', 'webhooks', 'executions', 'faults'])
      expect(played.reduce((sum, { counts }) => sum + (counts[count] ?? 0), 0)).toBeGreaterThan(SEEDS);
  });
});
