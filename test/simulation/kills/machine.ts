/** Aftercare's command line in a process of its own, which is killed and started again on the same data folder. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const run = promisify(execFile);
const Moved = z.object({ now: z.string() });

export type Asked = {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
};
/** `status` is 0 when the connection broke before the whole answer was there. */
export type Told = { status: number; text: string };

const BROKEN: Told = { status: 0, text: '' };

const call = (url: string, { method, path, headers = {}, body }: Asked): Promise<Told> =>
  new Promise((resolve) => {
    const sent = request(`${url}${path}`, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', () => resolve(BROKEN));
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        resolve(response.complete ? { status: response.statusCode ?? 0, text } : BROKEN);
      });
    });
    sent.on('error', () => resolve(BROKEN));
    sent.end(body);
  });

export type Machine = ReturnType<typeof createMachine>;

type Options = {
  dataDir: string;
  environment?: Record<string, string>;
  /** A shell's limits in front of the command, as `ulimit -f 100`. */
  limit?: string;
};

const startChild = ({ dataDir, environment = {}, limit }: Options): ChildProcess => {
  const args = ['bin/aftercare.ts', 'local', '--port', '0', '--aws-port', '0', '--smtp-port', 'off'];
  const command = [process.execPath, ...args, '--data', dataDir];
  const [program = '', ...rest] =
    limit === undefined ? command : ['/bin/sh', '-c', `${limit}; exec "$@"`, 'sh', ...command];
  return spawn(program, rest, {
    cwd: ROOT,
    env: { ...process.env, AFTERCARE_FAILPOINT: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
};

/** Resolves to where it listens. */
const whenReady = (child: ChildProcess, hear: (text: string) => string): Promise<string> =>
  new Promise((resolve, reject) => {
    const look = (chunk: Buffer) => {
      const found = /Ready at (\S+) after/.exec(hear(chunk.toString()))?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', (code, signal) =>
      reject(new Error(`It ended (${code ?? signal}) before it was ready:\n${hear('')}`)),
    );
  });

export const createMachine = (options: Options) => {
  let up = Promise.withResolvers<string>();
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  let isUp = false;
  let isOver = false;
  let offset = 0;
  let output = '';
  const startsMs: number[] = [];

  const hear = (text: string): string => {
    output += text;
    return output;
  };

  const setClock = (text: string): void => {
    offset = Date.parse(Moved.parse(JSON.parse(text)).now) - Date.now();
  };

  /** Waits until it is up, then asks once. */
  const ask = async (asked: Asked): Promise<Told> => call(await up.promise, asked);

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    child?.kill(signal);
    await ended;
  };

  return {
    ask,
    startsMs,
    output: () => output,
    now: () => Date.now() + offset,
    /** Rejects when it dies before it is ready. */
    start: async (more: Partial<Options> = {}): Promise<void> => {
      if (isOver) throw new Error('Nobody needs it any more.');
      const began = performance.now();
      output = '';
      const fresh = startChild({ ...options, ...more });
      child = fresh;
      ended = new Promise<void>((resolve) =>
        fresh.once('exit', () => {
          /* Whoever asks from now on waits for the next start; whoever waits already goes on waiting. */
          if (isUp) up = Promise.withResolvers<string>();
          isUp = false;
          resolve();
        }),
      );
      const url = await whenReady(fresh, hear);
      startsMs.push(performance.now() - began);
      const { text } = await call(url, { method: 'GET', path: '/_local/health' });
      if (text === '') throw new Error(`It died as soon as it was ready:\n${output}`);
      setClock(text);
      isUp = true;
      up.resolve(url);
    },
    /** What a command says that is given to it by another process. */
    command: async (...words: string[]): Promise<string> => {
      const said = await run(process.execPath, ['bin/aftercare.ts', ...words, '--url', await up.promise], {
        cwd: ROOT,
      });
      return said.stdout;
    },
    /** Resolves once it has died, by itself or not. */
    died: (): Promise<void> => ended,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    /** Stops it for good: whoever wants to bring it back is refused. */
    retire: (): Promise<void> => {
      isOver = true;
      return end('SIGTERM');
    },
    /** Moves the clock; asks again after every death until somebody has answered. */
    moveTo: async (instant: number): Promise<void> => {
      const body = JSON.stringify({ to: new Date(instant).toISOString() });
      for (;;) {
        const { status, text } = await ask({ method: 'POST', path: '/_local/clock', body });
        if (status === 200) return setClock(text);
        if (status === 400 && text.includes('in the past')) return;
        if (status !== 0) throw new Error(`The clock answered ${status}: ${text}`);
        await sleep(5);
      }
    },
  };
};
