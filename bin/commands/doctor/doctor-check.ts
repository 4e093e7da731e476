/** What a check of the doctor says, and what it is made with. */
import type { Configuration } from '../../../functions/core/configuration.ts';
import type { Target } from '../target.ts';

/** `unknown`: it could not be checked, which is no verdict. */
export type State = 'ok' | 'warn' | 'bad' | 'unknown';

export type Finding = {
  check: string;
  state: State;
  /** One sentence: what it means. */
  says: string;
  /** What to do about it; nothing when all is well. */
  todo?: string;
};

export type Given = {
  config: Configuration;
  target: Target;
  /** There, as an instant. */
  now: string;
};

export type Verdict = Omit<Finding, 'check'>;

export type Check = { name: string; look(given: Given): Promise<readonly Verdict[]> };

export const ok = (says: string): Verdict[] => [{ state: 'ok', says }];
export const warn = (says: string, todo: string): Verdict[] => [{ state: 'warn', says, todo }];
export const bad = (says: string, todo: string): Verdict[] => [{ state: 'bad', says, todo }];
