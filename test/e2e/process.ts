/** Aftercare in a process of its own, started by its command line, so that it can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type World, worldAt } from './world.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export type Started = {
  world: World;
  awsUrl: string;
  kill(): Promise<void>;
  died: Promise<void>;
  output(): string;
};

const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once('exit', () => resolve()));

/** Gives a data folder the stack that is synthesized already, as a second start would find it. */
export const prepare = (assembly: string, dataDir: string): void =>
  cpSync(assembly, join(dataDir, 'stack'), { recursive: true });

/** Resolves once it says that it is ready. */
export const startProcess = async (
  dataDir: string,
  environment: Record<string, string> = {},
  /** Another checkout of the project. */
  root = ROOT,
): Promise<Started> => {
  const child = spawn(
    process.execPath,
    ['bin/aftercare.ts', 'local', '--port', '0', '--aws-port', '0', '--data', dataDir],
    {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const died = ended(child);
  const ready = new Promise<[string, string]>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      const [, url, awsUrl] = /Ready at (\S+) after .*AWS parts at (\S+)/.exec(output) ?? [];
      if (url !== undefined && awsUrl !== undefined) resolve([url, awsUrl]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`Aftercare ended before it was ready:\n${output}`)));
  });
  const [url, awsUrl] = await ready;
  return {
    world: worldAt(url),
    awsUrl,
    died,
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      await died;
    },
  };
};
