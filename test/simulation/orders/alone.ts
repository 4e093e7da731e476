/** What comes of an event when it is played by itself, from its first process to its last: nothing remembered, nothing merged. */
import type { Model, Played, Point } from './model.ts';
import type { EventName, State } from './state.ts';

const MOST_RUNS = 300;

export const restless = (state: State): State => ({
  ...state,
  troubles: [...state.troubles, 'It never comes to rest.'],
});

/** Counts what the platform has done by itself; true when that never ends. */
export const isTooMuch = (runs: number): boolean => runs >= MOST_RUNS;

/** What the platform does by itself until it rests. */
const playOn = async (model: Model, from: State): Promise<Played> => {
  const points: Point[] = [];
  let state = from;
  for (let runs = 0; !isTooMuch(runs); runs += 1) {
    const played = await model.step(state);
    if (played === undefined) return { state, points };
    state = played.state;
    points.push(...played.points);
  }
  return { state: restless(state), points };
};

/** Plays an event to its end. */
export const play = async (model: Model, state: State, event: EventName): Promise<Played> => {
  const happened = await model.happen(state, event);
  const rested = await playOn(model, happened.state);
  return { state: rested.state, points: [...happened.points, ...rested.points] };
};

/** Goes on where a process died; `isAgain`: who told the event tells it again. */
export const heal = async (
  model: Model,
  point: Point,
  event: EventName,
  isAgain: boolean,
): Promise<State> => {
  const { state } = await playOn(model, model.died(point));
  return point.process.kind === 'event' && isAgain ? (await play(model, state, event)).state : state;
};
