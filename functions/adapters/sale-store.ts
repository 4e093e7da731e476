/**
 * The sales table. Partition `sale` = sale id, sort key `item`:
 * `record` the guard row · `customer` the person · `entry#<key>` the journal · `wait#<key>` task tokens · `alias` ·
 * `listed#<promise>` what the desk's lists say (adapters/promise-lists.ts).
 */
import * as z from 'zod';
import { anonymous } from '../core/erasure.ts';
import { BrokenItem } from '../core/errors.ts';
import { Instant, SaleId } from '../core/ids.ts';
import { Entry, keyOf } from '../core/journal.ts';
import { PromiseId } from '../core/promises/entries.ts';
import { PromiseRow } from '../core/promises/row.ts';
import { SaleRecord } from '../core/sale.ts';
import { Customer } from '../core/shop-event.ts';
import { asText } from './item-text.ts';
import type { LoadedSale, SaleStore } from './ports.ts';
import type { Item, Table } from './table.ts';

const Keyed = z.object({ item: z.string() });
const RecordItem = z.object({ data: SaleRecord });
const EntryItem = z.object({ data: Entry });
const CustomerItem = z.object({ data: Customer, correctedPhone: z.string().optional() });
const WaiterItem = z.object({
  data: z.strictObject({ position: z.string(), token: z.string(), until: Instant, turn: z.int().optional() }),
});
const ListedItem = z.object({ data: asText(PromiseRow).optional(), scored: z.int() });
const AliasItem = z.object({ data: z.strictObject({ to: SaleId }) });

const read = <T>(schema: z.ZodType<T>, item: Item): T => {
  const result = schema.safeParse(item);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new BrokenItem(
    `Item ${String(item['sale'])} ${String(item['item'])} is broken at ${issue?.path.join('.') ?? '?'}: ${issue?.code ?? '?'}`,
  );
};

const addItem = (sale: LoadedSale, item: Item): void => {
  const { item: key } = read(Keyed, item);
  if (key === 'record') sale.record = read(RecordItem, item).data;
  else if (key === 'customer') {
    const { data: customer, correctedPhone } = read(CustomerItem, item);
    sale.customer = correctedPhone === undefined ? customer : { ...customer, phone: correctedPhone };
  } else if (key.startsWith('entry#')) sale.entries.push(read(EntryItem, item).data);
  else if (key.startsWith('wait#'))
    sale.waiters.push({ key: key.slice('wait#'.length), ...read(WaiterItem, item).data });
  else if (key.startsWith('listed#')) {
    const { data: row, scored } = read(ListedItem, item);
    sale.listed.push({ promise: PromiseId.parse(key.slice('listed#'.length)), row, scored });
  }
};

export const createSaleStore = (table: Table): SaleStore => ({
  load: async (id) => {
    const items = await table.query('sale', id);
    if (items.length === 0) return undefined;
    const sale: LoadedSale = {
      id,
      record: undefined,
      customer: undefined,
      entries: [],
      waiters: [],
      listed: [],
    };
    for (const item of items) addItem(sale, item);
    return sale;
  },
  open: (record) => table.putNew({ sale: record.id, item: 'record', data: record }),
  append: (id, entry) => table.putNew({ sale: id, item: `entry#${keyOf(entry)}`, data: entry }),
  saveCustomer: async (id, customer, asOf) => {
    await table.update({ sale: id, item: 'customer' }, 'SET #data = :data, asOf = :asOf', {
      expression: 'attribute_not_exists(#erased) AND (attribute_not_exists(asOf) OR asOf <= :asOf)',
      names: { '#data': 'data', '#erased': 'erased' },
      values: { ':data': customer, ':asOf': asOf },
    });
  },
  correctPhone: async (id, phone) => {
    await table.update(
      { sale: id, item: 'customer' },
      'SET correctedPhone = :phone, #data = if_not_exists(#data, :nobody)',
      {
        expression: 'attribute_not_exists(#erased)',
        names: { '#data': 'data', '#erased': 'erased' },
        values: { ':phone': phone, ':nobody': {} },
      },
    );
  },
  erase: async (id) => {
    await table.put({ sale: id, item: 'customer', data: {}, erased: true });
    for (const item of await table.query('sale', id)) {
      const { item: key } = read(Keyed, item);
      if (key.startsWith('entry#'))
        await table.put({ sale: id, item: key, data: anonymous(read(EntryItem, item).data) });
    }
  },
  wait: (id, { key, ...data }) => table.put({ sale: id, item: `wait#${key}`, data }),
  alias: async (alias, id) => {
    await table.putNew({ sale: alias, item: 'alias', data: { to: id } });
  },
  resolve: async (id) => {
    const found = await table.get({ sale: id, item: 'alias' });
    return found === undefined ? id : read(AliasItem, found).data.to;
  },
});
