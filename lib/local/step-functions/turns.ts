/** Lets so many jobs run at once; the others begin in the order they came. */
export type Turns = <T>(job: () => Promise<T>) => Promise<T>;

export const createTurns = (most: number): Turns => {
  const waiting: (() => void)[] = [];
  let running = 0;

  /** Whoever ends hands over the place. */
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };

  return async (job) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      leave();
    }
  };
};
