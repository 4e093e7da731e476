/** What a sale does that is asked about in another one's conversation, when its own time to ask has come. */
import type { MailPorts } from '../adapters/ports.ts';
import { addDelay, laterOf } from '../core/calendar.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import { customerOpening } from '../core/openings.ts';
import { isOver } from '../core/outcome.ts';
import { lastReply, type Sale } from '../core/sale.ts';
import { type AskName, askedTogether } from '../core/when/decide.ts';
import { putOff } from '../core/when/put-off.ts';
import { standingOf } from '../core/when/together.ts';
import { findSale } from './load.ts';
import { shareAnswer } from './share-answer.ts';

export type Following =
  /** It asks for itself. */
  | 'alone'
  /** It is asked about there, and waits for the answer as if it had asked. */
  | 'together'
  /** The answer was given there, and has been written down here. */
  | 'answered'
  /** The other one has not asked yet. */
  | 'later';

/** The other one asks in the same minute or, after a crash, within hours. */
const LATER_HOURS = 1;

const noteThat = async (
  { sales }: MailPorts,
  { id }: Sale,
  leader: SaleId,
  messages: AskName[],
  at: Instant,
) => {
  const reason = `it is asked about together with ${leader}`;
  const why = askedTogether(leader);
  for (const message of messages) await sales.append(id, { type: 'skipped', at, message, reason, why });
};

export const followLeader = async (
  ports: MailPorts,
  sale: Sale,
  message: 'check-in' | 'reminder',
  now: Instant,
): Promise<Following> => {
  if (sale.joinedTo === undefined) return 'alone';
  const leader = (await findSale(ports, sale.joinedTo))?.sale;
  const standing = standingOf(sale, leader);
  if (leader === undefined || standing === 'gone') return 'alone';
  if (standing === 'pending') {
    const soon = addDelay(now, { hours: LATER_HOURS }, customerOpening(ports.settings.config, sale.record));
    /* While a pause holds the other one, looking every hour would only cost. */
    const until = laterOf(soon, putOff(leader.journal, 'check-in')?.until ?? soon);
    const why = askedTogether(leader.id);
    await ports.sales.append(sale.id, { type: 'deferred', at: now, message, until, why });
    return 'later';
  }
  if (lastReply(leader) !== undefined) {
    await shareAnswer(ports, leader, now);
    return 'answered';
  }
  /* The other order came back meanwhile: nobody is reminded there, so it is done here. */
  if (message === 'reminder' && isOver(leader)) return 'alone';
  await noteThat(ports, sale, leader.id, message === 'check-in' ? [message, 'review-ask'] : [message], now);
  return 'together';
};
