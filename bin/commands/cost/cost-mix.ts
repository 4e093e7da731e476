/** Reads `--mix happy=20,reminded=10,silent=65,unhappy=5`, or the name of a mix. */
import { USUAL_MIX } from '../../../lib/cost/prices.ts';
import { type Mix, PATHS, type Path } from '../../../lib/cost/units.ts';
import { CommandMistake } from '../command-mistake.ts';

const HOW = 'Write it like happy=20,reminded=10,silent=65,unhappy=5: percent of sales, together 100.';

const isPath = (name: string): name is Path => PATHS.some((path) => path === name);

/** The usual mix, each path only as far as the paths go that others publish their costs of: comparable, not what you pay. */
export const BENCHMARK = 'benchmark';

export const mixOf = (text: string | undefined): Mix => {
  if (text === undefined || text === BENCHMARK) return USUAL_MIX;
  const mix = { happy: 0, reminded: 0, silent: 0, unhappy: 0 };
  for (const part of text.split(',')) {
    const [name = '', share = ''] = part.split('=').map((each) => each.trim());
    const percent = Number(share);
    if (!isPath(name) || share === '' || !(percent >= 0 && percent <= 100))
      throw new CommandMistake(`--mix: "${part}" cannot be read. ${HOW}`);
    mix[name] = percent;
  }
  const sum = PATHS.reduce((all, path) => all + mix[path], 0);
  if (Math.abs(sum - 100) > 0.001) throw new CommandMistake(`--mix adds up to ${sum} percent. ${HOW}`);
  return mix;
};

export const mixWords = (mix: Mix): string => PATHS.map((path) => `${mix[path]} % ${path}`).join(', ');
