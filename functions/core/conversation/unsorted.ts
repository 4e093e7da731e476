/** The name of a mail that waits for a person: when it came and the mail's digest, so that the same mail waits once. */
import type { Instant } from '../ids.ts';

const ID = /^[\dTZ:.-]{20,30}#([0-9a-f]{16,64})$/;

export const unsortedId = (at: Instant, digest: string): string => `${at}#${digest}`;

/** The mail's digest, as in `wrote`; undefined for a text that names no mail. */
export const digestInId = (id: string): string | undefined => ID.exec(id)?.[1];
