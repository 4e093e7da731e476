/** L5: an answer ends its wait at once. Only what went wrong in that hour may hold it up; nothing waits for the next timeout. */

import { isErased, type Kept, textIn } from './items.ts';
import { answersOf } from './outcome.ts';
import type { Finding, Seen } from './seen.ts';
import { isFollowUpOf, type Stay, staysIn } from './stays.ts';

const MINUTE_MS = 60_000;
/** What was not told is found by the look that is taken every five minutes. */
const SOON_MS = 15 * MINUTE_MS;
/** The clock that dated the answer may be behind. */
const BEHIND_MS = 5 * MINUTE_MS;

/** The states in which an answer is waited for, by how their names begin. */
const ASKING = ['Ask how it is going', 'Ask once more'];

/** Told or not, the answer lay there while the state went on waiting, and nothing was in the way. */
const overslept = (seen: Seen, stay: Stay, answered: number): boolean => {
  const since = Math.max(answered, stay.from);
  const end = Math.min(stay.until, Date.parse(seen.now));
  if (answered >= end || end - since <= SOON_MS) return false;
  return !(seen.troubles ?? []).some(
    ({ from, until }) => Date.parse(from) <= since + SOON_MS && Date.parse(until) >= answered - BEHIND_MS,
  );
};

export const judgePromptness = (seen: Seen, kept: Kept): Finding[] => {
  if (seen.troubles === undefined) return [];
  return [...kept.sales.values()].flatMap((sale): Finding[] => {
    const answers = answersOf(sale).map((says) => textIn(says, 'at'));
    if (answers.length === 0 || isErased(sale)) return [];
    const stays = seen.executions
      .filter((one) => isFollowUpOf(sale, one))
      .flatMap((one) => staysIn(one, ASKING));
    return answers.flatMap((at) =>
      stays
        .filter((stay) => overslept(seen, stay, Date.parse(at)))
        .map(
          ({ state, from, until }): Finding => ({
            law: 'L5',
            sale: sale.id,
            what: `answered at ${at}, and "${state}" (since ${new Date(from).toISOString()}) waited on for ${Math.round((Math.min(until, Date.parse(seen.now)) - Date.parse(at)) / MINUTE_MS)} minutes`,
          }),
        ),
    );
  });
};
