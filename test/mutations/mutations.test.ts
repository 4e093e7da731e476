import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MUTATIONS } from './mutations.ts';

const ROOT = join(import.meta.dirname, '..', '..');

describe('the list of deliberate mistakes is up to date:', () => {
  test.each(MUTATIONS)('$name', ({ file, find, replace, caughtBy }) => {
    const parts = readFileSync(join(ROOT, file), 'utf8').split(find);

    expect(parts).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(caughtBy.filter((one) => one.includes('/') && !existsSync(join(ROOT, one)))).toEqual([]);
  });
});
