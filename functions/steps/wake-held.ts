/** Goes through the sales that wait for the end of a pause, those first whose pause ended first. */
import type { HeldSale } from '../adapters/pause-ports.ts';
import type { SweeperPorts } from '../adapters/ports.ts';
import { isBefore } from '../core/calendar.ts';
import { MailThrottled } from '../core/errors.ts';
import type { Instant } from '../core/ids.ts';
import { HELD_SHARDS, heldMessages, type Pause, pauseOf } from '../core/operations/pause.ts';
import { logTrouble } from '../middleware/log-line.ts';
import { findSale } from './load.ts';
import { wakeSale } from './wake-sale.ts';

/** `isDone`: nobody is left who is held no more, but for those that failed; `nextAt`: the next end somebody waits for. */
export type Woken = { woken: number; failed: number; isDone: boolean; nextAt: Instant | undefined };

type Run = {
  pauses: readonly Pause[];
  /** Since a pause was ended early, those may be free whose pause would end later. */
  endedUntil: Instant | undefined;
  most: number;
  hasTime(): boolean;
};

const PAGE = 50;

const recordOf = ({ saleId, journey }: HeldSale) => ({
  id: saleId,
  source: saleId.slice(0, saleId.indexOf('/')),
  journeyName: journey,
});

const stillHeld = (pauses: readonly Pause[], held: HeldSale, now: string): Pause | undefined =>
  pauseOf(pauses, recordOf(held), now);

/** Another pause, or a renewed one, holds it on: it waits for that end now. */
const moveOn = async (ports: SweeperPorts, held: HeldSale, { until }: Pause): Promise<void> => {
  if (held.until === until) return;
  await ports.held.hold({ ...held, until });
  await ports.held.drop(held);
};

/** Off the list, then a look: a pause that began just now may have held it anew under the same row. */
const takeOff = async (ports: SweeperPorts, held: HeldSale, now: Instant): Promise<void> => {
  await ports.held.drop(held);
  const sale = (await findSale(ports, held.saleId))?.sale;
  if (sale === undefined || heldMessages(sale, now).length === 0) return;
  const pause = stillHeld((await ports.pauses.read()).pauses, held, now);
  if (pause !== undefined) await ports.held.hold({ ...held, until: pause.until });
};

/** False when it could not be done, and the row stays for the next run. */
const wakeOne = async (ports: SweeperPorts, held: HeldSale, now: Instant): Promise<boolean> => {
  try {
    await wakeSale(ports, held.saleId, now);
    await takeOff(ports, held, now);
    return true;
  } catch (error) {
    /* The mail service asks us to slow down: the rest comes in the next run. */
    if (error instanceof MailThrottled) throw error;
    logTrouble('not woken', held.saleId, error);
    return false;
  }
};

const rowsOf = async function* (ports: SweeperPorts, shard: number): AsyncGenerator<HeldSale> {
  let after: string | undefined;
  do {
    const { items, next } = await ports.held.look(shard, { limit: PAGE, after });
    yield* items;
    after = next;
  } while (after !== undefined);
};

const mayBeFree = ({ until }: HeldSale, { endedUntil }: Run, now: string): boolean =>
  !isBefore(now, until) || (endedUntil !== undefined && !isBefore(endedUntil, until));

const sooner = (at: Instant, other: Instant | undefined): Instant =>
  other !== undefined && isBefore(other, at) ? other : at;

/** Stops when the run has done enough, and at the first end that is still ahead. */
const wakeShard = async (
  ports: SweeperPorts,
  run: Run,
  shard: number,
  now: Instant,
  sofar: Woken,
): Promise<void> => {
  for await (const held of rowsOf(ports, shard)) {
    if (!mayBeFree(held, run, now)) {
      sofar.nextAt = sooner(held.until, sofar.nextAt);
      return;
    }
    const pause = stillHeld(run.pauses, held, now);
    if (pause !== undefined) {
      await moveOn(ports, held, pause);
      continue;
    }
    if (sofar.woken + sofar.failed >= run.most || !run.hasTime()) {
      sofar.isDone = false;
      return;
    }
    if (await wakeOne(ports, held, now)) sofar.woken += 1;
    else sofar.failed += 1;
  }
};

export const wakeHeld = async (ports: SweeperPorts, run: Run, now: Instant): Promise<Woken> => {
  const sofar: Woken = { woken: 0, failed: 0, isDone: true, nextAt: undefined };
  try {
    for (let shard = 0; shard < HELD_SHARDS && sofar.isDone; shard += 1)
      await wakeShard(ports, run, shard, now, sofar);
  } catch (error) {
    if (!(error instanceof MailThrottled)) throw error;
    sofar.isDone = false;
  }
  return sofar;
};
