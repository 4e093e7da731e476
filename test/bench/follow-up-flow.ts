/** The deployed machine of a sale on its own Step Functions, on disk, with handlers that do nothing: what is left is the interpreter. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { createMeter } from '../../lib/local/meter.ts';
import { createStepFunctions, type StepFunctions } from '../../lib/local/step-functions/step-functions.ts';
import { openStore, type Store } from '../../lib/local/store.ts';
import { createTimekeeper, type Timekeeper } from '../../lib/local/time.ts';

const PLACE = { region: 'us-east-1', accountId: '000000000000' };
export const DAY_S = 86_400;

/** Its snapshot is kept equal to the synthesized one by test/infra. */
const definition = (): string =>
  readFileSync(
    join(import.meta.dirname, '..', 'infra', 'snapshots', 'follow-up.asl.json'),
    'utf8',
  ).replaceAll(/<([a-z-]+):live>/g, `arn:aws:lambda:${PLACE.region}:${PLACE.accountId}:function:$1:live`);

export type Waits = { use: number; answer: number; again: number; promise: number; review: number };

const USUAL: Waits = {
  use: 7 * DAY_S,
  answer: 5 * DAY_S,
  again: 5 * DAY_S,
  promise: 30 * DAY_S,
  review: DAY_S,
};

/** Some 200 bytes, as the core makes it. */
export const planOf = (sale: string, waits: Partial<Waits> = {}): string =>
  JSON.stringify({ sale, round: 1, journey: 'goods', policy: 'a1b2c3d4', seconds: { ...USUAL, ...waits } });

/** Who asks for a review waits for nothing: no token. */
const Payload = z.object({
  token: z.string().default(''),
  position: z.string().default(''),
  plan: z.object({ sale: z.string() }),
});
/** What a handler was called with. */
export type Called = { sale: string; token: string; position: string };

const Created = z.object({ stateMachineArn: z.string() });

export type Flow = {
  readonly store: Store;
  readonly time: Timekeeper;
  readonly stepFunctions: StepFunctions;
  start(sale: string, waits?: Partial<Waits>): Promise<unknown>;
  /** The customer has answered: the workflow ends. */
  answer(token: string): Promise<unknown>;
  /** The workflow goes on to wait for the day of the review. */
  reviewLater(token: string, sale: string): Promise<unknown>;
  close(): void;
};

/** `onCall` stands for every handler: it returns, or resolves, when the handler has done its work. */
export const openFlow = async (
  file: string,
  onCall: (called: Called) => Promise<void> | void,
  mostCalls?: number,
): Promise<Flow> => {
  const store = openStore(file);
  const time = createTimekeeper(store);
  const stepFunctions = createStepFunctions({
    store,
    time,
    meter: createMeter(),
    ...{ ...PLACE, mostCalls },
    invokeLambda: async ({ payload }) => {
      const { token, position, plan } = Payload.parse(payload);
      await onCall({ token, position, sale: plan.sale });
      return { ok: true, payload: { asked: true } };
    },
  });
  const { call } = stepFunctions;
  const roleArn = `arn:aws:iam::${PLACE.accountId}:role/flow`;
  const created = await call('CreateStateMachine', { name: 'FollowUp', definition: definition(), roleArn });
  const { stateMachineArn } = Created.parse(created);
  return {
    store,
    time,
    stepFunctions,
    start: (sale, waits) =>
      call('StartExecution', { stateMachineArn, name: sale, input: planOf(sale, waits) }),
    answer: (taskToken) => call('SendTaskSuccess', { taskToken, output: '{"answer":"happy"}' }),
    reviewLater: (taskToken, sale) =>
      call('SendTaskFailure', { taskToken, error: 'ReviewLater', cause: planOf(sale) }),
    close: () => {
      time.stop();
      store.close();
    },
  };
};

export const saleName = (index: number): string => `sale-${index}`;
