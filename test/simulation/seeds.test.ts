/**
 * Five hundred seeds of the simulation, in a process of their own, which catches every line that is logged. More of them:
 * `npm run simulate -- --seeds 10000`.
 */
import { describe, expect, it } from 'vitest';
import { playMany, type SeedPlayed } from './seeds/many.ts';

const SEEDS = 500;

const play = async (from: number, seeds: number): Promise<SeedPlayed[]> => {
  const played: SeedPlayed[] = [];
  await playMany({ from, seeds, workers: 1 }, (one) => played.push(one));
  return played;
};

describe('a simulated shop with faults at every port', () => {
  it('breaks no law, whatever the seed', async () => {
    const played = await play(0, SEEDS);

    expect(played).toHaveLength(SEEDS);
    const broken = played.filter(({ findings }) => findings.length > 0);
    expect(broken.map(({ seed, findings }) => ({ seed, findings }))).toEqual([]);
  }, 600_000);

  it('does the same for the same seed, and something else for another', async () => {
    const [first, second] = [await play(11, 3), await play(11, 3)];

    const digests = first.map(({ digest }) => digest);
    expect(second.map(({ digest }) => digest)).toEqual(digests);
    expect(new Set(digests).size).toBe(3);
  }, 600_000);

  it('is not a calm one: mails leave, people act, and calls go wrong', async () => {
    const played = await play(20, 5);

    for (const count of ['mails', 'acts', 'webhooks', 'executions', 'faults'])
      expect(played.reduce((sum, { counts }) => sum + (counts[count] ?? 0), 0)).toBeGreaterThan(10);
  }, 600_000);
});
