/** Staff act on a promise: from the page behind a link, or from the desk. */
import type { SalePorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import { decideStaffAct, type StaffAct, type StaffRefusal } from '../core/promises/staff-acts.ts';
import { isSaidAlready, stampOf } from '../core/promises/staff-repeat.ts';
import { promiseOf, type Sale } from '../core/sale.ts';
import { commit } from './commit.ts';
import { findSale } from './load.ts';
import { tellOrLeave } from './tell-workflow.ts';

export type Acting = {
  sale: Sale;
  promise: OwedPromise;
  by: string;
  now: Instant;
  /** The stamp of what they had before them when they decided. */
  seen?: string | undefined;
};

export type Acted =
  | 'done'
  /** Somebody else acted a moment before; nothing of this was written. */
  | 'overtaken'
  | StaffRefusal;

const attempt = async (ports: SalePorts, acting: Acting, act: StaffAct): Promise<Acted> => {
  const { sale, promise, by, now, seen } = acting;
  const decided = decideStaffAct({ config: ports.settings.config, sale, promise, by, now }, act);
  if ('refusal' in decided) return decided.refusal;
  if (seen !== undefined && seen !== stampOf(promise)) return 'overtaken';
  return commit(ports, sale, decided.entries);
};

/** Pressed twice by the same person it happened once, and both presses hear that it did. */
const hasHappened = async (ports: SalePorts, { sale, promise, by }: Acting, act: StaffAct) => {
  const current = (await findSale(ports, sale.id))?.sale ?? sale;
  return isSaidAlready(current, promiseOf(current, promise.id) ?? promise, by, act);
};

/**
 * Decides, writes, tells the workflow. Nothing is written unless the answer is `done`; who presses again because the first
 * press was never answered has its workflow told, which a crash may have kept from hearing.
 */
export const actAsStaff = async (ports: SalePorts, acting: Acting, act: StaffAct): Promise<Acted> => {
  const acted = await attempt(ports, acting, act);
  if (acted !== 'done' && !(await hasHappened(ports, acting, act))) return acted;
  await tellOrLeave(ports, acting.sale.id, acting.now);
  return 'done';
};
