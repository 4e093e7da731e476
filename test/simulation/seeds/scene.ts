/** When and where a seed is played: the day it begins, how long it lasts, and when the product or the mail is not there. */
import { join } from 'node:path';
import type { Chance } from './chance.ts';
import { type Deploy, deploysOf, POLICY } from './policies.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Long enough for a check-in, a reminder, a promise that climbs, and the review. */
export const DAYS = 34;
/** And then nothing goes wrong any more, and nobody does anything new. */
export const DRAIN_DAYS = 3;

/** Around the ends of summer time, a leap day, the turn of the year, and a plain November. */
const STARTS = [
  '2026-11-02T07:00:00.000Z',
  '2026-10-19T06:00:00.000Z',
  '2027-03-22T07:00:00.000Z',
  '2028-02-21T07:00:00.000Z',
  '2026-12-18T09:00:00.000Z',
] as const;

export const SECRET = 'whsec_c2ltdWxhdGlvbi1zZWNyZXQtb2YtMzItYnl0ZXM=';

export const settings = {
  config: POLICY,
  contentDir: join(import.meta.dirname, '..', '..', '..', 'content'),
  publicUrl: 'https://care.shop.example',
};

export type Window = { from: number; until: number };

export type Scene = {
  start: number;
  /** The runtime is off: nothing happens by itself, and nobody gets an answer. */
  down: readonly Window[];
  outages: readonly Window[];
  pauses: readonly Window[];
  deploys: readonly Deploy[];
};

export const isWithin = (windows: readonly Window[], at: number): boolean =>
  windows.some(({ from, until }) => from <= at && at < until);

const windowsOf = (chance: Chance, start: number, what: string, hours: number): Window[] => {
  if (!chance.isLikely(`any ${what}`, 0.25)) return [];
  return Array.from({ length: 1 + chance.below(`count ${what}`, 2) }, (_, n) => {
    const from = start + Math.round(chance.draw(`${what} from ${n}`) * (DAYS - 4) * DAY_MS);
    const length = (0.2 + chance.draw(`${what} until ${n}`)) * hours * HOUR_MS;
    return { from, until: from + Math.round(length) };
  });
};

export const sceneOf = (chance: Chance): Scene => {
  const start = Date.parse(chance.pick('start', STARTS)) + chance.below('hour', 48) * HOUR_MS;
  return {
    start,
    down: windowsOf(chance, start, 'down', 60),
    outages: windowsOf(chance, start, 'outage of mail', 2),
    pauses: windowsOf(chance, start, 'pause', 40),
    deploys: deploysOf(chance, start),
  };
};
