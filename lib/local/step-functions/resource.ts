/** The task resources this runtime plays: a Lambda function, called in one of three ways, and the start of an execution. */
import type { Level, Problem } from './definition-level.ts';
import { InvokeArguments, StartArguments, type TaskState } from './definition-schema.ts';
import { isExpression } from './template.ts';

/**
 * `function`: its ARN is the resource. `invoke`: optimized integration. `token`: the same, then waits for its token.
 * `start`: starts an execution and goes on.
 */
export type TaskMode = 'function' | 'invoke' | 'token' | 'start';

const FUNCTION = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(:[^:]+)?$/;
const INVOKE = /^arn:[^:]+:states:::lambda:invoke(\.waitForTaskToken)?$/;
const START = /^arn:[^:]+:states:::states:startExecution$/;

/** Whether what a task runs is no Lambda, but the start of an execution. */
export const isStart = (resource: string): boolean => START.test(resource);

export const taskMode = (resource: string): TaskMode | undefined => {
  if (FUNCTION.test(resource)) return 'function';
  if (isStart(resource)) return 'start';
  const match = INVOKE.exec(resource);
  if (match === null) return undefined;
  return match[1] === undefined ? 'invoke' : 'token';
};

const argumentProblems = (name: string, mode: TaskMode, { Arguments: given }: TaskState): Problem[] => {
  if (given === undefined || isExpression(given)) return [];
  const parsed = (mode === 'start' ? StartArguments : InvokeArguments).safeParse(given);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.map(String).join('/')];
    const reason = issue.code === 'unrecognized_keys' ? 'is not supported by this runtime' : issue.message;
    return names.map((key) => ({ state: name, field: `Arguments/${key}`, reason }));
  });
};

export const resourceProblems = ({ states }: Level): Problem[] =>
  [...states].flatMap(([name, state]) => {
    if (state.Type !== 'Task') return [];
    const mode = taskMode(state.Resource);
    if (mode === undefined) {
      const reason = `'${state.Resource}' is not supported: only Lambda functions, lambda:invoke, lambda:invoke.waitForTaskToken and states:startExecution are`;
      return [{ state: name, field: 'Resource', reason }];
    }
    return mode === 'function' ? [] : argumentProblems(name, mode, state);
  });
