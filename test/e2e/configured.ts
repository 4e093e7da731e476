/** The same stack with another configuration: what the functions read lies beside their code. */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../../functions/core/configuration.ts';
import { type OpenWorld, openWorld } from './world.ts';

/** A world whose functions and machine read `config`. */
export const openConfigured = async (
  assembly: string,
  config: Configuration,
  hasSchedules = true,
): Promise<OpenWorld> => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-stack-'));
  cpSync(assembly, folder, { recursive: true });
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (path.endsWith('config.json')) writeFileSync(join(folder, path), JSON.stringify(config));
  const world = await openWorld({ assembly: folder, config, hasSchedules });
  return {
    ...world,
    close: async () => {
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
