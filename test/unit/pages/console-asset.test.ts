import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { consoleAsset } from '../../../lib/local/console/console-asset.ts';

const FOLDER = join(import.meta.dirname, '../../../lib/local/console');

describe('the console’s files', () => {
  it('the page is at /', () => {
    const asset = consoleAsset('/');

    expect(asset?.contentType).toBe('text/html; charset=utf-8');
    expect(asset?.body).toContain('<title>Aftercare on this machine</title>');
  });

  it.each(readdirSync(FOLDER).filter((name) => !name.endsWith('.ts')))('%s is served', (name) => {
    expect(consoleAsset(`/_local/console/${name}`)?.body.length).toBeGreaterThan(0);
  });

  it('whatever a file names is a file that is served', () => {
    const named = readdirSync(FOLDER)
      .filter((name) => /\.(js|html)$/.test(name))
      .flatMap((name) => [
        ...(consoleAsset(`/_local/console/${name}`)?.body ?? '').matchAll(
          /(?:from '\.\/|"\/_local\/console\/)([\w.-]+)/g,
        ),
      ])
      .map(([, name]) => name);

    expect(named.filter((name) => consoleAsset(`/_local/console/${name}`) === undefined)).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });

  it.each([
    '/_local/console/',
    '/_local/console/console-asset.ts',
    '/_local/console/../meter.ts',
    '/_local/console/constructor',
    '/favicon.ico',
  ])('there is nothing at %s', (path) => {
    expect(consoleAsset(path)).toBeUndefined();
  });
});
