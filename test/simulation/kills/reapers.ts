/** Deaths at random, and deaths at each point that the runtime knows. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createChance } from '../seeds/chance.ts';
import type { Machine } from './machine.ts';
import type { Reaper } from './play-lives.ts';

/** Time to live after each start, in milliseconds. */
const LIVES_MS = [50, 2000] as const;
/** Some die before they are ready. */
const UNBORN = 0.1;

type Random = { kills: number; seed: number; say?(line: string): void };

export const killAtRandom = ({ kills, seed, say }: Random): Reaper => {
  const chance = createChance(seed);
  const [least, most] = LIVES_MS;
  let done = 0;
  const killIn = async (machine: Machine, name: string): Promise<void> => {
    await sleep(least + chance.draw(`${name} ${done}`) * (most - least));
    await machine.kill();
    done += 1;
    if (done % 50 === 0) say?.(`${done} kills`);
  };
  return {
    isPaced: true,
    progress: () => done / kills,
    run: async (machine) => {
      while (done < kills) {
        await killIn(machine, 'life');
        while (done < kills && chance.isLikely(`unborn ${done}`, UNBORN)) {
          const started = machine.start().catch(() => undefined);
          await killIn(machine, 'start');
          await started;
        }
        await machine.start();
      }
    },
  };
};

/** `points` as `AFTERCARE_FAILPOINT` takes them; each life ends at the next of them. */
export const dieAt = (points: readonly string[]): Reaper & { reached(): readonly string[] } => {
  const reached: string[] = [];
  return {
    isPaced: false,
    progress: () => reached.length / points.length,
    reached: () => reached,
    run: async (machine) => {
      await machine.stop();
      for (const point of points) {
        /* Some die before they are ready. */
        await machine.start({ environment: { AFTERCARE_FAILPOINT: point } }).catch(() => undefined);
        await machine.died();
        reached.push(point);
      }
      await machine.start();
    },
  };
};
