/** How `<sale>` / `found-by` names the search rows of a sale: partition and sort key, a blank between them. */
import type { SearchKey } from '../core/desk/search-keys.ts';

type Place = Pick<SearchKey, 'partition' | 'sort'>;

const SEPARATOR = ' ';

export const textOf = ({ partition, sort }: Place): string => `${partition}${SEPARATOR}${sort}`;

/** No partition holds a blank: names are words, the others are digests and numbers without one. */
export const keyIn = (text: string): Place => {
  const at = text.indexOf(SEPARATOR);
  return { partition: text.slice(0, at), sort: text.slice(at + 1) };
};

/** The same as the key of the item. */
export const placeIn = (text: string): { sale: string; item: string } => {
  const { partition, sort } = keyIn(text);
  return { sale: partition, item: sort };
};
