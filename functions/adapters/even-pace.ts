import { setTimeout as wait } from 'node:timers/promises';
import type { EvenPace } from './ports.ts';

/** The mail service answers in 20 to 300 ms; what takes longer still shows. */
const LEAST_MS = 600;

export const createEvenPace =
  (leastMs = LEAST_MS): EvenPace =>
  async (work) => {
    const [result] = await Promise.all([work(), wait(leastMs)]);
    return result;
  };
