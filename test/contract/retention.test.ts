/** A sale whose time is over while the database has not deleted it yet: shown at no door, opened by no webhook. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPersonSearch } from '../../functions/adapters/person-search.ts';
import { createSaleStore } from '../../functions/adapters/sale-store.ts';
import { foldSale, isForgottenAt } from '../../functions/core/sale.ts';
import { createHandler as createPage } from '../../functions/receive-verdict/handler.ts';
import { context, httpRequest } from '../fixtures/invocations.ts';
import { memoryWorld } from '../fixtures/memory-ports.ts';
import { CHAIR, intake, paid } from '../unit/handlers/intake-events.ts';
import { type LocalSales, startLocalSales } from './local-sales.ts';

const BOUGHT = '2026-11-02T09:15:06.000Z';
const KEPT = '2028-11-01T09:00:00.000Z';
const OVER = '2028-11-03T09:00:00.000Z';
const TOKEN = 'a'.repeat(32);

let local: LocalSales;
beforeAll(async () => {
  local = await startLocalSales();
});
afterAll(() => local.stop());

describe('a sale whose time is over', () => {
  const memory = memoryWorld();
  const world = () => ({
    ...memory,
    ports: {
      ...memory.ports,
      sales: createSaleStore(local.table, { months: 24 }),
      search: createPersonSearch(local.table),
    },
  });
  const { take } = intake(world);
  const load = async () => {
    const stored = await world().ports.sales.load(CHAIR);
    const sale = stored === undefined ? undefined : foldSale(stored);
    if (sale === undefined) throw new Error('The chair was not sold');
    return sale;
  };
  const statusAt = async (at: string) => {
    const parameters = { token: TOKEN };
    return (await createPage(world().ports)(httpRequest({ at, path: `/s/${TOKEN}`, parameters }), context))
      .statusCode;
  };

  it('is there until then, and reads as forgotten from then on', async () => {
    await take({ ...paid, receivedAt: BOUGHT });

    const sale = await load();
    expect(isForgottenAt(sale, KEPT)).toBe(false);
    expect(isForgottenAt(sale, OVER)).toBe(true);
  });

  it('shows its page until then, and none from then on', async () => {
    await memory.links.keep(memory.ids.digest(TOKEN), {
      ...{ saleId: CHAIR, audience: 'customer' },
      expiresAt: '2030-01-01T00:00:00.000Z',
    });

    expect(await statusAt(KEPT)).toBe(200);
    expect(await statusAt(OVER)).toBe(404);
  });

  it('takes nothing from an order that is sent again, and starts nothing', async () => {
    const before = JSON.stringify((await load()).journal.map(({ type }) => type));
    const executions = memory.workflows.executions.length;

    await take({ ...paid, deliveryId: 'd-again', receivedAt: OVER });

    expect(JSON.stringify((await load()).journal.map(({ type }) => type))).toBe(before);
    expect(memory.workflows.executions).toHaveLength(executions);
    expect(isForgottenAt(await load(), OVER)).toBe(true);
  });

  it('stays what it is when the database has deleted what was personal', async () => {
    for (const { item } of await local.table.query('sale', CHAIR))
      if (item !== 'record' && !String(item).startsWith('wait#'))
        await local.table.delete({ sale: CHAIR, item });

    await take({ ...paid, deliveryId: 'd-later', receivedAt: OVER });

    expect((await load()).isErased).toBe(true);
    expect((await load()).customer).toEqual({});
    expect((await load()).journal).toEqual([]);
  });
});
