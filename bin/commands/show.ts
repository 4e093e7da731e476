/** `aftercare show`: one sale from end to end, from a running Aftercare. */
import type { Command } from 'commander';
import * as z from 'zod';
import { type Configuration, checkConfiguration } from '../../functions/core/configuration.ts';
import { saleIdOf } from '../../functions/core/ids.ts';
import { CommandMistake, explainMistakes } from './command-mistake.ts';
import { SaleReport } from './sale-report.ts';
import { type Screen, terminal } from './screen.ts';
import { deployedSale } from './show-deployed.ts';
import { writeSale } from './show-text.ts';
import { openTarget, type TargetFlags, targetOptions } from './target.ts';

const LOCAL = 'http://localhost:8787';

type Flags = TargetFlags & { json?: boolean };

/** @throws CommandMistake when it is no id of a sale */
const partsOf = (sale: string): { source: string; orderId: string } => {
  const slash = sale.indexOf('/');
  const [source, orderId] = [sale.slice(0, slash), sale.slice(slash + 1)];
  if (slash >= 1 && orderId !== '') return { source, orderId };
  throw new CommandMistake(`"${sale}" is no sale. Write its source and order id, like shopify/1001.`, 2);
};

const addressOf = (sale: string, url: string): URL => {
  const { source, orderId } = partsOf(sale);
  const path = `/_local/sales/${encodeURIComponent(source)}/${encodeURIComponent(orderId)}`;
  if (!URL.canParse(path, url))
    throw new CommandMistake(`--url ${url} is no address. Write it like ${LOCAL}.`, 2);
  return new URL(path, url);
};

const Problem = z.object({ error: z.string() });

const ask = async (address: URL): Promise<Response> => {
  try {
    return await fetch(address, { headers: { accept: 'application/json' } });
  } catch (error) {
    throw new CommandMistake(
      `Nothing answers at ${address.origin}. Start Aftercare with \`npm start\`, or say with --url where it runs.`,
      1,
      { cause: error },
    );
  }
};

const bodyOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

type Loaded = { body: unknown; report: SaleReport };

const load = async (sale: string, address: URL): Promise<Loaded> => {
  const response = await ask(address);
  const body = await bodyOf(response);
  const problem = Problem.safeParse(body).data?.error;
  if (response.status === 404 && problem !== undefined)
    throw new CommandMistake(
      `There is no sale ${sale} at ${address.origin}. The console at ${address.origin}/ lists those there are.`,
      1,
    );
  const report = SaleReport.safeParse(body);
  if (response.ok && report.success) return { body, report: report.data };
  throw new CommandMistake(
    `${address.origin} is not a running Aftercare, or not this version of it (it answered ${response.status}${problem === undefined ? '' : `: ${problem}`}).`,
    1,
  );
};

const loadDeployed = async (config: Configuration, sale: string, flags: TargetFlags): Promise<Loaded> => {
  const { source, orderId } = partsOf(sale);
  const target = await openTarget(flags);
  const body = await deployedSale(target, config, saleIdOf(source, orderId));
  if (body === undefined)
    throw new CommandMistake(
      `There is no sale ${sale} in ${target.name}. The desk finds it by name or number.`,
      1,
    );
  return { body, report: SaleReport.parse(body) };
};

const run = async (config: Configuration, screen: Screen, sale: string, flags: Flags) => {
  const { json, ...place } = flags;
  const isDeployed = [place.aws, place.stack, place.region].some((flag) => flag !== undefined);
  const { body, report } = isDeployed
    ? await loadDeployed(config, sale, place)
    : await load(sale, addressOf(sale, place.url ?? LOCAL));
  if (json === true) screen.print(JSON.stringify(body, null, 2));
  else writeSale(screen, report, config);
};

const HELP = `
Examples:
  aftercare show shopify/820417630123456780
  aftercare show shopify/820417630123456780 --aws --region eu-central-1

Exit codes: 0 shown, 1 the stack cannot be reached or has no such sale, 2 the command cannot be understood.`;

/** `config`: what aftercare.config.ts exports; gives the zone and the names of staff. */
export const registerShow = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = targetOptions(program.command('show'))
    .description(
      'tell the story of one sale from end to end: what happened, what is owed, what is waited for',
    )
    .argument('<source/order>', 'the sale, as shopify/1001')
    .option('--json', 'for programs')
    .showHelpAfterError('(aftercare show --help explains it)')
    .addHelpText('after', HELP);
  command.action(
    explainMistakes(command, (sale: string, flags: Flags) =>
      run(checkConfiguration(config), screen, sale, flags),
    ),
  );
};
