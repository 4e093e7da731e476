/** StartExecution and its family. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Timekeeper } from '../../time.ts';
import type { Arns } from '../arn.ts';
import type { Engine } from '../engine.ts';
import { AwsError, StateError } from '../errors.ts';
import { type Execution, ExecutionStatus } from '../execution.ts';
import type { ExecutionTable } from '../execution-table.ts';
import { stopExecution } from '../flow.ts';
import type { History } from '../history.ts';
import { isJsonText, isTooLarge } from '../json.ts';
import type { MachineRefs, Resolved } from '../machine-refs.ts';
import type { MachineTable } from '../machine-table.ts';
import { createQualifiers } from '../qualifiers.ts';
import type { RedriveTable } from '../redrive-table.ts';
import { wholeExecution } from '../turn.ts';
import {
  type Actions,
  Arn,
  action,
  checkName,
  Name,
  Page,
  pageToken,
  readPageToken,
  seconds,
} from './action.ts';
import { createRedriveView } from './redriven.ts';

export type ExecutionPorts = {
  time: Timekeeper;
  arns: Arns;
  engine: Engine;
  machines: MachineTable;
  refs: MachineRefs;
  executions: ExecutionTable;
  history: History;
  redrives: RedriveTable;
};

const StartInput = z.object({
  stateMachineArn: Arn,
  name: Name.optional(),
  input: z.string().default('{}'),
});
const StopInput = z.object({
  executionArn: Arn,
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});
const RedriveInput = z.object({ executionArn: Arn, clientToken: z.string().min(1).max(64).optional() });
const OneInput = z.object({ executionArn: Arn });
const ListInput = z.object({
  ...Page,
  stateMachineArn: Arn,
  statusFilter: z.string().optional(),
  redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
});
const HistoryInput = z.object({
  ...Page,
  executionArn: Arn,
  reverseOrder: z.boolean().default(false),
  includeExecutionData: z.boolean().default(true),
});

const MOST_PER_PAGE = 1000;
const USUAL_PER_PAGE = 100;
const pageSize = (maxResults: number | undefined) => Math.min(maxResults || USUAL_PER_PAGE, MOST_PER_PAGE);

const present = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));

export const executionActions = (ports: ExecutionPorts): Actions => {
  const { time, arns, engine, machines, refs, executions, history, redrives } = ports;
  const { startedThrough, startedBy } = createQualifiers({ arns, machines, refs });
  const { redriven, redriveStatus } = createRedriveView({ time, machines, redrives });

  const find = (executionArn: string): Execution => {
    const { machine, name } = arns.readExecution(executionArn);
    const found = executions.find(machine, name);
    if (found !== undefined) return found;
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  };

  /** The same start again gets the same answer while the execution runs; anything else is a clash of names. */
  const startedAlready = (found: Execution, input: string) => {
    const executionArn = arns.execution(found.machine, found.name);
    if (found.status !== 'RUNNING' || found.input !== input) {
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
    }
    return { executionArn, startDate: seconds(found.startedAt) };
  };

  const newExecution = (target: Resolved, name: string, input: string): Execution => {
    const { timeoutSeconds } = machines.revision(target.definition).machine;
    const startedAt = time.now();
    return {
      id: executions.allocate(),
      machine: target.machine,
      name,
      definition: target.definition,
      qualifier: target.qualifier ?? null,
      input,
      status: 'RUNNING',
      state: null,
      transitions: 0,
      lastEvent: 0,
      history: null,
      nextThread: 1,
      startedAt,
      stoppedAt: null,
      timesOutAt: timeoutSeconds === undefined ? null : startedAt + timeoutSeconds * 1000,
      output: null,
      error: null,
      cause: null,
    };
  };

  const start = async ({ stateMachineArn, name, input }: z.output<typeof StartInput>) => {
    const target = refs.resolve(stateMachineArn);
    if (!isJsonText(input) || isTooLarge(input)) {
      const why = isTooLarge(input) ? 'the input is larger than 262144 bytes' : 'the input is not valid JSON';
      throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${why}'`);
    }
    const wanted = name === undefined ? randomUUID() : checkName(name);
    const execution = newExecution(target, wanted, input);
    const { definition } = machines.revision(target.definition);
    const details = { input, roleArn: definition.roleArn, ...startedThrough(execution) };
    try {
      await engine.start(execution, details);
    } catch (error) {
      // Names are unique on disk, so a name that is taken shows here.
      const winner = executions.find(target.machine, wanted);
      if (winner === undefined) throw error;
      return startedAlready(winner, input);
    }
    return { executionArn: arns.execution(target.machine, wanted), startDate: seconds(execution.startedAt) };
  };

  const described = (one: Execution) => ({
    executionArn: arns.execution(one.machine, one.name),
    stateMachineArn: arns.machine(one.machine),
    name: one.name,
    status: one.status,
    startDate: seconds(one.startedAt),
    ...(one.stoppedAt === null ? {} : { stopDate: seconds(one.stoppedAt) }),
    ...startedThrough(one),
    ...redriven(one),
  });

  const describe = ({ executionArn }: z.output<typeof OneInput>) => {
    const one = find(executionArn);
    return {
      ...described(one),
      ...redriveStatus(one),
      input: one.input,
      inputDetails: { included: true },
      ...present({ output: one.output, error: one.error, cause: one.cause }),
      ...(one.output === null ? {} : { outputDetails: { included: true } }),
    };
  };

  const stop = async ({ executionArn, error, cause }: z.output<typeof StopInput>) => {
    const { id } = find(executionArn);
    await engine.turn(id, (turn) => {
      stopExecution(turn, wholeExecution(turn), 'ABORTED', new StateError(error ?? null, cause ?? null));
      return true;
    });
    return { stopDate: seconds(find(executionArn).stoppedAt ?? time.now()) };
  };

  const redrive = async ({ executionArn, clientToken }: z.output<typeof RedriveInput>) => ({
    redriveDate: seconds(await engine.redrive(find(executionArn).id, clientToken)),
  });

  const list = (input: z.output<typeof ListInput>) => {
    const { stateMachineArn, statusFilter, redriveFilter, maxResults, nextToken } = input;
    const status = ExecutionStatus.or(z.literal('PENDING_REDRIVE')).optional().safeParse(statusFilter);
    if (!status.success) throw new AwsError('ValidationException', `Invalid statusFilter: '${statusFilter}'`);
    const limit = pageSize(maxResults);
    const before = readPageToken(nextToken);
    const found = executions.list({
      ...startedBy(stateMachineArn),
      ...(status.data === undefined ? {} : { status: status.data }),
      ...(before === undefined ? {} : { before }),
      ...(redriveFilter === undefined ? {} : { isRedriven: redriveFilter === 'REDRIVEN' }),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const more = found.length > limit && last !== undefined ? { nextToken: pageToken(last.id) } : {};
    return { executions: page.map(described), ...more };
  };

  const readHistory = (input: z.output<typeof HistoryInput>) => {
    const { executionArn, reverseOrder, includeExecutionData, maxResults, nextToken } = input;
    const one = find(executionArn);
    const from = readPageToken(nextToken) ?? (reverseOrder ? one.lastEvent : 1);
    const limit = pageSize(maxResults);
    const page = { from, limit, isReverse: reverseOrder, withData: includeExecutionData };
    const events = history.read(one.history, page);
    const next = reverseOrder ? from - events.length : from + events.length;
    const isMore = reverseOrder ? next >= 1 : next <= one.lastEvent;
    return isMore ? { events, nextToken: pageToken(next) } : { events };
  };

  return {
    StartExecution: action(StartInput, start),
    StopExecution: action(StopInput, stop),
    RedriveExecution: action(RedriveInput, redrive),
    DescribeExecution: action(OneInput, describe),
    ListExecutions: action(ListInput, list),
    GetExecutionHistory: action(HistoryInput, readHistory),
    DescribeStateMachineForExecution: action(OneInput, ({ executionArn }) => {
      const one = find(executionArn);
      const { definition } = machines.revision(one.definition);
      return {
        stateMachineArn: arns.machine(one.machine),
        name: one.machine,
        definition: definition.body,
        roleArn: definition.roleArn,
        updateDate: seconds(definition.createdAt),
      };
    }),
  };
};
