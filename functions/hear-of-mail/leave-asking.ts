/** A sale that waits for an answer by mail and will not get one: its workflow has a person ring instead. */
import type { MailPorts } from '../adapters/ports.ts';
import type { Instant } from '../core/ids.ts';
import { isOver } from '../core/outcome.ts';
import { followUpPlan } from '../core/plan.ts';
import { lastReply } from '../core/sale.ts';
import type { Loaded } from '../steps/load.ts';
import { NO_MAIL } from '../steps/may-reach.ts';
import { settleFollowUp } from '../steps/settle.ts';
import { FOLLOW_UP } from '../steps/tell-workflow.ts';

/** True when the workflow sees to it. Told a second time, it finds its token used and is busy with it already. */
export const leaveAsking = async (
  ports: MailPorts,
  { sale, stored }: Loaded,
  now: Instant,
): Promise<boolean> => {
  const waiter = stored.waiters.find(({ key }) => key === FOLLOW_UP);
  const isAsking = waiter?.position === 'ask' || waiter?.position === 'again';
  if (!isAsking || sale.isRoundOver || isOver(sale) || lastReply(sale) !== undefined) return false;
  await ports.sales.append(sale.id, {
    type: 'skipped',
    at: now,
    message: 'reminder',
    reason: NO_MAIL.bounce,
  });
  const plan = followUpPlan(ports.settings.config, sale, Math.max(1, sale.round), now);
  await settleFollowUp(ports, sale, waiter, { kind: 'failure', error: 'CannotWrite', plan }, now);
  return true;
};
