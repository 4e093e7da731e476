/** When a customer is asked, and when not, seen from outside over weeks of virtual time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import config from '../../aftercare.config.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { startAftercare } from '../../lib/local/aftercare.ts';
import { shopifyLine } from '../fixtures/orders.ts';
import { cancelled, delivered, newOrder, type Placed, placed } from './orders.ts';
import { linkTo, MONDAY, type OpenWorld, openWorld, type World, worldAt } from './world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;

/** Another order of the person who made the first. */
const anotherOf = ({ email }: Placed, at: number): Placed => ({ ...newOrder(at), email });
const socks = { line_items: [shopifyLine({ id: 7_710_009, title: 'Brass lamp Säntis' })] };
const storyOf = async (order: Placed): Promise<string> =>
  (await world.sale('shopify', order.id)).story.map(({ what }) => what).join('\n');
const answer = async (mail: Parameters<typeof linkTo>[0], rating: string) =>
  world.submit(linkTo(mail, 'r'), { rating });

/** On a Monday morning, so that every story begins on the same weekday. */
const nextMonday = async (): Promise<number> => {
  const now = Temporal.Instant.fromEpochMilliseconds(await world.now()).toZonedDateTimeISO('Europe/Zurich');
  const monday = now.add({ days: 8 - now.dayOfWeek }).with({ hour: 9, minute: 0 });
  await world.goTo(monday.toInstant().toString());
  return world.now();
};

describe('somebody who bought twice', () => {
  test('is asked about both in one mail, and one answer is the answer to both', async () => {
    const one = newOrder(await nextMonday());
    await world.send(placed(one));
    await world.advance('P2D');
    const other = anotherOf(one, await world.now());
    await world.send(placed(other, socks));

    await world.advance('P10D');

    const [checkIn, ...more] = await world.mailsTo(one.email);
    expect(more).toEqual([]);
    expect(checkIn?.text).toContain('Walking boot Rigi');
    expect(checkIn?.text).toContain('The same goes for what else you got from us: Brass lamp Säntis.');
    await world.advance('P2D');
    expect(await world.mailsTo(one.email)).toHaveLength(1);
    await answer(checkIn, '5');
    const [asked, joined] = [await world.sale('shopify', one.id), await world.sale('shopify', other.id)];
    expect(asked.sale.outcome).toBe('delighted');
    expect(joined.sale).toMatchObject({ outcome: 'delighted', status: 'closed' });
    expect(joined.executions).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect(await storyOf(other)).toContain(`We ask about this order together with shopify/${one.id}.`);

    await world.advance('P30D');
    expect(await world.mailsTo(one.email)).toHaveLength(2);
  });

  test('and says nothing is reminded once and rung once', async () => {
    const one = newOrder(await nextMonday());
    await world.send(placed(one));
    const other = anotherOf(one, await world.now());
    await world.send(placed(other, socks));

    await world.advance('P40D');

    const subjects = (await world.mailsTo(one.email)).map(({ text }) => text.includes('Brass lamp Säntis'));
    expect(subjects.slice(0, 2)).toEqual([true, true]);
    const sales = [await world.sale('shopify', one.id), await world.sale('shopify', other.id)];
    expect(sales.flatMap(({ promises }) => promises.map(({ kind }) => kind))).toEqual(['call']);
    /* Both were due in the same instant: either may lead. */
    const joined = sales.find(({ journal }) => journal.some(({ type }) => type === 'joined'));
    expect(joined?.promises).toEqual([]);
    expect(joined?.executions).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  test('and is asked about the one that is left when the other was cancelled before', async () => {
    const one = newOrder(await nextMonday());
    await world.send(placed(one));
    const other = anotherOf(one, await world.now());
    await world.send(placed(other, socks));
    await world.send(cancelled(one, await world.now()));

    await world.advance('P14D');

    const [checkIn, ...more] = await world.mailsTo(one.email);
    expect(more).toEqual([]);
    expect(checkIn?.text).toContain('Brass lamp Säntis');
    expect(checkIn?.text).not.toContain('Walking boot Rigi');
  });

  test('later, is left in peace for a week, and the sale says why and until when', async () => {
    const one = newOrder(await nextMonday());
    await world.send(placed(one));
    await world.advance('P12D');
    const [first] = await world.mailsTo(one.email);
    await answer(first, '5');
    const other = anotherOf(one, await world.now());
    await world.send(placed(other, socks));
    await world.send(delivered(other, await world.now()));

    await world.advance('P5D');
    expect(await world.mailsTo(one.email)).toHaveLength(1);
    expect(await storyOf(other)).toMatch(
      /We put off the check-in to .+: they got the check-in about shopify\//,
    );

    await world.advance('P4D');
    const [, second, ...more] = await world.mailsTo(one.email);
    expect(more).toEqual([]);
    expect(second?.text).toContain('Brass lamp Säntis');
    expect(Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')).toBeGreaterThanOrEqual(7 * DAY_MS);

    /* The review of the first would have been due right after: it waits as well, and comes. */
    await answer(second, '5');
    await world.advance('P30D');
    const times = (await world.mailsTo(one.email)).map(({ at }) => Date.parse(at));
    expect(times).toHaveLength(4);
    for (const [index, at] of times.entries())
      expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(7 * DAY_MS);
    for (const { status } of (await world.sale('shopify', one.id)).executions)
      expect(status).toBe('SUCCEEDED');
  });
});

describe('a customer in New Zealand', () => {
  test('is written to in their own hours, and the sale says from where it knows them', async () => {
    const order = newOrder(await nextMonday());
    const address = { name: 'Lea Steiner', country_code: 'NZ', province_code: 'AUK' };
    await world.send(placed(order, { shipping_address: address }));

    await world.advance('P14D');

    const [checkIn] = await world.mailsTo(order.email);
    const there = Temporal.Instant.from(checkIn?.at ?? '').toZonedDateTimeISO('Pacific/Auckland');
    expect(there.toPlainTime().toString() >= '09:30').toBe(true);
    expect(there.toPlainTime().toString() < '16:30').toBe(true);
    expect(there.dayOfWeek).toBeLessThan(6);
    expect(await storyOf(order)).toContain('their zone Pacific/Auckland (from the address)');
    const claimed = (await world.sale('shopify', order.id)).journal.find(({ type }) => type === 'claimed');
    expect(claimed?.['why']).toMatchObject({ rule: 'customer-hours' });
  });
});

describe('somebody who bought a present', () => {
  test('is asked about the buying, and not for a review', async () => {
    const order = newOrder(await nextMonday());
    await world.send(placed(order, { note_attributes: [{ name: 'gift', value: 'yes' }] }));
    await world.advance('P14D');
    const [checkIn] = await world.mailsTo(order.email);
    expect(checkIn?.text).toContain('went to somebody else');

    await answer(checkIn, '5');
    await world.advance('P40D');

    expect(await world.mailsTo(order.email)).toHaveLength(1);
    expect((await world.sale('shopify', order.id)).sale.status).toBe('closed');
    expect(await storyOf(order)).toContain('We did not send the review ask: it was a gift');
  });
});

describe('a runtime that was off for twenty days', () => {
  const open = async (dataDir: string): Promise<{ there: World; stop: () => Promise<void> }> => {
    const runtime = await startAftercare({
      config: checkConfiguration(config),
      assembly: inject('assembly'),
      dataDir,
      port: 0,
      awsPort: 0,
      environment: {},
      log: () => undefined,
    });
    return { there: worldAt(runtime.url), stop: () => runtime.stop() };
  };

  /** Nobody lives through the days: the clock just stands elsewhere when it starts again. */
  const sleep = (dataDir: string, days: number) => {
    const db = new DatabaseSync(join(dataDir, 'aftercare.sqlite'));
    db.prepare('UPDATE clock SET offset = offset + ?').run(days * DAY_MS);
    db.close();
  };

  test('asks nobody what it should have asked three weeks ago: a person rings', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'aftercare-'));
    const before = await open(dataDir);
    await before.there.goTo(MONDAY);
    const order = newOrder(await before.there.now());
    await before.there.send(placed(order));
    await before.stop();

    sleep(dataDir, 11 + 20);
    const { there, stop } = await open(dataDir);
    await there.advance('P3D');

    expect(await there.mailsTo(order.email)).toEqual([]);
    const { promises, journal } = await there.sale('shopify', order.id);
    expect(promises).toMatchObject([{ kind: 'call', status: expect.stringMatching(/.+/) }]);
    expect(journal.find(({ type }) => type === 'skipped')).toMatchObject({
      message: 'check-in',
      why: { rule: 'too-late' },
    });
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
