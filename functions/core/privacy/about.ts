/** Whether a webhook that nobody understood is about somebody: by an address or an order in it, whatever its form. */
import { type SaleId, saleIdOf } from '../ids.ts';

export type Sought = { people: ReadonlySet<string>; sales: ReadonlySet<string> };

/** Loose on purpose: one address too many is only compared and not found. */
const ADDRESS = /[^\s"'<>()[\]{},;:\\]+@[^\s"'<>()[\]{},;:\\]+/g;

/** Where shops write the id of an order; a bare `id` counts only where the body itself or its `data` is the order. */
const ORDER_FIELD = /^(order_?id|payment_intent|orders_(to_redact|requested))$/i;
const ENVELOPES = new Set(['', 'data', 'object']);

type Found = (id: string) => void;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const take = (value: unknown, found: Found): void => {
  if (Array.isArray(value)) for (const one of value) take(one, found);
  else if (typeof value === 'string' || typeof value === 'number') found(String(value));
};

const walk = (value: unknown, name: string, isEnvelope: boolean, found: Found): void => {
  if (ORDER_FIELD.test(name) || (name === 'id' && isEnvelope)) take(value, found);
  if (Array.isArray(value)) for (const one of value) walk(one, '', false, found);
  if (!isObject(value)) return;
  const isOrder = isEnvelope && ENVELOPES.has(name);
  for (const [key, inner] of Object.entries(value)) walk(inner, key, isOrder, found);
};

const ordersIn = (body: unknown): Set<string> => {
  const orders = new Set<string>();
  walk(body, '', true, (id) => orders.add(id));
  return orders;
};

const idOf = (source: string, order: string): SaleId | undefined =>
  /^[\w.:~+=@#-]{1,200}$/.test(order) ? saleIdOf(source, order) : undefined;

/** `json` is the parsed body, undefined when it is none; `digestOf` makes of an address what people are known by. */
export const isAbout = (
  { source, text, json }: { source: string; text: string; json: unknown },
  { people, sales }: Sought,
  digestOf: (email: string) => string,
): boolean => {
  const addresses = new Set(text.match(ADDRESS) ?? []);
  if ([...addresses].some((address) => people.has(digestOf(address)))) return true;
  return [...ordersIn(json)].some((order) => {
    const id = idOf(source, order);
    return id !== undefined && sales.has(id);
  });
};
