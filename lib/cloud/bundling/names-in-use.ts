import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NamesInUse } from './rule.ts';

const FUNCTIONS = join(import.meta.dirname, '..', '..', '..', 'functions');

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** `z.union(…)` makes a schema; only `schema.union(…)` would ask one to do something. */
const ASKED = /(?<!\bz\s*)\.\s*(\w+)/g;

/** How what is asked of an object by name stands among the names. */
export const asked = (member: string): string => `.${member}`;

/** Every word of our own code that runs on Lambda, and once more with a dot what it asks of an object. */
export const namesInUse = (): NamesInUse => {
  const names = new Set<string>();
  for (const file of readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const source = readFileSync(join(FUNCTIONS, file), 'utf8');
    for (const [name] of source.matchAll(/\w+/g)) names.add(name);
    for (const [, member = ''] of source.replace(COMMENT, '').matchAll(ASKED)) names.add(asked(member));
  }
  return names;
};
