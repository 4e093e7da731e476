import type { KeeperPorts } from '../adapters/ports.ts';
import { isOpen } from '../core/calendar.ts';
import type { Configuration } from '../core/configuration.ts';
import { staffOpening } from '../core/openings.ts';
import { assignmentOf, type OwedPromise } from '../core/promise.ts';
import type { Sale } from '../core/sale.ts';
import { promiseEntries } from '../core/tidings.ts';

/** The end of the ladder is paged each time it gets the promise; an urgent one also when nobody is at work to read mail. */
const mustPage = (config: Configuration, promise: OwedPromise, now: string): boolean => {
  if (promise.level === 2 && promise.strikes > 0) return true;
  return promise.severity === 'urgent' && !isOpen(now, staffOpening(config));
};

/** Published first, written down second: a page twice is better than none. No names and no words go to a phone. */
export const pageTheLastLevel = async (
  ports: KeeperPorts,
  sale: Sale,
  promise: OwedPromise,
  now: string,
): Promise<void> => {
  const { config, publicUrl } = ports.settings;
  const n = assignmentOf(promise);
  const isDone = promiseEntries(sale, promise, 'paged').some((entry) => entry.n === n);
  if (isDone || promise.status === 'proposed' || !mustPage(config, promise, now)) return;
  await ports.pager.page({
    subject: `${config.shop.name}: a promise to a customer needs you`,
    text: `Order ${sale.facts.order?.number ?? sale.record.orderId}, ${promise.id}, broken ${promise.strikes} times, due ${promise.dueAt}. ${publicUrl}/desk`,
  });
  await ports.sales.append(sale.id, { type: 'paged', at: now, promise: promise.id, n });
};
