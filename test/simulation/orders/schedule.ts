/** A schedule as people read it, played alone: no memory of other schedules, nothing merged. */
import { heal, play } from './alone.ts';
import { EVENTS } from './explore.ts';
import { findingsIn } from './findings.ts';
import { leaveAlone } from './leave-alone.ts';
import type { Model, Point } from './model.ts';
import { createRests } from './rests.ts';
import type { EventName, State } from './state.ts';

export type Step = {
  event: EventName;
  /** The process dies after so many durable writes. */
  crash?: number;
  /** And who told the event does not tell it again. */
  isGivenUp?: true;
};

const STEP = /^\s*([a-z-]+)(?:!(\d+)(\s*\(never again\))?)?\s*$/;

/** `create,reply!3,timer`: the process dies after the third durable write of `reply`. */
export const readSchedule = (text: string): Step[] =>
  text.split(',').map((part) => {
    const [, name, crash, isGivenUp] = STEP.exec(part) ?? [];
    const event = EVENTS.find((one) => one === name);
    if (event === undefined)
      throw new Error(`"${part}" is no step. An event is one of ${EVENTS.join(', ')}; a crash is "reply!3".`);
    return {
      event,
      ...(crash === undefined ? {} : { crash: Number(crash) }),
      ...(isGivenUp === undefined ? {} : { isGivenUp: true as const }),
    };
  });

const ordinal = (n: number): string => {
  const endings: Readonly<Record<number, string>> = { 1: 'st', 2: 'nd', 3: 'rd' };
  return `${n}${Math.floor(n / 10) % 10 === 1 ? 'th' : (endings[n % 10] ?? 'th')}`;
};

export const tell = ({ event, crash, isGivenUp }: Step, what?: string): string =>
  crash === undefined
    ? event
    : `crash after ${ordinal(crash)} write of ${event}${what === undefined ? '' : ` (${what})`}${isGivenUp ? ', never again' : ''}`;

/** No two states are one. */
const nameless = () => {
  let count = 0;
  return (): string => {
    count += 1;
    return String(count);
  };
};

export type Told = { text: string; points: readonly Point[] };

/** Every step as it was, and the state in the end. */
export const playSchedule = async (
  model: Model,
  steps: readonly Step[],
): Promise<{ state: State; told: Told[]; findings: string[] }> => {
  let state = model.start;
  const told: Told[] = [];
  for (const step of steps) {
    const { event, crash, isGivenUp } = step;
    const played = await play(model, state, event);
    const point = crash === undefined ? undefined : played.points[crash - 1];
    if (crash !== undefined && point === undefined)
      throw new Error(`${event} writes ${played.points.length} times here, so it has no write ${crash}.`);
    told.push({ text: tell(step, point?.what), points: played.points });
    state = point === undefined ? played.state : await heal(model, point, event, isGivenUp !== true);
  }
  /* As in the walk: nobody tells any more, and the platform looks after what was left. */
  if (steps.at(-1)?.isGivenUp === true) {
    const rests = createRests(model, nameless());
    state = await leaveAlone(model, rests, rests.name(state));
  }
  const isLenient = steps.some(({ isGivenUp }) => isGivenUp === true);
  return { state, told, findings: findingsIn(state, isLenient) };
};
