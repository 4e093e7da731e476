/** Which synthetic sale is under way, in the sales table: `control` / `canary`. */
import * as z from 'zod';
import { Instant } from '../core/ids.ts';
import type { CanaryLog } from './canary-ports.ts';
import type { Table } from './table.ts';

const Run = z.object({ orderId: z.string(), at: Instant });
const KEY = { sale: 'control', item: 'canary' };

export const createCanaryLog = (table: Pick<Table, 'get' | 'put'>): CanaryLog => ({
  last: async () => Run.safeParse((await table.get(KEY))?.['data']).data,
  note: (run) => table.put({ ...KEY, data: run }),
});
