import type { MapState } from '../definition-schema.ts';
import { ERROR, queryError, StateError } from '../errors.ts';
import { beginNext, succeed } from '../flow.ts';
import { type Json, parseJson } from '../json.ts';
import { ROWS_PER_EXECUTION } from '../tables.ts';
import { type Bindings, evaluate, evaluateArray, evaluateInteger } from '../template.ts';
import type { Thread } from '../thread.ts';
import { createThread, type Turn } from '../turn.ts';

const itemsOf = async (thread: Thread, state: MapState, scope: Bindings): Promise<Json[]> => {
  if (state.Items !== undefined) return evaluateArray(state.Items, 'Items', scope);
  const input = parseJson(thread.input);
  if (Array.isArray(input)) return input;
  throw queryError(null, `Map state input must be an array but was: ${thread.input}`);
};

/** 0 or none: as many at once as there are items. */
const concurrencyOf = async (state: MapState, scope: Bindings): Promise<number> => {
  const bounds = { from: 0, to: 1_000_000 };
  // AWS evaluates the tolerances of an inline Map too, and then gives them no effect.
  if (state.ToleratedFailureCount !== undefined) {
    await evaluateInteger(state.ToleratedFailureCount, 'ToleratedFailureCount', scope, bounds);
  }
  if (state.ToleratedFailurePercentage !== undefined) {
    const percent = { from: 0, to: 100 };
    await evaluateInteger(state.ToleratedFailurePercentage, 'ToleratedFailurePercentage', scope, percent);
  }
  const limit = await evaluateInteger(state.MaxConcurrency ?? 0, 'MaxConcurrency', scope, bounds);
  return limit === 0 ? Number.POSITIVE_INFINITY : limit;
};

export const runMap = async (turn: Turn, thread: Thread, state: MapState): Promise<void> => {
  const scope = turn.scope(thread, state);
  const items = await itemsOf(thread, state, scope);
  const concurrency = await concurrencyOf(state, scope);
  const inputs: Json[] = [];
  for (const [index, value] of items.entries()) {
    const seen = turn.scope(thread, state, { item: { index, value } });
    inputs.push(
      state.ItemSelector === undefined ? value : await evaluate(state.ItemSelector, 'ItemSelector', seen),
    );
  }
  turn.record(thread, 'MapStateStarted', { length: items.length });
  if (items.length === 0) return succeed(turn, thread, '[]');
  const first = turn.execution.nextThread;
  if (first + items.length >= ROWS_PER_EXECUTION) {
    throw new StateError(
      ERROR.runtime,
      `The execution reached the maximum number of iterations (${ROWS_PER_EXECUTION}).`,
    );
  }
  turn.execution.nextThread += items.length;
  for (const [slot, input] of inputs.entries()) {
    const place = { ordinal: first + slot, parent: thread.ordinal, slot, state: state.ItemProcessor.StartAt };
    const item = JSON.stringify(items[slot]);
    const content = {
      input: JSON.stringify(input),
      item,
      phase: 'pending' as const,
      lastEvent: thread.lastEvent,
    };
    turn.addThread(createThread(thread.execution, { ...place, ...content }));
  }
  const children = { first, total: items.length, begun: 0, done: 0 };
  for (let begun = 0; begun < Math.min(concurrency, items.length); begun += 1)
    beginNext(turn, thread, children);
  thread.phase = 'joining';
  thread.children = JSON.stringify(children);
};
