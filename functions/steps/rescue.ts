/** Puts right what a crash, a stopped workflow or somebody's leaving has left behind. Doing it again changes nothing. */
import type { LoadedSale, SweeperPorts } from '../adapters/ports.ts';
import { isClosed, type OwedPromise } from '../core/promises/promise.ts';
import type { PromiseRow } from '../core/promises/row.ts';
import { promiseOf } from '../core/sale.ts';
import { handOverOfLeaver, hasLeft, isAbandoned, isLate } from '../core/sweep.ts';
import { noteEvent } from '../middleware/log-line.ts';
import { measure } from '../middleware/measure.ts';
import { commit } from './commit.ts';
import { promiseName } from './execution-names.ts';
import { findSale, type Loaded } from './load.ts';
import { projectPromises } from './project.ts';
import { startPromise, tellWorkflow } from './tell-workflow.ts';

export type Finding =
  /** It was announced and never made, or is being made just now. */
  | 'never made'
  | 'being made'
  /** The row said something else than the journal. */
  | 'row out of date'
  | 'owner has left'
  /** Nobody is here who could have it. */
  | 'nobody is here'
  | 'told'
  | 'started'
  /** The platform is still trying. */
  | 'under way, late'
  | 'rescued';

type Found = Loaded & { promise: OwedPromise };

const find = async (ports: SweeperPorts, { saleId, promise: id }: PromiseRow): Promise<Found | undefined> => {
  const loaded = await findSale(ports, saleId);
  const promise = loaded === undefined ? undefined : promiseOf(loaded.sale, id);
  return loaded === undefined || promise === undefined ? undefined : { ...loaded, promise };
};

const isWaitedFor = ({ waiters }: LoadedSale, { id }: OwedPromise, now: string): boolean =>
  waiters.some(({ key, until }) => key === id && !isLate(until, now));

/** News first, then a start under the name it should run under; only when that name has ended, a new one. */
const wake = async (ports: SweeperPorts, row: PromiseRow, now: string): Promise<Finding> => {
  await tellWorkflow(ports, row.saleId, now);
  const told = await find(ports, row);
  if (told === undefined || isClosed(told.promise) || isWaitedFor(told.stored, told.promise, now))
    return 'told';
  const { sale, promise } = told;
  if (await startPromise(ports, sale, promise, now)) return 'started';
  if (await ports.workflows.isPromiseRunning(promiseName(ports.ids, sale.id, promise.id, promise.cycle)))
    return 'under way, late';
  const n = promise.rescues + 1;
  await ports.sales.append(sale.id, { type: 'rescued', at: now, promise: promise.id, n });
  const rescued = await find(ports, row);
  if (rescued !== undefined) await startPromise(ports, rescued.sale, rescued.promise, now);
  return 'rescued';
};

const passOn = async (ports: SweeperPorts, { sale, promise }: Found, now: string): Promise<Finding> => {
  const entries = handOverOfLeaver(ports.settings.config, sale, promise, now);
  if (entries.length === 0) return 'nobody is here';
  const result = await commit(ports, sale, entries);
  /* A visit whose time the new person has no room for still changes hands, for them to settle. */
  if (result === 'provider-busy')
    await commit(
      ports,
      sale,
      entries.filter(({ type }) => type === 'handed-over'),
    );
  return 'owner has left';
};

const isOurTurn = ({ status }: OwedPromise) => status === 'open' || status === 'taken';

const forget = async (ports: SweeperPorts, row: PromiseRow, now: string): Promise<Finding> => {
  if (!isAbandoned(row, now)) return 'being made';
  await ports.lists.drop(row.saleId, row.promise, 0);
  return 'never made';
};

const repair = async (ports: SweeperPorts, row: PromiseRow, now: string): Promise<Finding[]> => {
  const found = await find(ports, row);
  if (found === undefined) return [await forget(ports, row, now)];
  const { promise, stored } = found;
  if (isClosed(promise)) {
    /* Whoever closed it died before anybody was told: without the row nobody would be again. */
    await tellWorkflow(ports, row.saleId, now);
    return ['row out of date'];
  }
  const isOrphan = isOurTurn(promise) && hasLeft(ports.settings.config, promise.owner);
  const passed = isOrphan ? [await passOn(ports, found, now)] : [];
  if (passed.length > 0 || !isWaitedFor(stored, promise, now))
    return [...passed, await wake(ports, row, now)];
  await projectPromises(ports, found, now);
  return ['row out of date'];
};

/** Nothing would have happened by itself. What is late, or out of date on a list, is no find. */
const isLost = (what: Finding): boolean =>
  what === 'told' ||
  what === 'started' ||
  what === 'rescued' ||
  what === 'never made' ||
  what === 'nobody is here';

export const rescue = async (ports: SweeperPorts, row: PromiseRow, now: string): Promise<void> => {
  for (const what of await repair(ports, row, now)) {
    noteEvent('swept', { sale: row.saleId, promise: row.promise, what });
    if (isLost(what)) measure(now, { values: { SweeperFinds: 1 }, details: { why: what } });
  }
};
