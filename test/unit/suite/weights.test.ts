import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWeights, slowestFirst } from '../../weights.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

describe('the order in which test files start', () => {
  it('is that of the seconds they took, the most first', () => {
    const files = ['quick', 'slow', 'slower'];

    expect(slowestFirst(files, (file) => file, { slow: 7, slower: 30, gone: 90 })).toEqual([
      'slower',
      'slow',
      'quick',
    ]);
  });

  it('stays as it was among those of which nothing is known', () => {
    const files = [{ at: 'b' }, { at: 'a' }, { at: 'slow' }, { at: 'c' }];

    expect(slowestFirst(files, ({ at }) => at, { slow: 1 }).map(({ at }) => at)).toEqual([
      'slow',
      'b',
      'a',
      'c',
    ]);
  });

  it('knows mostly files that are there', () => {
    const files = Object.keys(readWeights());
    const gone = files.filter((file) => !existsSync(join(ROOT, file)));

    expect(files.length).toBeGreaterThan(50);
    expect(gone.length).toBeLessThan(files.length / 4);
  });
});
