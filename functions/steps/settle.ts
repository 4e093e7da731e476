import type { SalePorts } from '../adapters/ports.ts';
import { checkInTime, type FollowUpPlan } from '../core/plan.ts';
import type { Sale } from '../core/sale.ts';
import type { Signal } from '../core/signals.ts';
import { send } from './task.ts';

/** Ends a FollowUp wait and writes down what that means: a new date, or the end of the round. False when nobody waits. */
export const settleFollowUp = async (
  ports: SalePorts,
  sale: Sale,
  token: string,
  signal: Signal<FollowUpPlan>,
  now: string,
): Promise<boolean> => {
  if (signal.kind === 'failure' && signal.error === 'Rescheduled') {
    const { at, because } = checkInTime(ports.settings.config, sale.record, sale.facts, now);
    await ports.sales.append(sale.id, { type: 'rescheduled', at: now, checkInAt: at, because });
  }
  if (signal.kind === 'success' || signal.error === 'SaleClosed') {
    await ports.sales.append(sale.id, { type: 'ended', at: now, round: Math.max(1, sale.round) });
  }
  return send(ports, token, signal);
};
