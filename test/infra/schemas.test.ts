/** The zod in the bundles builds schemas when they are first looked at; what they take and refuse stays the same. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diet } from '../../lib/cloud/bundling/diet.ts';
import { SETTINGS } from '../../lib/cloud/bundling/esbuild-settings.ts';
import { LAZY_ZOD_RULES } from '../../lib/cloud/bundling/lazy-zod.ts';
import { namesInUse } from '../../lib/cloud/bundling/names-in-use.ts';

const folder = mkdtempSync(join(tmpdir(), 'schemas-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const asked = {
  ...SETTINGS,
  entryPoints: [join(import.meta.dirname, 'schemas-probe.ts')],
  external: ['temporal-polyfill'],
};

describe('the schemas in the bundles', () => {
  const bundle = join(folder, 'small.cjs');
  const entire = join(folder, 'whole.cjs');
  beforeAll(async () => {
    await build({ ...asked, plugins: [diet(namesInUse())], outfile: bundle });
    await build({ ...asked, outfile: entire });
  });

  it('take, refuse and change what zod itself does', () => {
    const env = {
      PATH: process.env['PATH'],
      NODE_PATH: join(import.meta.dirname, '..', '..', 'node_modules'),
    };
    const said = (file: string) => execFileSync(process.execPath, [file], { encoding: 'utf8', env });

    const whole = said(entire);

    expect(said(bundle)).toBe(whole);
    expect(whole).toContain('"message": "too many"');
  });

  it('are the ones that wait', () => {
    expect(readFileSync(bundle, 'utf8')).toContain('Symbol("later")');
    expect(readFileSync(entire, 'utf8')).not.toContain('Symbol("later")');
  });

  it.each(['core', 'util', 'schemas'])('stop the build when zod/v4/core/%s.js is another', (name) => {
    const rule = LAZY_ZOD_RULES.find(({ of }) => of.test(`zod/v4/core/${name}.js`));

    expect(() => rule?.change('export const another = 1;', new Set())).toThrow('zod has changed');
  });
});
