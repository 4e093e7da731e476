/** Looks every five minutes for what tells of itself to nobody: waits past their time, shops gone silent, mail cut off. */
import middy from '@middy/core';
import * as z from 'zod';
import type { WatchPorts } from '../adapters/watch-ports.ts';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { Instant } from '../core/ids.ts';
import { nextTelling } from '../core/operations/due.ts';
import type { MetricName } from '../core/operations/metrics.ts';
import { isInForce } from '../core/operations/pause.ts';
import { isSilent, type SourceSeen, silentFrom } from '../core/operations/sources.ts';
import { logLine, logTrouble } from '../middleware/log-line.ts';
import { measure } from '../middleware/measure.ts';
import { parse } from '../middleware/parse.ts';
import { nextLook, watchWaits } from './waits.ts';

const Scheduled = z.object({ time: Instant.transform((at) => toInstant(toEpochMs(at))) });
type Scheduled = z.output<typeof Scheduled>;

type Gauges = Partial<Record<MetricName, number>>;

type Watched = {
  overdue: number;
  silent: number;
  /** The local runtime, when its clock is moved, calls again no sooner than this; null: not until something is written. */
  restsUntil: Instant | null;
  /** And not before this, whatever is written: moving the clock over a year must not call a hundred thousand times. */
  notBefore: Instant;
};

const REST_MS = 6 * 3_600_000;

/** Each look is made even when another one cannot be. */
const guarded = async <T>(what: string, now: Instant, otherwise: T, look: () => Promise<T>): Promise<T> => {
  try {
    return await look();
  } catch (error) {
    logTrouble(what, 'watch', error, now);
    return otherwise;
  }
};

const earliest = (moments: readonly (Instant | undefined)[], now: Instant): Instant | null =>
  moments
    .filter((at): at is Instant => at !== undefined && toEpochMs(at) > toEpochMs(now))
    .sort((a, b) => toEpochMs(a) - toEpochMs(b))[0] ?? null;

export const createHandler = (ports: WatchPorts) => {
  const { config } = ports.settings;

  /** One line for each shop that is silent, so that the line can name it; of none, the zero stands with the others. */
  const tellSilent = (silent: readonly SourceSeen[], now: Instant): Gauges => {
    for (const { source } of silent) measure(now, { values: { SourcesSilent: 1 }, details: { source } });
    return silent.length === 0 ? { SourcesSilent: 0 } : {};
  };

  const watchSending = async (): Promise<Gauges> => {
    const { most, used } = await ports.sending.quota();
    return {
      /* A mail service without a limit says -1. */
      SendQuotaUsed: most > 0 ? (100 * used) / most : 0,
      SendingDisabled: (await ports.sending.isEnabled()) ? 0 : 1,
    };
  };

  const watchPauses = async (now: Instant): Promise<Gauges> => ({
    SendsPaused: (await ports.pauses.read()).pauses.filter((pause) => isInForce(pause, now)).length,
  });

  return middy<Scheduled, Watched>()
    .use(logLine<Scheduled, Watched>((_, result) => ({ overdue: result?.overdue, silent: result?.silent })))
    .use(parse(Scheduled))
    .handler(async ({ time: now }, context) => {
      const overdue = await watchWaits(ports, now, context);
      const seen = await guarded('shops not looked at', now, [], () => ports.seen.all());
      const known = seen.filter(({ source }) => Object.hasOwn(config.sources, source));
      const silent = known.filter((one) => isSilent(one, now));
      const gauges: Gauges = {
        OverdueWaits: overdue,
        ...tellSilent(silent, now),
        ...(await guarded('mail service not asked', now, {}, watchSending)),
        ...(await guarded('pauses not read', now, {}, () => watchPauses(now))),
      };
      measure(now, { values: gauges });
      const moments = [
        await nextLook(ports, now),
        overdue > 0 ? nextTelling(now) : undefined,
        ...known.map(silentFrom),
      ];
      return {
        overdue,
        silent: silent.length,
        restsUntil: earliest(moments, now),
        notBefore: toInstant(toEpochMs(now) + REST_MS),
      };
    });
};
