/** Asks one shop for what has changed since the last time, and puts what is news where its webhooks go. */

import type { LoadedSale } from '../adapters/ports.ts';
import type { Cursor, PullPorts } from '../adapters/pull-ports.ts';
import { isBefore, toEpochMs, toInstant } from '../core/calendar.ts';
import { type Instant, type SaleId, saleIdOf } from '../core/ids.ts';
import type { IntakeMessage } from '../core/intake.ts';
import type { ShopEvent } from '../core/shop-event.ts';
import { pullUrlOf, type Source } from '../core/source.ts';
import { noteEvent } from '../middleware/log-line.ts';
import { packed } from '../shops/packed.ts';
import { shopOf } from '../shops/shop-of.ts';
import { judge } from './news.ts';
import { CannotPull, type PulledOrder, type PulledPage } from './shop-api.ts';
import { shopApiOf } from './shop-api-of.ts';

/** The first time it looks back so far; older orders come with `aftercare import`. */
const FIRST_LOOK_MS = 24 * 3_600_000;
/** Asked once more each time: a shop's search may lag behind its orders. */
const OVERLAP_MS = 10 * 60_000;
/** Left for the next time: its webhook may be on its way. */
const TOO_FRESH_MS = 5 * 60_000;
/** The rest comes in the next hour. */
const MOST_PAGES = 400;
/** Not begun with less: a page must be on the queue before the run ends. */
const ENOUGH_MS = 15_000;
const AT_ONCE = 10;

export type PullRun = { source: string; config: Source; now: Instant; remainingMs(): number };

export type Pulled = {
  pages: number;
  orders: number;
  /** Put on the queue. */
  queued: number;
  /** Of these: told by no webhook. */
  untold: number;
  /** There was more than one run can take. */
  isCut: boolean;
};

const shifted = (instant: Instant, ms: number): Instant => toInstant(toEpochMs(instant) + ms);
const earlierOf = (a: Instant, b: Instant): Instant => (isBefore(a, b) ? a : b);

export const createPullSource = ({ sales, cursors, credentials, queue, line }: PullPorts) => {
  const loadAll = async (
    source: string,
    events: readonly ShopEvent[],
  ): Promise<Map<SaleId, LoadedSale | undefined>> => {
    const ids = new Set(events.map(({ orderId }) => saleIdOf(source, orderId)));
    return new Map(await Promise.all([...ids].map(async (id) => [id, await sales.load(id)] as const)));
  };

  const send = async (source: string, { topic, body }: PulledOrder, now: Instant): Promise<void> => {
    const parcel = packed(Buffer.from(JSON.stringify(body)));
    /* Its webhook is refused for the same reason; the orders after it are asked for all the same. */
    if (parcel === undefined) return noteEvent('an order too large for the queue', { source });
    const message: IntakeMessage = {
      v: 1,
      source,
      ...(topic === undefined ? {} : { topic }),
      receivedAt: now,
      isPulled: true,
      ...parcel,
    };
    await queue.send(JSON.stringify(message));
  };

  const take = async ({ source, config, now }: PullRun, order: PulledOrder, since: Instant) => {
    const { topic, body } = order;
    const translation = shopOf(config.kind).translate({
      source,
      topic,
      deliveryId: undefined,
      body,
      receivedAt: now,
      testOrders: config.testOrders,
    });
    if (translation.kind === 'ignored') return 'known';
    if (translation.kind === 'events') {
      const known = await loadAll(source, translation.events);
      const news = judge(translation.events, ({ orderId }) => known.get(saleIdOf(source, orderId)), since);
      if (news === 'known' || news === 'not-ours') return news;
      await send(source, order, now);
      return news;
    }
    /* Not understood: a person looks, as at any webhook. */
    await send(source, order, now);
    return 'newer';
  };

  const takePage = async (run: PullRun, { orders }: PulledPage, since: Instant, until: Instant) => {
    const ripe = orders.filter(({ changedAt }) => !isBefore(until, changedAt));
    const taken: string[] = [];
    for (let start = 0; start < ripe.length; start += AT_ONCE)
      taken.push(
        ...(await Promise.all(ripe.slice(start, start + AT_ONCE).map((order) => take(run, order, since)))),
      );
    const untold = taken.filter((news) => news === 'untold').length;
    return { untold, queued: untold + taken.filter((news) => news === 'newer').length };
  };

  const connect = async ({ source, config, remainingMs }: PullRun) => {
    const api = shopApiOf(config.kind);
    const url = pullUrlOf(config);
    if (api === undefined || url === undefined) throw new CannotPull('The source has no API to ask');
    const credential = await credentials.of(source);
    if (credential === undefined)
      throw new CannotPull(
        'There is no credential for this source; see docs/deploy.md, "Ask the shops as well"',
      );
    return { api, connection: { line, url, credential, remainingMs } };
  };

  /** As far as is certain, and never past what was left for the next time. */
  const moveOn = async (source: string, cursor: Cursor, { through }: PulledPage, until: Instant) => {
    const reached = through === undefined ? cursor.through : earlierOf(through, until);
    if (!isBefore(cursor.through, reached)) return cursor;
    const moved = { since: cursor.since, through: reached };
    await cursors.move(source, moved);
    return moved;
  };

  const begin = async (source: string, now: Instant): Promise<{ cursor: Cursor; from: Instant }> => {
    const known = await cursors.of(source);
    if (known !== undefined) return { cursor: known, from: shifted(known.through, -OVERLAP_MS) };
    const since = shifted(now, -FIRST_LOOK_MS);
    const cursor = { since, through: since };
    await cursors.move(source, cursor);
    return { cursor, from: since };
  };

  /** The cursor follows the queue: a crash between the two asks the same page once more. */
  return async (run: PullRun): Promise<Pulled> => {
    const { source, now, remainingMs } = run;
    const { api, connection } = await connect(run);
    const begun = await begin(source, now);
    let { cursor } = begun;
    const until = shifted(now, -TOO_FRESH_MS);
    const pulled: Pulled = { pages: 0, orders: 0, queued: 0, untold: 0, isCut: false };
    if (!isBefore(begun.from, until)) return pulled;
    for await (const page of api(connection, { from: begun.from, to: until })) {
      const { queued, untold } = await takePage(run, page, cursor.since, until);
      cursor = await moveOn(source, cursor, page, until);
      pulled.pages += 1;
      pulled.orders += page.orders.length;
      pulled.queued += queued;
      pulled.untold += untold;
      if (page.through !== undefined && !isBefore(page.through, until)) break;
      pulled.isCut = pulled.pages >= MOST_PAGES || remainingMs() < ENOUGH_MS;
      if (pulled.isCut) break;
    }
    return pulled;
  };
};
