/** What the tests of the clients share: a connection that never really waits, and all pages of an answer. */
import * as z from 'zod';
import { createShopLine } from '../../../functions/adapters/shop-line.ts';
import type { Connection, PulledPage, ShopApi, Window } from '../../../functions/pull-orders/shop-api.ts';

export const connectionTo = (url: string, credential: string, remainingMs = 30_000) => {
  const pauses: number[] = [];
  const connection: Connection = {
    line: {
      ...createShopLine(),
      pause: async (ms) => {
        pauses.push(ms);
      },
    },
    url,
    credential,
    remainingMs: () => remainingMs,
  };
  return { connection, pauses };
};

export const WINDOW: Window = { from: '2026-11-02T09:00:00.000Z', to: '2026-11-02T12:00:00.000Z' };

export const pagesOf = async (
  api: ShopApi,
  connection: Connection,
  window: Window = WINDOW,
): Promise<PulledPage[]> => {
  const pages: PulledPage[] = [];
  for await (const page of api(connection, window)) pages.push(page);
  return pages;
};

const Known = z.looseObject({ id: z.coerce.string() });

export const idsOf = (pages: readonly PulledPage[]): string[] =>
  pages.flatMap(({ orders }) => orders.map(({ body }) => Known.parse(body).id));
