/** One way to make a file of a package smaller before it goes into a bundle. */
export type Rule = {
  /** Which files: matched against the path below `node_modules/`. */
  readonly of: RegExp;
  /** The file's text in, a smaller one out that does the same for what our functions use. */
  readonly change: (source: string, names: NamesInUse) => string;
};

/** Every word that stands anywhere in `functions/`, and `.name` for what is asked of an object: what is not among them, nobody there asks for. */
export type NamesInUse = ReadonlySet<string>;
