/** That the model may be believed: its driver is the interpreter, merging loses nothing, and a broken product is found out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { play } from './alone.ts';
import { digestOf, linesOf } from './digest.ts';
import { EVENTS } from './explore.ts';
import { createGraph } from './graph.ts';
import { openInterpreted } from './interpreter.ts';
import { createModel, type Model } from './model.ts';
import { report } from './report.ts';
import { playSchedule, readSchedule, type Step, tell } from './schedule.ts';
import type { EventName, State } from './state.ts';

/** The same numbers each time. */
const createDice = (seed: number) => {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};

const orderOf = (roll: (sides: number) => number): EventName[] => {
  /* An order that begins without a sale says little. */
  const order: EventName[] = ['create'];
  while (order.length < 6) {
    const left = EVENTS.filter(
      (one) => !order.includes(one) && (one !== 'second-reply' || order.includes('reply')),
    );
    order.push(left[roll(left.length)] ?? 'timer');
  }
  return order;
};

let model: Model;
const metrics = process.env['POWERTOOLS_METRICS_DISABLED'];

beforeAll(async () => {
  process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
  model = await createModel();
});

afterAll(() => {
  if (metrics === undefined) delete process.env['POWERTOOLS_METRICS_DISABLED'];
  else process.env['POWERTOOLS_METRICS_DISABLED'] = metrics;
});

/** Tokens are made by whoever runs the machines: the model's are told apart elsewhere. */
const tablesOf = (state: State): string[] =>
  linesOf(state, new Set(state.tables.Links.keys()))
    .filter((line) => line.startsWith('sales ') || line.startsWith('mail ') || line.startsWith('now '))
    .map((line) => line.replace(/"isCurrent":(true|false)/, ''));

const executionsOf = (state: State): string[] =>
  [...state.executions.values()].map((one) => `${one.name} ${one.status} ${one.state}`);

describe('the driver of the state machines', () => {
  it('leaves after every event of an order what the one-machine runtime leaves', async () => {
    const roll = createDice(2026);
    for (let sample = 0; sample < 12; sample += 1) {
      const order = orderOf(roll);
      const interpreted = await openInterpreted(model.start);
      let state = model.start;
      for (const event of order) {
        ({ state } = await play(model, state, event));
        await interpreted.play(event);

        const seen = interpreted.seen();
        expect(executionsOf(state).sort(), `${order} at ${event}`).toEqual(seen.executions.sort());
        expect(tablesOf(state), `${order} at ${event}`).toEqual(tablesOf(seen.state));
      }
      interpreted.close();
    }
  });
});

describe('merging states', () => {
  it('ends every sampled schedule where it ends when it is played alone', async () => {
    const roll = createDice(77);
    const graph = createGraph(model);
    const other = await createModel({ isForgetful: true });
    const given = new Set(model.start.tables.Links.keys());
    for (let sample = 0; sample < 15; sample += 1) {
      const order = orderOf(roll);
      const crashAt = roll(order.length);
      let digest = graph.start;
      const steps: Step[] = [];
      for (const [index, event] of order.entries()) {
        const { others } = index === crashAt ? await graph.crashes(digest, event) : { others: [] };
        const crash = others[roll(Math.max(1, others.length))];
        const at = crash === undefined ? undefined : Number(/!(\d+)$/.exec(crash.label)?.[1]);
        steps.push({ event, ...(at === undefined ? {} : { crash: at }) });
        digest = crash === undefined ? await graph.next(digest, event) : crash.digest;
      }

      const alone = await playSchedule(other, steps);

      expect(digestOf(alone.state, given), steps.map((step) => tell(step)).join(', ')).toBe(digest);
    }
  });
});

describe('a schedule', () => {
  it('is read as it is printed by the walk, and told in words', () => {
    const steps = readSchedule('create,reply!3,second-reply!21 (never again),timer');

    expect(steps.map((step) => tell(step))).toEqual([
      'create',
      'crash after 3rd write of reply',
      'crash after 21st write of second-reply, never again',
      'timer',
    ]);
  });

  it('in which nobody tells again goes on to where the platform has looked after what was left', async () => {
    const unhappyFirst = await createModel({ ratings: [2, 5] });
    const steps = readSchedule('paid,reply,second-reply!2 (never again)');

    const { state, findings } = await playSchedule(unhappyFirst, steps);

    expect(findings).toEqual([]);
    expect([...state.executions.values()].map(({ machine, state }) => `${machine}: ${state}`)).toContain(
      'FollowUp: Wait until a review may be asked for',
    );
  });

  it('in which nobody tells again need not have counted what was said', async () => {
    const { findings } = await playSchedule(model, readSchedule('refund,paid,reply!1 (never again)'));

    expect(findings).toEqual([]);
  });

  it('that broke a law is reported with the answers it was played with', () => {
    const failures = [{ schedule: 'paid,reply!2', what: ['I6: it stands still'] }];
    const explored = { orders: [9], schedules: 1, healed: 0, places: 1, pairs: 0, failures };

    const text = report(createGraph(model), explored, [2, 5]);

    expect(text).toContain('node test/simulation/orders/run.ts "paid,reply!2" --ratings 2,5');
  });

  it('of something that never happens is refused by name', () => {
    expect(() => readSchedule('create,explode')).toThrow('"explode" is no step');
  });
});
