/**
 * When each shop connection was heard of last, in the sales table: partition `sale` = `sources-seen`, sort key `item` = the
 * name of the source, and as attributes (not as text)
 * `firstAt`, `lastAt`: instants · `days`: a list of at most fourteen `{ day: '2026-11-22', longestGapSeconds: 5400 }`, oldest
 * first. One `Query` reads them all. `lastAt` may be a minute behind.
 */
import * as z from 'zod';
import { Instant, SourceName } from '../core/ids.ts';
import { heardAt, type SourceSeen } from '../core/operations/sources.ts';
import type { Item, Table } from './table.ts';
import type { SourcesSeen } from './watch-ports.ts';

const PARTITION = 'sources-seen';

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
  /** As this process has seen it last: most of what comes within a minute neither reads nor writes. */
  const noted = new Map<string, SourceSeen>();

  /** False when another process has noted something since. */
  const write = (known: SourceSeen | undefined, { source: item, ...seen }: SourceSeen): Promise<boolean> =>
    table.putIf(
      { sale: PARTITION, item, ...seen },
      known === undefined
        ? { expression: 'attribute_not_exists(#last)', names: { '#last': 'lastAt' } }
        : { expression: '#last = :last', names: { '#last': 'lastAt' }, values: { ':last': known.lastAt } },
    );

  const read = async (source: string): Promise<SourceSeen | undefined> => {
    const found = await table.get({ sale: PARTITION, item: source });
    return found === undefined ? undefined : seenIn(found);
  };

  return {
    note: async (source, at) => {
      const last = noted.get(source);
      const soon = last && heardAt(last, source, at);
      if (last !== undefined && soon === undefined) return;
      if (last !== undefined && soon !== undefined && (await write(last, soon))) {
        noted.set(source, soon);
        return;
      }
      const known = await read(source);
      const heard = heardAt(known, source, at);
      /* Another run that was quicker has noted the same minute. */
      if (heard !== undefined) await write(known, heard);
      noted.set(source, heard ?? known ?? { source, firstAt: at, lastAt: at, days: [] });
    },
    all: async () => (await table.query('sale', PARTITION)).map(seenIn),
  };
};
