/** The task `states:startExecution`: a start, named and answered as the optimized integration does. */
import * as z from 'zod';
import { AwsError } from './errors.ts';
import type { LambdaOutcome } from './states/task.ts';

const Started = z.object({ executionArn: z.string(), startDate: z.number() });

/** Its errors are those of the API, called as `StepFunctions.ExecutionAlreadyExistsException`. */
export const startAsTask = async (
  call: (action: string, input: unknown) => Promise<unknown>,
  request: unknown,
): Promise<LambdaOutcome> => {
  try {
    const { executionArn, startDate } = Started.parse(await call('StartExecution', request));
    return { ok: true, payload: { ExecutionArn: executionArn, StartDate: startDate } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const name = error.name.replace(/(Exception)?$/, 'Exception');
    return { ok: false, error: `StepFunctions.${name}`, cause: error.message };
  }
};
