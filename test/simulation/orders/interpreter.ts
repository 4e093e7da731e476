/** The same world with the one-machine runtime's interpreter instead of the driver, one process after the other. */

import type { Workflows } from '../../../functions/adapters/ports.ts';
import { toInstant } from '../../../functions/core/calendar.ts';
import { createMeter } from '../../../lib/local/meter.ts';
import { AwsError } from '../../../lib/local/step-functions/errors.ts';
import { createStepFunctions, type StepFunctions } from '../../../lib/local/step-functions/step-functions.ts';
import { openStore } from '../../../lib/local/store.ts';
import { functionArn, PLACE, readMachines } from '../../../lib/simulation/machines.ts';
import { createVirtualTime } from '../../../lib/simulation/virtual-time.ts';
import { queueBatch, queueMessage } from '../../fixtures/invocations.ts';
import { createHandle } from './events.ts';
import { deployedMachines } from './machines.ts';
import { modelSettings } from './model.ts';
import { createPorts } from './ports.ts';
import type { EventName, State } from './state.ts';
import { createSteps } from './steps.ts';
import { createWorld } from './world.ts';

const arnOf = (machine: string) =>
  `arn:aws:states:${PLACE.region}:${PLACE.accountId}:stateMachine:${machine}`;

const createWorkflows = (call: StepFunctions['call']): Workflows => {
  const did = async (action: string, input: unknown): Promise<boolean> => {
    try {
      await call(action, input);
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  };
  const start = (machine: string) => (name: string, input: unknown) =>
    did('StartExecution', { stateMachineArn: arnOf(machine), name, input: JSON.stringify(input) });
  return {
    startFollowUp: start('FollowUp'),
    startPromise: start('Promise'),
    succeed: (taskToken, output) => did('SendTaskSuccess', { taskToken, output: JSON.stringify(output) }),
    fail: (taskToken, error, cause) => did('SendTaskFailure', { taskToken, error, cause }),
    isPromiseRunning: async () => true,
  };
};

export type Interpreted = {
  play(event: EventName): Promise<void>;
  /** Tables as they are, and of each execution its name, how it stands and where. */
  seen(): { state: State; executions: string[] };
  close(): void;
};

export const openInterpreted = async (start: State): Promise<Interpreted> => {
  const store = openStore(':memory:');
  const time = createVirtualTime(store, start.now);
  const world = createWorld(start);
  const ports = createPorts(world, deployedMachines(), modelSettings());
  /* One process after the other: a Lambda begins when whoever caused it has ended. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
  const all = { ...ports, workflows: createWorkflows((action, input) => stepFunctions.call(action, input)) };
  const steps = createSteps(all);
  const handle = createHandle(world, all, [5, 2]);
  const stepFunctions: StepFunctions = createStepFunctions({
    ...{ store, time, meter: createMeter(), ...PLACE },
    invokeLambda: ({ functionArn: arn, payload }) =>
      inTurn(async () => {
        world.state = { ...world.state, now: time.now() };
        const [, step] = [...steps].find(([name]) => functionArn(name) === arn) ?? [];
        try {
          return { ok: true, payload: (await step?.(payload)) ?? null };
        } catch (error) {
          const { name, message } = error instanceof Error ? error : new Error(String(error));
          return {
            ok: false,
            error: name,
            cause: JSON.stringify({ errorType: name, errorMessage: message }),
          };
        }
      }),
  });
  const { followUp, promise } = readMachines();
  const roleArn = `arn:aws:iam::${PLACE.accountId}:role/orders`;
  await stepFunctions.call('CreateStateMachine', { name: 'FollowUp', definition: followUp, roleArn });
  await stepFunctions.call('CreateStateMachine', { name: 'Promise', definition: promise, roleArn });
  stepFunctions.resume();

  const emptyQueue = async () => {
    for (let [piece] = world.state.queue; piece !== undefined; [piece] = world.state.queue) {
      const { id, task, sentAt } = piece;
      const record = queueMessage(JSON.stringify(task), toInstant(sentAt), `piece-${id}`);
      await inTurn(async () => steps.get('forget-person')?.(queueBatch(record)));
      world.state = { ...world.state, queue: world.state.queue.filter((one) => one.id !== id) };
      await time.whenIdle();
    }
  };

  return {
    play: async (event) => {
      if (event === 'timer') await time.step(Number.MAX_SAFE_INTEGER);
      else await inTurn(() => handle(event));
      await time.whenIdle();
      world.state = { ...world.state, now: time.now() };
      await emptyQueue();
    },
    seen: () => ({
      state: world.state,
      executions: stepFunctions.executions().map(({ name, status, state }) => `${name} ${status} ${state}`),
    }),
    close: store.close,
  };
};
