/** `aftercare cost`: what sales cost on AWS, from the metered units of real runs on this machine. */
import type { Command } from 'commander';
import { billOf, type Line, total } from '../../../lib/cost/bill.ts';
import { type Compared, compare } from '../../../lib/cost/compare.ts';
import { monthlyOf } from '../../../lib/cost/monthly.ts';
import {
  ALTERNATIVES,
  LAMBDA,
  LAMBDA_OF_OTHERS,
  PRICE,
  PRICES_AS_OF,
  PRICES_REGION,
} from '../../../lib/cost/prices.ts';
import { type Mix, mixed, PATHS, type Path, type Units } from '../../../lib/cost/units.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { type Screen, terminal } from '../screen.ts';
import { BENCHMARK, mixOf, mixWords } from './cost-mix.ts';
import { type Measured, measureShop } from './cost-run.ts';

type Flags = { sales?: string; mix?: string; journey?: string; json?: boolean };

const MILLION = 1_000_000;

const salesOf = (text: string | undefined): number => {
  const sales = text === undefined ? MILLION : Number(text.replaceAll(/[_,]/g, ''));
  if (Number.isFinite(sales) && sales > 0) return sales;
  throw new CommandMistake(`--sales ${text} is no number of sales. Write it like 250000.`);
};

const dollars = (amount: number): string =>
  amount.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
const row = (...cells: [string, ...string[]]): string =>
  `  ${cells[0].padEnd(26)}${cells
    .slice(1)
    .map((cell) => cell.padStart(14))
    .join('')}`;

export type CostReport = {
  asOf: string;
  region: string;
  journey: string;
  sales: number;
  mix: Mix;
  /** Dollars for a million sales of each path. */
  perPath: Record<Path, number>;
  units: Record<Path, Units>;
  bill: Line[];
  total: number;
  /** What the mail service asks is the same whatever sends. */
  totalWithoutMails: number;
  monthly: Line[];
  /** Of the mix `benchmark`: beside what others publish. */
  compared?: Compared;
};

export const costReport = ({ journey, paths, template }: Measured, mix: Mix, sales: number): CostReport => {
  const units = {
    happy: paths.happy.units,
    reminded: paths.reminded.units,
    silent: paths.silent.units,
    unhappy: paths.unhappy.units,
  };
  const perMillion = (path: Path) => total(billOf(units[path], MILLION));
  const bill = billOf(mixed(units, mix), sales);
  return {
    ...{ asOf: PRICES_AS_OF, region: PRICES_REGION, journey, sales, mix, units, bill },
    perPath: {
      happy: perMillion('happy'),
      reminded: perMillion('reminded'),
      silent: perMillion('silent'),
      unhappy: perMillion('unhappy'),
    },
    total: total(bill),
    totalWithoutMails: total(bill) - mixed(units, mix).mails * PRICE.mail * sales,
    monthly: monthlyOf(template),
  };
};

const writeCompared = ({ print }: Screen, { asSent, withTheirMails, withTheirMailsAndLambda }: Compared) => {
  print(row('as sent', dollars(asSent)));
  print(row('with 2.45 mails a sale', dollars(withTheirMails)));
  print(row('and Lambda as below', dollars(withTheirMailsAndLambda)));
  const { milliseconds, memoryGb } = LAMBDA_OF_OTHERS;
  print(`  Others count two mails to the unhappy, and ${milliseconds} ms a call at ${memoryGb} GB.`);
};

const writeReport = (screen: Screen, report: CostReport): void => {
  const { print, paint } = screen;
  const title = (text: string) => print(`\n${paint('bold', text)}`);
  title('One sale of each path, as this machine metered it');
  print(row('', ...PATHS));
  for (const unit of [
    'stateTransitions',
    'mails',
    'lambdaRequests',
    'writeUnits',
    'readUnits',
    'queueCalls',
    'httpRequests',
    'logBytes',
  ] as const)
    print(row(unit, ...PATHS.map((path) => String(report.units[path][unit]))));
  print(row('$ per million sales', ...PATHS.map((path) => dollars(report.perPath[path]))));
  const mailsOf = (path: Path) => report.units[path].mails * PRICE.mail * MILLION;
  print(row('without the mails', ...PATHS.map((path) => dollars(report.perPath[path] - mailsOf(path)))));

  title(`${report.sales.toLocaleString('en-US')} sales: ${mixWords(report.mix)}`);
  for (const { item, uses, dollars: amount } of report.bill) {
    const share = `${((amount / report.total) * 100).toFixed(0)} %`;
    print(`${row(item, dollars(amount), share)}   ${paint('dim', `${uses} a sale`)}`);
  }
  print(paint('bold', row('together', dollars(report.total))));
  print(row('without the mails', dollars(report.totalWithoutMails)));

  title('And each month, whatever is sold');
  for (const { item, uses, dollars: amount } of report.monthly) print(row(item, dollars(amount), uses));
  print(paint('bold', row('together', dollars(total(report.monthly)))));

  if (report.compared !== undefined) {
    title('A million sales of the usual mix, reckoned as those below');
    writeCompared(screen, report.compared);
  }
  title('Elsewhere, for a million sales of the usual mix, with the mails');
  for (const { name, dollars: amount, basis } of ALTERNATIVES)
    print(`${row(name, `$${amount}`)}   ${paint('dim', basis)}`);
  print(
    `\nList prices of ${report.region}, ${report.asOf}, no free tier. Assumed and not metered: ${LAMBDA.milliseconds} ms a call at ${LAMBDA.memoryGb} GB. Storage, keys used by other services, data out and taxes are left out.`,
  );
};

const run = async (config: unknown, screen: Screen, flags: Flags): Promise<void> => {
  const sales = salesOf(flags.sales);
  const mix = mixOf(flags.mix);
  const length = flags.mix === BENCHMARK ? 'started' : 'whole';
  const say = flags.json === true ? () => undefined : screen.print;
  const played = costReport(await measureShop(config, flags.journey, say, length), mix, sales);
  const report = length === 'started' ? { ...played, compared: compare(played.units) } : played;
  if (flags.json === true) screen.print(JSON.stringify(report, null, 2));
  else writeReport(screen, report);
};

const HELP = `
Plays one sale of each kind on this machine with your policy, reads the meter, and multiplies with AWS's price list:
  happy      answers the check-in, and is asked for a review
  reminded   answers after the reminder
  silent     never answers; a person calls, and it is confirmed
  unhappy    answers unhappy; it is put right, and confirmed
With --mix benchmark the usual mix is played as far as others publish their costs: until the answer is in, or the promise
is made and its owner told; nobody is asked for a review.

Examples:
  aftercare cost
  aftercare cost --sales 250000 --mix happy=40,reminded=10,silent=45,unhappy=5
  aftercare cost --mix benchmark
  aftercare cost --journey service --json`;

export const registerCost = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = program
    .command('cost')
    .description('what sales cost on AWS: dollars by path and service, from sales played on this machine')
    .option('--sales <number>', 'how many (default: a million)')
    .option(
      '--mix <shares>',
      'percent of each path, or benchmark (default: happy=20,reminded=10,silent=65,unhappy=5)',
    )
    .option('--journey <name>', 'which journey they go (default: `otherwise` of aftercare.config.ts)')
    .option('--json', 'for programs')
    .showHelpAfterError('(aftercare cost --help explains it)')
    .addHelpText('after', HELP);
  command.action(explainMistakes(command, (flags: Flags) => run(config, screen, flags)));
};
