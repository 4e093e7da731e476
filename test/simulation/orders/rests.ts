/**
 * Where the platform comes to rest from any state on, and where an event leads: every process is run once for all states that
 * are alike, whatever way led there, a crash or none.
 */
import { isTooMuch, restless } from './alone.ts';
import type { Model, Played, Point } from './model.ts';
import type { EventName, State } from './state.ts';

/** A state by what it is called. */
export type Named = { readonly name: string; readonly state: State };
/** What one process has done. */
export type Run = { readonly to: Named; readonly points: readonly Point[] };

export type Rests = {
  /** What the process of the event has done. */
  happen(from: Named, event: EventName): Promise<Run>;
  /** What the platform did by itself from there until it rested. */
  runs(from: Named): Promise<readonly Run[]>;
  rest(from: State): Promise<Named>;
  /** The process of the event, and all it causes. */
  play(from: Named, event: EventName): Promise<Named>;
  /** The hourly and the five-minute look, a quarter of an hour later. */
  lookAfter(from: Named): Promise<Named>;
  name(state: State): Named;
};

const LATER_MS = 15 * 60_000;

export const createRests = (model: Model, nameOf: (state: State) => string): Rests => {
  const stepsFrom = new Map<string, Run | undefined>();
  const ends = new Map<string, Named>();
  const happened = new Map<string, Run>();

  const name = (state: State): Named => ({ name: nameOf(state), state });
  const ran = ({ state, points }: Played): Run => ({ to: name(state), points });

  const step = async (from: Named): Promise<Run | undefined> => {
    if (stepsFrom.has(from.name)) return stepsFrom.get(from.name);
    const played = await model.step(from.state);
    const run = played && ran(played);
    stepsFrom.set(from.name, run);
    return run;
  };

  const runs = async (from: Named): Promise<readonly Run[]> => {
    const all: Run[] = [];
    let at = from;
    for (;;) {
      const run = await step(at);
      if (run === undefined) return all;
      if (isTooMuch(all.length)) return [...all, { to: name(restless(at.state)), points: [] }];
      all.push(run);
      at = run.to;
    }
  };

  const restFrom = async (from: Named): Promise<Named> => {
    const known = ends.get(from.name);
    if (known !== undefined) return known;
    const end = (await runs(from)).at(-1)?.to ?? from;
    ends.set(from.name, end);
    return end;
  };

  const happen = async (from: Named, event: EventName): Promise<Run> => {
    const key = `${from.name} ${event}`;
    const known = happened.get(key);
    if (known !== undefined) return known;
    const run = ran(await model.happen(from.state, event));
    happened.set(key, run);
    return run;
  };

  return {
    name,
    happen,
    runs,
    rest: (state) => restFrom(name(state)),
    play: async (from, event) => restFrom((await happen(from, event)).to),
    lookAfter: async ({ state }) => {
      let at = await restFrom(name({ ...state, now: state.now + LATER_MS }));
      for (const each of ['watch', 'sweep'] as const)
        at = await restFrom(name(await model.rouse(at.state, each)));
      return at;
    },
  };
};
