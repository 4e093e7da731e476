/** Writes who waits, `wait#<key>`, so that nobody who came before takes the place of who waits now. */
import { hash } from 'node:crypto';
import type { SaleId } from '../core/ids.ts';
import { isOnIndex } from '../core/operations/due.ts';
import { dueShard } from './due-shard.ts';
import type { Waiter } from './ports.ts';
import type { Table } from './table.ts';

/** A token may have a thousand characters, and a row is paid for by its size. */
const markOf = (token: string): string => hash('sha256', token, 'hex').slice(0, 16);

const promiseWait = (table: Table, id: SaleId, { key, position, token, until, turn, cycle }: Waiter) =>
  table.putIf(
    { sale: id, item: `wait#${key}`, data: { position, token, until, turn }, cycle },
    {
      expression: 'attribute_not_exists(#cycle) OR #cycle <= :cycle',
      names: { '#cycle': 'cycle' },
      values: { ':cycle': cycle },
    },
  );

/**
 * Lambda may run a state twice, and the second run may come after the state has gone on. Its token is the one before: put in
 * the place of the next, it would be told in vain, and whoever waits not at all.
 */
const wait = async (
  table: Table,
  id: SaleId,
  { key, position, token, until, turn }: Waiter,
): Promise<boolean> => {
  const isDue = isOnIndex({ key, position });
  await table.update(
    { sale: id, item: `wait#${key}` },
    `SET #data = :data, #before = if_not_exists(#holder, :nobody), #holder = :holder${
      isDue ? ', dueOf = :of, dueAt = :at REMOVE toldAt' : ' REMOVE dueOf, dueAt, toldAt'
    }`,
    {
      expression:
        '(attribute_not_exists(#holder) OR #holder <> :holder) AND (attribute_not_exists(#before) OR #before <> :holder)',
      names: { '#data': 'data', '#before': 'before', '#holder': 'holder' },
      values: {
        ':data': { position, token, until, ...(turn === undefined ? {} : { turn }) },
        ':nobody': '-',
        ':holder': markOf(token),
        ...(isDue ? { ':of': dueShard(id), ':at': until } : {}),
      },
    },
  );
  return true;
};

/** False when a later workflow of the promise waits already. */
export const keepWait = (table: Table, id: SaleId, waiter: Waiter): Promise<boolean> =>
  waiter.cycle === undefined ? wait(table, id, waiter) : promiseWait(table, id, waiter);
