/**
 * Receipts of what was forgotten, in the sales table: `receipt#<number>` / `receipt`, and beside it what each piece of the
 * work dropped, written before it is dropped and only once: so doing a piece again never counts twice. They name nobody.
 */
import * as z from 'zod';
import { Dropped, Receipt, total } from '../core/privacy/receipt.ts';
import { ReceiptNumber } from '../core/privacy/request.ts';
import type { Receipts } from './forget-ports.ts';
import type { Table } from './table.ts';

const ReceiptItem = z.object({ item: z.literal('receipt'), data: Receipt.omit({ dropped: true }) });
const PartItem = z.object({ item: z.string().startsWith('part#'), data: Dropped });

export const createReceipts = (table: Table): Receipts => {
  const partition = (number: string) => `receipt#${number}`;
  return {
    open: async (receipt) => {
      await table.putNew({ sale: partition(receipt.number), item: 'receipt', data: receipt });
    },
    note: async (number, part, dropped) => {
      await table.putNew({ sale: partition(number), item: `part#${part}`, data: dropped });
    },
    find: async (text) => {
      const number = ReceiptNumber.safeParse(text);
      if (!number.success) return undefined;
      const items = await table.query('sale', partition(number.data));
      const head = items.flatMap((item) => ReceiptItem.safeParse(item).data?.data ?? []).at(0);
      const parts = items.flatMap((item) => PartItem.safeParse(item).data?.data ?? []);
      return head === undefined ? undefined : { ...head, dropped: total(parts) };
    },
  };
};
