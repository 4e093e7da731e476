import * as z from 'zod';
import type { SalePorts } from '../adapters/ports.ts';
import { arrival } from '../core/move-on.ts';
import { followUpSignal, movedReview } from '../core/signals.ts';
import { createStep } from '../middleware/step.ts';
import { settleAsState } from '../steps/settle.ts';
import { beginWait, FollowUpTask, send } from '../steps/task.ts';
import { FOLLOW_UP } from '../steps/tell-workflow.ts';

/** Which day: when the product has been used, or when a review may be asked for. */
export const WaitTask = FollowUpTask.extend({
  position: z.literal(['use', 'review']),
  /** The wait may begin anew with another plan; executions of before this was there cannot. */
  mayMove: z.literal('yes').optional(),
});

/** Waits for a day without writing to anybody; the state's timeout ends the wait, or an event does. */
export const createHandler = (ports: SalePorts) =>
  createStep(WaitTask, async (task) => {
    const { position, now, token, mayMove } = task;
    const resume = position === 'use' ? task.plan.resume : undefined;
    const { sale, until } = await beginWait(ports, task, {
      key: FOLLOW_UP,
      /* Whoever has news meanwhile must know where this sale really stands. */
      position: resume ?? position,
      seconds: task.plan.seconds[position],
    });
    const { config } = ports.settings;
    const signal =
      resume === undefined
        ? followUpSignal(config, sale, position, until, now)
        : arrival(config, sale, resume, until, now);
    const plan =
      signal === undefined && position === 'review' && mayMove === 'yes'
        ? movedReview(config, sale, until, now)
        : undefined;
    if (plan !== undefined) {
      await send(ports, token, { kind: 'failure', error: 'Rescheduled', plan });
      return { did: 'Rescheduled' };
    }
    if (signal === undefined) return { did: 'waits' };
    await settleAsState(ports, sale, token, signal, now);
    return { did: signal.kind === 'success' ? 'ended' : signal.error };
  });
