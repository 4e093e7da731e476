import type { SalePorts } from '../adapters/ports.ts';
import { staffOpening } from '../core/plan.ts';
import { escalatedDue, type OwedPromise } from '../core/promise.ts';
import type { Sale } from '../core/sale.ts';
import { nextUp } from '../core/staff.ts';

/**
 * "Not yet", said of a promise whose workflow has ended: one level up at once, because no state is left to do it. A new
 * execution follows from the journal.
 */
export const reopen = async (
  ports: SalePorts,
  sale: Sale,
  promise: OwedPromise,
  now: string,
): Promise<void> => {
  const { config } = ports.settings;
  const { member, level } = nextUp(config, promise.level, promise.owner, sale.id);
  await ports.sales.append(sale.id, {
    type: 'escalated',
    at: now,
    promise: promise.id,
    strike: promise.strikes + 1,
    from: promise.owner,
    owner: member.id,
    level,
    dueAt: escalatedDue(promise, now, config.promises[promise.kind], staffOpening(config)),
    because: 'not-yet',
  });
};
