/** Reschedule, hand over, cancel: the rules of the staff page, asked by a system. */
import type { SalePorts } from '../adapters/ports.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import { withRequest } from '../core/promises/new-promise.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import {
  backupFor,
  type Decided,
  decideStaffAct,
  needsAName,
  type StaffAct,
} from '../core/promises/staff-acts.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import { type Committed, commit } from '../steps/commit.ts';
import { findSale, loadSale } from '../steps/load.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import { type Asked, asLeft, describe, lastOf, type Outcome, saleIdFor } from './answer.ts';
import { complete } from './complete.ts';
import type { Problem } from './problem.ts';
import type { RequestOf } from './promise-request.ts';
import { refused, unknownMember, unknownOrder, unknownPromise } from './refusals.ts';

type Change = RequestOf<'promise.reschedule' | 'promise.hand-over' | 'promise.cancel'>;

const MOST_ATTEMPTS = 4;

/** Whoever did not come twice is not sent a third time without being named. */
const providerFor = (ports: SalePorts, promise: OwedPromise, from: string): string => {
  const before = promise.booking?.provider ?? promise.owner;
  return needsAName(promise) ? backupFor(ports.settings.config, before, from) : before;
};

const actOf = (ports: SalePorts, asked: Change, promise: OwedPromise): StaffAct => {
  switch (asked.type) {
    case 'promise.hand-over':
      return { act: 'hand-over', to: asked.to, ...(asked.note === undefined ? {} : { note: asked.note }) };
    case 'promise.cancel':
      return { act: 'withdraw', reason: asked.reason };
    case 'promise.reschedule': {
      const { due, visit, reason } = asked;
      if (due !== undefined)
        return { act: 'more-time', dueAt: due, ...(reason === undefined ? {} : { reason }) };
      if (visit === undefined) throw new RangeError('The schema asks for `due` or `visit`');
      const { from, to, provider, place } = visit;
      return {
        act: 'book',
        from,
        to,
        provider: provider ?? providerFor(ports, promise, from),
        ...(place === undefined ? {} : { place }),
        answersForIt: false,
      };
    }
  }
};

/** Where a member of staff is named whom nobody knows. */
const unknownStaff = (ports: SalePorts, asked: Change): Problem | undefined => {
  const { config } = ports.settings;
  if (asked.type === 'promise.hand-over' && memberOf(config, asked.to) === undefined)
    return unknownMember('to');
  if (asked.type !== 'promise.reschedule' || asked.visit?.provider === undefined) return undefined;
  return memberOf(config, asked.visit.provider) === undefined ? unknownMember('visit.provider') : undefined;
};

const conclude = async (ports: SalePorts, id: SaleId, { request, now }: Asked): Promise<Outcome> => {
  await tellWorkflow(ports, id, now);
  const { sale } = await loadSale(ports, id);
  const promise = asLeft(sale, request);
  if (promise === undefined) throw new RangeError(`A change of sale ${id} does not fold`);
  return describe(sale, promise, 200);
};

const decide = (
  ports: SalePorts,
  asked: Change,
  about: { sale: Sale; promise: OwedPromise; request: string; now: Instant },
): Decided => {
  const { sale, promise, request, now } = about;
  const { config } = ports.settings;
  const act = actOf(ports, asked, promise);
  const decided = decideStaffAct({ config, sale, promise, by: 'system', now }, act);
  return 'refusal' in decided ? decided : { entries: withRequest(decided.entries, request) };
};

/** The whole of it, also when a run before this one ended half way. */
const finish = (ports: SalePorts, sale: Sale, asked: Change, request: string): Promise<void> =>
  complete(ports, sale, asked.promise, request, (former, promise, now) => {
    const decided = decide(ports, asked, { sale: former, promise, request, now });
    return 'refusal' in decided ? [] : decided.entries;
  });

const tryOnce = async (
  ports: SalePorts,
  sale: Sale,
  asked: Change,
  about: Asked,
): Promise<Problem | Committed> => {
  const promise = promiseOf(sale, asked.promise);
  if (promise === undefined) return unknownPromise;
  const unknown = unknownStaff(ports, asked);
  if (unknown !== undefined) return unknown;
  const decided = decide(ports, asked, { sale, promise, ...about });
  return 'refusal' in decided ? refused(decided.refusal) : commit(ports, sale, decided.entries);
};

export const change = async (ports: SalePorts, asked: Change, about: Asked): Promise<Outcome> => {
  const id = await saleIdFor(ports, asked.order);
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const found = await findSale(ports, id);
    if (found === undefined) return { problem: unknownOrder };
    const { sale } = found;
    if (lastOf(sale, about.request) !== undefined) {
      await finish(ports, sale, asked, about.request);
      return conclude(ports, id, about);
    }
    const result = await tryOnce(ports, sale, asked, about);
    if (result === 'done') return conclude(ports, id, about);
    if (result === 'provider-busy') return { problem: refused(result) };
    if (result !== 'overtaken') return { problem: result };
  }
  return { problem: refused('overtaken') };
};
