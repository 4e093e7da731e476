/** Which retrier or catcher an error meets, and how long the pause before the next attempt is. */
import type { Retrier } from './definition-schema.ts';
import { ERROR, type StateError } from './errors.ts';

const matchesName = (name: string, { error, alias }: StateError): boolean => {
  if (name === ERROR.all) return true;
  if (name === ERROR.taskFailed) return error !== ERROR.timeout;
  return name === error || (alias !== undefined && name === alias);
};

/** States.Runtime is beyond Retry and Catch, even by its name (recorded on AWS). */
export const meets = (errorEquals: readonly string[], error: StateError): boolean =>
  error.error !== ERROR.runtime && errorEquals.some((name) => matchesName(name, error));

/** Milliseconds before attempt `used + 1` of this retrier. */
export const pauseBefore = (retrier: Retrier, used: number, random: () => number = Math.random): number => {
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds, JitterStrategy } = retrier;
  const grown = IntervalSeconds * BackoffRate ** used;
  const capped = Math.min(grown, MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return Math.round(capped * 1000 * (JitterStrategy === 'FULL' ? random() : 1));
};
