/**
 * The search index, in the sales table: `name#<two letters>` / `<word>#<sale>`, `person#<digest>` / `sale#<sale>` and
 * `number#<number>` / `sale#<sale>`. Beside the journal, `<sale>` / `found-by` lists them, so that erasing reaches each.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { SearchKey } from '../core/desk/search-keys.ts';
import { SaleId } from '../core/ids.ts';
import { cursorOf } from './dynamodb-page.ts';
import { keyIn, placeIn, textOf } from './found-by.ts';
import type { PersonSearch } from './ports.ts';
import type { Item, Table } from './table.ts';

const Row = z.object({ item: z.string(), saleId: SaleId, words: z.array(z.string()).optional() });
type Row = z.output<typeof Row>;
const FoundBy = z.object({ keys: z.set(z.string()).optional(), written: z.string().optional() });

/** After every other text that begins so. */
const LAST = '\u{10ffff}';
/** How many rows are looked at for one page when a second word narrows the first: 5 times 200. */
const MOST_READS = 5;
const ROWS_PER_READ = 200;

const digestOf = (texts: readonly string[]) => createHash('sha256').update(texts.join('\n')).digest('hex');

const beginsWithAll = ({ words = [] }: Row, also: readonly string[]): boolean =>
  also.every((prefix) => words.some((word) => word.startsWith(prefix)));

/** Seconds; the sale's own, so that its rows go when it goes. */
const Lifetime = z.object({ ttl: z.int().optional() });

const rowItem = (
  id: SaleId,
  { partition, sort, words }: SearchKey,
  lifetime: z.output<typeof Lifetime>,
): Item => ({
  sale: partition,
  item: sort,
  saleId: id,
  ...(words === undefined ? {} : { words: [...words] }),
  ...lifetime,
});

/** A cursor is a sort key of this very list, or it counts for nothing. */
const startAfter = (partition: string, prefix: string, after: string | undefined) => {
  const isOfList = after?.startsWith(prefix) === true && after.length < 1000;
  return isOfList ? cursorOf({ sale: partition, item: after }) : undefined;
};

export const createPersonSearch = (table: Table): PersonSearch => {
  const foundBy = async (id: SaleId) =>
    FoundBy.parse((await table.get({ sale: id, item: 'found-by' })) ?? {});

  return {
    index: async (id, keys) => {
      const texts = keys.map(textOf);
      const written = digestOf(texts);
      if (keys.length === 0 || (await foundBy(id)).written === written) return;
      const place = { sale: id, item: 'found-by' };
      const lifetime = Lifetime.parse((await table.get({ sale: id, item: 'customer' })) ?? {});
      /* First the list, then the rows, then that they are there: a crash leaves nothing that erasing does not know. */
      await table.update(place, 'ADD #keys :keys', {
        names: { '#keys': 'keys' },
        values: { ':keys': new Set(texts) },
      });
      for (const key of keys) await table.put(rowItem(id, key, lifetime));
      const { ttl } = lifetime;
      const set = ttl === undefined ? '' : ', #ttl = :ttl';
      await table.update(place, `SET written = :written${set}`, {
        ...(ttl === undefined ? {} : { names: { '#ttl': 'ttl' } }),
        values: { ':written': written, ...(ttl === undefined ? {} : { ':ttl': ttl }) },
      });
    },
    keysOf: async (id) => [...((await foundBy(id)).keys ?? [])].sort().map(keyIn),
    forget: async (id) => {
      /* The list goes last: a crash leaves it, and the next run finishes. */
      for (const text of (await foundBy(id)).keys ?? []) await table.delete(placeIn(text));
      await table.delete({ sale: id, item: 'found-by' });
    },
    find: async (partition, { prefix, also = [], limit, after }) => {
      const found: Row[] = [];
      let looked: Row | undefined;
      let next = startAfter(partition, prefix, after);
      for (let read = 0; read < MOST_READS && found.length <= limit; read += 1) {
        const page = await table.page({
          partition: ['sale', partition],
          sort: { name: 'item', from: prefix, before: prefix + LAST },
          limit: also.length === 0 ? limit + 1 : ROWS_PER_READ,
          after: next,
        });
        const rows = page.items.map((item) => Row.parse(item));
        found.push(...rows.filter((row) => beginsWithAll(row, also)));
        looked = rows.at(-1) ?? looked;
        next = page.next;
        if (next === undefined) break;
      }
      const shown = found.slice(0, limit);
      const more = found.length > limit ? shown.at(-1) : next === undefined ? undefined : looked;
      return { items: [...new Set(shown.map(({ saleId }) => saleId))], next: more?.item };
    },
  };
};
