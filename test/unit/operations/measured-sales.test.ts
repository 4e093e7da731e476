import { beforeEach, describe, expect, it } from 'vitest';
import { measuredSales } from '../../../functions/adapters/measured-sales.ts';
import type { SaleStore } from '../../../functions/adapters/ports.ts';
import { saleIdOf } from '../../../functions/core/ids.ts';
import type { Measurement } from '../../../functions/core/operations/metrics.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, begun, customer, record, SALE, told } from '../../fixtures/sales.ts';

let world: MemoryWorld;
let sales: SaleStore;
let lines: (Measurement & { now: string })[];

beforeEach(async () => {
  world = memoryWorld();
  lines = [];
  sales = measuredSales(world.sales, configuration(), (now, line) => {
    lines.push({ now, ...line });
  });
});

const begin = async (id = SALE): Promise<void> => {
  await sales.open(record({ id, createdAt: at(2, '09:02') }));
  await sales.saveCustomer(id, customer, at(2), at(2));
  for (const entry of begun()) await sales.append(id, entry);
  lines.length = 0;
};

describe('a measured sale store', () => {
  it('counts a sale by its source, once, at the time of the order', async () => {
    await sales.open(record());
    await sales.open(record());

    expect(lines).toEqual([{ now: at(2, '09:02'), values: { SalesIn: 1 }, details: { source: 'shop' } }]);
  });

  it('counts an entry that was new, and not the one that was there', async () => {
    await begin();

    const written = [
      await sales.append(SALE, told.sent('review-ask', at(20))),
      await sales.append(SALE, told.sent('review-ask', at(20))),
    ];

    expect(written).toEqual([true, false]);
    expect(lines).toEqual([{ now: at(20), values: { MailsSent: 1 }, details: { message: 'review-ask' } }]);
  });

  it('tells what one entry means in one line', async () => {
    await begin();

    await sales.append(SALE, told.sent('check-in', at(13, '09:02')));

    expect(lines).toEqual([
      {
        now: at(13, '09:02'),
        values: { MailsSent: 1, CheckInsSent: 1, ContactsInTime: 1 },
        details: { message: 'check-in' },
      },
    ]);
  });

  it('tells two lines where each has its own reason', async () => {
    await begin();
    await sales.append(SALE, told.skipped('check-in', at(13), 'the mail service refused it'));

    await sales.append(SALE, told.promised(at(13), 'call', { because: 'cannot-write' }));

    expect(lines.map(({ values, details }) => [Object.keys(values), details?.['why']])).toEqual([
      [['PromisesMade'], 'cannot-write'],
      [['ContactsMissed'], 'refused'],
    ]);
  });

  it('reads the sale only for what it must, and never for the entries every sale has most of', async () => {
    await begin();
    world.operations.length = 0;

    await sales.append(SALE, told.claimed('check-in', at(13)));
    await sales.append(SALE, told.sent('review-ask', at(20)));
    await sales.append(SALE, told.ended(at(20)));

    expect(world.operations).not.toContain('sales.load');
  });

  it('counts nothing of the synthetic sale', async () => {
    const canary = saleIdOf('canary', 'c1');
    await sales.open(record({ id: canary, source: 'canary', orderId: 'c1' }));

    await sales.append(canary, told.sent('check-in', at(13)));

    expect(lines).toEqual([]);
  });

  it('lets nobody fail because something could not be counted', async () => {
    await begin();
    world.failAlways('sales.load');

    expect(await sales.append(SALE, told.replied(at(14), 5))).toBe(true);
    world.heal();
    expect(await sales.append(SALE, told.replied(at(14), 5))).toBe(false);
  });
});
