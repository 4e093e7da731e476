/** Step Functions in this world: the deployed machines in the real interpreter, calling functions that may die. */
import * as z from 'zod';
import type { Workflows } from '../../../functions/adapters/ports.ts';
import { createMeter } from '../../../lib/local/meter.ts';
import { AwsError } from '../../../lib/local/step-functions/errors.ts';
import { createStepFunctions, type StepFunctions } from '../../../lib/local/step-functions/step-functions.ts';
import { openStore, type Store } from '../../../lib/local/store.ts';
import { type MachineDefinitions, PLACE } from '../../../lib/simulation/machines.ts';
import type { SeenExecution } from '../checker/seen.ts';
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import type { Ended, Runs } from './runs.ts';

const ERRORS = ['ThrottlingException', 'InternalServerError', 'TimeoutError'] as const;
/** What the real adapter takes for "nobody waits there". */
const GONE: readonly string[] = [
  'TaskTimedOut',
  'TaskDoesNotExist',
  'InvalidToken',
  'ExecutionAlreadyExists',
];

const Task = z.object({
  token: z.string().optional(),
  plan: z.object({ saleId: z.string(), promise: z.string().optional(), round: z.number().optional() }),
});
const Input = z.object({ saleId: z.string(), promise: z.string().optional() });
const History = z.object({ events: z.array(z.unknown()) });
const Described = z.object({ input: z.string(), status: z.string() });

type Invoke = (name: string, payload: unknown, purpose: string) => Promise<Ended>;

type Ports = { clock: Clock; chance: Chance; runs: Runs; machines: MachineDefinitions; invoke: Invoke };

const isMachine = (text: string): text is SeenExecution['machine'] =>
  text === 'FollowUp' || text === 'Promise';
const isStatus = (text: string): text is SeenExecution['status'] =>
  ['RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED', 'TIMED_OUT'].includes(text);

/** As Lambda tells Step Functions how a run ended. */
const outcomeOf = (ended: Ended) => {
  if (ended.kind === 'done') return { ok: true as const, payload: ended.value ?? null };
  const error = ended.kind === 'died' ? undefined : ended.error;
  const name = error instanceof Error ? error.name : 'Sandbox.Timedout';
  const errorMessage = error instanceof Error ? error.message : 'Task timed out after 30.00 seconds';
  const cause = JSON.stringify({ errorType: name, errorMessage });
  return { ok: false as const, error: name, cause };
};

const arnOf = (kind: 'stateMachine' | 'execution', name: string) =>
  `arn:aws:states:${PLACE.region}:${PLACE.accountId}:${kind}:${name}`;

const createCalls = (runs: Runs, stepFunctions: () => StepFunctions): Workflows => {
  const did = (action: string, at: string, input: unknown): Promise<boolean> =>
    runs.call({
      kind: 'workflow',
      at,
      errors: ERRORS,
      act: async () => {
        try {
          await stepFunctions().call(action, input);
          return true;
        } catch (error) {
          if (error instanceof AwsError && GONE.includes(error.name)) return false;
          throw error;
        }
      },
    });
  const start = (machine: string, name: string, input: unknown) =>
    did('StartExecution', `start ${name}`, {
      stateMachineArn: arnOf('stateMachine', machine),
      name,
      input: JSON.stringify(input),
    });
  return {
    startFollowUp: (name, input) => start('FollowUp', name, input),
    startPromise: (name, input) => start('Promise', name, input),
    succeed: (taskToken, output) =>
      did('SendTaskSuccess', 'tell success', { taskToken, output: JSON.stringify(output) }),
    fail: (taskToken, error, cause) => did('SendTaskFailure', `tell ${error}`, { taskToken, error, cause }),
    isPromiseRunning: (name) =>
      runs.call({
        kind: 'read',
        at: `look at ${name}`,
        errors: ERRORS,
        act: () => stepFunctions().executions({ name, status: 'RUNNING' }).length > 0,
      }),
  };
};

export const createStepFunctionsWorld = async ({ clock, chance, runs, machines, invoke }: Ports) => {
  const store: Store = openStore(':memory:');
  const tokens = new Map<string, string>();

  const run = async (arn: string, payload: unknown) => {
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    const { token, plan } = Task.parse(payload);
    const purpose = `${plan.saleId} ${plan.promise ?? 'FollowUp'}`;
    if (token !== undefined) tokens.set(purpose, token);
    const first = invoke(name, payload, purpose);
    /* Lambda is called at least once. */
    if (chance.isLikely(`twice ${name} ${purpose} ${clock.now()}`, 0.02)) void invoke(name, payload, purpose);
    return outcomeOf(await first);
  };

  const stepFunctions: StepFunctions = createStepFunctions({
    ...{ store, time: clock, meter: createMeter(), ...PLACE },
    invokeLambda: ({ functionArn, payload }) => run(functionArn, payload),
  });
  const roleArn = `arn:aws:iam::${PLACE.accountId}:role/simulation`;
  for (const [name, definition] of [
    ['FollowUp', machines.followUp],
    ['Promise', machines.promise],
  ])
    await stepFunctions.call('CreateStateMachine', { name, definition, roleArn });
  stepFunctions.resume();

  const seenOf = async (machine: string, name: string): Promise<SeenExecution[]> => {
    const executionArn = arnOf('execution', `${machine}:${name}`);
    const { input, status } = Described.parse(
      await stepFunctions.call('DescribeExecution', { executionArn }),
    );
    const { saleId, promise } = Input.parse(JSON.parse(input));
    const { events } = History.parse(
      await stepFunctions.call('GetExecutionHistory', { executionArn, maxResults: 1000 }),
    );
    const token = tokens.get(`${saleId} ${promise ?? 'FollowUp'}`);
    if (!isMachine(machine) || !isStatus(status)) throw new Error(`Unknown: ${machine} ${status}`);
    const waiting = status === 'RUNNING' && token !== undefined ? [token] : [];
    return [{ machine, name, status, input, history: JSON.stringify(events), tokens: waiting }];
  };

  return {
    workflows: createCalls(runs, () => stepFunctions),
    settled: () => store.settled(),
    /** What ops do about failed executions once an alarm has rung. */
    redrive: async (): Promise<void> => {
      for (const { arn } of stepFunctions.executions({ status: 'FAILED' }))
        await stepFunctions.call('RedriveExecution', { executionArn: arn }).catch((error: unknown) => {
          if (!(error instanceof AwsError)) throw error;
        });
    },
    failed: () => stepFunctions.executions({ status: 'FAILED' }).length,
    seen: async (): Promise<SeenExecution[]> => {
      const seen: SeenExecution[] = [];
      for (const { machine, name } of stepFunctions.executions()) seen.push(...(await seenOf(machine, name)));
      return seen.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    close: store.close,
  };
};
