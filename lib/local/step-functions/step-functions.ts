/** AWS Step Functions Standard on one machine: JSONata only, durable, speaking the AWS API. */
import type { Meter } from '../meter.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import type { Actions } from './actions/action.ts';
import { executionActions } from './actions/executions.ts';
import { machineActions } from './actions/machines.ts';
import { taskActions } from './actions/tasks.ts';
import { versionActions } from './actions/versions.ts';
import { createArns } from './arn.ts';
import { createEngine, type TaskRunner } from './engine.ts';
import { AwsError } from './errors.ts';
import type { Execution } from './execution.ts';
import { createExecutionTable } from './execution-table.ts';
import { createHistory } from './history.ts';
import { createInterpreter } from './interpreter.ts';
import { createMachineRefs } from './machine-refs.ts';
import { createMachineTable } from './machine-table.ts';
import { createRedriveTable } from './redrive-table.ts';
import { isStart } from './resource.ts';
import { startAsTask } from './start-task.ts';
import { createTables, tokenKey } from './tables.ts';
import { createThreadTable } from './thread-table.ts';
import { createTimers } from './timers.ts';
import { createTokens } from './token.ts';
import { createTurns } from './turns.ts';

export type StepFunctionsPorts = {
  store: Store;
  time: Timekeeper;
  meter: Meter;
  invokeLambda: TaskRunner;
  region: string;
  accountId: string;
  /** How many Lambda tasks run at once; as many as there are unless given. */
  mostCalls?: number | undefined;
};

/** An execution as the console shows it; instants are ISO, `state` is the last one entered. */
export type ExecutionSummary = {
  machine: string;
  name: string;
  arn: string;
  status: string;
  state: string | undefined;
  transitions: number;
  startedAt: string;
  stoppedAt?: string;
  error?: string;
  cause?: string;
};

export type StepFunctions = {
  /** AWS JSON 1.0: action name without the service prefix, parsed body. Throws AwsError. */
  call(action: string, input: unknown): Promise<unknown>;
  /** Takes up whatever was under way when the runtime stopped. Call once, when the Lambdas can be invoked. */
  resume(): void;
  openExecutions(): number;
  /** Newest first. */
  executions(filter?: { status?: string; name?: string; stateMachineName?: string }): ExecutionSummary[];
};

const iso = (instant: number) => new Date(instant).toISOString();

export const createStepFunctions = (ports: StepFunctionsPorts): StepFunctions => {
  const { store, time, meter, invokeLambda, region, accountId } = ports;
  createTables(store.db);
  const arns = createArns(region, accountId);
  const tokens = createTokens(tokenKey(store.db));
  const machines = createMachineTable(store.db);
  const executions = createExecutionTable(store.db);
  const threads = createThreadTable(store.db);
  const history = createHistory(store.db);
  const redrives = createRedriveTable(store.db);
  const refs = createMachineRefs(arns, machines);
  const interpreter = createInterpreter({ arns, tokens, region });
  const tables = { executions, threads, history, redrives };
  const inTurn = createTurns(ports.mostCalls ?? Number.POSITIVE_INFINITY);
  const runTask: TaskRunner = ({ functionArn, payload }) =>
    isStart(functionArn) ? startAsTask(call, payload) : inTurn(() => invokeLambda({ functionArn, payload }));
  const engine = createEngine({
    store,
    time,
    meter,
    invokeLambda: runTask,
    arns,
    revision: machines.revision,
    interpreter,
    ...tables,
  });
  time.register(createTimers({ engine, interpreter, time, executions, threads }));
  const actions: Actions = {
    ...machineActions({ store, time, arns, machines, refs }),
    ...versionActions({ store, time, arns, machines, refs }),
    ...executionActions({ time, arns, engine, machines, refs, executions, history, redrives }),
    ...taskActions({ engine, tokens, interpreter }),
  };

  const call: StepFunctions['call'] = async (name, input) => {
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined) throw new AwsError('UnknownOperationException', `Unknown operation: ${name}`);
    return action(input);
  };

  const summary = (one: Execution): ExecutionSummary => ({
    machine: one.machine,
    name: one.name,
    arn: arns.execution(one.machine, one.name),
    status: one.status,
    state: one.state ?? undefined,
    transitions: one.transitions,
    startedAt: iso(one.startedAt),
    ...(one.stoppedAt === null ? {} : { stoppedAt: iso(one.stoppedAt) }),
    ...(one.error === null ? {} : { error: one.error }),
    ...(one.cause === null ? {} : { cause: one.cause }),
  });

  return {
    call,
    resume: () => engine.resume(),
    openExecutions: executions.countOpen,
    executions: ({ status, name, stateMachineName } = {}) =>
      executions
        .list({
          ...(status === undefined ? {} : { status }),
          ...(name === undefined ? {} : { name }),
          ...(stateMachineName === undefined ? {} : { machine: stateMachineName }),
        })
        .map(summary),
  };
};
