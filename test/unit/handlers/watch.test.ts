import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import { tellOrLeave } from '../../../functions/steps/tell-workflow.ts';
import { createHandler } from '../../../functions/watch/handler.ts';
import { context } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { readNumbers } from '../../fixtures/read-numbers.ts';
import { at, begun, customer, record, SALE, told } from '../../fixtures/sales.ts';
import { putSale, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;

beforeEach(() => {
  world = memoryWorld();
});

const watch = (time: string, left = 30_000) =>
  createHandler(world.ports)({ time }, { ...context, getRemainingTimeInMillis: () => left });

const wait = (until: string, token = 'waiting', id: SaleId = SALE) =>
  world.sales.wait(id, { key: 'FollowUp', position: 'ask', token, until });

const numbers = readNumbers(vi);

const dueNow = async () => (await watch(at(28))).overdue;

describe('a wait', () => {
  it('that is not due, or was due a moment ago, is left alone', async () => {
    await putSale(world);
    await wait(at(17));
    world.operations.length = 0;

    const results = [await watch(at(16)), await watch(at(17, '10:00:59.000'))];

    expect(results.map(({ overdue }) => overdue)).toEqual([0, 0]);
    expect(world.operations).toEqual([]);
  });

  it('more than ten minutes past its time is told of, again and again, as long as somebody waits there', async () => {
    await putSale(world);
    await wait(at(17));

    expect((await watch(at(17, '10:10'))).overdue).toBe(0);
    expect((await watch(at(17, '10:11'))).overdue).toBe(1);
    expect((await watch(at(17, '10:16'))).overdue).toBe(1);
    expect(numbers.of('OverdueWaits')).toEqual([0, 1, 1]);
  });

  it('past its time has its workflow told what it may have missed', async () => {
    await putSale(world, [told.replied(at(15), 5)]);
    await wait(at(17));

    await watch(at(17, '10:05'));

    expect(toldOf(world)).toHaveLength(1);
  });

  it('whose workflow was told is not told again before the next day: each telling may write', async () => {
    await putSale(world);
    await wait(at(17));
    await watch(at(17, '10:05'));
    const before = world.bytes();

    for (const time of ['10:10', '12:00', '23:00']) await watch(at(17, time));
    expect(world.bytes()).toBe(before);

    await watch(at(18, '10:05'));
    expect(world.bytes()).not.toBe(before);
  });

  it('of a round that is over is taken off the index and counted no more', async () => {
    await putSale(world, [told.ended(at(15))]);
    await wait(at(17));

    expect(await dueNow()).toBe(0);
    expect((await world.sales.load(SALE))?.waiters).toMatchObject([{ isOff: true }]);
  });

  it('of a sale nobody knows is taken off the index', async () => {
    await wait(at(17));

    expect(await dueNow()).toBe(0);
    expect((await world.sales.load(SALE))?.waiters).toMatchObject([{ isOff: true }]);
  });

  it('of a promise that is closed is none', async () => {
    const closed = [told.promised(at(14)), told.proposed(at(15)), told.judged(at(16), true)];
    await putSale(world, closed);
    await world.sales.wait(SALE, { key: 'resolve-1', position: 'ask', token: 'ask', until: at(17) });
    await world.sales.hastenWait(SALE, 'resolve-1', at(17));

    expect(await dueNow()).toBe(0);
    expect((await world.sales.load(SALE))?.waiters).toMatchObject([{ isOff: true }]);
  });

  it('that fails keeps no other from being looked after, and is counted', async () => {
    const other = saleIdOf('shop', 'B-205');
    await putSale(world);
    await world.sales.open(record({ id: other }));
    await world.sales.saveCustomer(other, customer, at(2), at(2));
    for (const entry of begun(told.replied(at(15), 5))) await world.sales.append(other, entry);
    await wait(at(16));
    await wait(at(17), 'other', other);
    world.failOnce('sales.load');

    expect(await dueNow()).toBe(2);
    expect(world.workflows.told.map(({ token }) => token)).toEqual(['other']);
  });

  it('for which no time is left is counted all the same', async () => {
    await putSale(world);
    await wait(at(17));

    expect((await watch(at(28), 5_000)).overdue).toBe(1);
    expect(world.operations).not.toContain('sales.load');
  });
});

describe('an answer that could not be told', () => {
  const answer = async () => {
    await putSale(world, [told.sent('check-in', at(13))]);
    await wait(at(25));
    await world.sales.append(SALE, told.replied(at(15), 5));
    world.failAlways('workflows.tell');
    await tellOrLeave(world.ports, SALE, at(15));
    world.heal();
  };

  it('is counted, and told by the next watch, days before the wait would end', async () => {
    await answer();
    expect(numbers.of('RepliesNotTold')).toEqual([1]);
    expect(toldOf(world)).toEqual([]);

    const { overdue } = await watch(at(15, '10:05'));

    expect(toldOf(world)).toHaveLength(1);
    expect(overdue).toBe(0);
  });

  it('is tried again by the next watch when it cannot be told yet', async () => {
    await answer();
    world.failAlways('workflows.tell');
    await watch(at(15, '10:05'));
    world.heal();

    await watch(at(15, '10:10'));

    expect(toldOf(world)).toHaveLength(1);
  });

  it('leaves a wait that goes on where it stood', async () => {
    await putSale(world);
    await wait(at(25));
    await world.sales.hastenWait(SALE, 'FollowUp', at(15));

    await watch(at(15, '10:05'));

    expect(await world.sales.due.past('due#0', { before: at(24), limit: 9 })).toMatchObject({ items: [] });
    expect((await watch(at(15, '10:10'))).restsUntil).toBe(at(25, '10:01'));
  });
});

describe('what a wait leaves behind', () => {
  it('is nothing, once its workflow was told the end', async () => {
    await putSale(world, [told.sent('check-in', at(13)), told.replied(at(15), 5), told.stopped(at(15))]);
    await wait(at(25));

    await tellOrLeave(world.ports, SALE, at(15));

    expect(toldOf(world)).toHaveLength(1);
    expect((await world.sales.load(SALE))?.waiters).toMatchObject([{ isOff: true }]);
  });
});

describe('the rest of the watch', () => {
  const silent = {
    source: 'shopify',
    firstAt: at(2),
    lastAt: at(20),
    days: [{ day: '2026-11-20', longestGapSeconds: 7200 }],
  };

  it('names a shop that is silent, and tells zero when none is', async () => {
    const [source = ''] = Object.keys(world.ports.settings.config.sources);
    world.seen.put({ ...silent, source });

    await watch(at(20, '16:00'));
    expect((await watch(at(20, '16:05'))).silent).toBe(1);

    expect(numbers.of('SourcesSilent')).toEqual([0, 1]);
    expect(numbers.lines().at(-2)).toMatchObject({ source });
  });

  it('forgets a shop that is no longer in the configuration', async () => {
    world.seen.put({ ...silent, source: 'gone' });

    expect((await watch(at(30))).silent).toBe(0);
  });

  it('tells how much of the mail quota is used, and whether anything leaves', async () => {
    Object.assign(world.sending.state, { used: 40_000, isEnabled: false });

    await watch(at(20));

    expect([numbers.of('SendQuotaUsed'), numbers.of('SendingDisabled')]).toEqual([[80], [1]]);
  });

  it('rests until the next wait, shop or telling, and never says that it would not be called', async () => {
    await putSale(world);
    expect(await watch(at(3))).toMatchObject({ restsUntil: null, notBefore: at(3, '16:00') });

    await wait(at(17));
    expect((await watch(at(3))).restsUntil).toBe(at(17, '10:01'));
    expect((await watch(at(17, '10:01:30.000'))).restsUntil).toBe(at(17, '10:10:00.001'));
    expect((await watch(at(17, '11:00'))).restsUntil).toBe(at(18, '11:00'));
  });
});

describe('pauses', () => {
  it('are told as long as they are in force, and their end as a zero', async () => {
    const pause = { from: at(16), by: 'mara', reason: 'a wrong link' };
    await world.pauses.put({ ...pause, what: { of: 'all' }, until: at(18) });
    await world.pauses.put({ ...pause, what: { of: 'source', name: 'shop' }, until: at(17) });

    for (const day of [16, 17, 18]) await watch(at(day));

    expect(numbers.of('SendsPaused')).toEqual([2, 1, 0]);
  });
});
