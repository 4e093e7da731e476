/** What both `cost` and `capacity` begin with: each path played once on this machine, with the shop's own policy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Configuration, checkConfiguration } from '../../../functions/core/configuration.ts';
import {
  measurePaths,
  meteredConfiguration,
  type PathTable,
  withoutReview,
} from '../../../lib/cost/measure-paths.ts';
import type { PlayLength } from '../../../lib/cost/played-paths.ts';
import { makeAssembly } from '../assembly.ts';
import { CommandMistake } from '../command-mistake.ts';

const CACHE = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'aftercare');

export type Measured = { journey: string; paths: PathTable; template: unknown };

const journeyOf = (config: Configuration, named: string | undefined): string => {
  const known = Object.keys(config.journeys);
  const journey = named ?? config.otherwise ?? known[0] ?? '';
  if (Object.hasOwn(config.journeys, journey)) return journey;
  throw new CommandMistake(`There is no journey "${journey}". aftercare.config.ts has: ${known.join(', ')}.`);
};

/** Takes some ten seconds, and as many more when the stack has to be synthesized. */
export const measureShop = async (
  config: unknown,
  named: string | undefined,
  say: (line: string) => void,
  length: PlayLength = 'whole',
): Promise<Measured> => {
  const checked = checkConfiguration(config);
  const journey = journeyOf(checked, named);
  const played = length === 'whole' ? checked : withoutReview(checked);
  const metered = meteredConfiguration(played, journey);
  say(`Playing one sale of each kind on this machine (journey ${journey}) ...`);
  const assembly = await makeAssembly(metered, join(CACHE, `cost-${journey}-${length}`), say);
  const paths = await measurePaths({ config: metered, assembly, now: Date.now(), length });
  const template: unknown = JSON.parse(readFileSync(join(assembly, 'Aftercare.template.json'), 'utf8'));
  return { journey, paths, template };
};
