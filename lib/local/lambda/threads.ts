/**
 * Functions in threads of their own, as Lambda runs them apart from everything else: they take no time of the services,
 * and one that never yields is cut off. Each function has one thread, chosen when it is first called.
 */
import { Worker } from 'node:worker_threads';
import { ConnectionLost } from '../aws/aws-error.ts';
import type { Call, Host, HostOptions, Outcome } from './host.ts';
import { timedOut } from './host.ts';
import { failure } from './invocation-error.ts';
import {
  arrived,
  createSender,
  type FromThread,
  owned,
  type ThreadData,
  type ToThread,
} from './thread-messages.ts';

const SCRIPT = new URL('./thread.ts', import.meta.url);

/** A thread times its calls out by itself; one that is still not back after this hangs. */
const GRACE_MS = 2000;

type Open = { readonly timer: NodeJS.Timeout; resolve(outcome: Outcome): void };

type Thread = {
  run(call: Call, timeoutSeconds: number): Promise<Outcome>;
  warm(name: string): void;
  /** What still runs is never answered, as when the process dies: whoever called calls again at the next start. */
  close(): Promise<unknown>;
};

const ended = (code: unknown): Outcome =>
  failure('Runtime.ExitError', `The thread of the function ended: ${String(code)}.`);

/** Undefined when the connection was lost. */
const unlessLost = async <Answered>(answer: Promise<Answered>): Promise<Answered | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ConnectionLost)) console.error(error);
    return undefined;
  }
};

const nobody = () => Promise.reject(new Error('Threads need somebody who answers their calls.'));

const openThread = (
  { functions, surroundings, write }: HostOptions,
  graceMs: number,
  onEnd: () => void,
): Thread => {
  const { region, awsUrl, answer = nobody, ask = nobody } = surroundings;
  const canAsk = surroundings.ask !== undefined;
  const workerData: ThreadData = { functions, surroundings: { region, awsUrl }, canAsk };
  const worker = new Worker(SCRIPT, { workerData, execArgv: [] });
  const say = createSender<ToThread>(worker);
  const calls = new Map<number, Open>();
  let last = 0;

  const finish = (id: number, outcome: Outcome) => {
    const open = calls.get(id);
    calls.delete(id);
    clearTimeout(open?.timer);
    open?.resolve(outcome);
  };

  const hear = (message: FromThread): void => {
    switch (message.kind) {
      case 'done':
        finish(message.id, message.outcome);
        return;
      case 'written':
        write(message.name, message.bytes);
        return;
      case 'request': {
        const { body, ...call } = message.call;
        void unlessLost(answer({ ...call, body: body && arrived(body) })).then((given) =>
          say({
            kind: 'answer',
            id: message.id,
            answer: given && { ...given, body: owned(given.body) },
          }),
        );
        return;
      }
      case 'question':
        void unlessLost(ask(message.question)).then((told) => say({ kind: 'told', id: message.id, told }));
    }
  };

  /** All calls of a thread end with it; Lambda's sandboxes die alone, but none of ours ever should. */
  const end = (outcome: Outcome) => {
    onEnd();
    for (const id of [...calls.keys()]) finish(id, outcome);
  };

  worker.on('message', (messages: readonly FromThread[]) => {
    for (const message of messages) hear(message);
  });
  worker.on('error', (error) => end(ended(error)));
  worker.on('exit', (code) => end(ended(code)));
  worker.unref();

  return {
    run: (call, timeoutSeconds) => {
      last += 1;
      const id = last;
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      const cutOff = () => {
        onEnd();
        finish(id, timedOut('-', timeoutSeconds));
        void worker.terminate();
      };
      calls.set(id, { resolve, timer: setTimeout(cutOff, timeoutSeconds * 1000 + graceMs) });
      say({ kind: 'run', id, call });
      return promise;
    },
    warm: (name) => say({ kind: 'warm', name }),
    close: () => {
      for (const { timer } of calls.values()) clearTimeout(timer);
      calls.clear();
      return worker.terminate();
    },
  };
};

export type ThreadOptions = HostOptions & {
  /** The names of functions that somebody waits for at this moment, a shop or a person. */
  readonly awaited?: ReadonlySet<string> | undefined;
};

/**
 * The place of each function among so many. Those that are waited for have the first one for themselves: next to a batch of
 * the background they would answer when that is done. The others take the rest in turn.
 */
const placesAmong = (count: number, awaited: ReadonlySet<string>): ((name: string) => number) => {
  const first = awaited.size > 0 && count > 1 ? 1 : 0;
  const placeOf = new Map<string, number>();
  return (name) => {
    if (first > 0 && awaited.has(name)) return 0;
    const place = placeOf.get(name) ?? first + (placeOf.size % (count - first));
    placeOf.set(name, place);
    return place;
  };
};

/** So many threads, each begun when a function first needs it, and begun again after it ended. */
export const createThreads = (count: number, options: ThreadOptions, graceMs = GRACE_MS): Host => {
  const { functions, awaited = new Set() } = options;
  const timeouts = new Map(functions.map(({ name, timeoutSeconds }) => [name, timeoutSeconds]));
  const placeOf = placesAmong(count, awaited);
  const threads = new Map<number, Thread>();

  const threadOf = (name: string): Thread => {
    const place = placeOf(name);
    const known = threads.get(place);
    if (known !== undefined) return known;
    const thread = openThread(options, graceMs, () => {
      if (threads.get(place) === thread) threads.delete(place);
    });
    threads.set(place, thread);
    return thread;
  };

  return {
    run: (call) => threadOf(call.name).run(call, timeouts.get(call.name) ?? 0),
    warm: (name) => threadOf(name).warm(name),
    // Each thread blames by itself.
    blame: () => false,
    close: () => Promise.all([...threads.values()].map((thread) => thread.close())),
  };
};
