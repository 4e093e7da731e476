/** `aftercare promise`: makes, moves, passes on and takes back promises of a running Aftercare. */
import { type Command, Option } from 'commander';
import * as z from 'zod';
import { type Configuration, checkConfiguration } from '../../functions/core/configuration.ts';
import { memberOf } from '../../functions/core/staff.ts';
import { explainMistakes } from './command-mistake.ts';
import { localTime } from './local-time.ts';
import { type CallFlags, callPromises, instantIn, withCallFlags } from './promise-call.ts';
import { type Screen, terminal } from './screen.ts';

const Answer = z.object({
  promise: z.string(),
  order: z.object({ source: z.string(), id: z.string() }),
  status: z.string(),
  dueAt: z.string(),
  owner: z.string(),
  visit: z.object({ from: z.string(), to: z.string(), provider: z.string() }).optional(),
});
type Answer = z.output<typeof Answer>;

const WHAT: Record<string, string> = {
  call: 'a call',
  visit: 'a visit',
  answer: 'an answer',
  resolve: 'to put it right',
};

const nameIn = (config: Configuration, id: string) => memberOf(config, id)?.name ?? id;

const timeOf = (config: Configuration, { dueAt, visit }: Answer): string => {
  const { zone } = config.shop;
  if (visit === undefined) return `by ${localTime(dueAt, zone)}`;
  return `from ${localTime(visit.from, zone)} to ${localTime(visit.to, zone)}, with ${nameIn(config, visit.provider)}`;
};

/** What is owed now, in a sentence. */
const sentence = (config: Configuration, answer: Answer): string => {
  const order = `${answer.order.source}/${answer.order.id}`;
  if (answer.status === 'withdrawn') return `${answer.promise} of ${order} is owed no more.`;
  const what = WHAT[answer.promise.replace(/-\d+$/, '')] ?? answer.promise;
  const owed = `${nameIn(config, answer.owner)} owes the customer of ${order} ${what} ${timeOf(config, answer)} (${answer.promise}).`;
  return answer.status === 'needs-acceptance'
    ? `${owed} It stands once somebody answers for it by name: two visits were missed.`
    : owed;
};

type Given = { config: Configuration; screen: Screen };

const call = async ({ config, screen }: Given, body: object, flags: CallFlags): Promise<void> => {
  const answer = Answer.parse(await callPromises(config, body, flags));
  screen.print(sentence(config, answer));
};

type Window = { from?: string; to?: string; provider?: string; place?: string; bring?: string };

/** As JSON leaves it out, what is undefined is not sent; a half given window is refused by the server, by name. */
const windowOf = (config: Configuration, { from, to, provider, place, bring }: Window) => {
  if ([from, to, provider, place, bring].every((one) => one === undefined)) return {};
  const at = (flag: string, text: string | undefined) => text && instantIn(config, flag, text);
  return { visit: { from: at('--from', from), to: at('--to', to), provider, place, bring } };
};

const withWindow = (command: Command): Command =>
  command
    .option('--from <time>', 'of a visit: from when the customer waits')
    .option('--to <time>', 'of a visit: until when')
    .option('--provider <staff>', 'of a visit: who goes there')
    .option('--place <text>', 'of a visit: where');

type MakeFlags = CallFlags &
  Window & { kind: string; due?: string; says?: string; owner?: string; severity?: string };

const registerMake = (parent: Command, given: () => Given): void => {
  const command = withWindow(withCallFlags(parent.command('make')))
    .description('owe something to a customer')
    .argument('<source/order>', 'the sale, as shopify/1001')
    .addOption(
      new Option('--kind <kind>', 'what is owed')
        .choices(['call', 'visit', 'answer', 'resolve'])
        .makeOptionMandatory(),
    )
    .option('--due <time>', "by when (default: as the shop's policy has it)")
    .option('--says <text>', 'what was promised; the customer reads it')
    .option('--owner <staff>', "who owes it (default: the sale's owner)")
    .addOption(new Option('--severity <how>', 'how bad it is').choices(['normal', 'high', 'urgent']))
    .option('--bring <text>', 'of a visit: what the provider brings')
    .showHelpAfterError('(aftercare promise make --help explains it)');
  command.action(
    explainMistakes(command, (order: string, flags: MakeFlags) => {
      const { kind, due, says, owner, severity } = flags;
      const { config } = given();
      const until = due && instantIn(config, '--due', due);
      const body = { type: 'promise.create', order, kind, due: until, says, owner, severity };
      return call(given(), { ...body, ...windowOf(config, flags) }, flags);
    }),
  );
};

type MoveFlags = CallFlags & Window & { due?: string; reason?: string };

const registerReschedule = (parent: Command, given: () => Given): void => {
  const command = withWindow(withCallFlags(parent.command('reschedule')))
    .description('move it to another time; the customer is told')
    .argument('<source/order>', 'the sale, as shopify/1001')
    .argument('<promise>', 'as call-1')
    .option('--due <time>', 'by when now; a visit moves with --from and --to')
    .option('--reason <text>', 'why; the customer reads it')
    .showHelpAfterError('(aftercare promise reschedule --help explains it)');
  command.action(
    explainMistakes(command, (order: string, promise: string, flags: MoveFlags) => {
      const { config } = given();
      const due = flags.due && instantIn(config, '--due', flags.due);
      const body = { type: 'promise.reschedule', order, promise, due, reason: flags.reason };
      return call(given(), { ...body, ...windowOf(config, flags) }, flags);
    }),
  );
};

const registerHandOver = (parent: Command, given: () => Given): void => {
  const command = withCallFlags(parent.command('hand-over'))
    .description('give it to somebody else')
    .argument('<source/order>', 'the sale, as shopify/1001')
    .argument('<promise>', 'as call-1')
    .requiredOption('--to <staff>', 'who owes it from now on')
    .option('--note <text>', 'for them')
    .showHelpAfterError('(aftercare promise hand-over --help explains it)');
  command.action(
    explainMistakes(
      command,
      (order: string, promise: string, flags: CallFlags & { to: string; note?: string }) =>
        call(given(), { type: 'promise.hand-over', order, promise, to: flags.to, note: flags.note }, flags),
    ),
  );
};

const registerCancel = (parent: Command, given: () => Given): void => {
  const command = withCallFlags(parent.command('cancel'))
    .description('take it back; the customer is told why')
    .argument('<source/order>', 'the sale, as shopify/1001')
    .argument('<promise>', 'as call-1')
    .requiredOption('--reason <text>', 'why; the customer reads it')
    .showHelpAfterError('(aftercare promise cancel --help explains it)');
  command.action(
    explainMistakes(command, (order: string, promise: string, flags: CallFlags & { reason: string }) =>
      call(given(), { type: 'promise.cancel', order, promise, reason: flags.reason }, flags),
    ),
  );
};

const HELP = `
Times are read on the clock of the shop (2026-11-27T15:00) or with their offset (2026-11-27T15:00:00+01:00).

Examples:
  aftercare promise make shopify/1001 --kind call --due 2026-11-27T15:00 --says "Ana rings about the chair."
  aftercare promise make shopify/1001 --kind visit --from 2026-11-27T09:00 --to 2026-11-27T11:00 --provider ben
  aftercare promise reschedule shopify/1001 call-1 --due 2026-11-30T15:00 --reason "The part is late."
  aftercare promise hand-over shopify/1001 call-1 --to ben
  aftercare promise cancel shopify/1001 call-1 --reason "You told us the chair is fine now."

Exit codes: 0 done, 1 nothing runs there or it refused, 2 the command cannot be understood.`;

/** `config`: what aftercare.config.ts exports; gives sources, the zone and the names of staff. */
export const registerPromise = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const parent = program
    .command('promise')
    .description('make, move, pass on and take back what is owed to a customer')
    .addHelpText('after', HELP);
  const given = () => ({ config: checkConfiguration(config), screen });
  registerMake(parent, given);
  registerReschedule(parent, given);
  registerHandOver(parent, given);
  registerCancel(parent, given);
};
