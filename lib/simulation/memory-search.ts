/** The search index of the desk in memory. */
import type { PersonSearch } from '../../functions/adapters/search-ports.ts';
import type { SearchKey } from '../../functions/core/desk/search-keys.ts';
import type { SaleId } from '../../functions/core/ids.ts';

export const createMemorySearch = (): PersonSearch & { dump(): string } => {
  const rows = new Map<string, SearchKey & { saleId: SaleId }>();
  return {
    index: async (saleId, keys) => {
      for (const key of keys) rows.set(`${key.partition} ${key.sort}`, { ...key, saleId });
      return keys.length > 0;
    },
    keysOf: async (id) =>
      [...rows.entries()]
        .filter(([, { saleId }]) => saleId === id)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { partition, sort }]) => ({ partition, sort })),
    forget: async (id) => {
      for (const [key, { saleId }] of rows) if (saleId === id) rows.delete(key);
    },
    find: async (partition, { prefix, also = [], limit, after }) => {
      const isOfList = after?.startsWith(prefix) === true;
      const found = [...rows.values()]
        .filter((row) => row.partition === partition && row.sort.startsWith(prefix))
        .filter(({ words = [] }) => also.every((one) => words.some((word) => word.startsWith(one))))
        .filter(({ sort }) => !isOfList || sort > (after ?? ''))
        .sort((a, b) => (a.sort < b.sort ? -1 : 1));
      const shown = found.slice(0, limit);
      return {
        items: [...new Set(shown.map(({ saleId }) => saleId))],
        next: found.length > limit ? shown.at(-1)?.sort : undefined,
      };
    },
    dump: () => JSON.stringify([...rows].sort()),
  };
};
