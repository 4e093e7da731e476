import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFolderSync, openFolder, writeToBeNoted } from '../../../lib/local/durable-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'durable-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the sync of a folder', () => {
  it('is shared by all who ask while another one runs, and is never one that had begun before', async () => {
    const synced = createFolderSync(folder);

    const [running, second, third] = [synced(), synced(), synced()];
    await running;
    const fourth = synced();

    expect(second).not.toBe(running);
    expect(third).toBe(second);
    expect(fourth).not.toBe(running);
    await Promise.all([second, third, fourth]);
  });

  it('fails for nobody but those who waited for it', async () => {
    const missing = join(folder, 'missing');
    const synced = createFolderSync(missing);

    const results = await Promise.allSettled([synced(), synced()]);
    openFolder(missing, () => true);

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(synced()).resolves.toBeUndefined();
  });
});

it('a file that nobody noted is taken away at the next start, one that was noted is whole', async () => {
  const synced = createFolderSync(folder);
  await Promise.all(
    ['noted', 'lost'].map((name) => writeToBeNoted(folder, name, Buffer.from('all of it'), synced)),
  );

  openFolder(folder, (name) => name === 'noted');

  expect(readFileSync(join(folder, 'noted'), 'utf8')).toBe('all of it');
  expect(existsSync(join(folder, 'lost'))).toBe(false);
});
