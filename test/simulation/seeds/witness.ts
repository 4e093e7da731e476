/** What the world sees while a run is played, numbered in the order it sees it. */
import type { Act, Fate, Look, Moment, SeenMail, Told } from '../checker/seen.ts';

/** While it is under way; plain data afterwards. */
type Open<T> = { -readonly [K in keyof T]: T[K] };

export const createWitness = (now: () => number) => {
  let count = 0;
  const moment = (): Moment => {
    count += 1;
    return { at: new Date(now()).toISOString(), seq: count };
  };
  return {
    moment,
    seq: () => {
      count += 1;
      return count;
    },
    told: [] as Open<Told>[],
    mails: [] as SeenMail[],
    fates: [] as Open<Fate>[],
    acts: [] as Open<Act>[],
    looks: [] as Look[],
    story: [] as string[],
  };
};

export type Witness = ReturnType<typeof createWitness>;
