/**
 * One synthetic sale an hour: ends the one of the hour before, as its customer, and begins the next, as its shop. What
 * it finds is a number that an alarm watches; no number at all is an alarm too.
 */
import middy from '@middy/core';
import * as z from 'zod';
import type { CanaryPorts } from '../adapters/canary-ports.ts';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { CANARY_SOURCE, Instant } from '../core/ids.ts';
import { CANARY_PATIENCE_MS, type CanaryStep } from '../core/operations/canary.ts';
import { logLine, logTrouble } from '../middleware/log-line.ts';
import { measure } from '../middleware/measure.ts';
import { parse } from '../middleware/parse.ts';
import { goTheWay } from './journey.ts';
import { cancelled, paid } from './shop.ts';

const Scheduled = z.object({ time: Instant.transform((at) => toInstant(toEpochMs(at))) });
type Scheduled = z.output<typeof Scheduled>;

type Flown = {
  did: 'passed' | 'failed' | 'first' | 'under-way';
  /** The step that failed. */
  why?: CanaryStep;
};

const NO_SECRET = 'The secret of the synthetic sale is missing';

export const createHandler = (ports: CanaryPorts) => {
  const { settings, secrets, outside, log } = ports;

  const tell = async (webhook: typeof paid, orderId: string, now: Instant): Promise<boolean> => {
    const [secret] = await secrets.of(CANARY_SOURCE, toEpochMs(now));
    if (secret === undefined) throw new Error(NO_SECRET);
    const { url, headers, body } = webhook({ orderId, publicUrl: settings.publicUrl, secret, now });
    return (await outside.post(url, headers, body)).status === 200;
  };

  /** Whatever stands in the way is what the canary is for: it is told, not thrown. */
  const guarded = async <T>(step: T, act: () => Promise<T | undefined>): Promise<T | undefined> => {
    try {
      return await act();
    } catch (error) {
      logTrouble('canary', CANARY_SOURCE, error);
      return step;
    }
  };

  const begin = (now: Instant) =>
    guarded<CanaryStep>('webhook', async () => {
      const orderId = `c${toEpochMs(now)}`;
      /* Noted first: a webhook that was taken and not noted would never be looked after. */
      await log.note({ orderId, at: now });
      return (await tell(paid, orderId, now)) ? undefined : 'webhook';
    });

  const end = async (orderId: string, now: Instant): Promise<CanaryStep | undefined> => {
    const why = await guarded<CanaryStep>('end', () => goTheWay(ports, { orderId, now }));
    if (why !== undefined) await guarded(false, () => tell(cancelled, orderId, now));
    return why;
  };

  const fly = async (now: Instant): Promise<Flown> => {
    const last = await log.last();
    if (last !== undefined && toEpochMs(now) - toEpochMs(last.at) < CANARY_PATIENCE_MS)
      return { did: 'under-way' };
    const failed = last === undefined ? undefined : await end(last.orderId, now);
    const why = failed ?? (await begin(now));
    if (failed !== undefined) await begin(now);
    if (why !== undefined) return { did: 'failed', why };
    return { did: last === undefined ? 'first' : 'passed' };
  };

  return middy<Scheduled, Flown>()
    .use(logLine<Scheduled, Flown>((_, result) => ({ did: result?.did, why: result?.why })))
    .use(parse(Scheduled))
    .handler(async ({ time: now }) => {
      const flown = await fly(now);
      if (flown.did === 'passed') measure(now, { values: { CanaryPassed: 1 } });
      if (flown.did === 'failed')
        measure(now, { values: { CanaryFailed: 1 }, details: { why: flown.why ?? 'end' } });
      return flown;
    });
};
