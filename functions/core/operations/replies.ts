/** Answers by mood. A later version of an answer counts when its mood is another; the same answer elsewhere does not. */
import type { EntryOf } from '../journal.ts';
import { type Mood, moodOf } from '../reply.ts';
import { lastReply, type Sale } from '../sale.ts';
import type { Change } from './change.ts';
import type { Measurement, MetricName } from './metrics.ts';

const COUNTED: Record<Mood, MetricName> = {
  delighted: 'RepliesDelighted',
  content: 'RepliesContent',
  unhappy: 'RepliesUnhappy',
  unread: 'RepliesUnread',
};

const moodIn = (sale: Sale): Mood | undefined => {
  const last = lastReply(sale);
  return last === undefined ? undefined : moodOf(last.reply);
};

export const measureReply = (
  { n }: EntryOf<'replied'> | EntryOf<'confirmed'>,
  { before, after }: Change,
): Measurement[] => {
  const mood = moodIn(after);
  const counts = lastReply(after);
  /* Of something that may be no person, or overtaken by a newer one: nothing has changed. */
  if (counts?.n !== n || counts.joined !== undefined || mood === undefined || mood === moodIn(before))
    return [];
  const isLate = before.isRoundOver && before.round > 0;
  return [{ values: { [COUNTED[mood]]: 1, ...(isLate ? { LateReplies: 1 } : {}) } }];
};
