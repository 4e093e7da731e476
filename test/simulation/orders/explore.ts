/**
 * Every order of up to so many events, and in every order a crash after every durable write: breadth first over states and what
 * is left to happen. What a crash led to goes on beside what would have been without it, until both are one state.
 */
import type { Failure, Graph, Healed } from './graph.ts';
import { differences, isAlike } from './likeness.ts';
import type { EventName } from './state.ts';

export const EVENTS: readonly EventName[] = [
  'create',
  'paid',
  'refund',
  'delivered',
  'reply',
  'second-reply',
  'timer',
  'erase',
  'staff-act',
  'stop',
];

/** A state, and which events have happened by then. */
type Place = { digest: string; done: number; orders: number; crashed: number };
/** Without a crash, and with one. */
type Pair = { clean: string; crashed: string; done: number; schedules: number; label: string };

export type Explored = {
  /** Orders of one event, of two, ... */
  orders: number[];
  /** Orders with a crash in them. */
  schedules: number;
  /** Of those, how many had come to the same state as without the crash by their end. */
  healed: number;
  /** Ways that were told apart at the end, a crash in them or not. */
  places: number;
  pairs: number;
  failures: Failure[];
};

type Options = {
  depth: number;
  /**
   * Of `of` workers the `worker`-th: each looks at the crashes of its own share of the transitions, and in orders of the full
   * length plays only those.
   */
  worker?: number;
  of?: number;
};

const bit = (event: EventName): number => 1 << EVENTS.indexOf(event);
const hasHappened = (done: number, event: EventName): boolean => (done & bit(event)) !== 0;

const nextOf = (done: number): EventName[] =>
  EVENTS.filter(
    (event) => !hasHappened(done, event) && (event !== 'second-reply' || hasHappened(done, 'reply')),
  );

const NONE = { same: 0, others: [] } as const;

export const explore = async (graph: Graph, { depth, worker = 0, of = 1 }: Options): Promise<Explored> => {
  const crashesOf = new Map<string, { isOurs: boolean; same: number; others: readonly Healed[] }>();
  const compared = new Set<string>();
  const failures: Failure[] = [];
  const totals = { schedules: 0, healed: 0, places: 0, pairs: 0 };
  const orders: number[] = [];

  const crashes = async (digest: string, event: EventName) => {
    const key = `${digest} ${event}`;
    const known = crashesOf.get(key);
    if (known !== undefined) return known;
    /* Orders are walked in the same way by every worker, so the first, second, ... transition is the same in all of them. */
    const isOurs = crashesOf.size % of === worker;
    const found = isOurs ? { isOurs, ...(await graph.crashes(digest, event)) } : { isOurs, ...NONE };
    crashesOf.set(key, found);
    return found;
  };

  const compare = ({ clean, crashed, label }: Pair): void => {
    const key = `${clean} ${crashed}`;
    if (compared.has(key)) return;
    compared.add(key);
    const [a, b] = [graph.stateOf(clean), graph.stateOf(crashed)];
    if (!isAlike(a, b))
      failures.push({ schedule: label, what: ['not as without the crash', ...differences(a, b)] });
  };

  const put = (places: Map<string, Place>, next: Place) => {
    const key = `${next.digest} ${next.done}`;
    const known = places.get(key);
    if (known === undefined) places.set(key, next);
    else {
      known.orders += next.orders;
      known.crashed += next.crashed;
    }
  };

  const pair = (pairs: Map<string, Pair>, next: Pair) => {
    compare(next);
    const key = `${next.clean} ${next.crashed} ${next.done}`;
    const known = pairs.get(key);
    if (known === undefined) pairs.set(key, next);
    else known.schedules += next.schedules;
  };

  let places = new Map<string, Place>([['', { digest: graph.start, done: 0, orders: 1, crashed: 0 }]]);
  let pairs = new Map<string, Pair>();

  const walkPlace = async (
    place: Place,
    isLast: boolean,
    next: Map<string, Place>,
    beside: Map<string, Pair>,
  ) => {
    for (const event of nextOf(place.done)) {
      const { isOurs, same, others } = await crashes(place.digest, event);
      const isPlayed = isOurs || !isLast;
      /* Another worker plays it: here it is only counted. */
      const clean = isPlayed ? await graph.next(place.digest, event) : 'elsewhere';
      const done = place.done | bit(event);
      put(next, {
        ...{ digest: clean, done, orders: place.orders },
        crashed: place.crashed + place.orders * same,
      });
      for (const { digest, moments, label } of others)
        pair(beside, { clean, crashed: digest, done, schedules: place.orders * moments, label });
    }
  };

  const walkPair = async (from: Pair, next: Map<string, Place>, beside: Map<string, Pair>) => {
    for (const event of nextOf(from.done)) {
      const clean = await graph.next(from.clean, event);
      const crashed = await graph.next(from.crashed, event);
      const done = from.done | bit(event);
      if (clean === crashed) put(next, { digest: clean, done, orders: 0, crashed: from.schedules });
      else pair(beside, { clean, crashed, done, schedules: from.schedules, label: `${from.label},${event}` });
    }
  };

  const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, one) => total + one, 0);

  for (let level = 0; level < depth; level += 1) {
    const next = new Map<string, Place>();
    const beside = new Map<string, Pair>();
    for (const place of places.values()) await walkPlace(place, level + 1 === depth, next, beside);
    for (const from of pairs.values()) await walkPair(from, next, beside);
    [places, pairs] = [next, beside];
    orders.push(sum([...places.values()].map((place) => place.orders)));
    const healed = sum([...places.values()].map(({ crashed }) => crashed));
    totals.healed += healed;
    totals.schedules += healed + sum([...pairs.values()].map(({ schedules }) => schedules));
    totals.places += places.size;
    totals.pairs += pairs.size;
  }
  return { orders, ...totals, failures: [...graph.failures, ...failures] };
};
