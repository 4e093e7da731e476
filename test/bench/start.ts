/** How long `npm start` takes until everything serves: in an empty folder with a synth, unchanged, and without npm in front of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Figure } from './figure.ts';
import { inFolder, median, rounded } from './measuring.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MOST_MS = 180_000;
const TIMES = 5;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
};

const isServing = async (port: number): Promise<boolean> => {
  const answer = await fetch(`http://127.0.0.1:${port}/_local/health`).catch(() => undefined);
  return answer?.status === 200;
};

/** npm starts others: all of them end. */
const stop = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  await ended;
};

/** Seconds until it serves. */
const startOnce = async ([command = '', ...args]: readonly string[], dataDir: string): Promise<number> => {
  const [port, awsPort] = [await freePort(), await freePort()];
  const flags = ['--data', dataDir, '--port', String(port), '--aws-port', String(awsPort)];
  const began = performance.now();
  const child = spawn(command, [...args, ...flags], { cwd: ROOT, stdio: 'ignore', detached: true });
  try {
    while (!(await isServing(port))) {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode} before it served.`);
      if (performance.now() - began > MOST_MS) throw new Error('It did not serve within three minutes.');
      await sleep(10);
    }
    return (performance.now() - began) / 1000;
  } finally {
    await stop(child);
  }
};

const NPM = ['npm', 'start', '--'];
const NODE = [process.execPath, join(ROOT, 'bin', 'aftercare.ts'), 'local'];

const several = async (command: readonly string[], dataDir: string, times: number): Promise<number> => {
  const seconds: number[] = [];
  for (let time = 0; time < times; time += 1) seconds.push(await startOnce(command, dataDir));
  return median(seconds);
};

const figure = (id: string, what: string, value: number, atMost: number, note: string): Figure => ({
  ...{ id: `start.${id}-s`, what, value: rounded(value), unit: 's', target: { atMost }, note },
});

export const bench: Bench = {
  name: 'start',
  about: 'From the command to an answer of the health page.',
  run: ({ isQuick, log }) =>
    inFolder(async (folder) => {
      const times = isQuick ? 1 : TIMES;
      const ofSeveral = `median of ${times}`;
      const synth = await startOnce(NPM, folder);
      log(`start: ${synth.toFixed(1)} s with a synth`);
      const unchanged = await several(NPM, folder, times);
      const built = await several(NODE, folder, times);
      return [
        figure('synth', '`npm start` in an empty folder', synth, 10, 'once'),
        figure('unchanged', '`npm start` when nothing has changed', unchanged, 3, ofSeveral),
        figure('built', 'the same without npm, from what was built', built, 1, ofSeveral),
      ];
    }),
};
