/** Closes what was opened, in reverse order, however far the opening came. */
const LONGEST_FAREWELL_MS = 5000;

const within = async (limitMs: number, work: Promise<unknown>) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limitMs);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** Closes in reverse order of opening, each in turn, whatever becomes of the others. */
export const createClosers = (log: (line: string) => void) => {
  const closers: (() => unknown)[] = [];
  return {
    add: (close: () => unknown) => closers.push(close),
    closeAll: async () => {
      for (const close of closers.splice(0).reverse())
        try {
          await within(LONGEST_FAREWELL_MS, Promise.resolve(close()));
        } catch (error) {
          log(`Could not be closed: ${String(error)}`);
        }
    },
  };
};
export type Closers = ReturnType<typeof createClosers>;
