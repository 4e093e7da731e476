/**
 * Writes docs/licences.md: every package that the lock file installs, by licence. Run by `npm run licences`; a test fails
 * when the list is not what is installed, or when a licence is none we may pass on.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '..');
export const LICENCES_FILE = join(ROOT, 'docs', 'licences.md');

/** What may stand in a bundle: permissive, and none asks for more than to be named. */
export const PERMITTED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});
const Manifest = z.object({
  license: z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]).optional(),
});

export type Installed = { name: string; version: string; licence: string; isDev: boolean };

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The lock file knows most; what it does not say, the package itself does. */
const licenceOf = (path: string, known: string | undefined): string => {
  if (known !== undefined) return known;
  const manifest = join(ROOT, path, 'package.json');
  if (!existsSync(manifest)) return 'not said';
  return Manifest.parse(JSON.parse(readFileSync(manifest, 'utf8'))).license ?? 'not said';
};

export const installed = (): Installed[] => {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== '' && link !== true)
    .map(([path, { version = '', license, dev = false }]) => ({
      name: nameOf(path),
      version,
      licence: licenceOf(path, license),
      isDev: dev,
    }))
    .sort((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1));
};

const section = (title: string, packages: readonly Installed[]): string[] => {
  const licences = [...new Set(packages.map(({ licence }) => licence))].sort();
  return [
    `## ${title}`,
    '',
    ...licences.map((licence) => {
      const names = new Set(
        packages.filter((one) => one.licence === licence).map(({ name, version }) => `${name} ${version}`),
      );
      return `- **${licence}** (${names.size}): ${[...names].join(', ')}`;
    }),
    '',
  ];
};

export const licencesText = (): string => {
  const all = installed();
  return [
    '# Licences',
    '',
    'Written by `npm run licences` from the lock file. Aftercare itself is MIT. `npm run sbom` writes the same as a CycloneDX document.',
    '',
    ...section(
      'What runs',
      all.filter(({ isDev }) => !isDev),
    ),
    ...section(
      'What builds and tests',
      all.filter(({ isDev }) => isDev),
    ),
  ].join('\n');
};

if (import.meta.main) writeFileSync(LICENCES_FILE, licencesText());
