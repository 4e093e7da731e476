/** Runs jobs of the same key one after the other, jobs of different keys side by side. */
export type Lanes = { run<T>(key: number, job: () => Promise<T>): Promise<T> };

export const createLanes = (): Lanes => {
  const last = new Map<number, Promise<unknown>>();
  return {
    run: (key, job) => {
      const before = last.get(key);
      const mine = before === undefined ? job() : before.then(job, job);
      last.set(key, mine);
      const leave = () => {
        if (last.get(key) === mine) last.delete(key);
      };
      mine.then(leave, leave);
      return mine;
    },
  };
};
