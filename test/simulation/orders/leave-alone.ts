/** What comes of it when whoever told an event is not heard of again. */
import type { Model } from './model.ts';
import type { Named, Rests } from './rests.ts';
import type { State } from './state.ts';

/** The latest time on the index of what is due. */
const lastIndexed = ({ tables }: State): number | undefined => {
  const dues = [...tables.Sales.values()]
    .flat()
    .filter(({ dueOf }) => dueOf !== undefined)
    .map(({ dueAt }) => Date.parse(String(dueAt)));
  return dues.length === 0 ? undefined : Math.max(...dues);
};

/** Watched over, one timer on, and watched over again where a wait is past. */
export const leaveAlone = async (model: Model, rests: Rests, rested: Named): Promise<State> => {
  const looked = await rests.lookAfter(rested);
  const { state } = await rests.play(looked, 'timer');
  const until = lastIndexed(state);
  const due = model.nextDue(state) ?? Number.POSITIVE_INFINITY;
  if (until === undefined || until >= due) return state;
  const last = await rests.lookAfter(rests.name({ ...state, now: Math.max(state.now, until) }));
  return last.state;
};
