/** Plays many seeds in several processes side by side, and says which of them break a law. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const WORKER = join(import.meta.dirname, 'worker.ts');

/** What is loaded is the same for every worker: compiled once, and short-lived objects die young. */
const ENVIRONMENT = { NODE_COMPILE_CACHE: join(tmpdir(), 'aftercare-seeds-compiled') };
const FLAGS = ['--max-semi-space-size=64'];

const Line = z.object({
  seed: z.number(),
  findings: z.array(z.object({ law: z.string(), sale: z.string(), what: z.string() })),
  digest: z.string(),
  counts: z.record(z.string(), z.number()),
});
export type SeedPlayed = z.output<typeof Line>;

type Asked = { from: number; seeds: number; sales?: number | undefined; workers: number };

const runWorker = async (
  { from, seeds, sales, workers }: Asked,
  n: number,
  hear: (played: SeedPlayed) => void,
): Promise<void> => {
  const count = Math.ceil((seeds - n) / workers);
  const args = [from + n, count, workers, ...(sales === undefined ? [] : [sales])].map(String);
  const child = spawn(process.execPath, [...FLAGS, WORKER, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...ENVIRONMENT },
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) hear(Line.parse(JSON.parse(line)));
  const code = await ended;
  if (code !== 0) throw new Error(`A worker ended with ${code ?? 'a signal'}`);
};

/** In the order in which they were done; `hear` is told of each. */
export const playMany = async (asked: Asked, hear: (played: SeedPlayed) => void): Promise<void> => {
  const workers = Math.max(1, Math.min(asked.workers, asked.seeds));
  await Promise.all(Array.from({ length: workers }, (_, n) => runWorker({ ...asked, workers }, n, hear)));
};
