import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../core/configuration.ts';
import { setting } from './environment.ts';
import type { Settings } from './ports.ts';

/**
 * It was checked when the stack was put together, and lies in one archive with the code that this very schema is part of:
 * to check all of it again would take longer than anything else at a cold start.
 */
const isConfiguration = (value: unknown): value is Configuration =>
  typeof value === 'object' && value !== null && 'shop' in value && 'journeys' in value;

const readConfiguration = (file: string): Configuration => {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isConfiguration(value)) throw new Error(`${file} is not the configuration that was deployed`);
  return value;
};

/** What the deployment packed beside the bundle: the checked configuration and the words. */
export const readSettings = (): Settings => {
  const root = setting('LAMBDA_TASK_ROOT');
  return {
    config: readConfiguration(join(root, 'config.json')),
    contentDir: join(root, 'content'),
    publicUrl: setting('PUBLIC_URL').replace(/\/$/, ''),
  };
};
