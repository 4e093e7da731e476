/** What the checks of a definition read and what they find. */
import type { State } from './definition-schema.ts';

/** Something refused, in the state it was found in (undefined: the machine itself). */
export type Problem = { state: string | undefined; field: string; reason: string };

/** One level of states: the machine's own, or those of a Map or of one Parallel branch. */
export type Level = {
  owner: string | undefined;
  startAt: string;
  states: Map<string, State>;
  outer: Level | undefined;
};
