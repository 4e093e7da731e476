/** What zod carries for JSON Schema, which no function makes, and for checks that no function calls. */
import { LAZY_ZOD_RULES, withoutMemoizer } from './lazy-zod.ts';
import { asked } from './names-in-use.ts';
import type { NamesInUse, Rule } from './rule.ts';

const EXPORTED = /^export (?:const|function|class) (\w+)/gm;

/** The same exports, each of which says what is wrong when it is called after all. */
const leaveOut = (source: string): string => {
  const names = [...new Set([...source.matchAll(EXPORTED)].map(([, name = '']) => name))];
  return [
    "const leftOut = () => { throw new Error('JSON Schema is left out of the bundles of functions'); };",
    ...names.map((name) =>
      name.startsWith('create') ? `export const ${name} = () => leftOut;` : `export const ${name} = leftOut;`,
    ),
    source.includes('export { processSchema as process }') ? 'export { processSchema as process };' : '',
  ].join('\n');
};

/** How each schema would become JSON Schema. */
const PROCESSOR = /^ {4}inst\._zod\.processJSONSchema = .*;\n/gm;

/** `    jwt(params) { … },` of the methods that every text has. */
const METHOD = /^ {4}(\w+)\([^)]*\) \{\n(?: {8}.*\n)+? {4}\},\n/gm;

/** Neither here nor in zod itself: what zod calls by name stands behind a dot. */
const isCalled = (source: string, name: string, names: NamesInUse): boolean =>
  names.has(asked(name)) || new RegExp(`(?<!checks|core|util|parse|regexes)\\.${name}\\(`).test(source);

const withoutUnusedMethods = (source: string, names: NamesInUse): string =>
  source.replace(METHOD, (method, name: string) => (isCalled(source, name, names) ? method : ''));

/** Through the index of the core the whole module would be taken for an object that somebody looks at. */
const withShakenUtil = (source: string): string =>
  source
    .replace('import { util } from "../core/index.js";', 'import * as util from "../core/util.js";')
    .replaceAll('core.util.', 'util.');

export const ZOD_RULES: readonly Rule[] = [
  ...LAZY_ZOD_RULES,
  {
    of: /^zod\/v4\/core\/(json-schema-processors|to-json-schema|json-schema-generator)\.js$/,
    change: leaveOut,
  },
  {
    of: /^zod\/v4\/classic\/schemas\.js$/,
    change: (source, names) =>
      withoutUnusedMethods(withShakenUtil(withoutMemoizer(source).replace(PROCESSOR, '')), names),
  },
];
