/**
 * Runs the stack's functions from the bundles that CDK built, in this process. Unlike Lambda, calls of one function
 * share one instance of its module, and a handler that never yields cannot be cut off.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Meter } from '../meter.ts';
import type { LambdaFunction } from '../stack/functions.ts';
import { environmentOf, type LambdaHost } from './environment.ts';
import { createInProcessHttp } from './in-process-http.ts';
import type { Answer } from './in-process-request.ts';
import { describeThrown, type Failure, failure } from './invocation-error.ts';
import type { LogFiles } from './log-files.ts';
import { type Handler, openSandbox } from './sandbox.ts';

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
};

type Options = {
  readonly functions: readonly LambdaFunction[];
  readonly host: LambdaHost;
  readonly meter: Meter;
  readonly logs: LogFiles;
};

/** Lambda's limit on a payload, either way. */
const LARGEST_PAYLOAD = 6 * 1024 * 1024;

type Call = { fail(thrown: unknown): void };

/** The runtime's own work belongs to no call: what goes wrong in it must not be blamed on whoever asked for it. */
const outside = (answer: Answer): Answer => {
  const run = AsyncLocalStorage.snapshot();
  return (call) => run(() => answer(call));
};

export const createLambdaRunner = ({ functions, host, meter, logs }: Options): LambdaRunner => {
  const byName = new Map(functions.map((it) => [it.name, it]));
  const loaded = new Map<string, Handler>();
  const calls = new AsyncLocalStorage<Call>();
  const http = host.answer && createInProcessHttp(host.awsUrl, outside(host.answer));

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
    const [name = '', qualifier = '$LATEST'] = functionArn.replace(/^arn:.*:function:/, '').split(':');
    const found = byName.get(name);
    const version = found?.qualifiers.get(qualifier);
    return found === undefined || version === undefined ? undefined : { found, version };
  };

  const load = (fn: LambdaFunction): Handler => {
    const known = loaded.get(fn.name);
    if (known !== undefined) return known;
    const handler = openSandbox({
      assetDir: fn.assetDir,
      handler: fn.handler,
      environment: environmentOf(fn, host),
      write: (bytes) => logs.write(fn.name, bytes),
      http,
    });
    loaded.set(fn.name, handler);
    return handler;
  };

  const say = (fn: LambdaFunction, line: string) => logs.write(fn.name, Buffer.from(`${line}\n`));

  const run = async (fn: LambdaFunction, version: string, { functionArn, payload }: Invocation) => {
    const awsRequestId = randomUUID();
    const timeoutMs = fn.timeoutSeconds * 1000;
    const end = performance.now() + timeoutMs;
    const context = {
      awsRequestId,
      callbackWaitsForEmptyEventLoop: false,
      functionName: fn.name,
      functionVersion: version,
      getRemainingTimeInMillis: () => Math.max(0, Math.round(end - performance.now())),
      invokedFunctionArn: functionArn.startsWith('arn:') ? functionArn : fn.arn,
      logGroupName: `/aws/lambda/${fn.name}`,
      logStreamName: 'local',
      memoryLimitInMB: String(fn.memoryMb),
    };
    const text = JSON.stringify(payload ?? null);
    if (text.length > LARGEST_PAYLOAD)
      return failure('Lambda.RequestTooLargeException', 'The payload is over 6 MB.');

    const { promise, resolve } = Promise.withResolvers<InvocationResult>();
    const fail = (thrown: unknown, result = describeThrown(thrown)) => {
      say(fn, `${awsRequestId} ERROR ${result.cause}`);
      resolve(result);
    };
    const timer = setTimeout(() => {
      // Lambda throws the environment away after a timeout, and with it whatever state it was left in.
      loaded.delete(fn.name);
      const seconds = fn.timeoutSeconds.toFixed(2);
      const message = `RequestId: ${awsRequestId} Error: Task timed out after ${seconds} seconds`;
      fail(undefined, failure('Sandbox.Timedout', message));
    }, timeoutMs);
    calls.run({ fail }, () => {
      handle(fn, JSON.parse(text), context).then(resolve, fail);
    });
    const result = await promise;
    clearTimeout(timer);
    return result;
  };

  const handle = async (fn: LambdaFunction, event: unknown, context: unknown): Promise<InvocationResult> => {
    const answer = JSON.stringify((await load(fn)(event, context)) ?? null);
    if (answer !== undefined && answer.length > LARGEST_PAYLOAD)
      return failure('Function.ResponseSizeTooLarge', 'Response payload size exceeded maximum (6 MB).');
    return { ok: true, payload: answer === undefined ? null : JSON.parse(answer) };
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
      const result = await run(target.found, target.version, invocation).catch(describeThrown);
      runs.set(name, (runs.get(name) ?? 1) - 1);
      const ms = Math.max(1, Math.ceil(performance.now() - begin));
      meter.add('lambdaMs', ms);
      tell(name, { running, ms, isOk: result.ok });
      return result;
    },
    warm: (functionArn) => {
      const target = find(functionArn);
      if (target === undefined) return;
      try {
        load(target.found);
      } catch (error) {
        say(target.found, describeThrown(error).cause);
      }
    },
    blame: (thrown) => {
      const call = calls.getStore();
      call?.fail(thrown);
      return call !== undefined;
    },
  };
};
