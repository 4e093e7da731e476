/** How fast a customer's page opens while 200 a second are opened, and how large it is. */
import { askAll, goToMonday, linksIn, newOrders, placeAll } from './asked-sales.ts';
import type { Bench } from './figure.ts';
import { callerOf, openLoop, percentile } from './load.ts';
import { serveAftercare } from './served.ts';

const PER_SECOND = 200;

export const bench: Bench = {
  name: 'reply-page',
  about: `The page that a check-in links to, opened ${PER_SECOND} times a second by customers of their own.`,
  run: async ({ isQuick, log }) => {
    const served = await serveAftercare(log);
    const world = callerOf(served.url);
    try {
      await goToMonday(world);
      await placeAll(world, newOrders(isQuick ? 10 : 400));
      await askAll(world);
      const links = linksIn(served.dataDir);
      let bytes = 0;
      let failed = 0;
      const open = async (index: number) => {
        const page = await world.call({ method: 'GET', path: links[index % links.length] ?? '' });
        bytes = Math.max(bytes, Buffer.byteLength(page.text));
        if (page.status !== 200 || !page.text.includes('<form')) failed += 1;
      };
      await openLoop(PER_SECOND, isQuick ? 1 : 5, open);
      const took = await openLoop(PER_SECOND, isQuick ? 1 : 20, open);
      if (failed > 0) throw new Error(`${failed} pages did not show the form.`);
      const [p50, p99] = [percentile(took, 50), percentile(took, 99)];
      return [
        {
          id: 'reply-page.p99',
          what: `Reply page at ${PER_SECOND}/s, p99`,
          value: Number(p99.toFixed(1)),
          unit: 'ms',
          target: { atMost: 50 },
          note: `${took.length} times, ${links.length} customers; p50 ${p50.toFixed(1)} ms`,
        },
        {
          id: 'reply-page.bytes',
          what: 'Reply page, all of it (it needs no script and loads nothing)',
          value: Number((bytes / 1000).toFixed(1)),
          unit: 'kB',
          target: { atMost: 15 },
        },
      ];
    } finally {
      world.close();
      await served.stop();
    }
  },
};
