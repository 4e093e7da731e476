/** What it costs that many sales wait: memory, disk, CPU for one more, coming back after kill -9, and timers being on time. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, copyFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Bench, Figure } from './figure.ts';
import { inFolder, rounded } from './measuring.ts';
import { createFiller, type Filled } from './waiting/fill.ts';
import { COSTS, type Cost, costId } from './waiting/growth.ts';

const SIZES = [100, 1000, 10_000, 100_000, 1_000_000];
const QUICK = [100, 1000];
const WEEK_MS = 7 * 86_400_000;
const BUSY_MS = 1000;
const MB = 2 ** 20;

const Findings = z.object({
  cpuUs: z.number(),
  residentMb: z.number(),
  fired: z.number(),
  lateP99: z.number(),
});
type Findings = z.output<typeof Findings>;

const messageOf = async (child: ChildProcess): Promise<unknown> => {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`What served the waiting sales ended with ${code}.`);
      }),
    ]);
  } finally {
    over.abort();
  }
};

const serve = async (file: string, firstDue: number) => {
  const began = performance.now();
  const child = fork(join(import.meta.dirname, 'waiting', 'served.ts'), [file, String(firstDue)]);
  await messageOf(child);
  const seconds = (performance.now() - began) / 1000;
  return {
    seconds,
    ask: async (wanted: string): Promise<unknown> => {
      child.send(wanted);
      return messageOf(child);
    },
    send: (wanted: string) => child.send(wanted),
    kill: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
};

/** Killed while it works, started again, and measured. */
const killAndMeasure = async (file: string, firstDue: number): Promise<Findings & { restart: number }> => {
  const first = await serve(file, firstDue);
  first.send('keep busy');
  await sleep(BUSY_MS);
  await first.kill();
  const second = await serve(file, firstDue);
  const findings = Findings.parse(await second.ask('measure'));
  await second.kill();
  return { ...findings, restart: second.seconds };
};

const removeStore = (file: string) => {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
};

type Sized = Filled & Findings & { restart: number; diskBytes: number };

const measureSize = async (folder: string, master: string, filled: Filled): Promise<Sized> => {
  const file = join(folder, 'work.db');
  copyFileSync(master, file, constants.COPYFILE_FICLONE);
  const measured = await killAndMeasure(file, filled.firstDue);
  removeStore(file);
  return { ...filled, ...measured, diskBytes: statSync(master).size };
};

const RESTARTS: Readonly<Record<number, number>> = { 100000: 1.5, 1000000: 10 };

const costsOf = (one: Sized, idleMb: number): Figure[] => {
  const values: Record<Cost, number> = {
    'cpu-us': one.cpuUs,
    'rss-bytes': Math.max(0, ((one.residentMb - idleMb) * MB) / one.open),
    'disk-bytes': one.diskBytes / one.open,
    'restart-s': one.restart,
  };
  const open = one.open.toLocaleString('en');
  const most = RESTARTS[one.open];
  return Object.entries(COSTS).map(([cost, { title, unit }]): Figure => {
    const key = cost === 'cpu-us' || cost === 'rss-bytes' || cost === 'disk-bytes' ? cost : 'restart-s';
    return {
      ...{ id: costId(key, one.open), what: `${title}, ${open} open`, value: rounded(values[key]), unit },
      ...(key === 'restart-s' && most !== undefined ? { target: { atMost: most } } : {}),
    };
  });
};

const largestOf = (one: Sized, idleMb: number): Figure[] => {
  const open = `${one.open.toLocaleString('en')} open`;
  const more = one.residentMb - idleMb;
  return [
    {
      ...{ id: 'waiting.rss-above-idle-mb', what: `memory above an idle runtime, ${open}`, unit: 'MB' },
      ...{
        value: rounded(Math.max(0, more)),
        target: { atMost: 300 },
        note: `idle ${Math.round(idleMb)} MB`,
      },
    },
    {
      ...{ id: 'waiting.late-p99-ms', what: `how late a timer is, 99 of 100, ${open}`, unit: 'ms' },
      ...{ value: rounded(one.lateP99), target: { atMost: 2000 }, note: `${one.fired} due in ten seconds` },
    },
  ];
};

export const bench: Bench = {
  name: 'waiting',
  about: 'Sales that wait, from a hundred to a million: memory, disk, CPU, restart after kill -9, lateness.',
  run: ({ isQuick, log }) =>
    inFolder(async (folder) => {
      const firstDue = Date.now() + WEEK_MS;
      const idle = await killAndMeasure(join(folder, 'idle.db'), firstDue);
      const filler = createFiller(join(folder, 'master.db'), firstDue);
      const figures: Figure[] = [];
      let largest: Sized | undefined;
      for (const size of isQuick ? QUICK : SIZES) {
        const filled = await filler.grow(size);
        largest = await measureSize(folder, join(folder, 'master.db'), filled);
        const { residentMb, restart, fired, lateP99 } = largest;
        log(
          `${size} open: ${Math.round(residentMb)} MB, back in ${restart.toFixed(2)} s, ${fired} fired, ${Math.round(lateP99)} ms late`,
        );
        figures.push(...costsOf(largest, idle.residentMb));
      }
      return largest === undefined ? figures : [...largestOf(largest, idle.residentMb), ...figures];
    }),
};
