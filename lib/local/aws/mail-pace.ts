/** How fast mails leave one machine: at a set rate, first come first served, so that no mail server is run over. */
import { StartError } from '../start-error.ts';

/** Resolves when it is this mail's turn; undefined when it need not wait. */
export type MailPace = () => Promise<void> | undefined;

/** Real time, whatever the clock of the runtime says. */
export type PaceClock = { now(): number; later(ms: number, run: () => void): void };

const REAL: PaceClock = {
  now: () => performance.now(),
  later: (ms, run) => void setTimeout(run, ms),
};

/** A mail that waits for its turn keeps its function waiting, which may run for half a minute. */
const SLOWEST = 0.05;

/**
 * Undefined: as fast as they come.
 * @throws StartError for what is no rate.
 */
export const mailRateOf = (environment: NodeJS.ProcessEnv): number | undefined => {
  const text = environment['AFTERCARE_MAIL_RATE'];
  if (text === undefined || text === '') return undefined;
  const rate = Number(text);
  if (Number.isFinite(rate) && rate >= SLOWEST) return rate;
  throw new StartError(
    `AFTERCARE_MAIL_RATE=${text} is no rate. Write mails per second, like 14 or 0.5, ${SLOWEST} at least.`,
  );
};

/**
 * How many steps may be under way at a rate: their mails leave within half a second of it, so that what a handler has read right
 * before its mail is still true, and none of them runs into its timeout.
 */
export const callsAtRate = (perSecond: number | undefined): number =>
  perSecond === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(perSecond / 2));

/** Mails that nobody sent are not made up for: after a quiet hour they leave at the rate as ever. */
export const createMailPace = (perSecond: number | undefined, clock: PaceClock = REAL): MailPace => {
  if (perSecond === undefined) return () => undefined;
  const gapMs = 1000 / perSecond;
  const waiting: { at: number; go(): void }[] = [];
  let free = Number.NEGATIVE_INFINITY;

  /** A timer that comes late lets everybody go whose turn has come, so it costs no rate. */
  const letGo = () => {
    const now = clock.now();
    while (waiting[0] !== undefined && waiting[0].at <= now) waiting.shift()?.go();
    if (waiting[0] !== undefined) clock.later(Math.max(1, waiting[0].at - now), letGo);
  };

  return () => {
    const now = clock.now();
    const at = Math.max(now, free);
    free = at + gapMs;
    if (at <= now && waiting.length === 0) return undefined;
    return new Promise((go) => {
      if (waiting.push({ at, go }) === 1) clock.later(Math.max(1, at - now), letGo);
    });
  };
};
