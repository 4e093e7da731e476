import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationMistake } from '../../functions/core/configuration.ts';
import { createApp } from '../../lib/cloud/app.ts';
import { shopConfig } from '../fixtures/shop-config.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'aftercare-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const synth = (config: unknown) => () =>
  createApp({
    config,
    outdir: join(folder, 'cdk.out'),
    bundleDir: join(folder, 'functions'),
    withRules: false,
  });

const { shop, staff, journeys } = shopConfig;

const MISTAKES: readonly { what: string; config: unknown; says: RegExp }[] = [
  {
    what: 'a zone that does not exist',
    config: { ...shopConfig, shop: { ...shop, zone: 'Europe/Atlantis' } },
    says: /^ {2}shop\.zone: .*IANA time zone/m,
  },
  {
    what: 'an address nobody can write to',
    config: { ...shopConfig, staff: [{ ...staff[0], email: 'orla' }] },
    says: /^ {2}staff\[0\]\.email: .*email/im,
  },
  {
    what: 'a field it does not know',
    config: { ...shopConfig, shop: { ...shop, nmae: 'Corner Shop' } },
    says: /^ {2}shop: .*nmae/m,
  },
  {
    what: 'a journey that is not there',
    config: { ...shopConfig, otherwise: 'furniture' },
    says: /^ {2}otherwise: expected one of: goods/m,
  },
  {
    what: 'a journey that may never begin',
    config: {
      ...shopConfig,
      journeys: { goods: { ...journeys.goods, checkIn: [{ after: 'delivered', wait: { days: 3 } }] } },
    },
    says: /^ {2}journeys\.goods\.checkIn: .*after: "paid"/m,
  },
  {
    what: 'nobody who could own a promise',
    config: { ...shopConfig, staff: [{ ...staff[0], isActive: false }] },
    says: /^ {2}staff: expected at least one active member/m,
  },
  {
    what: 'a secret written into the policy',
    config: { ...shopConfig, sources: { standard: { kind: 'standard', secret: 'whsec_x' } } },
    says: /^ {2}sources\.standard: .*secret/m,
  },
  { what: 'nothing at all', config: undefined, says: /^ {2}\(the whole file\): /m },
];

describe('a wrong configuration', () => {
  it.each(MISTAKES)('stops the synth with its place and what was expected: $what', ({ config, says }) => {
    expect(synth(config)).toThrow(ConfigurationMistake);
    expect(synth(config)).toThrow(says);
  });

  it('leaves nothing behind', () => {
    expect(synth(undefined)).toThrow(ConfigurationMistake);

    expect(existsSync(join(folder, 'functions'))).toBe(false);
    expect(existsSync(join(folder, 'cdk.out'))).toBe(false);
  });

  it('is told in one breath, every mistake at once', () => {
    const config = { ...shopConfig, otherwise: 'furniture', staff: [{ ...staff[0], isActive: false }] };

    expect(synth(config)).toThrow(/otherwise:[\s\S]*staff:|staff:[\s\S]*otherwise:/);
  });

  it('ends the command with 1 and words, not with a stack trace', () => {
    const loader = join(folder, 'loader.mjs');
    const hooks = `export const load = (url, context, next) =>
      url.endsWith('/aftercare.config.ts')
        ? { format: 'module', shortCircuit: true, source: 'export default { shop: {} };' }
        : next(url, context);`;
    const data = `data:text/javascript,${encodeURIComponent(hooks)}`;
    writeFileSync(loader, `import { register } from 'node:module'; register(${JSON.stringify(data)});`);

    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', pathToFileURL(loader).href, join(ROOT, 'bin', 'cdk.ts')],
      { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } },
    );

    expect(status, stderr).toBe(1);
    expect(stderr).toMatch(/aftercare\.config\.ts is not right yet:\n {2}shop\.name: /);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
