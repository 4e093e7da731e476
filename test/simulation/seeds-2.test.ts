/** The other half of the seeds; see seeds-1. */
import { describe, it } from 'vitest';
import { expectClean, playSeeds } from './seeds/expect-clean.ts';

describe('a simulated shop with faults at every port', () => {
  it('breaks no law, whatever the seed (the second half)', async () => {
    expectClean(await playSeeds(250, 250), 250);
  }, 600_000);
});
