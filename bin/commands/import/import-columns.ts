/** Which column of a shop's export is what. Names are compared without case, blanks and punctuation. */
import { CommandMistake } from '../command-mistake.ts';

/** For each field the names it goes by, the likeliest first. */
const NAMES = {
  'order id': [
    'order id',
    'order',
    'id',
    'order no',
    'order number',
    'bestellnummer',
    'bestell-nr',
    'auftragsnummer',
  ],
  number: ['number', 'order number', 'order no', 'order name', 'bestellnummer', 'bestell-nr'],
  'placed at': [
    'placed at',
    'order date',
    'ordered at',
    'created at',
    'date',
    'date created',
    'bestelldatum',
    'datum',
  ],
  'paid at': ['paid at', 'payment date', 'date paid', 'bezahlt am'],
  'fulfilled at': ['fulfilled at', 'shipped at', 'shipping date', 'sent at', 'versendet am', 'versanddatum'],
  'delivered at': ['delivered at', 'delivery date', 'date delivered', 'geliefert am', 'lieferdatum'],
  email: ['email', 'e-mail', 'customer email', 'email address', 'billing email', 'mail'],
  name: ['name', 'customer name', 'customer', 'full name', 'billing name', 'kunde', 'kundenname'],
  'first name': ['first name', 'billing first name', 'given name', 'vorname'],
  'last name': ['last name', 'billing last name', 'surname', 'family name', 'nachname'],
  phone: ['phone', 'telephone', 'customer phone', 'billing phone', 'phone number', 'mobile', 'telefon'],
  country: ['country', 'country code', 'shipping country', 'billing country', 'land'],
  language: ['language', 'locale', 'customer locale', 'sprache'],
  product: ['product', 'product name', 'item', 'item name', 'lineitem name', 'title', 'artikel', 'produkt'],
  sku: ['sku', 'lineitem sku', 'product sku', 'item sku', 'artikelnummer'],
  type: ['type', 'product type', 'category', 'kategorie', 'warengruppe'],
  quantity: ['quantity', 'qty', 'lineitem quantity', 'menge', 'anzahl'],
  total: ['total', 'order total', 'amount', 'grand total', 'summe', 'gesamt', 'gesamtbetrag'],
  currency: ['currency', 'order currency', 'currency code', 'währung'],
  tags: ['tags', 'tag', 'order tags'],
  'sold by': ['sold by', 'salesperson', 'seller', 'employee', 'verkäufer', 'verkauft von'],
  status: ['status', 'order status', 'bestellstatus'],
  'payment status': ['payment status', 'financial status', 'zahlungsstatus'],
  'cancelled at': ['cancelled at', 'canceled at', 'storniert am'],
  'refunded at': ['refunded at', 'refund date', 'erstattet am'],
} as const;

export type Field = keyof typeof NAMES;

const fields = Object.keys(NAMES);
const isField = (name: string): name is Field => fields.includes(name);

const even = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The position of each field that the file has, and the columns nobody looks at. */
export type Columns = { at: ReadonlyMap<Field, number>; unused: string[] };

/** `Order No=order id`, as `--map` gives it. */
const mapped = (header: readonly string[], maps: readonly string[]): Map<Field, number> => {
  const found = new Map<Field, number>();
  for (const map of maps) {
    const cut = map.lastIndexOf('=');
    const [column, field] = [
      map.slice(0, cut).trim(),
      map
        .slice(cut + 1)
        .trim()
        .toLowerCase(),
    ];
    const index = header.findIndex((name) => even(name) === even(column));
    if (cut < 1 || !isField(field))
      throw new CommandMistake(
        `--map ${map} is not understood. Write --map "Order No=order id"; there are: ${fields.join(', ')}.`,
      );
    if (index < 0)
      throw new CommandMistake(
        `--map ${map}: the file has no column "${column}". It has: ${header.join(', ')}.`,
      );
    found.set(field, index);
  }
  return found;
};

/** A name of one field may be that of another (an order number can be the id); a column that `--map` names is taken. */
const guess = (header: readonly string[], known: Map<Field, number>): Map<Field, number> => {
  const taken = new Set(known.values());
  const found = new Map(known);
  for (const [field, names] of Object.entries(NAMES)) {
    if (!isField(field) || found.has(field)) continue;
    const index = names
      .map((name) => header.findIndex((column, at) => !taken.has(at) && even(column) === even(name)))
      .find((at) => at >= 0);
    if (index !== undefined) found.set(field, index);
  }
  return found;
};

/** @throws CommandMistake when a column is missing without which nothing can be sent. */
export const columnsOf = (header: readonly string[], maps: readonly string[]): Columns => {
  const at = guess(header, mapped(header, maps));
  const needed: Field[] = ['order id', 'placed at', 'product'];
  const missing = needed.filter((field) => !at.has(field));
  if (missing.length > 0)
    throw new CommandMistake(
      `No column is known as the ${missing.join(', the ')}. The file has: ${header.join(', ')}.\nSay which one it is, as --map "${header[0] ?? 'Column'}=${missing[0]}".`,
    );
  const used = new Set(at.values());
  return { at, unused: header.filter((name, index) => !used.has(index) && name !== '') };
};
