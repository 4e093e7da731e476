/** When a pause is over, by itself or by `aftercare resume`: what it has held back is said and asked, so many sales in a run. */
import middy from '@middy/core';
import * as z from 'zod';
import type { SweeperPorts } from '../adapters/ports.ts';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { Instant } from '../core/ids.ts';
import { overSince, wakeRestsUntil } from '../core/operations/pause.ts';
import { addMinutes } from '../core/promises/deadlines.ts';
import { logLine } from '../middleware/log-line.ts';
import { parse } from '../middleware/parse.ts';
import { type Woken, wakeHeld } from '../steps/wake-held.ts';

/** EventBridge's own event, and the one of `aftercare resume`: both carry the time. */
const WakeEvent = z.object({
  time: Instant.transform((at) => toInstant(toEpochMs(at))),
  /** So many sales at most, so that whoever calls can keep the pace of the mail quota. */
  most: z.int().positive().max(1000).optional(),
});
type WakeEvent = z.output<typeof WakeEvent>;

/** Every five minutes: what a quota of two mails a second carries. */
const MOST_IN_A_RUN = 500;
/** A pause that begins meanwhile lasts longer. */
const IDLE_MINUTES = 60;
/** What is left of a run that is enough for one more sale. */
const ENOUGH_MS = 8_000;

type Result = Woken & {
  /** The local runtime, when its clock is moved, calls again no sooner than this; null: not until something is written. */
  restsUntil: Instant | null;
  /** And not before this, whatever is written. */
  notBefore?: Instant;
};

const NOTHING: Woken = { woken: 0, failed: 0, isDone: true, nextAt: undefined };

export const createHandler = (ports: SweeperPorts) =>
  middy<WakeEvent, Result>()
    .use(
      logLine<WakeEvent, Result>((_, result) => ({
        woken: result?.woken,
        failed: result?.failed,
        isDone: result?.isDone,
      })),
    )
    .use(parse(WakeEvent))
    .handler(async ({ time: now, most = MOST_IN_A_RUN }, context) => {
      const { pauses, endedUntil } = await ports.pauses.read();
      /* Nothing was paused since all of it was done: one read, every five minutes. */
      if (pauses.length === 0 && endedUntil === undefined)
        return { ...NOTHING, restsUntil: null, notBefore: addMinutes(now, IDLE_MINUTES) };
      const hasTime = () => context.getRemainingTimeInMillis() > ENOUGH_MS;
      const result = await wakeHeld(ports, { pauses, endedUntil, most, hasTime }, now);
      if (result.isDone && result.failed === 0) {
        const over = pauses.filter(({ until }) => overSince(until, now));
        for (const pause of over) await ports.pauses.forget(pause);
        if (endedUntil !== undefined && overSince(endedUntil, now)) await ports.pauses.forget({ endedUntil });
      }
      return { ...result, restsUntil: wakeRestsUntil({ pauses, endedUntil }, result, now) };
    });
