import { setTimeout as wait } from 'node:timers/promises';
import type { ShopLine } from './pull-ports.ts';

/** A shop on a small machine may need long for a hundred orders. */
const PATIENCE_MS = 20_000;

export const createShopLine = (patienceMs = PATIENCE_MS): ShopLine => ({
  ask: async ({ url, headers, body }) => {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
      /* A redirect would carry the token to wherever it leads. */
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
  },
  pause: (ms) => wait(ms),
});
