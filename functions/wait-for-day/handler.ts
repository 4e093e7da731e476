import * as z from 'zod';
import type { SalePorts } from '../adapters/ports.ts';
import { followUpSignal } from '../core/signals.ts';
import { createStep } from '../middleware/step.ts';
import { settleFollowUp } from '../steps/settle.ts';
import { beginWait, FollowUpTask } from '../steps/task.ts';
import { FOLLOW_UP } from '../steps/tell-workflow.ts';

/** Which day: when the product has been used, or when a review may be asked for. */
export const WaitTask = FollowUpTask.extend({ position: z.literal(['use', 'review']) });

/** Waits for a day without writing to anybody; the state's timeout ends the wait, or an event does. */
export const createHandler = (ports: SalePorts) =>
  createStep(WaitTask, async (task) => {
    const { plan, position, now, token } = task;
    const { sale, until } = await beginWait(ports, task, {
      key: FOLLOW_UP,
      position,
      seconds: plan.seconds[position],
    });
    const signal = followUpSignal(ports.settings.config, sale, position, until, now);
    if (signal === undefined) return { did: 'waits' };
    await settleFollowUp(ports, sale, token, signal, now);
    return { did: signal.kind === 'success' ? 'ended' : signal.error };
  });
