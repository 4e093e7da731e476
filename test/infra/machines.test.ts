import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AskTask } from '../../functions/ask-customer/handler.ts';
import { ReviewStep } from '../../functions/ask-for-review/handler.ts';
import { RETRYABLE, SIGNALS } from '../../functions/core/errors.ts';
import { FollowUpPlan, PromisePlan } from '../../functions/core/plan.ts';
import { KeepTask } from '../../functions/keep-promise/handler.ts';
import { MakeTask } from '../../functions/make-promise/handler.ts';
import { RaiseTask } from '../../functions/raise-promise/handler.ts';
import { PromiseStep } from '../../functions/steps/task.ts';
import { WaitTask } from '../../functions/wait-for-day/handler.ts';
import {
  callOf,
  evaluate,
  expressionsIn,
  machine,
  nextOf,
  type State,
  takeApart,
  waitsForToken,
} from './asl.ts';
import { readableJson } from './readable-json.ts';

const DAY = 86_400;
const MACHINES = [
  {
    name: 'FollowUp',
    file: 'follow-up.asl.json',
    schema: FollowUpPlan,
    plan: {
      v: 1,
      saleId: 'standard#1001',
      round: 1,
      seconds: { use: 7 * DAY, answer: 4 * DAY, again: 3 * DAY, promise: 180 * DAY, review: 30 * DAY },
    },
  },
  {
    name: 'Promise',
    file: 'promise.asl.json',
    schema: PromisePlan,
    plan: {
      v: 1,
      saleId: 'standard#1001',
      promise: 'resolve-1',
      turn: 1,
      seconds: { owner: 4 * 3600, ask: 3 * DAY, again: 4 * DAY },
    },
  },
] as const;

/** What each function takes. */
const INPUTS: Record<string, z.ZodType> = {
  'wait-for-day': WaitTask,
  'ask-customer': AskTask,
  'make-promise': MakeTask,
  'ask-for-review': ReviewStep,
  'keep-promise': KeepTask,
  'raise-promise': RaiseTask,
  'assume-kept': PromiseStep,
};

/** Of all that `$states` holds, what this product reads. */
const READ_OF_STATES = [
  'context.State.EnteredTime',
  'context.State.RetryCount',
  'context.Task.Token',
  'errorOutput.Cause',
  'result.plan',
];

/** What the cause of `MoveOn` holds: the successor's name and its plan (core/move-on.ts). */
const READ_OF_MOVE = ['name', 'plan'];
/** It calls no function of ours. */
const GO_ON = 'Go on in the newest version';
/** AWS's own name for it: a successor that is there already is enough. */
const IS_THERE = 'StepFunctions.ExecutionAlreadyExistsException';

/** Signals that core/signals.ts and the handlers may send to a state, by the position it waits in. */
const MAY_BE_TOLD: Record<string, readonly string[]> = {
  'FollowUp use': ['CustomerNeedsHelp', 'SaleClosed', 'ReviewLater', 'Rescheduled', 'MoveOn'],
  'FollowUp ask': ['CustomerNeedsHelp', 'SaleClosed', 'ReviewLater', 'Rescheduled', 'CannotWrite'],
  'FollowUp again': ['CustomerNeedsHelp', 'SaleClosed', 'ReviewLater', 'CannotWrite'],
  'FollowUp answer': ['CustomerNeedsHelp', 'ReviewLater', 'MoveOn'],
  'FollowUp silence': ['CustomerNeedsHelp', 'ReviewLater', 'MoveOn'],
  'FollowUp review': ['CustomerNeedsHelp', 'SaleClosed', 'Rescheduled', 'MoveOn'],
  'Promise owner': ['PromiseClosed', 'Rescheduled', 'MoveOn'],
  'Promise ask': ['NotYet', 'Rescheduled'],
  'Promise again': ['NotYet', 'Rescheduled'],
};

const LONG_WAITS: Record<string, readonly string[]> = {
  FollowUp: [
    'Wait until the product has been used',
    'Wait until a review may be asked for',
    'Promise to put it right, wait until the customer says it is',
    'Promise a call by a person, wait until it is made',
  ],
  Promise: ['Say what is to be said, wait until it is done'],
};

const statesObject = (plan: unknown) => ({
  input: plan,
  context: {
    Task: { Token: 'token-of-the-task' },
    State: { EnteredTime: '2026-03-02T09:00:00.000Z', RetryCount: 0 },
  },
});

const Position = z
  .object({ position: z.string() })
  .or(z.object({ from: z.string() }).transform(({ from }) => ({ position: from })));

const fieldOf = (schema: unknown, path: readonly string[]): unknown => {
  const [first, ...rest] = path;
  if (first === undefined) return schema;
  return schema instanceof z.ZodObject ? fieldOf(schema.shape[first], rest) : undefined;
};

const reachable = (start: string, states: ReadonlyMap<string, State>): Set<string> => {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const state = states.get(name);
    if (state === undefined || seen.has(name)) return;
    seen.add(name);
    nextOf(state).forEach(visit);
  };
  visit(start);
  return seen;
};

/** Repeatedly takes away states that lead nowhere; what stays goes round in circles. */
const circles = (states: readonly [string, State][]): string[] => {
  const names = new Set(states.map(([name]) => name));
  const rest = states.filter(([, state]) => nextOf(state).some((next) => names.has(next)));
  return rest.length === states.length ? [...names] : circles(rest);
};

describe.each(MACHINES)('the $name machine', ({ name, file, schema, plan }) => {
  const { text, definition, states } = machine(name);
  const tasks = states.filter(([, state]) => state.Type === 'Task');
  const waits = tasks.filter(([, state]) => waitsForToken(state));
  const parts = states.flatMap(([, state]) => expressionsIn(state)).map(takeApart);

  /** Read it: it is the product. A changed one runs for sales that start after the deploy; open ones keep theirs. */
  it('reads as this', async () => {
    await expect(readableJson(definition)).toMatchFileSnapshot(`snapshots/${file}`);
  });

  it('is valid Amazon States Language', () => {
    const deployed: unknown = JSON.parse(
      JSON.stringify(text).replace(
        /<([a-z-]+):live>/g,
        'arn:aws:lambda:eu-west-1:123456789012:function:$1:live',
      ),
    );

    const { isValid, errorsText } = validate(deployed);

    expect(isValid, errorsText()).toBe(true);
  });

  it('speaks JSONata everywhere', () => {
    expect(definition.QueryLanguage).toBe('JSONata');
    expect(JSON.stringify(text)).not.toMatch(/JSONPath|"\$\.|Path"/);
  });

  it('reaches every state', () => {
    expect([...reachable(definition.StartAt, new Map(states))].sort()).toEqual(
      states.map(([it]) => it).sort(),
    );
  });

  it('names its states with sentences', () => {
    for (const [state] of states) expect(state).toMatch(/^[A-Z][a-z]*( [a-z,:]+)*( \S+){2,}[^.]$/);
  });

  it('waits for people and days, never by polling', () => {
    const moving = states.filter(([, state]) => !waitsForToken(state));

    expect(new Set(states.map(([, { Type }]) => Type))).toEqual(new Set(['Task', 'Succeed']));
    expect(circles(moving)).toEqual([]);
  });

  it('ends every wait for a token by itself, after seconds of the plan, and goes on as planned', () => {
    for (const [state, { TimeoutSeconds, Catch }] of waits) {
      expect(TimeoutSeconds, state).toMatch(/^\{% \$states\.input\.seconds\.\w+ %\}$/);
      expect(
        Catch?.find(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout')),
        state,
      ).toMatchObject({
        Output: '{% $states.input %}',
      });
    }
    expect(waits.length).toBeGreaterThan(0);
  });

  it('lets news through and retries everything else, explicitly', () => {
    for (const [state, { Retry }] of tasks) {
      expect(Retry?.[0], state).toEqual({ ErrorEquals: [...SIGNALS], MaxAttempts: 0 });
      expect(Retry?.at(-1)?.ErrorEquals, state).toEqual(['States.TaskFailed']);
      expect(Retry?.length, state).toBeGreaterThan(1);
    }
  });

  it('uses no error name that nothing throws', () => {
    const known: string[] = [...SIGNALS, ...RETRYABLE, 'States.Timeout', 'States.TaskFailed', IS_THERE];
    const used = tasks.flatMap(([, { Retry = [], Catch = [] }]) =>
      [...Retry, ...Catch].flatMap((it) => it.ErrorEquals),
    );

    expect(used.filter((error) => !known.includes(error))).toEqual([]);
  });

  it('catches every signal that may be sent to a state', () => {
    for (const [state, task] of waits) {
      const { position } = Position.parse(callOf(task).payload);
      const caught = (task.Catch ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);

      expect(caught, state).toEqual(
        expect.arrayContaining([...(MAY_BE_TOLD[`${name} ${position}`] ?? ['?'])]),
      );
    }
  });

  it('hands the plan inside a signal to the next state', async () => {
    const news = tasks
      .flatMap(([, { Catch = [] }]) => Catch)
      .filter(({ Output }) => Output.includes('$parse'));

    const handed = await Promise.all(
      news.map(({ Output }) => {
        const text = JSON.stringify(plan);
        /* What a Lambda throws comes wrapped; what is sent with SendTaskFailure comes as it is. */
        const isThrown = Output.includes('errorMessage');
        const Cause = isThrown ? JSON.stringify({ errorType: 'x', errorMessage: text }) : text;
        return evaluate(Output, { input: {}, errorOutput: { Cause } });
      }),
    );

    expect(news.length).toBeGreaterThan(0);
    for (const one of handed) expect(schema.parse(one)).toEqual(plan);
  });

  it('reads no variable that nothing assigns', () => {
    expect(parts.flatMap(({ variables }) => variables).filter((variable) => variable !== 'states')).toEqual(
      [],
    );
  });

  it('selects in its expressions and computes nothing', () => {
    expect(new Set(parts.flatMap(({ functions }) => functions))).toEqual(new Set(['parse']));
    expect(parts.flatMap(({ operators }) => operators)).toEqual([]);
  });

  it('reads only what is there', () => {
    const paths = parts.flatMap((part) => part.paths);

    expect(paths).toContainEqual(['states', 'input', 'seconds', 'again']);
    /* Of what a Lambda threw: the path begins with a call, not with a variable. */
    const thrown = paths.filter(([variable]) => variable === '(');
    expect(thrown.map((path) => path.slice(1))).toEqual(name === 'FollowUp' ? [['errorMessage']] : []);
    for (const [variable, first, ...path] of paths.filter((one) => !thrown.includes(one))) {
      const read = [first, ...path].join('.');
      const isInput = fieldOf(schema, path) !== undefined || READ_OF_MOVE.includes(path.join('.'));
      const isThere = first === 'input' ? isInput : READ_OF_STATES.includes(read);

      expect({ variable, read, isThere }).toEqual({ variable: 'states', read, isThere: true });
    }
  });

  it.each(tasks.filter(([it]) => it !== GO_ON))('gives its function what it takes: %s', async (_, state) => {
    const { name: called, payload } = callOf(state);
    const input = INPUTS[called];

    const given = await evaluate(payload, statesObject(plan));

    expect(input?.safeParse(given).error).toBeUndefined();
    expect(given).toMatchObject({ plan });
  });

  it('can be left for its newest version wherever it waits long, with the name and the plan of the signal', async () => {
    const leading = waits.filter(([, { Catch = [] }]) => Catch.some(({ Next }) => Next === GO_ON));
    const state = definition.States[GO_ON];

    const given = await evaluate(state?.Arguments, { input: { name: 's-1-m1', plan } });

    expect(leading.map(([it]) => it).sort()).toEqual([...(LONG_WAITS[name] ?? [])].sort());
    expect(given).toEqual({
      StateMachineArn: `arn:aws:states:<region>:<account>:stateMachine:Aftercare-${name}:live`,
      Name: 's-1-m1',
      Input: plan,
    });
    expect(state?.Retry?.[1]).toEqual({ ErrorEquals: [IS_THERE], MaxAttempts: 0 });
    expect(state?.Catch).toMatchObject([
      { ErrorEquals: [IS_THERE], Next: 'The newest version waits for it' },
    ]);
  });

  it('times every task with whole seconds', async () => {
    for (const [state, { TimeoutSeconds }] of tasks) {
      const seconds = await evaluate(TimeoutSeconds, statesObject(plan));

      expect(z.int().positive().safeParse(seconds).success, state).toBe(true);
    }
  });
});
