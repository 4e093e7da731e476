/** Which call to the world goes wrong, and how. Rates vary by seed: some runs are calm, some are wild. */
import { type Chance, shortOf } from './chance.ts';

/**
 * `lost`: it was done, and the answer was an error. `echo`: it was done, the client asked again by itself, and its own write
 * made the condition say no. `stale`: an index as it was a few writes ago. `dies-before` and `dies-after`: the function ends
 * there and never goes on. What died somewhere often dies there again the next time it comes by.
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
  /** By how many milliseconds the clock is behind that dates this event: hosts have clocks of their own. */
  behind(name: string): number;
  /** At which instants something has struck. */
  instants(): readonly number[];
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
/** Of those that died at a place, so many die there again. */
const AGAIN = 0.35;
/** Of a thousand events so many are dated by a clock that is behind. */
const RATES_BEHIND: readonly [number, ...number[]] = [0, 0, 0, 20, 150];
const BEHIND_MS = [1000, 7000, 30_000, 170_000] as const;

/** The same step, whichever time it is run. */
const placeOf = (name: string): string => name.replace(/~\d+$/, '');

const WAYS: readonly Fault[] = ['error', 'lost', 'echo', 'stale', 'dies-before', 'dies-after', 'slow'];

type Ports = { chance: Chance; only: ReadonlySet<string> | undefined; now(): number };

export const createFaults = ({ chance, only, now }: Ports): Faults => {
  const struck: string[] = [];
  const instants: number[] = [];
  const deaths = new Map<string, Fault>();
  const shareBehind = chance.pick('clocks that are behind', RATES_BEHIND) / 1000;
  const rates = new Map(WAYS.map((fault) => [fault, chance.pick(`rate of ${fault}`, RATES) / 1000] as const));
  let isOver = false;

  /** False for what was left out of a run that was cut down. */
  const isStruck = (full: string): boolean => {
    if (only !== undefined && !only.has(shortOf(full))) return false;
    struck.push(full);
    instants.push(now());
    return true;
  };

  const again = (name: string): Fault | undefined => {
    const fault = deaths.get(placeOf(name));
    if (fault === undefined) return undefined;
    deaths.delete(placeOf(name));
    if (!chance.isLikely(`again ${name}`, AGAIN)) return undefined;
    return isStruck(`${fault} again at ${name}`) ? fault : undefined;
  };

  const drawn = (kind: CallKind, name: string): Fault | undefined => {
    const share = chance.draw(`fault ${name}`);
    let upTo = 0;
    for (const fault of POSSIBLE[kind]) {
      upTo += rates.get(fault) ?? 0;
      if (share >= upTo) continue;
      return isStruck(`${fault} at ${name}`) ? fault : undefined;
    }
    return undefined;
  };

  return {
    strike: (kind, name) => {
      if (isOver) return undefined;
      const fault = again(name) ?? drawn(kind, name);
      if (fault === 'dies-before' || fault === 'dies-after') deaths.set(placeOf(name), fault);
      return fault;
    },
    behind: (name) => {
      if (isOver || !chance.isLikely(`behind ${name}`, shareBehind)) return 0;
      return isStruck(`clock behind at ${name}`) ? chance.pick(`by how much ${name}`, BEHIND_MS) : 0;
    },
    instants: () => instants,
    struck: () => struck,
    stop: () => {
      isOver = true;
    },
    hasStopped: () => isOver,
  };
};
