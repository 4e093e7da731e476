/** A deliberate mistake in the product, and the tests that must not let it pass. */
export type Mutation = {
  name: string;
  /** What would happen to people if it went out. */
  harm: string;
  file: string;
  /** A text that is there exactly once. */
  find: string;
  replace: string;
  /** Test files or folders; the first that fails has caught it. */
  caughtBy: readonly string[];
};
