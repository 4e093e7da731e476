/** What is said about a promise at an instant, and when to look again. The promise is the one the first entry makes. */
import type { Entry } from '../../../functions/core/journal.ts';
import { nextMoment, toSayNow } from '../../../functions/core/promises/tidings.ts';
import { promiseOf, type Sale } from '../../../functions/core/sale.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { begun, saleOf, told } from '../../fixtures/sales.ts';

const config = configuration();

const owedIn = (sale: Sale, id: string) => {
  const promise = promiseOf(sale, id);
  if (promise === undefined) throw new Error(`There is no ${id}`);
  return promise;
};
const idOf = (entries: Entry[]) => {
  const [first] = entries;
  return first !== undefined && 'promise' in first ? first.promise : '';
};
export const toSay = (entries: Entry[], now: string) => {
  const sale = saleOf(begun(...entries));
  return toSayNow(config, sale, owedIn(sale, idOf(entries)), now);
};
/** `name to whom`, in the order in which it is said. */
export const said = (entries: Entry[], now: string) =>
  toSay(entries, now).map(({ name, to }) => `${name} to ${to}`);
export const next = (entries: Entry[], now: string) => {
  const sale = saleOf(begun(...entries));
  return nextMoment(config, sale, owedIn(sale, idOf(entries)), now);
};
export const withSaid = (entries: Entry[], now: string): Entry[] => [
  ...entries,
  ...toSay(entries, now).map(({ message }) => told.sent(message, now)),
];
