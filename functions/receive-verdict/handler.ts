import type { SalePorts } from '../adapters/ports.ts';
import { escalation } from '../core/ladder.ts';
import { isClosed, type OwedPromise } from '../core/promise.ts';
import { LONGEST_WORDS } from '../core/reply.ts';
import { openPromises, type Sale } from '../core/sale.ts';
import { presentOwner } from '../core/staff.ts';
import { formatInstant } from '../messages/format.ts';
import { createPage, type Page, type Visit } from '../middleware/page.ts';
import { type CustomerPageState, type CustomerPageView, customerPage } from '../pages/customer-page.ts';
import { notFound } from '../pages/not-found.ts';
import { commit } from '../steps/commit.ts';
import { itemName } from '../steps/item-name.ts';
import { findSale } from '../steps/load.ts';
import { tellOrLeave } from '../steps/tell-workflow.ts';

/** What is owed now, else what was owed last. */
const current = (sale: Sale): OwedPromise | undefined =>
  openPromises(sale).find((promise) => promise.status === 'proposed') ??
  openPromises(sale).at(0) ??
  sale.promises.at(-1);

const stateOf = (promise: OwedPromise, now: string): CustomerPageState => {
  const said = promise.what === undefined ? {} : { said: promise.what };
  if (promise.isRefused) return { kind: 'reopened' };
  switch (promise.status) {
    case 'proposed':
      return { kind: 'asked', ...said };
    case 'assumed':
      return { kind: 'assumed', ...said };
    case 'kept':
      return { kind: 'kept' };
    case 'waived':
    case 'withdrawn':
      return { kind: 'void' };
    case 'open':
    case 'taken':
    case 'offered':
      return { kind: promise.dueAt < now ? 'late' : 'owed' };
  }
};

/** The customer's own page: what is owed to them, and the two buttons that only they may press. */
export const createHandler = (ports: SalePorts) => {
  const { config } = ports.settings;

  const page = ({ words, token, now }: Visit, sale: Sale, more: Partial<CustomerPageView> = {}): Page => {
    const promise = current(sale);
    const owner = presentOwner(config, promise?.owner ?? sale.record.owner, sale.id, now);
    if (promise === undefined) {
      return { status: 404, html: notFound({ words, shopName: config.shop.name, shopPhone: owner.phone }) };
    }
    return {
      html: customerPage({
        words,
        action: `/s/${token}`,
        shopName: config.shop.name,
        shopPhone: owner.phone,
        customerFirstName: sale.customer.firstName,
        itemTitle: itemName(ports.settings, sale, words.locale),
        promise: {
          kind: promise.kind,
          ownerName: owner.name,
          ownerPhone: owner.phone,
          due: formatInstant(words.locale, sale.record.zone)(promise.dueAt),
          state: stateOf(promise, now),
        },
        ...more,
      }),
    };
  };

  const judge = async (
    { sale, now }: Visit,
    promise: OwedPromise,
    isKept: boolean,
    words: string,
  ): Promise<void> => {
    const wasClosed = isClosed(promise);
    const personal = words === '' ? {} : { private: { words } };
    let n = promise.verdicts + 1;
    while (
      !(await ports.sales.append(sale.id, {
        type: 'judged',
        at: now,
        promise: promise.id,
        n,
        isKept,
        ...personal,
      }))
    )
      n += 1;
    if (!isKept && wasClosed) await commit(ports, sale, [escalation(config, sale, promise, 'not-yet', now)]);
    await tellOrLeave(ports, sale.id, now);
  };

  const post = async (visit: Visit, form: URLSearchParams): Promise<Page> => {
    const { sale } = visit;
    const promise = current(sale);
    const verdict = form.get('verdict');
    const words = form.get('words')?.trim() ?? '';
    const values = { words };
    if (promise === undefined) return page(visit, sale);
    if (verdict !== 'yes' && verdict !== 'not-yet') {
      return {
        ...page(visit, sale, { values, error: { field: 'verdict', message: 'verdict-missing' } }),
        status: 400,
      };
    }
    if (Buffer.byteLength(words) > LONGEST_WORDS) {
      return {
        ...page(visit, sale, { values, error: { field: 'words', message: 'words-too-long' } }),
        status: 400,
      };
    }
    if (promise.status !== 'waived') await judge(visit, promise, verdict === 'yes', words);
    return page(visit, (await findSale(ports, sale.id))?.sale ?? sale);
  };

  return createPage(ports, { audience: 'customer', get: (visit) => page(visit, visit.sale), post });
};
