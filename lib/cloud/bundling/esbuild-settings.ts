import type { BuildOptions } from 'esbuild';

export const SETTINGS = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
  logLimit: 5,
} as const satisfies BuildOptions;
