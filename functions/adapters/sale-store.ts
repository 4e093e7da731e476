/**
 * The sales table. Partition `sale` = sale id, sort key `item`:
 * `record` the guard row · `customer` the person · `entry#<key>` the journal · `wait#<key>` task tokens, some of them on the
 * index `Due` as long as somebody waits (adapters/due-waits.ts) · `alias` ·
 * `listed#<promise>` what the desk's lists say (adapters/promise-lists.ts) · `found-by` (adapters/person-search.ts) ·
 * `counted` (adapters/outcome-counts.ts).
 *
 * `customer`, journal and search rows expire (`ttl`, in seconds). The `ttl` of `customer` is the sale's own: what is said or
 * owed late in its life renews it, and everything else with it. The guard row has none, nor has a person who was forgotten.
 */
import * as z from 'zod';
import { OUTCOMES } from '../core/after/count.ts';
import { anonymous, isPersonal } from '../core/erasure.ts';
import { BrokenItem } from '../core/errors.ts';
import { Instant, SaleId } from '../core/ids.ts';
import { Entry, keyOf } from '../core/journal.ts';
import { PromiseId } from '../core/promises/entries.ts';
import { PromiseRow } from '../core/promises/row.ts';
import {
  entryKeptUntil,
  fromSeconds,
  isAlive,
  keptUntil,
  renewedUntil,
  toSeconds,
} from '../core/retention.ts';
import { SaleRecord } from '../core/sale.ts';
import { Customer } from '../core/shop-event.ts';
import { dueShard } from './due-shard.ts';
import { placeIn } from './found-by.ts';
import { asText } from './item-text.ts';
import type { LoadedSale, SaleStore } from './ports.ts';
import type { Item, Table } from './table.ts';
import { keepWait } from './wait-rows.ts';

const Keyed = z.object({ item: z.string() });
const RecordItem = z.object({ data: SaleRecord });
const EntryItem = z.object({ data: Entry });
const CustomerItem = z.object({
  data: Customer,
  correctedPhone: z.string().optional(),
  ttl: z.int().optional(),
});
const WaiterItem = z.object({
  data: z.strictObject({ position: z.string(), token: z.string(), until: Instant, turn: z.int().optional() }),
  cycle: z.int().optional(),
  dueOf: z.string().optional(),
  toldAt: Instant.optional(),
});
const ListedItem = z.object({ data: asText(PromiseRow).optional(), scored: z.int() });
const CountedItem = z.object({
  data: asText(
    z.strictObject({
      month: z.string(),
      outcome: z.literal(OUTCOMES).optional(),
      hasBoughtAgain: z.boolean(),
      hasRecommended: z.boolean(),
      wasReferred: z.boolean(),
    }),
  ),
  /* Of before counts had versions: none. */
  version: z.int().default(0),
});
const FoundByItem = z.object({ written: z.string().optional() });
const AliasItem = z.object({ data: z.strictObject({ to: SaleId }) });

const read = <T>(schema: z.ZodType<T>, item: Item): T => {
  const result = schema.safeParse(item);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new BrokenItem(
    `Item ${String(item['sale'])} ${String(item['item'])} is broken at ${issue?.path.join('.') ?? '?'}: ${issue?.code ?? '?'}`,
  );
};

/** A table in memory hands out the same item again: what it says is checked once. */
const CHECKED = new WeakMap<Item, Entry>();

const entryIn = (item: Item): Entry => {
  const known = CHECKED.get(item) ?? read(EntryItem, item).data;
  CHECKED.set(item, known);
  return known;
};

const countedIn = (item: Item): NonNullable<LoadedSale['counted']> => {
  const { data, version } = read(CountedItem, item);
  return { count: { ...data, outcome: data.outcome }, version };
};

const keyIn = (item: Item): string => {
  const { item: key } = item;
  return typeof key === 'string' ? key : read(Keyed, item).item;
};

const addItem = (sale: LoadedSale, item: Item): void => {
  const key = keyIn(item);
  if (key === 'record') sale.record = read(RecordItem, item).data;
  else if (key === 'customer') {
    const { data: customer, correctedPhone, ttl } = read(CustomerItem, item);
    if (ttl !== undefined) sale.keptUntil = fromSeconds(ttl);
    sale.customer = correctedPhone === undefined ? customer : { ...customer, phone: correctedPhone };
  } else if (key.startsWith('entry#')) sale.entries.push(entryIn(item));
  else if (key.startsWith('wait#')) {
    const { data, cycle, dueOf, toldAt } = read(WaiterItem, item);
    sale.waiters.push({
      key: key.slice('wait#'.length),
      ...data,
      ...(cycle === undefined ? {} : { cycle }),
      ...(dueOf === undefined ? { isOff: true } : {}),
      ...(toldAt === undefined ? {} : { toldAt }),
    });
  } else if (key === 'counted') sale.counted = countedIn(item);
  else if (key === 'found-by') {
    const { written } = read(FoundByItem, item);
    if (written !== undefined) sale.foundBy = written;
  } else if (key.startsWith('listed#')) {
    const { data: row, scored } = read(ListedItem, item);
    sale.listed.push({ promise: PromiseId.parse(key.slice('listed#'.length)), row, scored });
  }
};

const CustomerState = z.object({ erased: z.literal(true).optional(), ttl: z.int().optional() });

const saleIn = (id: SaleId, items: readonly Item[]): LoadedSale => {
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
};

/** Parts of a sale that have a name of their own elsewhere expire with it. */
const isKeptAWhile = (key: string): boolean =>
  key === 'customer' || key === 'found-by' || key.startsWith('entry#');

/** The search rows of a sale, as the list beside its journal names them. */
const FoundBy = z.object({ keys: z.set(z.string()).optional() });

type Options = { months: number };

export const createSaleStore = (table: Table, { months }: Options): SaleStore => {
  const customerOf = (id: SaleId) => table.get({ sale: id, item: 'customer' });

  const put = (id: SaleId, entry: Entry): Promise<boolean> => {
    const ttl = toSeconds(entryKeptUntil(entry, months));
    return table.putNew({ sale: id, item: `entry#${keyOf(entry)}`, data: entry, ttl });
  };

  const prolong = (key: { sale: string; item: string }, ttl: number): Promise<boolean> =>
    table.update(key, 'SET #ttl = :ttl', {
      expression: 'attribute_exists(#ttl) AND #ttl < :ttl',
      names: { '#ttl': 'ttl' },
      values: { ':ttl': ttl },
    });

  /** The whole sale; the person last, because its `ttl` says that all of it has been done. */
  const renew = async (id: SaleId, ttl: number): Promise<void> => {
    const items = await table.query('sale', id);
    for (const item of items) {
      const { item: key } = read(Keyed, item);
      if (key === 'found-by')
        for (const place of read(FoundBy, item).keys ?? []) await prolong(placeIn(place), ttl);
      if (isKeptAWhile(key) && key !== 'customer') await prolong({ sale: id, item: key }, ttl);
    }
    await prolong({ sale: id, item: 'customer' }, ttl);
  };

  const anonymize = async (id: SaleId, item: string): Promise<void> => {
    const found = await table.get({ sale: id, item });
    if (found !== undefined)
      await table.put({ sale: id, item, data: anonymous(read(EntryItem, found).data) });
  };

  /**
   * Write, then look: erasing marks the person and then goes through the journal, so whichever comes second sees the other.
   * A crash before the look is repaired by whoever says the same again. `customer`: the item, read after the entry was
   * written. True when that has changed the sale.
   */
  const look = async (id: SaleId, entry: Entry, customer: Item | undefined): Promise<boolean> => {
    const { erased, ttl } = CustomerState.parse(customer ?? {});
    if (erased === true) {
      if (isPersonal(entry)) await anonymize(id, `entry#${keyOf(entry)}`);
      return isPersonal(entry);
    }
    const until = ttl === undefined ? undefined : renewedUntil(entry, fromSeconds(ttl), months);
    if (until !== undefined) await renew(id, toSeconds(until));
    return until !== undefined;
  };

  const isLookedAt = (entry: Entry): boolean => isPersonal(entry) || isAlive(entry);

  const saveCustomer: SaleStore['saveCustomer'] = async (id, customer, asOf, now) => {
    await saved(id, customer, asOf, now);
  };

  /** False when the person was forgotten, or a newer event has spoken of them. */
  const saved = (id: SaleId, customer: Customer, asOf: Instant, now: Instant): Promise<boolean> =>
    table.update(
      { sale: id, item: 'customer' },
      'SET #data = :data, asOf = :asOf, #ttl = if_not_exists(#ttl, :ttl)',
      {
        expression: 'attribute_not_exists(#erased) AND (attribute_not_exists(asOf) OR asOf <= :asOf)',
        names: { '#data': 'data', '#erased': 'erased', '#ttl': 'ttl' },
        values: { ':data': customer, ':asOf': asOf, ':ttl': toSeconds(keptUntil(now, months)) },
      },
    );

  return {
    load: async (id) => {
      const items = await table.query('sale', id);
      return items.length === 0 ? undefined : saleIn(id, items);
    },
    open: (record) => table.putNew({ sale: record.id, item: 'record', data: record }),
    append: async (id, entry) => {
      const isNew = await put(id, entry);
      if (isLookedAt(entry)) await look(id, entry, await customerOf(id));
      return isNew;
    },
    appendThenLoad: async (id, entry) => {
      const isNew = await put(id, entry);
      const items = await table.query('sale', id);
      const customer = items.find(({ item }) => item === 'customer');
      const hasChanged = isLookedAt(entry) && (await look(id, entry, customer));
      return { isNew, stored: saleIn(id, hasChanged ? await table.query('sale', id) : items) };
    },
    keepOrder: async (id, entry, customer) => {
      await put(id, entry);
      /* Whoever is not marked as forgotten now is forgotten later, and then the entry is seen. */
      if (!(await saved(id, customer, entry.occurredAt, entry.at)))
        await look(id, entry, await customerOf(id));
    },
    saveCustomer,
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
    wait: (id, waiter) => keepWait(table, id, waiter),
    endWait: async (id, key, token) => {
      await table.update({ sale: id, item: `wait#${key}` }, 'REMOVE dueOf, dueAt', {
        expression: `attribute_exists(dueOf)${token === undefined ? '' : ' AND #data.#token = :token'}`,
        ...(token === undefined
          ? {}
          : { names: { '#data': 'data', '#token': 'token' }, values: { ':token': token } }),
      });
    },
    hastenWait: async (id, key, at) => {
      await table.update({ sale: id, item: `wait#${key}` }, 'SET dueOf = :of, dueAt = :at REMOVE toldAt', {
        expression: 'attribute_exists(sale)',
        values: { ':of': dueShard(id), ':at': at },
      });
    },
    alias: async (alias, id) => {
      await table.putNew({ sale: alias, item: 'alias', data: { to: id } });
    },
    resolve: async (id) => {
      const found = await table.get({ sale: id, item: 'alias' });
      return found === undefined ? id : read(AliasItem, found).data.to;
    },
  };
};
