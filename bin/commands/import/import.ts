/** `aftercare import`: follows up what was sold before Aftercare was there. Without --send it only says what it would do. */
import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { toInstant } from '../../../functions/core/calendar.ts';
import { type Configuration, checkConfiguration } from '../../../functions/core/configuration.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { type Screen, terminal } from '../screen.ts';
import type { Slashes } from './import-cells.ts';
import { readFileOrders } from './import-file.ts';
import { type ImportPorts, machine } from './import-ports.ts';
import { type Import, planImport, sendImport } from './import-run.ts';
import { clockAhead, LOCAL, targetOf } from './import-target.ts';

type Flags = {
  source?: string;
  url: string;
  map?: string[];
  dates?: Slashes;
  currency: string;
  maxAge: number;
  before?: string;
  rate: number;
  limit?: number;
  report?: string;
  send?: boolean;
};

const numberAbove =
  (least: number, what: string) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value > least) return value;
    throw new InvalidArgumentError(what);
  };
const wholeNumber = (text: string): number => {
  const value = numberAbove(0, 'Expected a whole number from 1.')(text);
  if (Number.isInteger(value)) return value;
  throw new InvalidArgumentError('Expected a whole number from 1.');
};
const aDay = (text: string): string => {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('Write a day as 2026-11-22.');
};
const aCurrency = (text: string): string => {
  if (/^[a-z]{3}$/i.test(text)) return text.toUpperCase();
  throw new InvalidArgumentError('Write a currency as EUR.');
};

const prepare = async (
  config: Configuration,
  ports: ImportPorts,
  file: string,
  flags: Flags,
): Promise<Import> => {
  if (!existsSync(file)) throw new CommandMistake(`There is no file ${file}.`);
  const target = targetOf(config, flags);
  const now = toInstant(ports.now() + (await clockAhead(target, ports.now)));
  const { zone } = config.shop;
  const before =
    flags.before &&
    toInstant(Temporal.PlainDate.from(flags.before).toZonedDateTime(zone).toInstant().epochMilliseconds);
  const rows = { zone, slashes: flags.dates, currency: flags.currency, now };
  return {
    ...{ config, file, target, now, before, rate: flags.rate, limit: flags.limit, maxAgeDays: flags.maxAge },
    report: flags.report ?? `${file}.report.csv`,
    orders: await readFileOrders(file, flags.map ?? [], rows),
  };
};

const HELP = `
The file is a CSV export of your shop (commas, semicolons or tabs) with at least an order id, a date and a product in
each row, or NDJSON with one order event in each line (docs/schemas/order-event.schema.json). docs/import.md lists the
columns that are understood by name; others are named with --map.

Without --send nothing is sent: you read how many orders would be, when their customers would be asked, and why the
rest is left out. The report beside the file says it for each order. With --send, what has been acknowledged stands in
<file>.progress: after Ctrl-C or a crash the same command goes on where it was, and nothing is ever asked twice.

Examples:
  aftercare import orders.csv
  aftercare import orders.csv --map "Order No=order id" --map "Kaufdatum=placed at" --dates dmy
  aftercare import orders.csv --before 2026-11-20 --send --limit 50
  aftercare import orders.ndjson --url https://care.shop.example --source past --send

Exit codes: 0 done as asked, 1 some could not be sent, 2 wrong use.`;

const withFlags = (command: Command): Command =>
  command
    .option('--send', 'send them; without it nothing is sent')
    .option(
      '--source <name>',
      'a source of kind standard (default: the only one); AFTERCARE_SECRET_<NAME> signs',
    )
    .option('--url <address>', 'where Aftercare runs', LOCAL)
    .option(
      '--map <column=field>',
      'which column is what; may be given several times',
      (text: string, before: string[] | undefined) => [...(before ?? []), text],
    )
    .addOption(new Option('--dates <order>', 'how 03/04/2026 is meant').choices(['dmy', 'mdy']))
    .option('--currency <code>', 'of totals where no column tells', aCurrency, 'XXX')
    .option('--max-age <days>', 'skip what happened longer ago', numberAbove(0, 'Expected days above 0.'), 60)
    .option('--before <day>', 'skip orders placed from this day on: those come by webhook', aDay)
    .option('--rate <count>', 'webhooks a second', numberAbove(0, 'Expected a number above 0.'), 5)
    .option('--limit <count>', 'send at most so many orders now', wholeNumber)
    .option('--report <file>', 'where the report goes (default: <file>.report.csv)');

/** `config`: what aftercare.config.ts exports. */
export const registerImport = (
  program: Command,
  config: unknown,
  screen: Screen = terminal,
  ports: ImportPorts = machine,
): void => {
  const command = withFlags(program.command('import'))
    .description('follow up past orders from a file; says first what it would do')
    .argument('<orders.csv|orders.ndjson>', 'the file')
    .showHelpAfterError('(aftercare import --help explains it)')
    .addHelpText('after', HELP);
  command.action(
    explainMistakes(command, async (file: string, flags: Flags) => {
      const given = await prepare(checkConfiguration(config), ports, file, flags);
      const plan = await planImport(given, screen, { willSend: flags.send === true });
      /* What goes wrong from here on is the world's doing, which no help text explains. */
      command.showHelpAfterError(false);
      if (flags.send === true) await sendImport(given, plan, screen, ports);
    }),
  );
};
