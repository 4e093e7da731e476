/** The task resources this runtime plays: a Lambda function, called in one of three ways. */
import type { Level, Problem } from './definition-level.ts';
import { InvokeArguments, type TaskState } from './definition-schema.ts';
import { isExpression } from './template.ts';

/** `function`: its ARN is the resource. `invoke`: optimized integration. `token`: the same, then waits for its token. */
export type TaskMode = 'function' | 'invoke' | 'token';

const FUNCTION = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(:[^:]+)?$/;
const INVOKE = /^arn:[^:]+:states:::lambda:invoke(\.waitForTaskToken)?$/;

export const taskMode = (resource: string): TaskMode | undefined => {
  if (FUNCTION.test(resource)) return 'function';
  const match = INVOKE.exec(resource);
  if (match === null) return undefined;
  return match[1] === undefined ? 'invoke' : 'token';
};

const argumentProblems = (name: string, { Arguments: given }: TaskState): Problem[] => {
  if (given === undefined || isExpression(given)) return [];
  const parsed = InvokeArguments.safeParse(given);
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
      const reason = `'${state.Resource}' is not supported: only Lambda functions, lambda:invoke and lambda:invoke.waitForTaskToken are`;
      return [{ state: name, field: 'Resource', reason }];
    }
    return mode === 'function' ? [] : argumentProblems(name, state);
  });
