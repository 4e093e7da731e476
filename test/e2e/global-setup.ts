/** Synthesizes the stack once for every end-to-end and browser test; unchanged sources cost nothing. */
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import config from '../../aftercare.config.ts';
import { makeAssembly } from '../../bin/commands/assembly.ts';

declare module 'vitest' {
  interface ProvidedContext {
    assembly: string;
  }
}

export const setup = async (project: TestProject): Promise<void> => {
  const folder = join(import.meta.dirname, '..', '..', '.build', 'test');
  project.provide('assembly', await makeAssembly(config, folder, () => undefined));
};
