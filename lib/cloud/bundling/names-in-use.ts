import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NamesInUse } from './rule.ts';

const FUNCTIONS = join(import.meta.dirname, '..', '..', '..', 'functions');

/** Every word of our own code that runs on Lambda. */
export const namesInUse = (): NamesInUse => {
  const names = new Set<string>();
  for (const file of readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    for (const [name] of readFileSync(join(FUNCTIONS, file), 'utf8').matchAll(/\w+/g)) names.add(name);
  }
  return names;
};
