/** Asks the shops once an hour for what their webhooks may not have told: WooCommerce sends none a second time. */
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { PullPorts } from '../adapters/pull-ports.ts';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { Instant } from '../core/ids.ts';
import type { Source } from '../core/source.ts';
import { logLine, logTrouble, noteEvent } from '../middleware/log-line.ts';
import { measure } from '../middleware/measure.ts';
import { parse } from '../middleware/parse.ts';
import { createPullSource, type PullRun } from './pull-source.ts';
import { CannotPull } from './shop-api.ts';

const Scheduled = z.object({ time: Instant.transform((at) => toInstant(toEpochMs(at))) });
type Scheduled = z.output<typeof Scheduled>;

type Asked = {
  asked: number;
  failed: number;
  untold: number;
  /** On one machine with a moved clock it is not asked hour after hour: shops live in real time. */
  restsUntil: null;
};

export const createHandler = (ports: PullPorts) => {
  const pullSource = createPullSource(ports);
  const sources = Object.entries(ports.settings.config.sources).filter(
    ([, { pull }]: [string, Source]) => pull !== undefined,
  );

  /** One shop that cannot be asked keeps no other from being asked. */
  const pull = async (run: PullRun): Promise<number | undefined> => {
    const { source, now } = run;
    try {
      const { untold, ...counts } = await pullSource(run);
      noteEvent('pulled', { source, untold, ...counts });
      if (untold > 0) measure(now, { values: { OrdersPulled: untold }, details: { source } });
      return untold;
    } catch (error) {
      if (error instanceof CannotPull) noteEvent('not pulled', { source, because: error.message });
      else logTrouble('not pulled', source, error);
      measure(now, { values: { PullsFailed: 1 }, details: { source } });
      return undefined;
    }
  };

  return middy<Scheduled, Asked>()
    .use(
      logLine<Scheduled, Asked>((_, result) => ({
        asked: result?.asked,
        failed: result?.failed,
        untold: result?.untold,
      })),
    )
    .use(parse(Scheduled))
    .handler(async ({ time: now }, context: Context) => {
      const remainingMs = () => context.getRemainingTimeInMillis();
      const results = await Promise.all(
        sources.map(([source, config]) => pull({ source, config, now, remainingMs })),
      );
      const answered = results.filter((untold) => untold !== undefined);
      return {
        asked: results.length,
        failed: results.length - answered.length,
        untold: answered.reduce((sum, untold) => sum + untold, 0),
        restsUntil: null,
      };
    });
};
