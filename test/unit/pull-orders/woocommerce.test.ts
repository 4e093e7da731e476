import { afterEach, describe, expect, it } from 'vitest';
import { woocommerce } from '../../../functions/pull-orders/woocommerce.ts';
import { wooOrder } from '../../fixtures/orders.ts';
import type { ShopServer } from '../../fixtures/shop-apis/server.ts';
import { serveWooCommerce, WOO_KEY } from '../../fixtures/shop-apis/woocommerce-api.ts';
import { connectionTo, idsOf, pagesOf } from './asking.ts';

let server: ShopServer | undefined;
afterEach(() => server?.close());

type Order = Record<string, unknown>;
const order = (id: number, modified: string): Order =>
  wooOrder({ id, number: String(id), date_modified_gmt: `2026-11-02T${modified}` });
const serve = async (orders: Order[]) => {
  const started = await serveWooCommerce(orders);
  server = started;
  return { server: started, ...connectionTo(started.url, WOO_KEY) };
};

describe('WooCommerce is asked for its orders', () => {
  it('that changed since, the oldest change first, as its webhook would tell them', async () => {
    const told = order(1204, '09:16:30');
    const { connection } = await serve([order(3, '10:00:00'), told, order(1, '08:59:00')]);

    const [page, ...others] = await pagesOf(woocommerce, connection);

    expect(others).toEqual([]);
    expect(page).toMatchObject({
      orders: [
        { topic: 'order.updated', changedAt: '2026-11-02T09:16:30.000Z', body: { ...told, id: '1204' } },
        { changedAt: '2026-11-02T10:00:00.000Z' },
      ],
      through: '2026-11-02T10:00:00.000Z',
    });
  });

  it('in GMT, wherever its WordPress lives', async () => {
    const { connection, server } = await serve([order(1, '09:00:00'), order(2, '09:30:00')]);

    const pages = await pagesOf(woocommerce, connection);

    expect(idsOf(pages)).toEqual(['1', '2']);
    expect(server.asked[0]?.url.searchParams.get('modified_after')).toBe('2026-11-02T08:59:59');
  });

  it('page after page, and none twice', async () => {
    const many = Array.from({ length: 250 }, (_, n) =>
      order(n + 1, `10:${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`),
    );
    const { connection, server } = await serve(many);

    const pages = await pagesOf(woocommerce, connection);

    expect(idsOf(pages)).toEqual(many.map(({ id }) => String(id)));
    expect(server.asked).toHaveLength(3);
  });

  it('also when one second changed more of them than a page holds', async () => {
    const many = Array.from({ length: 230 }, (_, n) => order(n + 1, '10:00:00'));
    const { connection } = await serve([...many, order(900, '10:00:01')]);

    const ids = idsOf(await pagesOf(woocommerce, connection));

    expect(new Set(ids).size).toBe(231);
    expect(ids).toHaveLength(231);
  });

  it('and skips none when one changes while they are given', async () => {
    const many = Array.from({ length: 150 }, (_, n) =>
      order(n + 1, `10:00:${String(n % 60).padStart(2, '0')}`),
    );
    const { connection, server } = await serve(many);
    server.meanwhile = (n) => {
      if (n === 2) many[0] = order(1, '10:05:00');
    };

    const ids = idsOf(await pagesOf(woocommerce, connection));

    expect(new Set(ids).size).toBe(150);
    expect(ids.filter((id) => id === '1')).toHaveLength(2);
  });

  it('and told why it gives none: a wrong key, or one that is none', async () => {
    const { server } = await serve([]);

    await expect(pagesOf(woocommerce, connectionTo(server.url, 'ck_a:cs_b').connection)).rejects.toThrow(
      'The shop answered 401: it does not accept the credential',
    );
    await expect(pagesOf(woocommerce, connectionTo(server.url, 'ck_a').connection)).rejects.toThrow(
      '<consumer key>:<consumer secret>',
    );
  });

  it.each([
    ['a page of HTML', '<html>maintenance</html>', 'the body is not JSON'],
    ['an error in the place of the list', { code: 'x' }, 'not what its API gives'],
    [
      'an order without its time',
      [wooOrder({ date_modified_gmt: 'soon' })],
      'without the time of its change',
    ],
    ['an order without an id', [{ date_modified_gmt: '2026-11-02T10:00:00' }], 'not what its API gives'],
  ])('and not trusted when it gives %s', async (_, body, because) => {
    const { connection, server } = await serve([]);
    server.faults.push({ body });

    await expect(pagesOf(woocommerce, connection)).rejects.toThrow(because);
  });
});
