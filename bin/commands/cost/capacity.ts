/** `aftercare capacity`: what so many sales a day ask of AWS, beside its default quotas. */
import type { Command } from 'commander';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { type CapacityRow, capacityOf, PEAK, SAFE_SHARE } from '../../../lib/cost/capacity.ts';
import { QUOTAS_AS_OF } from '../../../lib/cost/quotas.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { type Screen, terminal } from '../screen.ts';
import { askingTimes } from './capacity-hours.ts';
import { mixOf, mixWords } from './cost-mix.ts';
import { measureShop } from './cost-run.ts';

type Flags = {
  salesPerDay: string;
  region: string;
  mix?: string;
  journey?: string;
  growth?: string;
  json?: boolean;
};

const numberOf = (text: string, flag: string): number => {
  const value = Number(text.replaceAll(/[_,]/g, ''));
  if (Number.isFinite(value) && value > 0) return value;
  throw new CommandMistake(`${flag} ${text} is no number above 0.`);
};

const figure = (value: number): string => {
  if (!Number.isFinite(value)) return '-';
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });
};

/** Percent a month: how long until the safe share is reached. */
const monthsUntil = ({ share }: CapacityRow, growth: number): number =>
  Math.log(SAFE_SHARE / share) / Math.log(1 + growth / 100);

const when = (row: CapacityRow, growth: number | undefined): string => {
  if (row.share >= 1) return 'now: it is not enough';
  if (row.share >= SAFE_SHARE) return 'now';
  const at = `before ${figure(row.enoughFor)} sales a day`;
  return growth === undefined ? at : `${at}, in ${figure(monthsUntil(row, growth))} months`;
};

const writeRow = ({ print, paint }: Screen, row: CapacityRow, growth: number | undefined): void => {
  const { name, need, unit, value, share, raise } = row;
  const percent = `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
  const line = `  ${name.padEnd(46)}${`${figure(need)}${unit}`.padStart(12)}${`${figure(value)}${unit}`.padStart(13)}${percent.padStart(9)}  ${when(row, growth)}`;
  const isNear = share >= SAFE_SHARE;
  print(isNear ? paint(share >= 1 ? 'red' : 'yellow', line) : line);
  if (isNear) print(paint('dim', `      raise it: ${raise}`));
};

const run = async (config: unknown, screen: Screen, flags: Flags): Promise<void> => {
  const salesPerDay = numberOf(flags.salesPerDay, '--sales-per-day');
  const growth = flags.growth === undefined ? undefined : numberOf(flags.growth, '--growth');
  const mix = mixOf(flags.mix);
  const say = flags.json === true ? () => undefined : screen.print;
  const { paths, journey } = await measureShop(config, flags.journey, say);
  const asking = askingTimes(checkConfiguration(config).hours.customers);
  const rows = capacityOf({ paths, mix, salesPerDay, region: flags.region, asking });
  if (flags.json === true) {
    screen.print(JSON.stringify({ salesPerDay, region: flags.region, journey, mix, rows }, null, 2));
    return;
  }
  const { print, paint } = screen;
  print(`\n${paint('bold', `${figure(salesPerDay)} sales a day in ${flags.region}: ${mixWords(mix)}`)}`);
  print(
    `  ${'quota'.padEnd(46)}${'needed'.padStart(12)}${'default'.padStart(13)}${'used'.padStart(9)}  raise it`,
  );
  for (const row of rows) writeRow(screen, row, growth);
  print(
    `\nDefaults as of ${QUOTAS_AS_OF}; yours may be higher (Service Quotas) or, in a new account, lower. Rates are of a minute ${PEAK} times as busy as the mean; mails leave in the ${figure(asking.hoursAWeek)} hours a week in which customers may be written to. Alarms go off at ${SAFE_SHARE * 100} %.`,
  );
};

const HELP = `
Examples:
  aftercare capacity --sales-per-day 5000
  aftercare capacity --sales-per-day 5000 --growth 15 --region eu-central-1
  aftercare capacity --sales-per-day 1000000 --json

docs/scale.md walks from ten sales a day to ten million.`;

export const registerCapacity = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = program
    .command('capacity')
    .description(
      'what so many sales a day ask of AWS, beside its default quotas: which to raise, and by when',
    )
    .requiredOption('--sales-per-day <number>', 'how many sales arrive on a day')
    .option('--region <name>', 'rates differ by region', 'eu-central-1')
    .option('--growth <percent>', 'growth a month, to say when a quota comes near')
    .option('--mix <shares>', 'percent of each path (default: happy=20,reminded=10,silent=65,unhappy=5)')
    .option('--journey <name>', 'which journey they go (default: `otherwise` of aftercare.config.ts)')
    .option('--json', 'for programs')
    .showHelpAfterError('(aftercare capacity --help explains it)')
    .addHelpText('after', HELP);
  command.action(explainMistakes(command, (flags: Flags) => run(config, screen, flags)));
};
