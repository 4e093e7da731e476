/** Deaths drawn from a seed. */
import type { Failpoint } from '../../../lib/local/failpoints.ts';
import { createChance } from '../seeds/chance.ts';
import type { Death } from './reapers.ts';

/** Later hits have more sales, timers and mails under way; a life of a few sales sees no more of each than these. */
const LATEST: Readonly<Record<Failpoint, number>> = {
  'object-written': 1,
  'mail-arrived': 4,
  'mail-kept': 4,
  'function-called': 12,
  'function-returned': 12,
  committing: 24,
  committed: 24,
  answering: 12,
};

/** The last page of the log and what SQLite says of it; cut further back, the commit before it would go too. */
const LONGEST_CUT = 4096;
/** A start for each takes longer than everything else of a life. */
const CUTS_IN_A_LIFE = 8;

/** Every failpoint once, at a hit of its own. */
export const everyPoint = (seed: number): Death[] => {
  const chance = createChance(seed);
  return Object.entries(LATEST).map(([point, latest]) => ({
    at: `${point}:${1 + chance.below(`hit ${point}`, latest)}`,
  }));
};

export const tornAtRandom = (seed: number): Death[] => {
  const chance = createChance(seed);
  return Array.from({ length: CUTS_IN_A_LIFE }, (_, cut) => ({
    at: `committed:${1 + chance.below(`commit ${cut}`, LATEST.committed)}`,
    torn: 1 + chance.below(`torn ${cut}`, LONGEST_CUT),
  }));
};
