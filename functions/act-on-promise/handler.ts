import type { SalePorts } from '../adapters/ports.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import type { StaffAct } from '../core/promises/staff-acts.ts';
import { venueZone } from '../core/promises/staff-acts.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { tellStory } from '../core/story.ts';
import { formatInstant } from '../messages/format.ts';
import { createPage, type Page, type Visit } from '../middleware/page.ts';
import { saleStory } from '../pages/sale-story.ts';
import { staffPromise } from '../pages/staff-promise.ts';
import { actAsStaff } from '../steps/act-as-staff.ts';
import { itemName } from '../steps/item-name.ts';
import { findSale } from '../steps/load.ts';
import { type FieldMistake, mistakeIn, readStaffAct } from './read-staff-act.ts';
import { noticeOf } from './staff-notice.ts';
import { type Reader, staffView } from './staff-view.ts';

type Tried = { done: StaffAct } | { error: FieldMistake } | undefined;

/** Somebody else was quicker: nothing is wrong with what was sent. */
const IN_CONFLICT: ReadonlySet<string> = new Set(['overtaken', 'already-taken', 'provider-busy']);

/** The page of one promise for whoever owes it or goes there: GET shows, POST does one thing and shows what became of it. */
export const createHandler = (ports: SalePorts) => {
  const { config } = ports.settings;

  /** The link names one promise; a link about a sale shows the newest. */
  const promiseFor = ({ link }: Visit, sale: Sale) =>
    link.promise === undefined ? sale.promises.at(-1) : promiseOf(sale, link.promise);

  const readerOf = ({ link, now, words }: Visit, sale: Sale, promise: OwedPromise): Reader => ({
    config,
    settings: ports.settings,
    sale,
    promise,
    by: link.staff ?? promise.owner,
    now,
    words,
  });

  const page = (visit: Visit, reader: Reader, tried?: Tried, form?: URLSearchParams): Page => {
    const error = tried !== undefined && 'error' in tried ? tried.error : undefined;
    const html = staffPromise({
      ...staffView(reader),
      action: `/p/${visit.token}`,
      notice: tried !== undefined && 'done' in tried ? noticeOf(reader, tried.done) : undefined,
      error,
      values: form && Object.fromEntries(form),
    });
    if (error === undefined) return { html };
    return { html, status: IN_CONFLICT.has(error.message) ? 409 : 400 };
  };

  const act = async (reader: Reader, form: URLSearchParams): Promise<Tried> => {
    const { sale, promise, by, now } = reader;
    const read = readStaffAct(form, { shop: config.shop.zone, venue: venueZone(sale, promise) });
    if ('error' in read) return read;
    const seen = form.get('seen') ?? undefined;
    const acted = await actAsStaff(ports, { sale, promise, by, now, seen }, read);
    return acted === 'done' ? { done: read } : { error: mistakeIn(read, acted) };
  };

  /** A mail in doubt leads here before anything is owed. */
  const nothingOwed = ({ words, sale }: Visit): Page => {
    const when = formatInstant(words.locale, config.shop.zone);
    return {
      html: saleStory({
        words,
        shopName: config.shop.name,
        itemTitle: itemName(ports.settings, sale, words.locale),
        customer: { name: sale.customer.name ?? sale.customer.email ?? '?', phone: sale.customer.phone },
        story: tellStory(sale.journal, config, when).map(({ at, what }) => ({ at: when(at), what })),
      }),
    };
  };

  const show = (visit: Visit): Page => {
    const promise = promiseFor(visit, visit.sale);
    return promise === undefined ? nothingOwed(visit) : page(visit, readerOf(visit, visit.sale, promise));
  };

  const pressAgain = (visit: Visit, form: URLSearchParams): Page => {
    const promise = promiseFor(visit, visit.sale);
    if (promise === undefined) return nothingOwed(visit);
    const error = { field: 'act', message: 'press-again' } as const;
    return { ...page(visit, readerOf(visit, visit.sale, promise), { error }, form), status: 200 };
  };

  return createPage(ports, {
    audience: 'staff',
    get: (visit) => show(visit),
    inDoubt: 'staff',
    pressAgain,
    post: async (visit, form) => {
      const promise = promiseFor(visit, visit.sale);
      if (promise === undefined) return nothingOwed(visit);
      const tried = await act(readerOf(visit, visit.sale, promise), form);
      const fresh = (await findSale(ports, visit.sale.id))?.sale ?? visit.sale;
      const reader = readerOf(visit, fresh, promiseOf(fresh, promise.id) ?? promise);
      return page(visit, reader, tried, tried !== undefined && 'error' in tried ? form : undefined);
    },
  });
};
