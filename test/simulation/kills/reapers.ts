/** Deaths at random, and deaths at each point that the runtime knows. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createChance } from '../seeds/chance.ts';
import type { Machine } from './machine.ts';
import { tearLog } from './tear-log.ts';

const DATABASE = 'aftercare.sqlite';
/** Time to live after each start, in milliseconds. */
const LIVES_MS = [50, 2000] as const;
/** Some die before they are ready. */
const UNBORN = 0.1;

/** Lets the runtime die, and brings it back each time. */
export type Reaper = {
  run(machine: Machine): Promise<void>;
  /** The share of deaths that is over: 1 at the end. */
  progress(): number;
  /** What it is to die of next. */
  next(): string;
  /** Whether the days are spread over the deaths now; otherwise they pass as quickly as they can. */
  isPaced(): boolean;
};

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
    isPaced: () => true,
    progress: () => done / kills,
    next: () => 'a kill at random',
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

/** A point as `AFTERCARE_FAILPOINT` takes it; `torn`: so many bytes of the last commit never reached the disk. */
export type Death = { at: string; torn?: number };

type Reached = { reached(): readonly Death[] };

/** Each life ends at the next of these points. What is torn must not have been told to anybody: `committed` sees to that. */
export const dieAt = (dataDir: string, deaths: readonly Death[]): Reaper & Reached => {
  const reached: Death[] = [];
  return {
    isPaced: () => false,
    progress: () => reached.length / deaths.length,
    next: () => deaths[reached.length]?.at ?? 'nothing',
    reached: () => reached,
    run: async (machine) => {
      await machine.stop();
      for (const death of deaths) {
        /* Some die before they are ready. */
        await machine.start({ environment: { AFTERCARE_FAILPOINT: death.at } }).catch(() => undefined);
        await machine.died();
        if (death.torn !== undefined) tearLog(join(dataDir, DATABASE), death.torn);
        reached.push(death);
      }
      await machine.start();
    },
  };
};

const isUnfinished = ({ progress }: Reaper): boolean => progress() < 1;

/** One kind of death after the other. */
export const inTurn = (...reapers: readonly Reaper[]): Reaper => ({
  isPaced: () => reapers.find(isUnfinished)?.isPaced() === true,
  next: () => reapers.find(isUnfinished)?.next() ?? 'nothing',
  progress: () => reapers.reduce((sum, { progress }) => sum + progress(), 0) / reapers.length,
  run: async (machine) => {
    for (const reaper of reapers) await reaper.run(machine);
  },
});
