/** What comes from others: under which licence, by which way, and what of it may be listed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { installed, LICENCES_FILE, licencesText, PERMITTED } from '../../scripts/licences.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const Manifest = z.object({
  scripts: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
const manifest = Manifest.parse(JSON.parse(read('package.json')));

describe('licences', () => {
  it('are listed as they are', () => {
    expect(readFileSync(LICENCES_FILE, 'utf8')).toBe(licencesText());
  });

  it('of what runs ask for nothing but to be named', () => {
    const others = installed().filter(({ isDev, licence }) => !isDev && !isPermitted(licence));

    expect(others).toEqual([]);
  });
});

/** `(MIT OR X)` lets us choose. */
const isPermitted = (licence: string): boolean =>
  licence
    .replace(/^\(|\)$/g, '')
    .split(' OR ')
    .some((one) => PERMITTED.has(one));

describe('packages', () => {
  it('are pinned to one version each, so that only the lock file decides', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );

    expect(loose).toEqual([]);
  });

  it('are installed from the lock file alone, and no script of theirs runs that is not named', () => {
    expect(read('scripts/ensure-installed.mjs')).toContain("['ci',");
    expect(Object.values(manifest.scripts).join(' ')).not.toMatch(/npm (install|i|update)\b/);
    expect(read('package.json')).toContain('"allowScripts"');
  });

  it('can be listed for others, and looked up for what is known against them', () => {
    expect(manifest.scripts['sbom']).toContain('npm sbom');
    expect(manifest.scripts['audit']).toContain('npm audit');
  });
});
