/** What a pause does to a message: it is not begun, the journal says until when it waits, and the sale is on the list of those to wake. */
import type { MailPorts } from '../adapters/ports.ts';
import type { Decision, MessageKey } from '../core/conversation/entries.ts';
import type { Instant } from '../core/ids.ts';
import {
  askAfterPause,
  isNotedAsHeld,
  type Pause,
  pausedDecision,
  pauseOf,
} from '../core/operations/pause.ts';
import type { Sale } from '../core/sale.ts';
import { isAsk } from '../core/when/decide.ts';
import { measure } from '../middleware/measure.ts';

/** `until`: when the message may be tried again, as the journal says it. */
export type Hold = { pause: Pause; until: Instant; why: Decision };

/** Whether a pause holds this message now; undefined when it may leave. Read anew each time: a kill switch has no cache. */
export const holdOn = async (
  { pauses, settings }: Pick<MailPorts, 'pauses' | 'settings'>,
  { record }: Sale,
  message: string,
  now: string,
): Promise<Hold | undefined> => {
  const pause = pauseOf((await pauses.read()).pauses, record, now);
  if (pause === undefined) return undefined;
  const until = isAsk(message) ? askAfterPause(settings.config, record, pause) : pause.until;
  return { pause, until, why: pausedDecision(pause) };
};

/** `resolve-1/sorry#2` counts as `sorry`. */
const kindOf = (message: string) => message.replace(/^[a-z0-9-]+\//, '').replace(/#\d+$/, '');

/**
 * The journal first, then the list: a crash in between is repaired by whoever tries the message again, and a sale that was
 * just woken and is held anew is seen by the one who wakes, who takes it off the list and then reads the journal.
 */
export const noteHold = async (
  { sales, held }: Pick<MailPorts, 'sales' | 'held'>,
  sale: Sale,
  message: MessageKey,
  { pause, until, why }: Hold,
  now: Instant,
): Promise<void> => {
  if (!isNotedAsHeld(sale.journal, message, pause)) {
    const isNew = await sales.append(sale.id, { type: 'deferred', at: now, message, until, why });
    if (isNew) measure(now, { values: { MailsHeld: 1 }, details: { message: kindOf(message) } });
  }
  await held.hold({ saleId: sale.id, journey: sale.record.journeyName, until: pause.until });
};
