import type { SalePorts } from '../adapters/ports.ts';
import { ASKING } from '../core/person/standing.ts';
import { createPage, type Page, type Visit } from '../middleware/page.ts';
import { stop, stopDone, stopUndone } from '../pages/stop.ts';
import { personDigest } from '../steps/digests.ts';
import { tellOrLeave } from '../steps/tell-workflow.ts';

/**
 * RFC 8058: the POST acts at once, needs no cookie, and answers 200 even for a link that is long gone; GET shows a
 * button. What is owed to the customer stays owed.
 */
export const createHandler = (ports: SalePorts) => {
  const shopName = ports.settings.config.shop.name;
  const personOf = ({ sale }: Visit) =>
    sale.customer.email === undefined ? undefined : personDigest(ports.ids, sale.customer.email);

  const stopNow = async (visit: Visit, form: URLSearchParams): Promise<Page> => {
    const { sale, now, words, token, agent, site } = visit;
    const person = personOf(visit);
    const isPage = site === 'same-origin' && form.has('List-Unsubscribe');
    if (person !== undefined) {
      await ports.people.suppress(person, ASKING, {
        since: now,
        because: 'asked',
        method: isPage ? 'page' : 'one-click',
        ...(agent === undefined ? {} : { evidence: agent }),
        saleId: sale.id,
      });
    }
    if (!sale.isStopped) {
      await ports.sales.append(sale.id, {
        type: 'stopped',
        at: now,
        method: isPage ? 'page' : 'one-click',
        ...(agent === undefined ? {} : { agent }),
      });
    }
    await tellOrLeave(ports, sale.id, now);
    return { html: stopDone({ words, shopName, action: `/u/${token}` }) };
  };

  const undo = async (visit: Visit): Promise<Page> => {
    const { sale, now, words } = visit;
    const person = personOf(visit);
    if (person !== undefined)
      await ports.people.release(person, { at: now, by: 'customer', classes: [...ASKING] });
    if (sale.isStopped) {
      const n = sale.journal.filter((entry) => entry.type === 'resumed').length + 1;
      await ports.sales.append(sale.id, { type: 'resumed', at: now, n });
    }
    await tellOrLeave(ports, sale.id, now);
    return { html: stopUndone({ words, shopName }) };
  };

  return createPage(ports, {
    audience: 'customer',
    get: ({ words, token }) => ({ html: stop({ words, shopName, action: `/u/${token}` }) }),
    post: (visit, form) => (form.get('undo') === '1' ? undo(visit) : stopNow(visit, form)),
    lost: () => ({ status: 200, html: '' }),
  });
};
