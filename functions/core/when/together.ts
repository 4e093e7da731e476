/** Several orders of one person as one conversation: one sale leads it, the others are asked about with it. */
import { isBefore, toEpochMs, toInstant } from '../calendar.ts';
import type { Configuration } from '../configuration.ts';
import { entriesOf } from '../journal.ts';
import { isOver } from '../outcome.ts';
import { checkInTime } from '../plan.ts';
import type { Sale } from '../sale.ts';
import { outAt, stateOf } from '../touch.ts';

const DAY_MS = 86_400_000;

const isGift = ({ facts }: Sale): boolean => facts.order?.isGift === true;

/** Asked about with another sale: nothing is asked of it, nobody rings about its silence, no review is asked for twice. */
export const isAskedTogether = ({ journal, replies }: Sale): boolean => {
  if (replies.some(({ joined }) => joined !== undefined)) return true;
  const last = entriesOf(journal, 'skipped').findLast(
    ({ message }) => message === 'check-in' || message === 'reminder',
  );
  return last?.why?.rule === 'asked-together' && outAt(journal, 'reminder') === undefined;
};

/**
 * What a sale that joined another one finds there. `asked`: the question about both is out, so this one asks nothing;
 * `gone`: it will never be asked there, so this one asks for itself; `pending`: not yet.
 */
export const standingOf = (follower: Sale, leader: Sale | undefined): 'asked' | 'gone' | 'pending' => {
  if (leader === undefined || stateOf(follower.journal, 'check-in') === 'out') return 'gone';
  if (outAt(leader.journal, 'check-in') !== undefined) return 'asked';
  if (isOver(leader) || leader.isRoundOver || stateOf(leader.journal, 'check-in') === 'skipped')
    return 'gone';
  /* Each took the other along in the same instant: one must lead, always the same. */
  const isMutual = leader.joinedTo === follower.id;
  return isMutual && follower.id < leader.id ? 'gone' : 'pending';
};

/** Whether this sale asks about another one of the same person in its own check-in, which goes out now. */
export const mayJoin = (config: Configuration, leader: Sale, other: Sale, now: string): boolean => {
  const { mergeDays } = config.asking;
  const isFree = other.joinedTo === undefined || other.joinedTo === leader.id;
  const isAsking = other.round > 0 && !other.isRoundOver && !isOver(other) && other.replies.length === 0;
  if (mergeDays === 0 || !isFree || !isAsking || other.joins.length > 0) return false;
  if (isGift(leader) || isGift(other) || leader.record.locale !== other.record.locale) return false;
  if (stateOf(other.journal, 'check-in') !== 'not-begun' || other.facts.lines.length === 0) return false;
  const { at } = checkInTime(config, other.record, other.facts, now, other.journal);
  return isBefore(at, toInstant(toEpochMs(now) + mergeDays * DAY_MS));
};

/** A sale that another one asks about, as long as there is something to ask. */
export const isStillTogether = (leader: Sale, other: Sale): boolean =>
  other.joinedTo === leader.id && !isOver(other) && stateOf(other.journal, 'check-in') !== 'out';
