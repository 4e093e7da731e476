/**
 * Somebody leaves: everything they owe goes to somebody else, and each customer is told who their new person is. A run
 * does as many as it has time for; the sender sends the same request again until all is done. Before each lot is begun it
 * is noted, so that a run after a crash counts what the one before it did.
 */
import type { KnownRequest, RequestStore, SalePorts } from '../adapters/ports.ts';
import { type Instant, SaleId } from '../core/ids.ts';
import type { PromiseEntry } from '../core/promises/entries.ts';
import { withRequest } from '../core/promises/new-promise.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import { decideStaffAct } from '../core/promises/staff-acts.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { isPresent, memberOf } from '../core/staff.ts';
import { type Committed, commit } from '../steps/commit.ts';
import { findSale } from '../steps/load.ts';
import { tellWorkflow } from '../steps/tell-workflow.ts';
import { type Asked, isOfRequest, type Outcome } from './answer.ts';
import { complete } from './complete.ts';
import type { RequestOf } from './promise-request.ts';
import { refused, unknownMember } from './refusals.ts';

export type LeavePorts = SalePorts & { requests: RequestStore };

/** About ten calls each: well within the time a function has. */
const LOT = 50;
const MOST_ATTEMPTS = 4;

type Leaving = RequestOf<'staff.left'> & { request: string; now: Instant };

const keyOf = ({ saleId, promise }: { saleId: string; promise: string }) => `${saleId}#${promise}`;
const partsOf = (key: string) => {
  const hash = key.lastIndexOf('#');
  return { saleId: SaleId.parse(key.slice(0, hash)), promise: key.slice(hash + 1) };
};

/** One more than a lot, to know whether there is more. */
const owedBy = async ({ lists }: LeavePorts, staff: string): Promise<string[]> => {
  const keys: string[] = [];
  let after: string | undefined;
  do {
    const page = await lists.openOf(staff, { limit: LOT + 1, after });
    keys.push(...page.items.map(keyOf));
    after = page.next;
  } while (after !== undefined && keys.length <= LOT);
  return keys;
};

const isPassed = (sale: Sale, promise: string, request: string): boolean =>
  sale.journal.some(
    (entry) => isOfRequest(entry, request) && entry.type === 'handed-over' && entry.promise === promise,
  );

/** Its entries when it is theirs to pass on; what waits for the customer's word stays where it is. */
const passing = (
  { settings: { config } }: LeavePorts,
  sale: Sale,
  promise: OwedPromise | undefined,
  { staff, to, request, now }: Leaving,
): PromiseEntry[] => {
  if (promise?.owner !== staff) return [];
  const decided = decideStaffAct({ config, sale, promise, by: 'system', now }, { act: 'hand-over', to });
  if ('refusal' in decided) return [];
  return withRequest(decided.entries, request).map((entry) =>
    entry.type === 'handed-over' ? { ...entry, because: 'left' } : entry,
  );
};

/** A visit whose time the new person has no room for still changes hands, for them to settle. */
const pass = async (ports: LeavePorts, sale: Sale, entries: readonly PromiseEntry[]): Promise<Committed> => {
  const result = await commit(ports, sale, entries);
  if (result !== 'provider-busy') return result;
  return commit(
    ports,
    sale,
    entries.filter(({ type }) => type === 'handed-over'),
  );
};

/** False when there was nothing to hand over. */
const handOver = async (ports: LeavePorts, key: string, leaving: Leaving): Promise<boolean> => {
  const { saleId, promise: id } = partsOf(key);
  const { request, now } = leaving;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const found = await findSale(ports, saleId);
    if (found === undefined) return false;
    const { sale } = found;
    const isDone = isPassed(sale, id, request);
    const entries = isDone ? [] : passing(ports, sale, promiseOf(sale, id), leaving);
    if (isDone)
      await complete(ports, sale, id, request, (former, promise, at) =>
        passing(ports, former, promise, { ...leaving, now: at }),
      );
    else if ((await pass(ports, sale, entries)) === 'overtaken') continue;
    /* Also when there was nothing to do: the lists then say what the journal says. */
    await tellWorkflow(ports, saleId, now);
    return isDone || entries.length > 0;
  }
  return false;
};

const handOverAll = async (ports: LeavePorts, keys: readonly string[], leaving: Leaving): Promise<number> => {
  let count = 0;
  for (const key of keys) if (await handOver(ports, key, leaving)) count += 1;
  return count;
};

/** Undefined when both are fit for it. */
const whyNot = ({ settings: { config } }: LeavePorts, { staff, to, now }: Leaving, owed: number) => {
  /* Somebody who is in the configuration no more may still owe something. */
  if (memberOf(config, staff) === undefined && owed === 0) return unknownMember('staff');
  const next = memberOf(config, to);
  if (next === undefined) return unknownMember('to');
  return isPresent(config, next, now) && to !== staff ? undefined : refused('to-unknown');
};

export const staffLeft = async (
  ports: LeavePorts,
  asked: RequestOf<'staff.left'>,
  { request, now, known }: Asked & { known: KnownRequest },
): Promise<Outcome> => {
  const leaving = { ...asked, request, now };
  const { count: counted, begun, isDone } = known.progress ?? { count: 0, begun: [], isDone: false };
  if (isDone) return { status: 200, body: { handedOver: counted } };
  const owed = await owedBy(ports, asked.staff);
  const problem = whyNot(ports, leaving, owed.length + begun.length);
  if (problem !== undefined) return { problem };
  const note = (count: number, keys: string[], isAll: boolean) =>
    ports.requests.note(request, { ...known, progress: { count, begun: keys, isDone: isAll } });
  const lot = [...new Set([...begun, ...owed.slice(0, LOT)])];
  await note(counted, lot, false);
  const handedOver = counted + (await handOverAll(ports, lot, leaving));
  const isAll = owed.length <= LOT;
  await note(handedOver, [], isAll);
  return { status: isAll ? 200 : 202, body: { handedOver, ...(isAll ? {} : { isMoreToDo: true }) } };
};
