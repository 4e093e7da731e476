/** The question to the customer whether a promise was kept, and the one reminder of it. */
import type { OwedPromise } from './promise.ts';

/** Its key in the journal: each time it is said to be done it is asked anew. */
export const verdictMessage = (
  { id, proposals }: Pick<OwedPromise, 'id' | 'proposals'>,
  isAgain: boolean,
): string => `${id}/${isAgain ? 'ask-again' : 'ask'}#${proposals}`;
