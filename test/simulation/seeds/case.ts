/** What is played: a seed, and of a run that was cut down what of it is left. */
export type Case = {
  seed: number;
  sales: number;
  /** Happenings that take place, by their short names; all of them when left out. */
  happenings?: ReadonlySet<string>;
  /** Faults that strike, by their short names; all that are drawn when left out. */
  faults?: ReadonlySet<string>;
};

const list = (names: ReadonlySet<string>): string => (names.size === 0 ? 'none' : [...names].join(','));

/** The command that plays it again. */
export const commandFor = ({ seed, sales, happenings, faults }: Case): string =>
  [
    `npm run simulate -- --seed ${seed} --sales ${sales}`,
    ...(happenings === undefined ? [] : [`--happenings ${list(happenings)}`]),
    ...(faults === undefined ? [] : [`--faults ${list(faults)}`]),
  ].join(' ');

export const namesIn = (text: string | undefined): ReadonlySet<string> | undefined =>
  text === undefined ? undefined : new Set(text.split(',').filter((name) => name !== '' && name !== 'none'));

/** Few, so that many seeds can be played; several often enough that the sales of one person meet. */
export const salesFor = (seed: number): number => [1, 2, 1, 2, 1, 1, 3, 1][seed % 8] ?? 1;
