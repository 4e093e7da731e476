/** Starts a server in a process of its own, asks it what it has used, and stops it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import config from '../../aftercare.config.ts';
import { makeAssembly } from '../../bin/commands/assembly.ts';

const Started = z.object({ url: z.string() });
const Used = z.object({
  cpuMs: z.number(),
  residentMb: z.number(),
  units: z.record(z.string(), z.number()).default({}),
});
export type Used = z.output<typeof Used>;

export type Served = {
  readonly url: string;
  readonly dataDir: string;
  used(): Promise<Used>;
  stop(): Promise<void>;
};

const answerOf = async (child: ChildProcess): Promise<unknown> => {
  const over = new AbortController();
  const { signal } = over;
  try {
    const [answer]: unknown[] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`The server of the benchmark ended with ${code}.`);
      }),
    ]);
    return answer;
  } finally {
    over.abort();
  }
};

const serve = async (file: string, args: string[], dataDir: string, nodeFlags: string[]): Promise<Served> => {
  const script = join(import.meta.dirname, file);
  const child = fork(script, args, { execArgv: nodeFlags, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { url } = Started.parse(await answerOf(child));
  return {
    url,
    dataDir,
    used: async () => {
      child.send('used');
      return Used.parse(await answerOf(child));
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

const newFolder = () => mkdtempSync(join(tmpdir(), 'aftercare-bench-'));

/** The whole of Aftercare on an empty folder. */
export const serveAftercare = async (
  log: (line: string) => void,
  nodeFlags: string[] = [],
): Promise<Served> => {
  const shelf = join(import.meta.dirname, '..', '..', '.build', 'bench');
  mkdirSync(shelf, { recursive: true });
  const assembly = await makeAssembly(config, shelf, log);
  const dataDir = newFolder();
  return serve('served-runtime.ts', [assembly, dataDir], dataDir, nodeFlags);
};

/** What `node:http` does when there is nothing to do. */
export const serveNothing = (): Promise<Served> => serve('served-nothing.ts', [], newFolder(), []);
