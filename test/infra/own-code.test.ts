import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../lib/cloud/bundling/esbuild-settings.ts';
import { droppable } from '../../lib/cloud/bundling/own-code.ts';

const bundled = async (source: string): Promise<string> => {
  const stdin = { contents: droppable(source), loader: 'ts' as const };
  const { outputFiles } = await build({ ...SETTINGS, stdin, write: false });
  return outputFiles[0]?.text ?? '';
};

describe('a constant at the top of a file', () => {
  it('is left out when nobody asks for it, with all that only it asks for', async () => {
    const text = await bundled(`
const Inner = globalThis.made({
  name: 'inner',

  more: ['x'],
});
const Outer: unknown = globalThis
  .made(Inner)
  .again('outer');
console.log('asked');
`);

    expect(text).toContain('asked');
    expect(text).not.toMatch(/inner|outer|made/);
  });

  it('stays, without a wrapping, when somebody does', async () => {
    const text = await bundled(`
const Inner = globalThis.made({
  name: 'inner',
});
const shown = () => {
  const local = globalThis.made('local');
  return [local, Inner];
};
console.log(shown());
`);

    expect(text).toMatch(/=globalThis\.made\(\{name:"inner"\}\)/);
    expect(text).toContain('globalThis.made("local")');
  });

  it('is left as it was when it is a function or a plain value', () => {
    const source = `export const add = (a: number, b: number): number => {
  const sum = a + b;
  return sum;
};
const twice = async <T>(run: () => T) => [run(), run()];
const LIMIT = 3_000;
const WORD = 'word';
const PATTERN = /^a;$/;
`;

    const changed = droppable(source);

    expect(changed).toBe(source);
  });
});
