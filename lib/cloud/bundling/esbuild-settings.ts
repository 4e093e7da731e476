import type { BuildOptions } from 'esbuild';

export const SETTINGS = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  /* `import('node:http')`, as the AWS SDK has it, reads every export of it once, and one of them is all of undici. */
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  logLevel: 'warning',
  logLimit: 5,
} as const satisfies BuildOptions;
