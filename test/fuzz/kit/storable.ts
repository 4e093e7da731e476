import { expect } from 'vitest';
import { keyOf } from '../../../functions/core/journal.ts';
import type { MemoryWorld } from '../../fixtures/memory-ports.ts';

/** What DynamoDB takes: an item of 400 kB, a sort key of 1 kB. The stores in memory would take anything. */
const MOST_ITEM_BYTES = 400_000;
const MOST_KEY_BYTES = 1024;

/** Nothing is stored here that the table would refuse, over and over. */
export const expectStorable = ({ sales, search }: Pick<MemoryWorld, 'sales' | 'search'>): void => {
  for (const item of [...sales.dump().split('\n'), ...search.dump().split('\n')])
    expect(Buffer.byteLength(item)).toBeLessThan(MOST_ITEM_BYTES);
  for (const id of sales.ids())
    for (const entry of sales.entries(id))
      expect(Buffer.byteLength(`entry#${keyOf(entry)}`)).toBeLessThanOrEqual(MOST_KEY_BYTES);
};
