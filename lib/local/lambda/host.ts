/** Runs functions from their bundles in the thread that it is made in. Calls of one function share one instance of its module. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { LambdaFunction } from '../stack/functions.ts';
import { createTaker } from './direct-clients.ts';
import { environmentOf, type LambdaHost } from './environment.ts';
import { createInProcessHttp } from './in-process-http.ts';
import { describeThrown, type Failure, failure } from './invocation-error.ts';
import { type Handler, openSandbox } from './sandbox.ts';

/** One call: which function in which version under which ARN, and the event as JSON text. */
export type Call = {
  readonly name: string;
  readonly version: string;
  readonly invokedArn: string;
  readonly text: string;
};
/** `text` is the JSON of what the handler answered. */
export type Outcome = { readonly ok: true; readonly text: string } | Failure;

export type Host = {
  /** Never rejects: whatever goes wrong is in the outcome. */
  run(call: Call): Promise<Outcome>;
  /** Loads a function before its first call; a failure waits for that call. */
  warm(name: string): void;
  /** Blames an error that nobody handled on the call it came out of; false when it came from no call. */
  blame(thrown: unknown): boolean;
  close(): Promise<unknown>;
};

export type HostOptions = {
  readonly functions: readonly LambdaFunction[];
  readonly surroundings: LambdaHost;
  /** Takes what a function writes. */
  write(name: string, bytes: Uint8Array): void;
};

/** Lambda's limit on a payload, either way. */
export const LARGEST_PAYLOAD = 6 * 1024 * 1024;

type Running = { fail(thrown: unknown): void };

/** The runtime's own work belongs to no call: what goes wrong in it must not be blamed on whoever asked for it. */
const outside = <Given, Answered>(answer: (given: Given) => Answered): ((given: Given) => Answered) => {
  const run = AsyncLocalStorage.snapshot();
  return (given) => run(answer, given);
};

export const timedOut = (awsRequestId: string, timeoutSeconds: number): Failure => {
  const seconds = timeoutSeconds.toFixed(2);
  return failure(
    'Sandbox.Timedout',
    `RequestId: ${awsRequestId} Error: Task timed out after ${seconds} seconds`,
  );
};

const contextOf = (fn: LambdaFunction, { version, invokedArn }: Call, awsRequestId: string) => {
  const end = performance.now() + fn.timeoutSeconds * 1000;
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName: fn.name,
    functionVersion: version,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(end - performance.now())),
    invokedFunctionArn: invokedArn,
    logGroupName: `/aws/lambda/${fn.name}`,
    logStreamName: 'local',
    memoryLimitInMB: String(fn.memoryMb),
  };
};

export const createHost = ({ functions, surroundings, write }: HostOptions): Host => {
  const byName = new Map(functions.map((it) => [it.name, it]));
  const loaded = new Map<string, Handler>();
  const calls = new AsyncLocalStorage<Running>();
  const { awsUrl, answer, ask } = surroundings;
  const http = answer && createInProcessHttp(awsUrl, outside(answer));
  const takeClient = ask && createTaker(outside(ask));

  const load = (fn: LambdaFunction): Handler => {
    const known = loaded.get(fn.name);
    if (known !== undefined) return known;
    const handler = openSandbox({
      assetDir: fn.assetDir,
      handler: fn.handler,
      environment: environmentOf(fn, surroundings),
      write: (bytes) => write(fn.name, bytes),
      http,
      takeClient,
    });
    loaded.set(fn.name, handler);
    return handler;
  };

  const say = (fn: LambdaFunction, line: string) => write(fn.name, Buffer.from(`${line}\n`));

  const handle = async (fn: LambdaFunction, event: unknown, context: unknown): Promise<Outcome> => {
    const text: string | undefined = JSON.stringify((await load(fn)(event, context)) ?? null);
    if (text !== undefined && text.length > LARGEST_PAYLOAD)
      return failure('Function.ResponseSizeTooLarge', 'Response payload size exceeded maximum (6 MB).');
    return { ok: true, text: text ?? 'null' };
  };

  const runLoaded = async (fn: LambdaFunction, call: Call): Promise<Outcome> => {
    const awsRequestId = randomUUID();
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const fail = (thrown: unknown, result = describeThrown(thrown)) => {
      say(fn, `${awsRequestId} ERROR ${result.cause}`);
      resolve(result);
    };
    const timer = setTimeout(() => {
      // Lambda throws the environment away after a timeout, and with it whatever state it was left in.
      loaded.delete(fn.name);
      fail(undefined, timedOut(awsRequestId, fn.timeoutSeconds));
    }, fn.timeoutSeconds * 1000);
    calls.run({ fail }, () => {
      handle(fn, JSON.parse(call.text), contextOf(fn, call, awsRequestId)).then(resolve, fail);
    });
    const outcome = await promise;
    clearTimeout(timer);
    return outcome;
  };

  return {
    run: async (call) => {
      const fn = byName.get(call.name);
      if (fn === undefined) return failure('Lambda.ResourceNotFoundException', `No function ${call.name}.`);
      return runLoaded(fn, call).catch(describeThrown);
    },
    warm: (name) => {
      const fn = byName.get(name);
      if (fn === undefined) return;
      try {
        load(fn);
      } catch (error) {
        say(fn, describeThrown(error).cause);
      }
    },
    blame: (thrown) => {
      const call = calls.getStore();
      call?.fail(thrown);
      return call !== undefined;
    },
    close: async () => undefined,
  };
};
