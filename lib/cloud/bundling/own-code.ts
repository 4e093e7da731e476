/**
 * Schemas, tables and patterns of ours that a function never asks for: esbuild keeps whatever is made by a call, since a
 * call may do more than it returns. What stands at the top of these folders' files only makes a value, so each gets a
 * wrapping that esbuild may drop, and unwraps when it does not.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const FOLDERS = /[\\/]functions[\\/](core|mail|messages|pages|shops)[\\/].*\.ts$/;

/** A statement at the left edge up to the line before the next one; Biome lays them out so. */
const CONSTANT = /^((?:export )?const \w+(?:: [^=;]+)? =\s+)((?:.+)(?:\n(?:[ \t)\]}].*|(?=\n[ \t])))*);$/gm;

/** Functions and plain values go anyway. */
const IS_DROPPED_ANYWAY = /^(async )?(<[^(]*>)?(\([\s\S]*?\)(: [^{;]+?)? =>|\w+ =>)|^['"\d/]|^`[^$]*`$/;

export const droppable = (source: string): string =>
  source.replace(CONSTANT, (statement, head: string, value: string) =>
    IS_DROPPED_ANYWAY.test(value) ? statement : `${head}/* @__PURE__ */ (() => (${value}))();`,
  );

export const withDroppableConstants: Plugin = {
  name: 'own-code',
  setup: (build) => {
    build.onLoad({ filter: FOLDERS }, ({ path }) => ({
      contents: droppable(readFileSync(path, 'utf8')),
      loader: 'ts',
    }));
  },
};
