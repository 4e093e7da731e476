import type { SalePorts, Waiter } from '../adapters/ports.ts';
import { FOLLOW_UP } from '../core/operations/due.ts';
import { checkInTime, type FollowUpPlan } from '../core/plan.ts';
import type { Sale } from '../core/sale.ts';
import type { Signal } from '../core/signals.ts';
import { outAt } from '../core/touch.ts';
import { loadSale } from './load.ts';
import { projectPromises } from './project.ts';
import { send } from './task.ts';

/** Nobody waits afterwards, so the wait comes off the index of what is due. */
export const isLastSignal = (signal: Signal<FollowUpPlan>): boolean =>
  signal.kind === 'success' || signal.error === 'SaleClosed';

/** Ends a FollowUp wait and writes down what that means: a new date, or the end of the round. False when nobody waits. */
export const settleFollowUp = async (
  ports: SalePorts,
  sale: Sale,
  { token, isOff }: Pick<Waiter, 'token' | 'isOff'>,
  signal: Signal<FollowUpPlan>,
  now: string,
): Promise<boolean> => {
  /* A reminder that was put off says so itself; the day of the check-in stays what it was. */
  const isCheckInAhead = outAt(sale.journal, 'check-in') === undefined || sale.facts.cameBackAt !== undefined;
  if (signal.kind === 'failure' && signal.error === 'Rescheduled' && isCheckInAhead) {
    const { at, because } = checkInTime(ports.settings.config, sale.record, sale.facts, now, sale.journal);
    await ports.sales.append(sale.id, { type: 'rescheduled', at: now, checkInAt: at, because });
  }
  const isLast = isLastSignal(signal);
  if (isLast && !sale.isRoundOver)
    await ports.sales.append(sale.id, { type: 'ended', at: now, round: Math.max(1, sale.round) });
  const isHeard = await send(ports, token, signal);
  /* After the telling: what could not be told is still waited for. */
  if (isLast && isOff !== true) await ports.sales.endWait(sale.id, FOLLOW_UP, token);
  return isHeard;
};

/**
 * The same for the state itself, which found out as it began: whoever wrote what it found may have died before it was counted,
 * and nobody else will look.
 */
export const settleAsState = async (
  ports: SalePorts,
  sale: Sale,
  token: string,
  signal: Signal<FollowUpPlan>,
  now: string,
): Promise<void> => {
  /* First: once its token is used, nobody runs the state again. */
  await projectPromises(ports, await loadSale(ports, sale.id), now);
  await settleFollowUp(ports, sale, { token }, signal, now);
};
