/**
 * Chance that is the same each time. Every draw has a name, and comes from the seed and that name alone: leaving one thing
 * out of a run changes no other draw, so a failing run can be cut down.
 */
export type Chance = {
  /** At least 0, less than 1. */
  draw(name: string): number;
  isLikely(name: string, share: number): boolean;
  /** One of the given. */
  pick<T>(name: string, of: readonly [T, ...T[]]): T;
  /** A whole number from 0, less than `limit`. */
  below(name: string, limit: number): number;
};

/** Two rounds of 32 bits over the text, mixed as in MurmurHash3's last steps. */
const hashOf = (text: string, seed: number): number => {
  let hash = seed ^ 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

export const createChance = (seed: number): Chance => {
  const draw = (name: string) => hashOf(name, Math.imul(seed + 1, 0x27d4eb2f)) / 2 ** 32;
  const below = (name: string, limit: number) => Math.floor(draw(name) * limit);
  return {
    draw,
    below,
    isLikely: (name, share) => draw(name) < share,
    pick: (name, of) => of[below(name, of.length)] ?? of[0],
  };
};

/** Eight letters that stand for a name: short enough to be typed. */
export const shortOf = (name: string): string => hashOf(name, 7).toString(16).padStart(8, '0');
