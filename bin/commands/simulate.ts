/** `aftercare simulate`: the whole calendar of one sale, before anything is sent. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Configuration, checkConfiguration } from '../../functions/core/configuration.ts';
import { CommandMistake, explainMistakes } from './command-mistake.ts';
import { readOrder } from './order-file.ts';
import { type Screen, terminal } from './screen.ts';
import { writeSimulation } from './simulation-text.ts';

const CONTENT = join(import.meta.dirname, '..', '..', 'content');
/** Nobody follows the links of a simulated mail, and no subject has one. */
const NOWHERE = 'https://simulation.invalid';

type Flags = { policy?: string; now?: string; source?: string; json?: boolean };

/** The handlers log a line per run for CloudWatch; here they run in this very process. */
const loadSimulation = async () => {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
  /* The CDK takes half a second to load, which the other commands need not spend. */
  return import('../../lib/simulation/simulate.ts');
};

const instantOf = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at) || !/T.*(z|[+-]\d\d:?\d\d)$/i.test(text))
    throw new CommandMistake(
      `--now ${text} is not an instant. Write it with its offset, like 2026-11-22T09:30:00+01:00.`,
    );
  return new Date(at).toISOString();
};

const checkPolicy = (config: Configuration, policy: string | undefined) => {
  if (policy === undefined || Object.hasOwn(config.journeys, policy)) return;
  throw new CommandMistake(
    `There is no journey "${policy}". aftercare.config.ts has: ${Object.keys(config.journeys).join(', ')}.`,
  );
};

const run = async (config: Configuration, screen: Screen, file: string, flags: Flags): Promise<void> => {
  checkPolicy(config, flags.policy);
  const order = readOrder(file, {
    config,
    source: flags.source,
    now: instantOf(flags.now),
    clock: new Date().toISOString(),
  });
  const { simulate, NotFollowedUp } = await loadSimulation();
  const settings = { config, contentDir: CONTENT, publicUrl: NOWHERE };
  try {
    const simulation = await simulate({ settings, ...order, policy: flags.policy });
    if (flags.json === true) screen.print(JSON.stringify(simulation, null, 2));
    else writeSimulation(screen, simulation);
  } catch (error) {
    if (!(error instanceof NotFollowedUp)) throw error;
    throw new CommandMistake(`${file}: no follow-up would begin. ${error.message}`, 2, { cause: error });
  }
};

const HELP = `
The file holds one order: our own schema (docs/schemas), or the body of a Shopify, WooCommerce or Stripe
webhook. Which one it is shows from its shape. Time starts at --now, else at the moment the order tells.

Example:
  aftercare simulate docs/schemas/examples/order-created.json --policy class --now 2026-11-22T09:30:00Z

Exit codes: 0 done, 2 the file or an option cannot be used.`;

/** `config`: what aftercare.config.ts exports. */
export const registerSimulate = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = program
    .command('simulate')
    .description('print everything that would happen after an order, without sending anything')
    .argument('<order.json>', 'a file with one order')
    .option('--policy <journey>', 'use this journey, whatever the order says')
    .option('--now <instant>', 'when the shop announces it, as 2026-11-22T09:30:00Z')
    .option('--source <name>', 'which source or kind of shop it comes from, when the shape does not say')
    .option('--json', 'for programs')
    .showHelpAfterError('(aftercare simulate --help explains it)')
    .addHelpText('after', HELP);
  command.action(
    explainMistakes(command, (file: string, flags: Flags) =>
      run(checkConfiguration(config), screen, file, flags),
    ),
  );
};
