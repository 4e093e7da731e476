/**
 * A queue stands back for whoever waits at the door: while requests come in faster than its messages are worked off, it works on
 * one batch at a time and rests after each. Nobody waits for the messages but the clock; on AWS they would run elsewhere.
 */
import type { Timekeeper } from '../time.ts';

/** Fewer requests during a batch are no rush, however small the batch. */
const FEWEST = 5;
const REQUESTS_FOR_A_MESSAGE = 2;
/** So many times as long as the batch took, and no longer than a second. */
const REST = 4;
const LONGEST_REST_MS = 1000;
/** Messages that have waited so long stand back no more. */
const LATE_MS = 60_000;

export type Yielding = {
  /** Whether one more batch may begin beside so many. */
  allows(running: number): boolean;
  /** A batch begins; call what it answers when the batch has ended. */
  begin(): (batch: { messages: number; oldestSentAt: number }) => void;
};

type Parts = {
  /** How many requests have come in so far. */
  requests(): number;
  readonly time: Pick<Timekeeper, 'now' | 'isMoving' | 'busy'>;
  /** Batches may begin again. */
  rested(): void;
  /** Real time, whatever the clock of the runtime says. */
  readonly real?: { now(): number; later(ms: number, run: () => void): void };
};

const REAL: NonNullable<Parts['real']> = {
  now: () => performance.now(),
  later: (ms, run) => void setTimeout(run, ms),
};

export const createYielding = ({ requests, time, rested, real = REAL }: Parts): Yielding => {
  let isRush = false;
  let isResting = false;

  const rest = (ms: number) => {
    isResting = true;
    // Messages are left, so nobody may take the quiet for the end of all work.
    const end = time.busy();
    real.later(ms, () => {
      isResting = false;
      rested();
      end();
    });
  };

  return {
    allows: (running) => !isResting && (!isRush || running === 0),
    begin: () => {
      const [came, began] = [requests(), real.now()];
      return ({ messages, oldestSentAt }) => {
        const arrived = requests() - came;
        const isLate = time.now() - oldestSentAt >= LATE_MS;
        isRush =
          !isLate && !time.isMoving() && arrived >= Math.max(FEWEST, REQUESTS_FOR_A_MESSAGE * messages);
        if (isRush && !isResting) rest(Math.min(REST * (real.now() - began), LONGEST_REST_MS));
      };
    },
  };
};
