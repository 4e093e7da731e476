/** Takes virtual time from one thing to the next: what people do, what the product does by itself, what falls due. */
import type { Agenda } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { Runs } from './runs.ts';
import { isWithin, type Window } from './scene.ts';

/** More are machines that answer each other for ever. */
const MOST_STEPS = 50_000;

type Ports = { clock: Clock; inside: Agenda; outside: Agenda; runs: Runs; down: readonly Window[] };

export const createCourse = ({ clock, inside, outside, runs, down }: Ports) => {
  let steps = 0;
  const isDown = () => isWithin(down, clock.now());

  /** The next instant at which the product does something by itself: not while it is off. */
  const insideNext = (): number => {
    const next = Math.max(clock.now(), Math.min(inside.nextAt(), clock.nextDueAt()));
    return down.find(({ from, until }) => from <= next && next < until)?.until ?? next;
  };

  /** Everything of one instant begins together; then calls take turns until all wait for the clock. */
  const step = async (): Promise<void> => {
    steps += 1;
    if (steps > MOST_STEPS) throw new Error('This run goes round in circles');
    for (const act of outside.take(clock.now())) act();
    if (!isDown()) for (const act of inside.take(clock.now())) act();
    const fired = !isDown() && clock.nextDueAt() <= clock.now() ? clock.fire() : undefined;
    await runs.settle();
    if (fired === undefined) return;
    await fired;
    await runs.settle();
  };

  return {
    steps: () => steps,
    goTo: async (end: number): Promise<void> => {
      for (let at = Math.min(insideNext(), outside.nextAt()); at <= end; ) {
        clock.moveTo(at);
        await step();
        at = Math.min(insideNext(), outside.nextAt());
      }
      clock.moveTo(end);
    },
  };
};

export type Course = ReturnType<typeof createCourse>;
