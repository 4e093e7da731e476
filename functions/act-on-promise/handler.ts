import type { SalePorts } from '../adapters/ports.ts';
import { toEpochMs } from '../core/calendar.ts';
import { answerDue, keepDue } from '../core/deadlines.ts';
import { assignmentOf, isClosed, type OwedPromise } from '../core/promise.ts';
import { LONGEST_WORDS } from '../core/reply.ts';
import { lastReply, promiseOf, type Sale } from '../core/sale.ts';
import { memberOf, presentOwner } from '../core/staff.ts';
import { tellStory } from '../core/story.ts';
import { formatInstant } from '../messages/format.ts';
import { createPage, type Page, type Visit } from '../middleware/page.ts';
import { saleStory } from '../pages/sale-story.ts';
import { type StaffPromiseState, type StaffPromiseView, staffPromise } from '../pages/staff-promise.ts';
import { itemName } from '../steps/item-name.ts';
import { findSale } from '../steps/load.ts';
import { tellOrLeave } from '../steps/tell-workflow.ts';
import { timeLeft } from './time-left.ts';

type Refusal = NonNullable<StaffPromiseView['error']>;
type Done = { notice?: NonNullable<StaffPromiseView['notice']>; error?: Refusal };

const stateOf = (promise: OwedPromise): StaffPromiseState => {
  switch (promise.status) {
    case 'open':
    case 'taken':
      return { kind: promise.status };
    case 'offered':
      return { kind: 'taken' };
    case 'proposed':
      return { kind: 'proposed', what: promise.what ?? '' };
    case 'waived':
    case 'withdrawn':
      return { kind: 'closed', outcome: 'void' };
    case 'kept':
    case 'assumed':
      return { kind: 'closed', outcome: promise.status };
  }
};

const replyOf = (sale: Sale): StaffPromiseView['reply'] => {
  const answer = lastReply(sale);
  if (answer === undefined) return undefined;
  const { rating, wish, call } = answer.reply;
  return { rating: `${rating}`, words: answer.private?.words, wish, wantsCall: call };
};

/** The page of one promise for whoever owes it: GET shows, POST takes it, says it is done, or hands it over. */
export const createHandler = (ports: SalePorts) => {
  const { config } = ports.settings;

  /** The link names one promise; a link about a sale shows the newest. */
  const promiseFor = ({ link }: Visit, sale: Sale) =>
    link.promise === undefined ? sale.promises.at(-1) : promiseOf(sale, link.promise);

  const page = (visit: Visit, sale: Sale, promise: OwedPromise, done: Done, form?: URLSearchParams): Page => {
    const when = formatInstant(visit.words.locale, config.shop.zone);
    const isLate = toEpochMs(promise.dueAt) < toEpochMs(visit.now);
    const reply = replyOf(sale);
    const html = staffPromise({
      words: visit.words,
      action: `/p/${visit.token}`,
      shopName: config.shop.name,
      itemTitle: itemName(ports.settings, sale, visit.words.locale),
      customer: { name: sale.customer.name ?? sale.customer.email ?? '?', phone: sale.customer.phone },
      promise: {
        kind: promise.kind,
        state: stateOf(promise),
        due: when(promise.dueAt),
        timeLeft: timeLeft(visit.now, promise.dueAt, visit.words.locale),
        isLate,
        ownerName: presentOwner(config, promise.owner, sale.id, visit.now).name,
        level: promise.level,
        strikes: promise.strikes,
      },
      ...(reply === undefined ? {} : { reply }),
      story: tellStory(sale.journal, config, when).map(({ at, what }) => ({ at: when(at), what })),
      staff: config.staff
        .filter((member) => member.isActive && member.id !== promise.owner)
        .map(({ id, name }) => ({ id, name })),
      ...done,
      ...(form === undefined || done.error === undefined
        ? {}
        : {
            values: { what: form.get('what') ?? '', to: form.get('to') ?? '', note: form.get('note') ?? '' },
          }),
    });
    return { html, ...(done.error === undefined ? {} : { status: 400 }) };
  };

  const actor = (visit: Visit, promise: OwedPromise) => visit.link.staff ?? promise.owner;

  /** The owner, or whoever stands in for them. A link outlives its turn: it still shows, and still says what was done. */
  const isTheirs = (visit: Visit, promise: OwedPromise): boolean =>
    [promise.owner, presentOwner(config, promise.owner, visit.sale.id, visit.now).id].includes(
      actor(visit, promise),
    );

  const take = async (visit: Visit, promise: OwedPromise): Promise<Done> => {
    if (!isTheirs(visit, promise)) return { error: { field: 'act', message: 'not-yours' } };
    const dueAt = keepDue(config, promise.kind, visit.now);
    await ports.sales.append(visit.sale.id, {
      type: 'taken',
      at: visit.now,
      promise: promise.id,
      n: assignmentOf(promise),
      by: actor(visit, promise),
      dueAt,
    });
    return { notice: { kind: 'taken' } };
  };

  const propose = async (visit: Visit, promise: OwedPromise, form: URLSearchParams): Promise<Done> => {
    const what = form.get('what')?.trim() ?? '';
    if (what === '') return { error: { field: 'what', message: 'what-missing' } };
    if (Buffer.byteLength(what) > LONGEST_WORDS)
      return { error: { field: 'what', message: 'words-too-long' } };
    await ports.sales.append(visit.sale.id, {
      type: 'proposed',
      at: visit.now,
      promise: promise.id,
      n: promise.proposals + 1,
      by: actor(visit, promise),
      private: { what },
    });
    return { notice: { kind: 'proposed' } };
  };

  const handOver = async (visit: Visit, promise: OwedPromise, form: URLSearchParams): Promise<Done> => {
    const to = form.get('to')?.trim() ?? '';
    if (to === '') return { error: { field: 'to', message: 'to-missing' } };
    const member = memberOf(config, to);
    if (member?.isActive !== true) return { error: { field: 'to', message: 'to-unknown' } };
    const note = form.get('note')?.trim() ?? '';
    if (Buffer.byteLength(note) > LONGEST_WORDS)
      return { error: { field: 'note', message: 'words-too-long' } };
    await ports.sales.append(visit.sale.id, {
      type: 'handed-over',
      at: visit.now,
      promise: promise.id,
      n: promise.handovers + 1,
      from: promise.owner,
      to: member.id,
      level: member.level,
      dueAt: answerDue(config, promise.kind, visit.now),
      ...(note === '' ? {} : { private: { note } }),
    });
    return { notice: { kind: 'handed-over', name: member.name } };
  };

  const act = (visit: Visit, promise: OwedPromise, form: URLSearchParams): Promise<Done> | Done => {
    if (isClosed(promise)) return { error: { field: 'act', message: 'already-closed' } };
    switch (form.get('act')) {
      case 'take':
        return take(visit, promise);
      case 'done':
        return propose(visit, promise, form);
      case 'hand-over':
        return handOver(visit, promise, form);
      default:
        return { error: { field: 'act', message: 'act-missing' } };
    }
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

  return createPage(ports, {
    audience: 'staff',
    get: (visit) => {
      const promise = promiseFor(visit, visit.sale);
      return promise === undefined ? nothingOwed(visit) : page(visit, visit.sale, promise, {});
    },
    post: async (visit, form) => {
      const promise = promiseFor(visit, visit.sale);
      if (promise === undefined) return nothingOwed(visit);
      const done = await act(visit, promise, form);
      if (done.error === undefined) await tellOrLeave(ports, visit.sale.id, visit.now);
      const fresh = (await findSale(ports, visit.sale.id))?.sale ?? visit.sale;
      return page(visit, fresh, promiseOf(fresh, promise.id) ?? promise, done, form);
    },
  });
};
