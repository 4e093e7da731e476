/** A person rings whom no mail reaches: one call, however often it is heard of. */
import type { MailPorts } from '../adapters/ports.ts';
import { Busy } from '../core/errors.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import { isOver } from '../core/outcome.ts';
import { draftPromise } from '../core/promises/new-promise.ts';
import { lastReply, openPromises, type Sale } from '../core/sale.ts';
import { commit } from '../steps/commit.ts';
import { loadSale } from '../steps/load.ts';

/** Others may make promises of the same sale at the same moment. */
const MOST_TRIES = 5;

/** Something is owed to them, or nobody has heard yet how they are. */
const isToBeCalled = (sale: Sale): boolean => {
  if (sale.isErased) return false;
  const open = openPromises(sale);
  const isCalled =
    open.some(({ kind }) => kind === 'call') ||
    sale.promises.some(({ because }) => because === 'cannot-write');
  return !isCalled && (open.length > 0 || (!isOver(sale) && lastReply(sale) === undefined));
};

export const oweCall = async (ports: MailPorts, id: SaleId, now: Instant): Promise<void> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { sale } = await loadSale(ports, id);
    if (!isToBeCalled(sale)) return;
    const draft = { kind: 'call', because: 'cannot-write', by: 'system' } as const;
    const drafted = draftPromise(ports.settings.config, sale, draft, now);
    if ('refusal' in drafted) throw new Error(`No call could be owed to sale ${id}: ${drafted.refusal}`);
    if ((await commit(ports, sale, drafted.entries)) === 'done') return;
  }
  throw new Busy(`Sale ${id} changed too often at once`);
};
