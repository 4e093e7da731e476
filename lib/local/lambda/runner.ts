/**
 * Calls the stack's functions from the bundles that CDK built, in threads of this process or in its own, and counts
 * what Lambda counts.
 */
import type { ReachPoint } from '../failpoints.ts';
import type { Meter } from '../meter.ts';
import type { LambdaFunction } from '../stack/functions.ts';
import type { LambdaHost } from './environment.ts';
import { createHost, type Host, LARGEST_PAYLOAD } from './host.ts';
import { type Failure, failure } from './invocation-error.ts';
import type { LogFiles } from './log-files.ts';
import { createThreads } from './threads.ts';

export type Invocation = {
  /** Name or ARN, with or without a version or alias. */
  readonly functionArn: string;
  readonly payload: unknown;
};
export type InvocationResult = { readonly ok: true; readonly payload: unknown } | Failure;

export type LambdaRunner = {
  /** Never rejects: whatever goes wrong is in the result. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
  /** Loads a function before its first call; a failure waits for that call. */
  warm(functionArn: string): void;
  /**
   * Blames an error that nobody handled on the call it came out of, which then fails as it would on Lambda.
   * False when it came from no call.
   */
  blame(thrown: unknown): boolean;
  /** Ends the threads. What still runs in them is never answered, as when the process dies. */
  close(): Promise<unknown>;
};

type Options = {
  readonly functions: readonly LambdaFunction[];
  readonly host: LambdaHost;
  readonly meter: Meter;
  readonly logs: LogFiles;
  /** How many threads the functions run in; none runs them in this one. */
  readonly threads?: number | undefined;
  /** ARNs of functions whose answer somebody waits for, as with those behind the HTTP API. */
  readonly awaited?: readonly string[] | undefined;
  /** Told of points at which tests let the process die. */
  readonly reach?: ReachPoint | undefined;
};

/** The name in an ARN, and the version or alias if there is one. */
const nameIn = (functionArn: string): readonly string[] =>
  functionArn.replace(/^arn:.*:function:/, '').split(':');

export const createLambdaRunner = ({
  functions,
  host: surroundings,
  meter,
  logs,
  threads = 0,
  awaited = [],
  reach,
}: Options): LambdaRunner => {
  const byName = new Map(functions.map((it) => [it.name, it]));
  const options = { functions, surroundings, write: logs.write };
  const names = new Set(awaited.flatMap((arn) => nameIn(arn).slice(0, 1)));
  const host: Host =
    threads === 0 ? createHost(options) : createThreads(threads, { ...options, awaited: names });

  /** How many calls of each run at this moment. */
  const runs = new Map<string, number>();

  const tell = (FunctionName: string, call: { running: number; ms: number; isOk: boolean }) => {
    const of = { FunctionName };
    meter.observe('AWS/Lambda', 'Invocations', of, 1);
    meter.observe('AWS/Lambda', 'Errors', of, Number(!call.isOk));
    meter.observe('AWS/Lambda', 'Duration', of, call.ms);
    meter.observe('AWS/Lambda', 'ConcurrentExecutions', of, call.running);
  };

  const find = (functionArn: string) => {
    const [name = '', qualifier = '$LATEST'] = nameIn(functionArn);
    const found = byName.get(name);
    const version = found?.qualifiers.get(qualifier);
    return found === undefined || version === undefined ? undefined : { found, version };
  };

  const run = async (
    { name, arn }: LambdaFunction,
    version: string,
    { functionArn, payload }: Invocation,
  ) => {
    const text = JSON.stringify(payload ?? null);
    if (text.length > LARGEST_PAYLOAD)
      return failure('Lambda.RequestTooLargeException', 'The payload is over 6 MB.');
    const invokedArn = functionArn.startsWith('arn:') ? functionArn : arn;
    const outcome = await host.run({ name, version, invokedArn, text });
    return outcome.ok ? { ok: true as const, payload: JSON.parse(outcome.text) } : outcome;
  };

  return {
    invoke: async (invocation) => {
      const target = find(invocation.functionArn);
      if (target === undefined)
        return failure('Lambda.ResourceNotFoundException', `Function not found: ${invocation.functionArn}`);
      const { name } = target.found;
      const begin = performance.now();
      meter.add('lambdaRequests', 1);
      const running = (runs.get(name) ?? 0) + 1;
      runs.set(name, running);
      reach?.('function-called');
      const result = await run(target.found, target.version, invocation);
      reach?.('function-returned');
      runs.set(name, (runs.get(name) ?? 1) - 1);
      const ms = Math.max(1, Math.ceil(performance.now() - begin));
      meter.add('lambdaMs', ms);
      tell(name, { running, ms, isOk: result.ok });
      return result;
    },
    warm: (functionArn) => {
      const target = find(functionArn);
      if (target !== undefined) host.warm(target.found.name);
    },
    blame: host.blame,
    close: host.close,
  };
};
