/** Powertools without what neither functions/ nor Powertools itself calls: child loggers, decorators, dimensions, … */
import type { NamesInUse, Rule } from './rule.ts';

/** `    addContext(context) { … }` of a class. */
const METHOD = /^ {4}(\w+)\([^)]*\) \{\n(?: {8}.*\n|\n)+? {4}\}\n/gm;

const isCalled = (code: string, name: string, names: NamesInUse): boolean =>
  name === 'constructor' || names.has(name) || new RegExp(`\\.${name}\\b`).test(code);

const withoutUnusedMethods = (source: string, names: NamesInUse): string => {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '');
  const trimmed = code.replace(METHOD, (method, name: string) => (isCalled(code, name, names) ? method : ''));
  /* What only they called is not called now. */
  return trimmed === code ? code : withoutUnusedMethods(trimmed, names);
};

export const POWERTOOLS_RULES: readonly Rule[] = [
  {
    of: /^@aws-lambda-powertools\/(logger|metrics)\/lib\/esm\/(Logger|Metrics)\.js$/,
    change: withoutUnusedMethods,
  },
];
