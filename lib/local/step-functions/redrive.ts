/** Lets executions go on from where they failed, by the rules of RedriveExecution. */
import type { Timekeeper } from '../time.ts';
import type { Machine } from './definition.ts';
import { AwsError } from './errors.ts';
import type { Execution, Stored } from './execution.ts';
import type { ExecutionTable } from './execution-table.ts';
import { HISTORY_LIMIT } from './history.ts';
import type { Interpreter } from './interpreter.ts';
import { carriedOutAt, type Place, type Redrives, type RedriveTable } from './redrive-table.ts';
import { createThread, type Turn } from './turn.ts';

const DAY_MS = 86_400_000;
const REDRIVABLE_MS = 14 * DAY_MS;
const LONGEST_RUN_MS = 365 * DAY_MS;

/** The words of DescribeExecution; undefined when it can be redriven. */
export const whyNotRedrivable = (
  execution: Execution,
  { place }: Redrives,
  machine: Machine,
  now: number,
): string | undefined => {
  const { status, stoppedAt, startedAt, lastEvent } = execution;
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (stoppedAt !== null && now - stoppedAt > REDRIVABLE_MS) return 'Execution redrivable period exceeded';
  if (now - startedAt > LONGEST_RUN_MS) return 'Execution has exceeded the max execution time';
  if (lastEvent >= HISTORY_LIMIT - 1) return 'Execution history event limit exceeded';
  if (place === undefined) return 'Execution was started before the launch of RedriveExecution';
  const type = machine.states.get(place.state)?.Type;
  return type === 'Map' || type === 'Parallel'
    ? `This runtime does not redrive the failed parts of a ${type} state ('${place.state}')`
    : undefined;
};

type Ports = {
  time: Pick<Timekeeper, 'now'>;
  executions: Pick<ExecutionTable, 'get'>;
  redrives: RedriveTable;
  interpreter: Pick<Interpreter, 'again' | 'goOn'>;
  revision(definition: number): { machine: Machine };
  open(stored: Stored, how: { redriveCount: number }): Turn;
  write(turn: Turn, alongside: () => void): Promise<void>;
};

const runAgain = (execution: Execution, timeoutSeconds: number | undefined, now: number): void => {
  execution.status = 'RUNNING';
  execution.stoppedAt = null;
  execution.error = null;
  execution.cause = null;
  /* The time limit of the whole begins anew. */
  execution.timesOutAt = timeoutSeconds === undefined ? null : now + timeoutSeconds * 1000;
};

/** Answers when it was redriven. Throws AwsError. */
export const createRedrive = ({ time, executions, redrives, interpreter, ...ports }: Ports) => {
  /** The same definition goes on where it failed: what succeeded before is neither run nor told again. */
  const goOnFrom = async (execution: Execution, place: Place, clientToken: string | undefined) => {
    const now = time.now();
    runAgain(execution, ports.revision(execution.definition).machine.timeoutSeconds, now);
    const redriveCount = redrives.get(execution.id).count + 1;
    const turn = ports.open({ execution, root: undefined }, { redriveCount });
    const { lastEvent } = execution;
    const top = { ordinal: 0, parent: null, slot: 0, item: null, phase: 'entering' as const, lastEvent };
    const root = { ...createThread(execution.id, { ...top, ...place }), ...place };
    turn.addThread(root);
    turn.record(root, 'ExecutionRedriven', { redriveCount });
    await interpreter.again(turn, root);
    await interpreter.goOn(turn);
    await ports.write(turn, () => redrives.take(execution.id, now, clientToken));
    return now;
  };

  return async (id: number, clientToken: string | undefined): Promise<number> => {
    const execution = executions.get(id)?.execution;
    if (execution === undefined) throw new Error(`There is no execution ${id}.`);
    const known = redrives.get(id);
    const doneAt = carriedOutAt(known, clientToken, time.now());
    if (doneAt !== undefined) return doneAt;
    const { machine } = ports.revision(execution.definition);
    const why = whyNotRedrivable(execution, known, machine, time.now());
    if (why !== undefined || known.place === undefined)
      throw new AwsError('ExecutionNotRedrivable', `${why}.`);
    return goOnFrom(execution, known.place, clientToken);
  };
};
