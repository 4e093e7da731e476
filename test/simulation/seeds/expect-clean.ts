/** What the test files that play seeds have in common. */
import { expect } from 'vitest';
import { playMany, type SeedPlayed } from './many.ts';

export const playSeeds = async (from: number, seeds: number): Promise<SeedPlayed[]> => {
  const played: SeedPlayed[] = [];
  await playMany({ from, seeds, workers: 1 }, (one) => played.push(one));
  return played;
};

export const expectClean = (played: readonly SeedPlayed[], seeds: number): void => {
  expect(played).toHaveLength(seeds);
  const broken = played.filter(({ findings }) => findings.length > 0);
  expect(broken.map(({ seed, findings }) => ({ seed, findings }))).toEqual([]);
};
