/** `orders`: every order of up to four events; `seeds`: the seeds of `npm test`; else a test file or a folder of them. */
export type Catcher = 'orders' | 'seeds' | `test/${string}`;

/** A deliberate mistake in the product, and what must not let it pass. */
export type Mutation = {
  name: string;
  /** What would happen to people if it went out. */
  harm: string;
  file: string;
  /** A text that is there exactly once. */
  find: string;
  replace: string;
  /** Each of them alone has to notice. */
  caughtBy: readonly Catcher[];
};
