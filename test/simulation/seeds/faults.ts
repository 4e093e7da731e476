/** Which call to the world goes wrong, and how. Rates vary by seed: some runs are calm, some are wild. */
import { type Chance, shortOf } from './chance.ts';

/**
 * `lost`: it was done, and the answer was an error. `echo`: it was done, the client asked again by itself, and its own write
 * made the condition say no. `stale`: an index as it was a few writes ago. `dies-before` and `dies-after`: the function ends
 * there and never goes on.
 */
export type Fault = 'error' | 'lost' | 'echo' | 'stale' | 'dies-before' | 'dies-after' | 'slow';

export type CallKind = 'read' | 'index' | 'write' | 'conditional' | 'workflow' | 'mail' | 'queue' | 'archive';

const POSSIBLE: Readonly<Record<CallKind, readonly Fault[]>> = {
  read: ['error', 'dies-before', 'slow'],
  index: ['error', 'stale', 'dies-before', 'slow'],
  write: ['error', 'lost', 'dies-before', 'dies-after', 'slow'],
  conditional: ['error', 'lost', 'echo', 'dies-before', 'dies-after', 'slow'],
  workflow: ['error', 'lost', 'dies-before', 'dies-after', 'slow'],
  mail: ['error', 'lost', 'dies-before', 'dies-after', 'slow'],
  queue: ['error', 'lost', 'dies-before', 'dies-after', 'slow'],
  archive: ['error', 'dies-before', 'slow'],
};

export type Faults = {
  /** Undefined when all goes well. */
  strike(kind: CallKind, name: string): Fault | undefined;
  /** What has struck, by its full name. */
  struck(): readonly string[];
  /** From now on nothing goes wrong. */
  stop(): void;
  hasStopped(): boolean;
};

/** Of a thousand calls so many go wrong in each way. */
const RATES: readonly [number, ...number[]] = [0, 0, 1, 3, 8, 20];
const WAYS: readonly Fault[] = ['error', 'lost', 'echo', 'stale', 'dies-before', 'dies-after', 'slow'];

export const createFaults = (chance: Chance, only: ReadonlySet<string> | undefined): Faults => {
  const struck: string[] = [];
  const rates = new Map(WAYS.map((fault) => [fault, chance.pick(`rate of ${fault}`, RATES) / 1000] as const));
  let isOver = false;
  return {
    strike: (kind, name) => {
      if (isOver) return undefined;
      const drawn = chance.draw(`fault ${name}`);
      let upTo = 0;
      for (const fault of POSSIBLE[kind]) {
        upTo += rates.get(fault) ?? 0;
        if (drawn >= upTo) continue;
        const full = `${fault} at ${name}`;
        if (only !== undefined && !only.has(shortOf(full))) return undefined;
        struck.push(full);
        return fault;
      }
      return undefined;
    },
    struck: () => struck,
    stop: () => {
      isOver = true;
    },
    hasStopped: () => isOver,
  };
};
