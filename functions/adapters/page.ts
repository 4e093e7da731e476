export type Page<T> = {
  items: T[];
  /** Where the next page begins; undefined at the end. */
  next: string | undefined;
};
