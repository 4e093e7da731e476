/** What the customer answers to a conversation about several orders is the answer to each of them. */
import type { SalePorts } from '../adapters/ports.ts';
import type { Instant, SaleId } from '../core/ids.ts';
import type { EntryOf } from '../core/journal.ts';
import { lastReply, type Sale } from '../core/sale.ts';
import { isStillTogether } from '../core/when/together.ts';
import { logTrouble } from '../middleware/log-line.ts';
import { findSale } from './load.ts';
import { FOLLOW_UP, tellOrLeave, tellWorkflow } from './tell-workflow.ts';

const MOST_TRIES = 10;

/** Of the words nothing is copied: they are told once, and forgotten in one place. */
const copyOf = (leader: SaleId, { at, reply, by }: EntryOf<'replied'>, n: number): EntryOf<'replied'> => ({
  type: 'replied',
  at,
  n,
  reply,
  ...(by === undefined ? {} : { by }),
  joined: leader,
  evidence: {},
});

const isKnown = (follower: Sale, leader: SaleId, { at }: EntryOf<'replied'>): boolean =>
  follower.replies.some((reply) => reply.joined === leader && reply.at === at);

/** One of two that share at once loses its number, reads again, and finds that it is done. */
const share = async (
  ports: SalePorts,
  leader: Sale,
  answer: EntryOf<'replied'>,
  id: SaleId,
  now: Instant,
): Promise<boolean> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const follower = (await findSale(ports, id))?.sale;
    if (follower === undefined || !isStillTogether(leader, follower)) return false;
    if (isKnown(follower, leader.id, answer)) return true;
    /* Nobody waits any more who would read it when a time is up: is it not told of, `watch` tells. */
    if (follower.isRoundOver) await ports.sales.hastenWait(id, FOLLOW_UP, now);
    const entry = copyOf(leader.id, answer, follower.nextReply);
    if (await ports.sales.append(id, entry)) return true;
  }
  throw new Error(`No number was free for an answer to sale ${id}`);
};

type Tell = typeof tellWorkflow;

/**
 * Gives the last answer on to every sale this one asked about too, and tells their workflows. Safe to run twice. `tell` as in
 * `stopPerson`.
 */
export const shareAnswer = async (
  ports: SalePorts,
  leader: Sale,
  now: Instant,
  tell: Tell = tellWorkflow,
): Promise<void> => {
  const answer = lastReply(leader);
  if (answer === undefined || answer.joined !== undefined) return;
  for (const id of leader.joins) {
    if (await share(ports, leader, answer, id, now)) await tell(ports, id, now);
  }
};

/** For handlers that have stored what a person said; a sale that was not reached looks here when its own time comes. */
export const shareOrLeave = async (ports: SalePorts, leader: Sale, now: Instant): Promise<void> => {
  try {
    await shareAnswer(ports, leader, now, tellOrLeave);
  } catch (error) {
    logTrouble('answer not shared', leader.id, error);
  }
};
