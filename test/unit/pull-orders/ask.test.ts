import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../../../functions/pull-orders/ask.ts';
import { type ShopServer, serveShop } from '../../fixtures/shop-apis/server.ts';
import { connectionTo } from './asking.ts';

let server: ShopServer;
beforeEach(async () => {
  server = await serveShop(() => ({ body: 'well' }));
});
afterEach(() => server.close());

const question = () => ({ url: `${server.url}/orders?key=none`, headers: {} });

describe('a shop is asked with patience', () => {
  it.each([
    ['so many seconds', { 'retry-after': '7' }, 7000],
    ['parts of a second', { 'retry-after': '2.0' }, 2000],
    [
      'until a time, by its own clock',
      { date: 'Mon, 30 Nov 2026 23:59:50 GMT', 'retry-after': 'Tue, 01 Dec 2026 00:00:05 GMT' },
      15_000,
    ],
    ['nothing said', {}, 1000],
    ['nonsense', { 'retry-after': 'soon' }, 1000],
  ])('and waits as long as it says: %s', async (_, headers, ms) => {
    server.faults.push({ status: 429, headers });
    const { connection, pauses } = connectionTo(server.url, '');

    expect((await ask(connection, question())).body.toString()).toBe('well');
    expect(pauses).toEqual([ms]);
  });

  it('and longer each time it fails by itself', async () => {
    server.faults.push({ status: 500 }, { status: 502 }, { status: 503 });
    const { connection, pauses } = connectionTo(server.url, '');

    await ask(connection, question());

    expect(pauses).toEqual([1000, 2000, 4000]);
  });

  it('five times at most', async () => {
    server.faults.push(...Array.from({ length: 9 }, () => ({ status: 503 })));
    const { connection } = connectionTo(server.url, '');

    await expect(ask(connection, question())).rejects.toThrow('The shop answered 503, 5 times in a row');
    expect(server.asked).toHaveLength(5);
  });

  it('and never longer than the run has left', async () => {
    server.faults.push({ status: 429, headers: { 'retry-after': '60' } });
    const { connection, pauses } = connectionTo(server.url, '');

    await expect(ask(connection, question())).rejects.toThrow('60 s more are not left of this run');
    expect(pauses).toEqual([]);
  });

  it('but not when it is too slow to answer within the run', async () => {
    server.faults.push({ late: 3000 });
    const { connection } = connectionTo(server.url, '', 4200);

    await expect(ask(connection, question())).rejects.toThrow('The shop cannot be reached');
  });

  it.each([
    [403, 'may not read orders'],
    [404, 'no such API'],
    [400, 'refuses the question'],
    [302, 'it redirects; set pull.url'],
  ])('and not again when it answers %i, and what it says is told to nobody', async (status, because) => {
    server.faults.push({
      status,
      headers: { location: 'https://elsewhere.example/' },
      body: 'lea@example.org',
    });
    const { connection } = connectionTo(server.url, '');

    const error: unknown = await ask(connection, question()).catch((thrown: unknown) => thrown);

    expect(String(error)).toContain(because);
    expect(String(error)).not.toMatch(/lea@|key=none/);
    expect(server.asked).toHaveLength(1);
  });
});
