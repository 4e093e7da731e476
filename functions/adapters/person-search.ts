/**
 * The search index, in the sales table: `name#<two letters>` / `<word>#<sale>`, `person#<digest>` / `sale#<sale>` and
 * `number#<number>` / `sale#<sale>`. Beside the journal, `<sale>` / `found-by` lists them, so that erasing reaches each.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { SearchKey } from '../core/desk/search-keys.ts';
import { SaleId } from '../core/ids.ts';
import { fromSeconds, toSeconds } from '../core/retention.ts';
import { cursorOf } from './dynamodb-page.ts';
import { keyIn, placeIn, textOf } from './found-by.ts';
import type { KnownRows, PersonSearch } from './search-ports.ts';
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

const rowItem = (id: SaleId, { partition, sort, words }: SearchKey, ttl: number | undefined): Item => ({
  sale: partition,
  item: sort,
  saleId: id,
  ...(words === undefined ? {} : { words: [...words] }),
  ...(ttl === undefined ? {} : { ttl }),
});

/** A cursor is a sort key of this very list, or it counts for nothing. */
const startAfter = (partition: string, prefix: string, after: string | undefined) => {
  const isOfList = after?.startsWith(prefix) === true && after.length < 1000;
  return isOfList ? cursorOf({ sale: partition, item: after }) : undefined;
};

export const createPersonSearch = (table: Table): PersonSearch => {
  const foundBy = async (id: SaleId) =>
    FoundBy.parse((await table.get({ sale: id, item: 'found-by' })) ?? {});

  const knownOf = async (id: SaleId): Promise<KnownRows> => {
    const { written } = await foundBy(id);
    const { ttl } = Lifetime.parse((await table.get({ sale: id, item: 'customer' })) ?? {});
    return { written, keptUntil: ttl === undefined ? undefined : fromSeconds(ttl), hasBegun: true };
  };

  /** Adds to the list, or says that its rows are there. */
  const note = async (id: SaleId, ttl: number | undefined, texts: readonly string[], written?: string) => {
    const set = [
      ...(written === undefined ? [] : ['written = :written']),
      ...(ttl === undefined ? [] : ['#ttl = :ttl']),
    ];
    const clauses = [
      ...(set.length === 0 ? [] : [`SET ${set.join(', ')}`]),
      ...(texts.length === 0 ? [] : ['ADD #keys :keys']),
    ];
    await table.update({ sale: id, item: 'found-by' }, clauses.join(' '), {
      names: {
        ...(ttl === undefined ? {} : { '#ttl': 'ttl' }),
        ...(texts.length === 0 ? {} : { '#keys': 'keys' }),
      },
      values: {
        ...(written === undefined ? {} : { ':written': written }),
        ...(ttl === undefined ? {} : { ':ttl': ttl }),
        ...(texts.length === 0 ? {} : { ':keys': new Set(texts) }),
      },
    });
  };

  return {
    index: async (id, keys, known) => {
      const texts = keys.map(textOf);
      const digest = digestOf(texts);
      const { written, keptUntil, hasBegun } = known ?? (await knownOf(id));
      if (keys.length === 0 || (hasBegun && written === digest)) return false;
      const ttl = keptUntil === undefined ? undefined : toSeconds(keptUntil);
      /* First the list, then the rows, then that they are there: a crash leaves nothing that erasing does not know. */
      await note(id, ttl, texts, hasBegun ? undefined : digest);
      await table.putAll(keys.map((key) => rowItem(id, key, ttl)));
      if (hasBegun) await note(id, undefined, [], digest);
      return true;
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
