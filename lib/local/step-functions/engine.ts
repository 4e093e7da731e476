/**
 * Drives executions: one turn at a time for each, written in a group commit; then the Lambdas it scheduled run.
 * At least once: a Lambda run is on disk before it begins, and begins again after a crash.
 */
import type { Meter } from '../meter.ts';
import type { Store } from '../store.ts';
import type { Timekeeper } from '../time.ts';
import type { Arns } from './arn.ts';
import type { Machine } from './definition.ts';
import { ERROR, StateError } from './errors.ts';
import type { Execution, Stored } from './execution.ts';
import type { ExecutionTable } from './execution-table.ts';
import { stopExecution } from './flow.ts';
import type { History } from './history.ts';
import type { Interpreter } from './interpreter.ts';
import { parseJson } from './json.ts';
import { createLanes } from './lanes.ts';
import { createRedrive } from './redrive.ts';
import type { RedriveTable } from './redrive-table.ts';
import type { LambdaOutcome } from './states/task.ts';
import { tellExecution } from './tell-executions.ts';
import type { Thread } from './thread.ts';
import type { ThreadTable } from './thread-table.ts';
import { createThread, type Invocation, openTurn, type Turn, wholeExecution } from './turn.ts';
import { createUnderWay, type Known } from './under-way.ts';

/** Calls a function by ARN. `cause` of a failure is the JSON text that AWS gives: errorType, errorMessage, trace. */
export type TaskRunner = (request: { functionArn: string; payload: unknown }) => Promise<LambdaOutcome>;

export type EnginePorts = {
  store: Store;
  time: Timekeeper;
  meter: Meter;
  invokeLambda: TaskRunner;
  executions: ExecutionTable;
  threads: ThreadTable;
  history: History;
  redrives: RedriveTable;
  arns: Arns;
  /** The revision of a definition that an execution started with. */
  revision(definition: number): { machine: Machine; definition: { roleArn: string } };
  interpreter: Interpreter;
};

/** Changes what the turn holds; false when there was nothing to change. */
export type Change = (turn: Turn) => Promise<boolean> | boolean;

export type Engine = {
  /** Resolves once the change is on disk; false when the execution is over or the change found nothing to do. */
  turn(execution: number, change: Change): Promise<boolean>;
  /** Puts a new execution on disk as far as it goes by itself. Rejects when its name is taken. */
  start(execution: Execution, details: Record<string, unknown>): Promise<void>;
  /** Lets an execution that ended unwell go on from where it failed; answers when it was redriven. Throws AwsError. */
  redrive(execution: number, clientToken: string | undefined): Promise<number>;
  /** Enters the states that an earlier turn left to enter. */
  goOn(execution: number): Promise<boolean>;
  invoke(invocation: Invocation): Promise<void>;
  /** Takes up what a stopped runtime left to enter or to run. */
  resume(): void;
  /** Called after each write with the earliest due instant among what it touched. */
  onDue(listener: (due: number) => void): void;
};

/** Leaves out what a later step of the same turn made pointless. */
const stillWanted = (turn: Turn): Invocation[] =>
  turn.invocations.filter(({ ordinal, event }) => turn.thread(ordinal)?.event === event);

const report = (error: unknown): void => console.error('Step Functions:', error);

export const createEngine = (ports: EnginePorts): Engine => {
  const { store, time, meter, interpreter, executions, threads, history, redrives } = ports;
  const lanes = createLanes();
  let noteDue: (due: number) => void = () => undefined;

  const underWay = createUnderWay(ports);

  const write = async (turn: Turn, alongside: () => void = () => undefined): Promise<void> => {
    const { execution } = turn;
    const root = turn.root();
    // Taken here, because what is written may be written a second time.
    const newest = execution.history;
    await store.write(() => {
      alongside();
      execution.history = history.append(newest, turn.events);
      if (turn.isNew) executions.insert(execution, root);
      else executions.update(execution, root);
      turn.save(threads);
      if (turn.left !== undefined) redrives.leave(execution.id, turn.left);
    });
    underWay.keep(execution, root, turn.running());
    meter.add('stateTransitions', turn.transitions);
    const { machine, status } = execution;
    tellExecution(meter.observe, ports.arns.machine(machine), { isNew: turn.isNew, status });
    noteDue(Math.min(turn.earliestDue(), execution.timesOutAt ?? Number.POSITIVE_INFINITY));
    for (const invocation of stillWanted(turn)) invoke(invocation).catch(report);
    if (turn.ready.length > 0) goOn(execution.id).catch(report);
  };

  type Opening = { known?: Known['threads']; isNew?: boolean; redriveCount?: number };
  const open = (
    { execution, root }: Stored,
    { known = threads, isNew = false, redriveCount }: Opening = {},
  ): Turn => {
    const { machine, definition } = ports.revision(execution.definition);
    const countOf = (id: number) => redriveCount ?? redrives.get(id).count;
    const scopes = { arns: ports.arns, roleArn: definition.roleArn, redriveCount: countOf };
    return openTurn({
      scopes,
      execution,
      root,
      machine,
      isNew,
      now: isNew ? execution.startedAt : time.now(),
      threads: known,
    });
  };

  /** A fault of this runtime ends the execution by name instead of leaving it stuck. */
  const endByFault = async (id: number, fault: unknown): Promise<boolean> => {
    report(fault);
    const stored = executions.get(id);
    if (stored === undefined) return false;
    const turn = open(stored);
    stopExecution(turn, wholeExecution(turn), 'FAILED', new StateError(ERROR.runtime, String(fault)));
    await write(turn);
    return true;
  };

  const runTurn = async (id: number, change: Change): Promise<boolean> => {
    const { stored, threads: known } = underWay.take(id);
    if (stored?.execution.status !== 'RUNNING') return false;
    const turn = open(stored, { known });
    try {
      if (!(await change(turn))) return false;
      await interpreter.goOn(turn);
    } catch (fault) {
      return endByFault(id, fault);
    }
    await write(turn);
    return true;
  };

  /** Holds the virtual clock from the event's arrival until its turn is on disk. */
  const inLane = <T>(id: number, job: () => Promise<T>): Promise<T> =>
    lanes.run(id, job).finally(time.busy());

  const turn = (id: number, change: Change): Promise<boolean> => inLane(id, () => runTurn(id, change));

  const start = (execution: Execution, details: Record<string, unknown>): Promise<void> =>
    inLane(execution.id, async () => {
      const opened = open({ execution, root: undefined }, { isNew: true });
      const place = { ordinal: 0, parent: null, slot: 0, item: null, lastEvent: 0 };
      const begun = {
        ...place,
        state: opened.machine.startAt,
        input: execution.input,
        phase: 'entering' as const,
      };
      const root = createThread(execution.id, begun);
      opened.addThread(root);
      opened.record(root, 'ExecutionStarted', details);
      // On AWS the first state's event does not point back at the start.
      root.lastEvent = 0;
      opened.transition();
      opened.ready.push(root);
      await interpreter.goOn(opened);
      await write(opened);
    });

  const redrive = createRedrive({ ...ports, open, write });

  const goOn = (id: number): Promise<boolean> =>
    turn(id, (opened) => {
      const root = opened.thread(0);
      const inner = threads.entering(id).flatMap((ordinal) => opened.thread(ordinal) ?? []);
      const entering = root?.phase === 'entering' ? [root, ...inner] : inner;
      opened.ready.push(...entering);
      return entering.length > 0;
    });

  const call = async ({ functionArn, payload }: Invocation): Promise<LambdaOutcome> => {
    try {
      return await ports.invokeLambda({ functionArn, payload: parseJson(payload) });
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      const cause = JSON.stringify({ errorType: 'Lambda.Unknown', errorMessage, trace: [] });
      return { ok: false, error: 'Lambda.Unknown', cause };
    }
  };

  const invoke = async (invocation: Invocation): Promise<void> => {
    const end = time.busy();
    try {
      const outcome = await call(invocation);
      await turn(invocation.execution, async (opened) => {
        const thread: Thread | undefined = opened.thread(invocation.ordinal);
        // Answered, timed out or stopped while the Lambda ran: nobody waits for its return any more.
        if (thread?.phase !== 'running' || thread.event !== invocation.event) return false;
        await interpreter.returned(opened, thread, outcome);
        return true;
      });
    } finally {
      end();
    }
  };

  const again = ({ execution, ordinal, event, functionArn, payload }: Thread): Promise<unknown> =>
    event === null || functionArn === null || payload === null
      ? goOn(execution)
      : invoke({ execution, ordinal, event, functionArn, payload });

  return {
    resume: () => {
      for (const thread of [...executions.active(), ...threads.active()]) again(thread).catch(report);
    },
    turn,
    start,
    redrive: (id, clientToken) => inLane(id, () => redrive(id, clientToken)),
    goOn,
    invoke,
    onDue: (listener) => {
      noteDue = listener;
    },
  };
};
