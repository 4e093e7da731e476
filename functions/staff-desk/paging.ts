/** Pages of 25 of a ranked list. The cursor is the place of the last row, so what was done meanwhile moves nothing. */
import { Place } from '../core/desk/ranking.ts';
import { parseJson } from '../shops/json.ts';

export const ROWS = 25;

/** Undefined for a cursor nobody made: the list then begins at its beginning. */
const readPlace = (text: string | null): Place | undefined => {
  if (text === null || text.length > 2000) return undefined;
  const parsed = parseJson(Buffer.from(text, 'base64url'));
  return parsed.isJson ? Place.safeParse(parsed.value).data : undefined;
};

const writePlace = ({ severity, strikes, dueAt, amount, saleId, promise }: Place): string =>
  Buffer.from(JSON.stringify({ severity, strikes, dueAt, amount, saleId, promise })).toString('base64url');

export type Slice<T> = { shown: T[]; next: string | undefined; isFurther: boolean };

/** `sorted` by `compare`. */
export const sliceAfter = <T extends Place>(
  sorted: readonly T[],
  compare: (a: Place, b: Place) => number,
  cursor: string | null,
): Slice<T> => {
  const place = readPlace(cursor);
  const rest = place === undefined ? sorted : sorted.filter((row) => compare(row, place) > 0);
  const shown = rest.slice(0, ROWS);
  const last = shown.at(-1);
  return {
    shown,
    next: rest.length > ROWS && last !== undefined ? writePlace(last) : undefined,
    isFurther: place !== undefined,
  };
};

/** An address of the same list with other parameters; what is undefined is left out. */
export const addressOf = (path: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
};

export const pagingOf = (
  path: string,
  parameters: Readonly<Record<string, string | undefined>>,
  { next, isFurther }: Pick<Slice<unknown>, 'next' | 'isFurther'>,
) => ({
  next: next === undefined ? undefined : addressOf(path, { ...parameters, after: next }),
  first: isFurther ? addressOf(path, parameters) : undefined,
});
