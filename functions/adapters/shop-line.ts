import { setTimeout as wait } from 'node:timers/promises';
import type { ShopLine } from './pull-ports.ts';

export const createShopLine = (): ShopLine => ({
  ask: async ({ url, headers, body }, patienceMs) => {
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
