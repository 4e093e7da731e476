import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWeights, slowestFirst } from '../../weights.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

describe('the order in which test files start', () => {
  it('is that of the seconds they took, the most first', () => {
    const files = ['quick', 'slow', 'slower'];

    expect(slowestFirst(files, (file) => file, { quick: 0, slow: 7, slower: 30, gone: 90 })).toEqual([
      'slower',
      'slow',
      'quick',
    ]);
  });

  it('begins with those of which nothing is known yet, and stays as it was among equals', () => {
    const files = [{ at: 'b' }, { at: 'a' }, { at: 'slow' }, { at: 'new' }];

    expect(slowestFirst(files, ({ at }) => at, { slow: 1, a: 0, b: 0 }).map(({ at }) => at)).toEqual([
      'new',
      'slow',
      'b',
      'a',
    ]);
  });

  it('knows mostly files that are there', () => {
    const files = Object.keys(readWeights());
    const gone = files.filter((file) => !existsSync(join(ROOT, file)));

    expect(files.length).toBeGreaterThan(50);
    expect(gone.length).toBeLessThan(files.length / 4);
  });
});
