/** Wakes whom a pause held, a batch at a time, no faster than the mail service sends. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import * as z from 'zod';
import { toInstant } from '../../../functions/core/calendar.ts';
import { callFunction } from '../call-function.ts';
import type { Target } from '../target.ts';
import { toldPlainly } from '../target-trouble.ts';

const Woken = z.object({ woken: z.int(), failed: z.int(), isDone: z.boolean() });

/** So many seconds of sending make one batch. */
const BATCH_SECONDS = 10;
const MOST = 500;
/** The same sale may be woken by the clock in this very second: whoever comes second fails once. */
const TRIES = 3;
const AGAIN_MS = 2_000;

const mailsPerSecond = async (target: Target): Promise<number> => {
  const ses = new SESClient(target.client);
  const { MaxSendRate = 1 } = await toldPlainly(target.name, () => ses.send(new GetSendQuotaCommand({})));
  /* Half of it: the day's own mails need room, and a sale may have several. */
  return Math.max(0.5, MaxSendRate / 2);
};

type Progress = (woken: number, pace: number) => void;

/** How many were woken, and how many could not be and wait for the next run by the clock. */
export const wakeAll = async (
  target: Target,
  progress: Progress,
): Promise<{ woken: number; failed: number }> => {
  const pace = await mailsPerSecond(target);
  const most = Math.min(MOST, Math.ceil(pace * BATCH_SECONDS));
  let total = 0;
  let triesLeft = TRIES;
  for (;;) {
    const time = toInstant(await target.now());
    const batch = Woken.parse(await callFunction(target, 'WakeHeld', { time, most }));
    total += batch.woken;
    const isStuck = batch.failed > 0 && (batch.isDone || batch.woken === 0);
    if (isStuck) triesLeft -= 1;
    if ((batch.isDone && batch.failed === 0) || triesLeft === 0)
      return { woken: total, failed: batch.failed };
    progress(total, pace);
    await sleep(Math.max(isStuck ? AGAIN_MS : 0, (batch.woken / pace) * 1000));
  }
};
