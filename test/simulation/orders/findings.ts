/** What is wrong with a state, in words. */
import { judge } from '../checker/judge.ts';
import { seenOf } from './seen.ts';
import type { State } from './state.ts';

/** A count of how sales ended that nobody came to write is written with whatever happens to the sale next. */
const isOnlyCounting = (what: string): boolean => what.startsWith('I10: counts as ');

/** `isLenient`: whoever told the last event may have left it at that. */
export const findingsIn = (state: State, isLenient = false): string[] => {
  const found = judge(seenOf(state)).map(({ law, what }) => `${law}: ${what}`);
  return [...state.troubles, ...found].filter((one) => !isLenient || !isOnlyCounting(one));
};
