/** States by their digest, and where each event leads from each of them: played once, whatever way led there. */
import { digestOf, turnsOf } from './digest.ts';
import { findingsIn } from './findings.ts';
import { leaveAlone } from './leave-alone.ts';
import type { Model, Point } from './model.ts';
import { createRests, type Named, type Run } from './rests.ts';
import type { EventName, State } from './state.ts';

/** A state that a crash led to, and at how many moments the crash may have come. */
export type Healed = { digest: string; moments: number; label: string };

export type Failure = { schedule: string; what: string[] };

export type Counts = { transitions: number; points: number; merged: number; judged: number };

export type Graph = {
  readonly start: string;
  readonly counts: Counts;
  readonly failures: Failure[];
  stateOf(digest: string): State;
  /** A way that leads there, for people. */
  wayTo(digest: string): string;
  /** Where the event leads when nobody dies. */
  next(digest: string, event: EventName): Promise<string>;
  /** And where it leads when somebody does; those that come to the same as without a crash are only counted. */
  crashes(digest: string, event: EventName): Promise<{ same: number; others: Healed[] }>;
  states(): number;
};

const joined = (way: string, step: string) => (way === '' ? step : `${way},${step}`);

/** Nobody acknowledged it, so whoever pressed may leave it at that. */
const MAY_GIVE_UP: ReadonlySet<EventName> = new Set(['reply', 'second-reply', 'staff-act', 'stop']);

export const createGraph = (model: Model): Graph => {
  const given = new Set(model.start.tables.Links.keys());
  const known = new Map<string, { state: State; way: string }>();
  const leads = new Map<string, string>();
  const counts: Counts = { transitions: 0, points: 0, merged: 0, judged: 0 };
  const failures: Failure[] = [];
  const left = new Set<string>();
  const givenUp = new Set<string>();

  const look = (state: State, way: string, isLenient = false): void => {
    counts.judged += 1;
    const what = findingsIn(state, isLenient);
    if (what.length > 0) failures.push({ schedule: way, what });
  };

  const add = (state: State, way: string): string => {
    const digest = digestOf(state, given);
    if (known.has(digest)) return digest;
    known.set(digest, { state, way });
    look(state, way);
    return digest;
  };

  const get = (digest: string) => {
    const found = known.get(digest);
    if (found === undefined) throw new Error(`No such state: ${digest}`);
    return found;
  };

  const start = add(model.start, '');

  const rests = createRests(model, (state) => `${digestOf(state, given)} ${turnsOf(state)}`);

  const play = async (digest: string, event: EventName) => {
    const { state, way } = get(digest);
    const told = await rests.happen(rests.name(state), event);
    const runs = await rests.runs(told.to);
    counts.transitions += 1;
    const to = add((runs.at(-1) ?? told).to.state, joined(way, event));
    leads.set(`${digest} ${event}`, to);
    return { to, runs: [told, ...runs], way };
  };

  /** What the crash left, unless it is what an earlier moment of the same process left. */
  const distinct = ({ points }: Run): { point: Point; at: number; moments: number }[] => {
    const all: { point: Point; at: number; moments: number; digest: string }[] = [];
    for (const [index, point] of points.entries()) {
      const digest = digestOf(point.state, given);
      const last = all.at(-1);
      if (last?.digest === digest) last.moments += 1;
      else all.push({ point, at: index + 1, moments: 1, digest });
    }
    return all;
  };

  /** Nothing that was stored may still be unheard. */
  const giveUp = async (rested: Named, label: string): Promise<void> => {
    if (givenUp.has(rested.name)) return;
    givenUp.add(rested.name);
    const last = await leaveAlone(model, rests, rested);
    const digest = digestOf(last, given);
    if (!known.has(digest) && !left.has(digest)) look(last, `${label} (never again)`, true);
    left.add(digest);
  };

  /** What comes of it when the process dies there. */
  const healed = async (point: Point, event: EventName, label: string): Promise<string> => {
    const rested = await rests.rest(model.died(point));
    if (point.process.kind !== 'event') return add(rested.state, label);
    const again = await rests.play(rested, event);
    const digest = add(again.state, label);
    if (MAY_GIVE_UP.has(event)) await giveUp(rested, label);
    return digest;
  };

  return {
    start,
    counts,
    failures,
    stateOf: (digest) => get(digest).state,
    wayTo: (digest) => get(digest).way,
    states: () => known.size,
    next: async (digest, event) => leads.get(`${digest} ${event}`) ?? (await play(digest, event)).to,
    crashes: async (digest, event) => {
      const { to, runs, way } = await play(digest, event);
      const others = new Map<string, Healed>();
      let same = 0;
      let before = 0;
      for (const run of runs) {
        for (const { point, at, moments } of distinct(run)) {
          const label = joined(way, `${event}!${before + at}`);
          const end = await healed(point, event, label);
          counts.points += moments;
          if (end === to) same += moments;
          else {
            const first = others.get(end) ?? { digest: end, moments: 0, label };
            others.set(end, { ...first, moments: first.moments + moments });
          }
        }
        before += run.points.length;
      }
      counts.merged += same;
      return { same, others: [...others.values()] };
    },
  };
};
