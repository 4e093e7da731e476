/** Synthesizes the stack once for every end-to-end and browser test; unchanged sources cost nothing. Says where tests write. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import config from '../../aftercare.config.ts';
import { fingerprint, makeAssembly } from '../../bin/commands/assembly.ts';
import { useQuickFolder } from './quick-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    assembly: string;
  }
}

const DAY_MS = 86_400_000;

const discardOld = (shelf: string): void => {
  for (const name of existsSync(shelf) ? readdirSync(shelf) : []) {
    const folder = join(shelf, name);
    if (Date.now() - statSync(folder).mtimeMs > DAY_MS) rmSync(folder, { recursive: true, force: true });
  }
};

export const setup = async (project: TestProject): Promise<() => void> => {
  const shelf = join(import.meta.dirname, '..', '..', '.build', 'test');
  /* A folder for each state of the sources: two runs at once must not take the stack from under each other. */
  const folder = join(shelf, fingerprint().slice(0, 16));
  discardOld(shelf);
  project.provide('assembly', await makeAssembly(config, folder, () => undefined));
  return useQuickFolder();
};
