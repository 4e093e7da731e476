/**
 * The stamp of a page: when it was shown, and a digest that only whoever holds the link could make. It keeps nothing
 * secret; it shows that the form was fetched before it was sent, and how long before.
 */
import type { Ids } from '../adapters/ports.ts';
import { toEpochMs } from '../core/calendar.ts';
import type { Stamp } from '../core/evidence.ts';
import type { Instant } from '../core/ids.ts';

type Digests = Pick<Ids, 'digest'>;

const RADIX = 36;
const DIGITS = 20;

const sealOf = ({ digest }: Digests, token: string, time: string, isAgain: boolean): string =>
  digest(`page ${token} ${time}${isAgain ? ' again' : ''}`).slice(0, DIGITS);

export const makeStamp = (ids: Digests, token: string, now: Instant, isAgain = false): string => {
  const time = toEpochMs(now).toString(RADIX);
  return `${time}-${sealOf(ids, token, time, isAgain)}`;
};

export const readStamp = (ids: Digests, token: string, text: string | null, now: Instant): Stamp => {
  if (text === null || text === '') return { kind: 'none' };
  const [, time = '', seal] = /^([0-9a-z]{1,12})-([0-9a-f]+)$/.exec(text) ?? [];
  const isAgain = seal === sealOf(ids, token, time, true);
  if (!isAgain && seal !== sealOf(ids, token, time, false)) return { kind: 'false' };
  return { kind: 'ours', ageMs: toEpochMs(now) - Number.parseInt(time, RADIX), isAgain };
};
