/** The esbuild plugin that makes files of packages smaller before they are bundled. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import type { NamesInUse, Rule } from './rule.ts';
import { ENDPOINT_RULES } from './trim-endpoints.ts';
import { POWERTOOLS_RULES } from './trim-powertools.ts';
import { SDK_RULES } from './trim-sdk.ts';
import { ZOD_RULES } from './trim-zod.ts';

const RULES: readonly Rule[] = [...SDK_RULES, ...ENDPOINT_RULES, ...POWERTOOLS_RULES, ...ZOD_RULES];

/** What stands behind the last `node_modules/`, with slashes on every system. */
const inPackages = (path: string): string => path.replaceAll('\\', '/').replace(/^.*\/node_modules\//, '');

export const diet = (names: NamesInUse): Plugin => ({
  name: 'diet',
  setup: (build) => {
    build.onLoad(
      { filter: /[\\/]node_modules[\\/](@aws-sdk|@aws-lambda-powertools|@smithy|zod)[\\/]/ },
      ({ path }) => {
        const rule = RULES.find(({ of }) => of.test(inPackages(path)));
        if (rule === undefined) return undefined;
        const contents = rule.change(readFileSync(path, 'utf8'), names);
        return { contents, loader: path.endsWith('.json') ? 'json' : 'js', resolveDir: dirname(path) };
      },
    );
  },
});
