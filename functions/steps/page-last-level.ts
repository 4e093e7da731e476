import type { KeeperPorts, Settings } from '../adapters/ports.ts';
import { isOpen } from '../core/calendar.ts';
import type { Configuration } from '../core/configuration.ts';
import { staffOpening } from '../core/openings.ts';
import { assignmentOf, type OwedPromise } from '../core/promises/promise.ts';
import { promiseEntries } from '../core/promises/tidings.ts';
import type { Sale } from '../core/sale.ts';
import { formatInstant } from '../messages/format.ts';
import { pageWords } from '../pages/words.ts';
import { wordsLocale } from './compose.ts';

/**
 * The end of the ladder is paged when a broken promise reaches it, and each time it breaks there, in working hours: what
 * gets there at night is looked at again in the morning. Outside them only what is urgent wakes anybody.
 */
const mustPage = (config: Configuration, promise: OwedPromise, now: string): boolean => {
  if (!isOpen(now, staffOpening(config))) return promise.severity === 'urgent';
  return promise.level === 2 && promise.strikes > 0;
};

/** It goes to phones: the order's number and the promise's, no names and no words. */
const pageOf = (settings: Settings, sale: Sale, promise: OwedPromise) => {
  const { shop } = settings.config;
  const words = pageWords(shop.locale, settings.contentDir);
  const { strikes } = promise;
  const key = strikes === 0 ? 'page.urgent' : strikes === 1 ? 'page.broken-once' : 'page.broken-often';
  return {
    subject: words.say('page.subject', { shop: shop.name }),
    text: words.say(key, {
      order: sale.facts.order?.number ?? sale.record.orderId,
      promise: promise.id,
      n: strikes,
      at: formatInstant(wordsLocale(settings, shop.locale), shop.zone)(promise.dueAt),
      desk: `${settings.publicUrl}/desk`,
    }),
  };
};

const isWithUs = ({ status }: OwedPromise) => status === 'open' || status === 'taken';

/** Published first, written down second: a page twice is better than none. */
export const pageTheLastLevel = async (
  ports: KeeperPorts,
  sale: Sale,
  promise: OwedPromise,
  now: string,
): Promise<void> => {
  const { settings } = ports;
  const n = assignmentOf(promise);
  const isDone = promiseEntries(sale, promise, 'paged').some((entry) => entry.n === n);
  if (isDone || !isWithUs(promise) || !mustPage(settings.config, promise, now)) return;
  await ports.pager.page(pageOf(settings, sale, promise));
  await ports.sales.append(sale.id, { type: 'paged', at: now, promise: promise.id, n });
};
