/** What was walked, in one line, and what was found wrong, each kind of it once. */
import type { Ratings } from './events.ts';
import type { Explored } from './explore.ts';
import type { Graph } from './graph.ts';
import { readSchedule, tell } from './schedule.ts';

const readable = (schedule: string): string =>
  readSchedule(schedule)
    .map((step) => tell(step))
    .join(', ');

const MOST = 20;

/** `ratings`: what the two answers say, so that it can be played again. */
export const report = (
  graph: Graph,
  { orders, schedules, healed, pairs, failures }: Explored,
  ratings: Ratings,
): string => {
  const { transitions, points, merged, judged } = graph.counts;
  const kinds = new Map<string, string[]>();
  for (const { schedule, what } of failures) {
    const key = what.join('\n  ');
    kinds.set(key, [...(kinds.get(key) ?? []), schedule]);
  }
  const wrong = [...kinds].slice(0, MOST).map(([what, all]) => {
    const [shortest = ''] = all.sort((a, b) => a.length - b.length);
    return `${readable(shortest)}\n  node test/simulation/orders/run.ts "${shortest}" --ratings ${ratings} (one of ${all.length})\n  ${what}`;
  });
  return [
    `orders of one event, of two, ...: ${orders.join(', ')}`,
    `${schedules} orders with a crash, ${healed} of them end as without it, ${pairs} beside it`,
    `${graph.states()} states (${judged} judged), ${transitions} transitions, ${points} crash points, ${merged} merged`,
    ...wrong,
  ].join('\n');
};
