/** What the figures were measured on. */
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import type * as z from 'zod';
import type { Machine } from './report.ts';

export const thisMachine = (): z.output<typeof Machine> => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  system: `${type()} ${release()}`,
});

export const loadNow = (): number => Number((loadavg()[0] ?? 0).toFixed(2));

/** Outside a repository there is none. */
export const commitNow = (): string => {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const isChanged = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${isChanged ? ' and what was not committed' : ''}`;
  } catch {
    return 'unknown';
  }
};
