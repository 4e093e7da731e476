import type { Context } from 'aws-lambda';
import type { SweeperPorts } from '../adapters/ports.ts';
import type { PromiseRow } from '../core/promises/row.ts';
import { promiseOf } from '../core/sale.ts';
import { dailyCounts, isOlderThan, lastContact, OLD_DAYS } from '../core/sweep.ts';
import { noteEvent } from '../middleware/log-line.ts';
import { findSale } from './load.ts';

const ENOUGH_MS = 3000;

const contactOf = async (
  ports: SweeperPorts,
  { saleId, promise: id, madeAt }: PromiseRow,
): Promise<string> => {
  const found = await findSale(ports, saleId);
  const promise = found === undefined ? undefined : promiseOf(found.sale, id);
  return found === undefined || promise === undefined ? madeAt : lastContact(found.sale, promise);
};

/** Counts what must never be, in one line a day. Only old promises are loaded, as long as there is time. */
export const checkAgeing = async (
  ports: SweeperPorts,
  open: readonly PromiseRow[],
  now: string,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<void> => {
  const old = open.filter(({ madeAt }) => isOlderThan(madeAt, OLD_DAYS, now));
  const contacts: string[] = [];
  for (const row of old) {
    if (context.getRemainingTimeInMillis() < ENOUGH_MS) break;
    contacts.push(await contactOf(ports, row));
  }
  noteEvent('daily check', {
    ...dailyCounts(ports.settings.config, open, contacts, now),
    /* Of very many, the rest could not be looked at. */
    notLookedAt: old.length - contacts.length,
  });
};
