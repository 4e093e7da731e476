/** Looks after every open promise once an hour: none is ever without owner and next action. */
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { SweeperPorts } from '../adapters/ports.ts';
import { toEpochMs, toInstant } from '../core/calendar.ts';
import { Instant } from '../core/ids.ts';
import { measureOpen } from '../core/operations/open-promises.ts';
import type { PromiseRow } from '../core/promises/row.ts';
import { forThisRun, needsLook, restsUntil } from '../core/sweep.ts';
import { logLine, logTrouble } from '../middleware/log-line.ts';
import { measure } from '../middleware/measure.ts';
import { parse } from '../middleware/parse.ts';
import { checkAgeing } from '../steps/check-ageing.ts';
import { sendDailyLists, sendDigest } from '../steps/digest.ts';
import { rescue } from '../steps/rescue.ts';

/** EventBridge's own event, and the one of the daily rule: both carry the time they were due. */
const Scheduled = z.object({
  time: Instant.transform((at) => toInstant(toEpochMs(at))),
  check: z.literal('daily').optional(),
});
type Scheduled = z.output<typeof Scheduled>;

type Swept = {
  open: number;
  late: number;
  looked: number;
  /** The local runtime, when its clock is moved, calls again no sooner than this; null: not until something is written. */
  restsUntil: Instant | null;
};

/** So many fit into a run; the rest comes in the next hour. */
const MOST_IN_A_RUN = 100;
/** What is left of a run that is still enough for one more repair and the digests. */
const ENOUGH_MS = 10_000;

const readAll = async ({ lists }: SweeperPorts): Promise<PromiseRow[]> => {
  const rows: PromiseRow[] = [];
  for await (const row of lists.all()) rows.push(row);
  return rows;
};

/** One that fails never keeps the others waiting. */
const guarded = async (what: string, id: string, now: Instant, act: () => Promise<void>): Promise<void> => {
  try {
    await act();
  } catch (error) {
    logTrouble(what, id, error, now);
  }
};

export const createHandler = (ports: SweeperPorts) => {
  const { config } = ports.settings;

  const rescueLate = async (rows: readonly PromiseRow[], now: string, context: Context): Promise<number> => {
    let looked = 0;
    for (const row of forThisRun(rows, MOST_IN_A_RUN, now)) {
      if (context.getRemainingTimeInMillis() < ENOUGH_MS) break;
      await guarded('not rescued', row.saleId, now, () => rescue(ports, row, now));
      looked += 1;
    }
    return looked;
  };

  const tellStaff = async (rows: readonly PromiseRow[], now: string): Promise<void> => {
    const waiting = await ports.notes.waiting();
    for (const one of waiting)
      await guarded('no digest', one.staff, now, () => sendDigest(ports, one, rows, now));
    const listedOn = new Map(waiting.map(({ staff, listedOn }) => [staff, listedOn]));
    await guarded('no daily list', 'all', now, () => sendDailyLists(ports, rows, listedOn, now));
  };

  return middy<Scheduled, Swept>()
    .use(
      logLine<Scheduled, Swept>((event, result) => ({
        check: event.check,
        open: result?.open,
        late: result?.late,
        looked: result?.looked,
      })),
    )
    .use(parse(Scheduled))
    .handler(async ({ time: now, check }, context) => {
      const rows = await readAll(ports);
      const late = rows.filter((row) => needsLook(config, row, now));
      const looked = await rescueLate(late, now, context);
      const current = looked === 0 ? rows : await readAll(ports);
      await tellStaff(current, now);
      /* The hourly run alone: a gauge that is told twice within its hour would be summed up to twice as much. */
      if (check === 'daily') await checkAgeing(ports, current, now, context);
      else for (const line of measureOpen(current, now)) measure(now, line);
      return {
        open: current.length,
        late: late.length,
        looked,
        restsUntil: restsUntil(config, current, now) ?? null,
      };
    });
};
