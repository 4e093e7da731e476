/** What Step Functions tells CloudWatch of executions. */
import type { Observe } from '../meter.ts';
import type { ExecutionStatus } from './execution.ts';

const METRICS: Readonly<Record<ExecutionStatus, string | undefined>> = {
  RUNNING: undefined,
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/** Call it after each write of an execution; `isNew` once. */
export const tellExecution = (
  observe: Observe,
  StateMachineArn: string,
  { isNew, status }: { isNew: boolean; status: ExecutionStatus },
): void => {
  if (isNew) observe('AWS/States', 'ExecutionsStarted', { StateMachineArn }, 1);
  const ended = METRICS[status];
  if (ended !== undefined) observe('AWS/States', ended, { StateMachineArn }, 1);
};
