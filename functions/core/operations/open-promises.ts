/** How many promises are open, by kind and level, and how many of those that went up nobody acts on. */
import { isBefore } from '../calendar.ts';
import { isOurTurn } from '../desk/ranking.ts';
import type { Instant } from '../ids.ts';
import { isCanary } from '../ids.ts';
import type { PromiseRow } from '../promises/row.ts';
import type { Measurement } from './metrics.ts';

const groupOf = ({ kind, level }: PromiseRow): string => `${kind} ${level}`;

/** One that was broken gets a new time, so only when nobody has taken it since it was broken again is nobody acting. */
const STRIKES_UNHEARD = 2;

const isUnanswered = (row: PromiseRow, now: Instant): boolean =>
  isOurTurn(row) &&
  ((row.strikes > 0 && isBefore(row.dueAt, now)) ||
    (row.strikes >= STRIKES_UNHEARD && row.status === 'open'));

/** One line for each kind and level there is, so that their sum is the total; of none at all one zero. */
export const measureOpen = (rows: readonly PromiseRow[], now: Instant): Measurement[] => {
  const open = rows.filter(({ saleId }) => !isCanary(saleId));
  const groups = Map.groupBy(open, groupOf);
  const counts = [...groups.values()].flatMap((group): Measurement[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { kind, level } = first;
    return [{ values: { PromisesOpen: group.length }, details: { kind, level } }];
  });
  const unanswered = open.filter((row) => isUnanswered(row, now)).length;
  return [
    ...counts,
    {
      values: { EscalationsUnanswered: unanswered, ...(counts.length === 0 ? { PromisesOpen: 0 } : {}) },
    },
  ];
};
