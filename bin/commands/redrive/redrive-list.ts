/** Executions that ended unwell, and whether they can go on. */
import {
  DescribeExecutionCommand,
  type ExecutionStatus,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { Part } from '../target.ts';

const UNWELL = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const satisfies readonly ExecutionStatus[];

export type Unwell = {
  machine: string;
  name: string;
  arn: string;
  status: string;
  stoppedAt: string;
  error: string;
  why: string;
  redriven: number;
  /** Undefined when it can be redriven. */
  cannotBecause: string | undefined;
};

/** `FollowUp` for the machine of that construct. */
export const machineName = ({ logicalId }: Part): string => logicalId.replace(/Machine[0-9A-F]{8}$/, '');

/** A Lambda's failure comes as JSON with a trace. */
const LambdaCause = z.object({ errorMessage: z.string() });

const messageIn = (cause: string): string => {
  try {
    return LambdaCause.parse(JSON.parse(cause)).errorMessage;
  } catch {
    return cause;
  }
};

const LONGEST = 200;
const ADDRESS = /<?[^\s<>"'(),;:]+@[^\s<>"'(),;:]+>?/g;
const PHONE = /\+?\d[\d ()/-]{7,}\d/g;

/** A library's message may quote what it was given: nobody's address or number gets onto a screen or into a ticket. */
export const withoutPeople = (cause: string | undefined): string => {
  const [line = ''] = messageIn(cause ?? '').split('\n');
  const plain = line.replace(ADDRESS, '…').replace(PHONE, '…');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
};

const described = async (sfn: SFNClient, machine: string, executionArn: string): Promise<Unwell> => {
  const one = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  return {
    machine,
    name: one.name ?? executionArn,
    arn: executionArn,
    status: one.status ?? '',
    stoppedAt: (one.stopDate ?? new Date(0)).toISOString(),
    error: one.error ?? '',
    why: withoutPeople(one.cause),
    redriven: one.redriveCount ?? 0,
    cannotBecause:
      one.redriveStatus === 'REDRIVABLE' ? undefined : (one.redriveStatusReason ?? 'AWS does not say why'),
  };
};

/** Lists are in the order of the start, so those that ended since then are found only by looking at all of them. */
const endedSince = async (sfn: SFNClient, machine: Part, since: number): Promise<string[]> => {
  const arns: string[] = [];
  for (const statusFilter of UNWELL) {
    const query = { stateMachineArn: machine.id, statusFilter };
    for await (const { executions = [] } of paginateListExecutions({ client: sfn }, query)) {
      for (const { executionArn, stopDate } of executions)
        if (executionArn !== undefined && stopDate !== undefined && stopDate.getTime() >= since)
          arns.push(executionArn);
    }
  }
  return arns;
};

/** Those of the machines that ended since then, latest first. */
export const listUnwell = async (
  sfn: SFNClient,
  machines: readonly Part[],
  since: number,
): Promise<Unwell[]> => {
  const found: Unwell[] = [];
  for (const machine of machines) {
    for (const arn of await endedSince(sfn, machine, since))
      found.push(await described(sfn, machineName(machine), arn));
  }
  return found.toSorted((a, b) => b.stoppedAt.localeCompare(a.stoppedAt));
};
