/**
 * The journal is the truth; this tells the workflows about it. Called after every entry that did not come from the
 * workflow itself. Safe to call twice, and by two handlers at once.
 */
import type { SalePorts, Waiter } from '../adapters/ports.ts';
import { isReviewAhead } from '../core/after/review.ts';
import { laterOf } from '../core/calendar.ts';
import { isCanary, type SaleId } from '../core/ids.ts';
import type { Entry } from '../core/journal.ts';
import { isWaitOver, FOLLOW_UP as WAIT_OF_FOLLOW_UP } from '../core/operations/due.ts';
import { isOver } from '../core/outcome.ts';
import { checkInTime, type FollowUpPlan, followUpPlan, promisePlan } from '../core/plan.ts';
import type { PromiseEntry } from '../core/promises/entries.ts';
import { escalation } from '../core/promises/ladder.ts';
import { isClosed } from '../core/promises/promise.ts';
import { promiseEntries } from '../core/promises/tidings.ts';
import { lastReply, openPromises, type Sale } from '../core/sale.ts';
import {
  endedWithOrder,
  type FollowUpPosition,
  followUpSignal,
  needsHelp,
  type PromisePosition,
  promiseSignal,
  type Signal,
  waivable,
} from '../core/signals.ts';
import { zoneDecision } from '../core/when/why.ts';
import { logTrouble } from '../middleware/log-line.ts';
import { measure } from '../middleware/measure.ts';
import { commit } from './commit.ts';
import { followUpName, promiseName } from './execution-names.ts';
import { findSale, type Loaded } from './load.ts';
import { projectPromises } from './project.ts';
import { isLastSignal, settleFollowUp } from './settle.ts';
import { send } from './task.ts';

export const FOLLOW_UP = WAIT_OF_FOLLOW_UP;

const isFollowUpPosition = (text: string): text is FollowUpPosition =>
  ['use', 'ask', 'again', 'promise', 'review'].includes(text);
const isPromisePosition = (text: string): text is PromisePosition => ['owner', 'ask', 'again'].includes(text);

/** Starts a round, first or later. The entry comes first: a crash in between is repaired by the next call. */
export const startRound = async (ports: SalePorts, sale: Sale, round: number, now: string): Promise<void> => {
  const { config } = ports.settings;
  const { at, because } = checkInTime(config, sale.record, sale.facts, now, sale.journal);
  const why = zoneDecision(sale.record);
  await ports.sales.append(sale.id, { type: 'started', at: now, round, checkInAt: at, because, why });
  await ports.workflows.startFollowUp(
    followUpName(ports.ids, sale.id, round),
    followUpPlan(config, sale, round, now),
  );
};

/** Starts the workflow of a promise, once per opening of it. */
export const startPromise = (
  ports: SalePorts,
  sale: Sale,
  promise: Sale['promises'][number],
  now: string,
): Promise<boolean> =>
  ports.workflows.startPromise(
    promiseName(ports.ids, sale.id, promise.id, promise.cycle),
    promisePlan(ports.settings.config, sale, promise, now),
  );

/** "Not fixed", said in the moment it was closed, or a crash came before it went up: no workflow is left to hear it. */
const unheard = (ports: SalePorts, sale: Sale, now: string): PromiseEntry[] =>
  sale.promises
    .filter((promise) => promise.isRefused && isClosed(promise) && !sale.isErased)
    .map((promise) => {
      const said = promiseEntries(sale, promise, 'judged').at(-1)?.at ?? now;
      return escalation(ports.settings.config, sale, promise, 'not-yet', laterOf(said, now));
    });

/**
 * Closes what the customer's own answer, the end of the order or the end of what we know has made pointless, and takes up
 * what was refused as it closed.
 */
const settle = async (ports: SalePorts, loaded: Loaded, told: string): Promise<Loaded> => {
  const { sale } = loaded;
  /* A message may have lain among the dead letters for days: what follows from a journal is not older than the journal. */
  const now = laterOf(told, sale.journal.at(-1)?.at ?? told);
  const reply = lastReply(sale);
  const waived: PromiseEntry[] = waivable(sale).map((promise) => ({
    type: 'waived',
    at: now,
    promise: promise.id,
    reply: reply?.n ?? 1,
  }));
  const ended = sale.isErased ? openPromises(sale) : endedWithOrder(sale);
  const withdrawn: PromiseEntry[] = ended.map((promise) => ({
    type: 'withdrawn',
    at: now,
    promise: promise.id,
    n: promise.withdrawals + 1,
    by: 'shop',
    because: sale.isErased ? 'erased' : 'order-ended',
  }));
  const entries = [...waived, ...withdrawn, ...unheard(ports, sale, now)];
  if (entries.length === 0) return loaded;
  await commit(ports, sale, entries);
  return (await findSale(ports, sale.id)) ?? loaded;
};

/** Whether that has taken the wait off the index. */
const tellFollowUp = async (ports: SalePorts, sale: Sale, waiter: Waiter, now: string): Promise<boolean> => {
  if (!isFollowUpPosition(waiter.position)) return false;
  const signal = followUpSignal(ports.settings.config, sale, waiter.position, waiter.until, now);
  if (signal === undefined) return false;
  const isHeard = await settleFollowUp(ports, sale, waiter, signal, now);
  if (!isHeard && waiter.position === 'promise') await takeUp(ports, sale, waiter, signal, now);
  return isLastSignal(signal);
};

/** What it waited for is done, and nobody is there to hear it: the watch finds it when its time is up. */
const takeUp = async (
  ports: SalePorts,
  sale: Sale,
  { key, until }: Waiter,
  signal: Signal<FollowUpPlan>,
  now: string,
): Promise<void> => {
  if (until <= now) await outwait(ports, sale, now);
  else if (!isLastSignal(signal)) await ports.sales.hastenWait(sale.id, key, until);
};

/**
 * The time for this promise was too short and its sale waits no more, as in executions of before the review was waited for
 * next: a new round takes up what is needed now, and be it the review ask.
 */
const outwait = async (ports: SalePorts, sale: Sale, now: string): Promise<void> => {
  await ports.sales.append(sale.id, { type: 'ended', at: now, round: sale.round });
  const found = await findSale(ports, sale.id);
  if (found === undefined) return;
  const fresh = found.sale;
  if (fresh.isRoundOver && fresh.round === sale.round && isReviewAhead(ports.settings.config, fresh))
    await startRound(ports, fresh, fresh.round + 1, now);
  else await startLateRound(ports, found, now);
};

const tellPromise = async (ports: SalePorts, sale: Sale, waiter: Waiter, now: string): Promise<void> => {
  const promise = sale.promises.find((one) => one.id === waiter.key);
  if (promise === undefined || !isPromisePosition(waiter.position)) return;
  const signal = promiseSignal(
    ports.settings.config,
    sale,
    promise,
    waiter.position,
    { until: waiter.until, turn: waiter.turn ?? 0, cycle: waiter.cycle },
    now,
  );
  if (signal !== undefined) await send(ports, waiter.token, signal);
};

/**
 * Every open promise has a workflow: a new one has none yet, and one that was closed and opened again has none any more.
 * Names make sure that none gets two.
 */
export const startPromises = async (
  ports: SalePorts,
  { sale, stored }: Loaded,
  now: string,
): Promise<void> => {
  for (const promise of openPromises(sale)) {
    const hasWaited = stored.waiters.some(({ key }) => key === promise.id);
    if (!hasWaited || promise.cycle > 1) await startPromise(ports, sale, promise, now);
  }
};

/**
 * An answer to a round that is over opens a short new one; an answer to a round under way does not, nor does the answer
 * that ended the round, which stands in the same instant. Help that is needed is never too late.
 */
const isLateAnswer = (sale: Sale): boolean => {
  const reply = lastReply(sale);
  const ended = sale.journal.findLast((entry) => entry.type === 'ended');
  if (!sale.isRoundOver || reply === undefined || ended === undefined) return false;
  return needsHelp(sale) || (!isOver(sale) && reply.at > ended.at);
};

/** The customer took back the stop that had ended the round. */
const isTakenBack = (sale: Sale): boolean => {
  const last = (type: Entry['type']) => sale.journal.findLast((entry) => entry.type === type)?.at;
  const [ended, stopped, resumed] = [last('ended'), last('stopped'), last('resumed')];
  if (!sale.isRoundOver || isOver(sale) || ended === undefined || stopped === undefined) return false;
  return stopped <= ended && resumed !== undefined && resumed >= ended;
};

/**
 * A crash may have left a round announced but not started. The first one is started again by the shop's events while its
 * order stands; an order that has ended since begins nothing, and still somebody must hear what its customer writes.
 */
const isLeftUnstarted = ({ sale, stored }: Loaded): boolean =>
  !sale.isRoundOver &&
  (sale.round > 1 || (sale.round === 1 && isOver(sale) && !sale.isErased && !hasFollowUp(stored)));

const hasFollowUp = ({ waiters }: Loaded['stored']): boolean => waiters.some(({ key }) => key === FOLLOW_UP);

const startLateRound = async (ports: SalePorts, loaded: Loaded, now: string): Promise<void> => {
  const { sale } = loaded;
  if (isLateAnswer(sale) || isTakenBack(sale)) await startRound(ports, sale, sale.round + 1, now);
  else if (isLeftUnstarted(loaded)) await startRound(ports, sale, sale.round, now);
};

/** `seen`: the sale as it was read after the last entry was written, by whoever has it at hand. */
export const tellWorkflow = async (
  ports: SalePorts,
  id: SaleId,
  now: string,
  seen?: Loaded,
): Promise<Sale | undefined> => {
  const found = seen ?? (await findSale(ports, id));
  if (found === undefined) return undefined;
  const loaded = await settle(ports, found, now);
  const { sale, stored } = loaded;
  /* Before anybody is told: whoever dies untold is told again, and whoever dies uncounted is not. */
  await projectPromises(ports, loaded, now);
  await startLateRound(ports, loaded, now);
  for (const waiter of stored.waiters) {
    const isFollowUp = waiter.key === FOLLOW_UP;
    const isOff = isFollowUp && (await tellFollowUp(ports, sale, waiter, now));
    if (!isFollowUp) await tellPromise(ports, sale, waiter, now);
    if (!isOff && waiter.isOff !== true && isWaitOver(sale, waiter.key))
      await ports.sales.endWait(id, waiter.key, waiter.token);
  }
  await startPromises(ports, loaded, now);
  return sale;
};

/** After what was said is stored: `watch` finds within minutes whoever waits there, and tells them. */
const leaveToWatch = async (ports: SalePorts, id: SaleId, now: string): Promise<void> => {
  try {
    const waiters = (await ports.sales.load(id))?.waiters ?? [];
    for (const { key } of waiters) await ports.sales.hastenWait(id, key, now);
  } catch (error) {
    logTrouble('not left to the watch', id, error, now);
  }
};

/**
 * For handlers that have stored what a person said: that person must not meet our trouble. When telling fails, `watch`
 * tells; and if even that cannot be asked for, the state that waits reads the journal when its time is up. Nothing is
 * lost, only late.
 */
export const tellOrLeave = async (
  ports: SalePorts,
  id: SaleId,
  now: string,
  seen?: Loaded,
): Promise<Sale | undefined> => {
  try {
    return await tellWorkflow(ports, id, now, seen);
  } catch (error) {
    logTrouble('workflow not told', id, error, now);
    if (!isCanary(id)) measure(now, { values: { RepliesNotTold: 1 } });
    await leaveToWatch(ports, id, now);
    return undefined;
  }
};
