/**
 * What a Lambda adds to an empty Node process until its second call to AWS has been answered: reading and compiling the
 * bundle, wiring, the first requests. Empty processes run in between, so that both meet the same machine.
 */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import config from '../../aftercare.config.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { type Bundles, bundleFunctions } from '../../lib/cloud/bundle.ts';
import { CALLS, environment } from './cold-start/events.ts';
import { openStub, type Stub } from './cold-start/stub.ts';
import type { Bench, Figure } from './figure.ts';
import { inFolder, median, rounded } from './measuring.ts';

const CHILD = join(import.meta.dirname, 'cold-start', 'child.cjs');
/** Without flags, and without the compile cache that Lambda has not. */
const bare = (more: Record<string, string> = {}) => ({ NODE_DISABLE_COMPILE_CACHE: '1', ...more });

/** What the child tells: its own processor time, in which other processes do not count. */
const Told = z.object({ cpuMs: z.number(), loadCpuMs: z.number().default(0) });

type Start = z.output<typeof Told> & { ms: number; calls: number };

const runChild = (args: string[], env: Record<string, string>, isOver: (end: () => void) => void) =>
  new Promise<z.output<typeof Told> & { ms: number }>((resolve, reject) => {
    const began = performance.now();
    let ms: number | undefined;
    let said = '';
    const end = () => {
      ms ??= performance.now() - began;
    };
    const child = spawn(process.execPath, [CHILD, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    isOver(end);
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('done ')) end();
    });
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.on('close', () => {
      const told = /done (\{.*\})/.exec(said)?.[1];
      if (ms === undefined || told === undefined) reject(new Error(`A function did not start: ${said}`));
      else resolve({ ...Told.parse(JSON.parse(told)), ms });
    });
  });

const startEmpty = () => runChild([], bare(), () => undefined);

const startFunction = async (stub: Stub, bundles: Bundles, name: string): Promise<Start> => {
  const folder = bundles.folderOf(name);
  const { event, audience = 'customer' } = CALLS[name] ?? { event: {} };
  let watched: ReturnType<Stub['watch']> | undefined;
  const told = await runChild(
    [join(folder, 'index.js'), JSON.stringify(event)],
    bare(environment(stub.url, folder, name)),
    (end) => {
      watched = stub.watch(audience, end);
    },
  );
  return { ...told, calls: watched?.calls() ?? 0 };
};

type Empty = { ms: number; cpuMs: number };

const figuresOf = (name: string, starts: Start[], empty: Empty, kb: number): Figure[] => {
  const cpu = (pick: (start: Start) => number) => rounded(median(starts.map(pick)) - empty.cpuMs);
  const calls = starts[0]?.calls ?? 0;
  return [
    {
      id: `cold-start.${name}`,
      what: `${name}: from nothing to its second answer of AWS, above an empty Node`,
      value: rounded(median(starts.map(({ ms }) => ms)) - empty.ms),
      unit: 'ms',
      target: { atMost: 80 },
      note: `${kb} kB; ${calls < 2 ? `${calls} call, then the end; ` : ''}processor ${cpu((start) => start.cpuMs)} ms, of them loading ${cpu((start) => start.loadCpuMs)}; median of ${starts.length}`,
    },
  ];
};

export const bench: Bench = {
  name: 'cold-start',
  about:
    'Each function in a new Node process, called once against a stub of AWS on loopback; wall time less that of an empty process, median.',
  run: ({ isQuick, log }) =>
    inFolder(async (folder) => {
      const bundles = bundleFunctions(checkConfiguration(config), folder);
      const stub = await openStub();
      const names = Object.keys(CALLS);
      const empties: Empty[] = [];
      const starts = new Map<string, Start[]>(names.map((name) => [name, []]));
      for (let round = 0; round < (isQuick ? 5 : 25); round += 1) {
        log(`round ${round + 1}`);
        for (const name of names) {
          empties.push(await startEmpty());
          starts.get(name)?.push(await startFunction(stub, bundles, name));
        }
      }
      stub.close();
      const empty = {
        ms: median(empties.map(({ ms }) => ms)),
        cpuMs: median(empties.map(({ cpuMs }) => cpuMs)),
      };
      const kb = (name: string) => Math.round(statSync(join(bundles.folderOf(name), 'index.js')).size / 1000);
      return [
        {
          id: 'cold-start.empty',
          what: 'An empty Node process',
          value: rounded(empty.ms),
          unit: 'ms',
        },
        ...names.flatMap((name) => figuresOf(name, starts.get(name) ?? [], empty, kb(name))),
      ];
    }),
};
