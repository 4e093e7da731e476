import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { successorName } from '../core/move-on.ts';
import { sfnClient } from './clients.ts';
import type { Workflows } from './ports.ts';

/** A token that is used, timed out or unknown looks the same: nobody waits there any more. */
const isGone = (error: unknown) =>
  error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken;

/** Of an execution that was started through the machine or one of its aliases. */
const executionArn = (machineArn: string, name: string): string => {
  const [machine = ''] = /^(?:[^:]*:){6}[^:]*/.exec(machineArn) ?? [];
  return `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
};

export const createWorkflows = (
  arns: { followUp: string; promise: string },
  client = sfnClient(),
): Workflows => {
  const start = async (stateMachineArn: string, name: string, input: unknown): Promise<boolean> => {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      return true;
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return false;
      throw error;
    }
  };
  const tell = async (call: Promise<unknown>): Promise<boolean> => {
    try {
      await call;
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  };
  /** Under its own name, or under that of whoever has gone on for it in a newer version. */
  const isRunning = async (machineArn: string, name: string): Promise<boolean> => {
    try {
      const { status } = await client.send(
        new DescribeExecutionCommand({ executionArn: executionArn(machineArn, name) }),
      );
      if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return true;
      return status === 'SUCCEEDED' && (await isRunning(machineArn, successorName(name)));
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return false;
      throw error;
    }
  };
  return {
    isPromiseRunning: (name) => isRunning(arns.promise, name),
    startFollowUp: (name, input) => start(arns.followUp, name, input),
    startPromise: (name, input) => start(arns.promise, name, input),
    succeed: (taskToken, output) =>
      tell(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
    fail: (taskToken, error, cause) =>
      tell(client.send(new SendTaskFailureCommand({ taskToken, error, cause }))),
  };
};
