import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkConfiguration } from '../core/configuration.ts';
import { setting } from './environment.ts';
import type { Settings } from './ports.ts';

/** What the deployment packed beside the bundle: the checked configuration and the words. */
export const readSettings = (): Settings => {
  const root = setting('LAMBDA_TASK_ROOT');
  return {
    config: checkConfiguration(JSON.parse(readFileSync(join(root, 'config.json'), 'utf8'))),
    contentDir: join(root, 'content'),
    publicUrl: setting('PUBLIC_URL').replace(/\/$/, ''),
  };
};
