/**
 * When each shop connection was heard of last, in the sales table: partition `sale` = `sources-seen`, sort key `item` = the
 * name of the source, and as attributes (not as text)
 * `firstAt`, `lastAt`: instants · `days`: a list of at most fourteen `{ day: '2026-11-22', longestGapSeconds: 5400 }`, oldest
 * first. One `Query` reads them all. `lastAt` may be a minute behind.
 */
import * as z from 'zod';
import { toEpochMs } from '../core/calendar.ts';
import { Instant, SourceName } from '../core/ids.ts';
import { heardAt, type SourceSeen } from '../core/operations/sources.ts';
import type { Item, Table } from './table.ts';
import type { SourcesSeen } from './watch-ports.ts';

const PARTITION = 'sources-seen';
const MINUTE_MS = 60_000;

const SeenItem = z.object({
  item: SourceName,
  firstAt: Instant,
  lastAt: Instant,
  days: z.array(z.object({ day: z.string(), longestGapSeconds: z.number() })),
});

const seenIn = (item: Item): SourceSeen => {
  const { item: source, ...seen } = SeenItem.parse(item);
  return { source, ...seen };
};

export const createSourcesSeen = (table: Table): SourcesSeen => {
  /** What this process has noted: most of what comes within a minute does not even read. */
  const noted = new Map<string, number>();
  return {
    note: async (source, at) => {
      const last = noted.get(source);
      if (last !== undefined && toEpochMs(at) - last < MINUTE_MS) return;
      const found = await table.get({ sale: PARTITION, item: source });
      const known = found === undefined ? undefined : seenIn(found);
      const heard = heardAt(known, source, at);
      if (heard !== undefined) {
        const { source: item, ...seen } = heard;
        /* Another run that was quicker has noted the same minute. */
        await table.putIf(
          { sale: PARTITION, item, ...seen },
          known === undefined
            ? { expression: 'attribute_not_exists(#last)', names: { '#last': 'lastAt' } }
            : {
                expression: '#last = :last',
                names: { '#last': 'lastAt' },
                values: { ':last': known.lastAt },
              },
        );
      }
      noted.set(source, toEpochMs(heard?.lastAt ?? known?.lastAt ?? at));
    },
    all: async () => (await table.query('sale', PARTITION)).map(seenIn),
  };
};
