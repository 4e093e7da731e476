/** `aftercare dlq`: what failed again and again, shown, sent back to work or dropped. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Command, InvalidArgumentError } from 'commander';
import { type Configuration, checkConfiguration } from '../../../functions/core/configuration.ts';
import { columns, counted, span } from '../columns.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { type Screen, terminal } from '../screen.ts';
import { openTarget, type TargetFlags, targetOptions } from '../target.ts';
import { toldPlainly } from '../target-trouble.ts';
import { type ActFlags, drop, openPlace, replay, trayOf, type WhichFlags } from './dlq-act.ts';
import { listActs } from './dlq-acts.ts';
import { describeLetter } from './dlq-describe.ts';
import { type Letter, openTray } from './dlq-messages.ts';
import { HOLDS, listDeadLetters } from './dlq-queues.ts';

type Shown = TargetFlags & { json?: boolean };
type Given = { config: Configuration; screen: Screen };

const printJson = (screen: Screen, value: unknown) => screen.print(JSON.stringify(value, null, 2));

/** Enough to find the oldest of what usually lies there. */
const MOST_LOOKED_AT = 100;

const list = async ({ screen }: Given, flags: Shown): Promise<void> => {
  const target = await openTarget(flags);
  const sqs = new SQSClient(target.client);
  const now = await target.now();
  const queues = await listDeadLetters(target, sqs);
  const found = await Promise.all(
    queues.map(async (queue) => {
      const tray = openTray(sqs, queue.url, target.isLocal ? 0 : 1);
      const [oldest] =
        queue.waiting === 0 ? [] : await toldPlainly(target.name, () => tray.look(MOST_LOOKED_AT));
      const { name, waiting, held, queueName } = queue;
      return {
        ...{ name, waiting, inHand: held, queue: queueName },
        ...(oldest === undefined ? {} : { oldestAt: new Date(oldest.sentAt).toISOString() }),
      };
    }),
  );
  if (flags.json === true) return printJson(screen, found);
  const rows = found.map(({ name, waiting, inHand, oldestAt, queue }) => [
    name,
    String(waiting),
    String(inHand),
    oldestAt === undefined ? '-' : span(now - Date.parse(oldestAt)),
    HOLDS[name] ?? '',
    queue,
  ]);
  const lines = columns([['queue', 'waiting', 'in hand', 'oldest', 'holds', 'goes back to'], ...rows]);
  screen.print(`Dead letters of ${target.name}\n\n${lines.join('\n')}`);
  if (found.some(({ waiting }) => waiting > 0))
    screen.print('\naftercare dlq show <queue> tells what they are.');
};

const attributesOf = ({ attributes }: Letter) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue ?? '(binary)']),
  );

const WARNING = 'Bodies hold personal data. Keep them out of chats, tickets and logs.';

type ShowFlags = Shown & { limit: number; body?: boolean };

const show = async ({ config, screen }: Given, name: string, flags: ShowFlags): Promise<void> => {
  const place = await openPlace(name, flags);
  const letters = await toldPlainly(place.target.name, () => trayOf(place).look(flags.limit));
  const shown = letters.map((letter) => ({
    id: letter.id,
    sentAt: new Date(letter.sentAt).toISOString(),
    received: letter.received,
    about: describeLetter(config, name, letter.body),
    attributes: attributesOf(letter),
    ...(flags.body === true ? { body: letter.body } : {}),
  }));
  if (flags.body === true) console.error(WARNING);
  if (flags.json === true) return printJson(screen, shown);
  screen.print(`${counted(shown.length, 'message')} of ${name} in ${place.target.name}`);
  for (const { id, sentAt, received, about, attributes, body } of shown) {
    screen.print(`\n${screen.paint('bold', id)}\n  ${about}`);
    screen.print(`  sent ${sentAt}, received ${counted(received, 'time')} since it lies here`);
    for (const [key, value] of Object.entries(attributes)) screen.print(`  ${key}: ${value}`);
    if (body !== undefined) screen.print(body);
  }
};

/** Whoever looked at a message, or just replayed it, has it in hand. */
const noneLeft = (name: string): string =>
  `No message of ${name} lies there now. One that somebody looks at, or that was replayed a moment ago, is in hand: look again in two minutes.`;

const runReplay = async ({ screen }: Given, name: string, flags: ActFlags & Shown): Promise<void> => {
  const replayed = await replay(name, flags);
  if (flags.json === true) return printJson(screen, { queue: name, replayed });
  screen.print(
    replayed === 0 ? noneLeft(name) : `${counted(replayed, 'message')} went back to the queue of ${name}.`,
  );
};

type DropFlags = ActFlags & Shown & { keep: string; yes?: boolean };

const runDrop = async ({ screen }: Given, name: string, flags: DropFlags): Promise<void> => {
  if (flags.yes !== true)
    throw new CommandMistake(
      'Nothing was dropped. What these messages say will never be done: add --yes if that is meant.',
    );
  const dropped = await drop(name, flags);
  if (flags.json === true) return printJson(screen, { queue: name, dropped, keptIn: flags.keep });
  screen.print(
    dropped === 0
      ? noneLeft(name)
      : `${counted(dropped, 'message')} of ${name} dropped and kept in ${flags.keep}. ${WARNING}`,
  );
};

const acts = async ({ screen }: Given, flags: Shown): Promise<void> => {
  const target = await openTarget(flags);
  const found = await listActs(target, MOST_LOOKED_AT);
  if (flags.json === true) return printJson(screen, found);
  const rows = found.map(({ at, act, queue, done, by, reason }) => [
    at,
    act,
    queue,
    done === undefined ? 'not finished' : counted(done, 'message'),
    by,
    reason,
  ]);
  screen.print(rows.length === 0 ? 'Nothing was ever replayed or dropped.' : columns(rows).join('\n'));
};

const atLeastOne = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw new InvalidArgumentError('A whole number from 1 to 1000.');
};

const severalIds = (id: string, before: WhichFlags['id']): string[] => [...(before ?? []), id];

const withWhich = (command: Command): Command =>
  command
    .argument('<queue>', 'intake, mails, mail-events or forget; `dlq list` tells')
    .option('--id <id>', 'this one; may be given several times', severalIds)
    .option('--all', 'all that lie there')
    .requiredOption('--reason <text>', 'why; kept for others to read, so name no customers');

const HELP = `
A message lies here after its function failed at it five times. Nothing here is deleted before fourteen days are over.
Looking takes messages in hand for a moment and puts them back at once: it changes nothing.

Examples:
  aftercare dlq list
  aftercare dlq show intake
  aftercare dlq show intake --limit 3 --body
  aftercare dlq replay intake --all --reason "the fix of Tuesday is deployed"
  aftercare dlq replay mails --id 1f2e... --id 9a8b... --reason "the archive could not be read for an hour"
  aftercare dlq drop intake --id 1f2e... --reason "a test order" --keep dropped.ndjson --yes
  aftercare dlq acts
  aftercare dlq list --aws --region eu-central-1

Replaying sends a copy to the queue and then deletes the dead letter. If the command dies in between, the message is worked
on twice; whoever takes it bears that, as it bears every queue's second delivery.

Exit codes: 0 done, 1 the stack cannot be reached or refused, or some messages were not found, 2 the command cannot be understood.`;

const sub = (parent: Command, name: string, description: string): Command =>
  targetOptions(parent.command(name).description(description))
    .option('--json', 'for programs')
    .showHelpAfterError(`(aftercare dlq --help shows examples)`);

/** `config`: what aftercare.config.ts exports; tells which kind of shop a webhook is from. */
export const registerDlq = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const given = () => ({ config: checkConfiguration(config), screen });
  const parent = program
    .command('dlq')
    .description('messages that failed again and again: list, show, replay, drop')
    .addHelpText('after', HELP);

  const listing = sub(parent, 'list', 'how many lie where, and since when');
  listing.action(explainMistakes(listing, (flags: Shown) => list(given(), flags)));

  const showing = sub(parent, 'show', 'what they are about; their bodies only with --body')
    .argument('<queue>', 'intake, mails, mail-events or forget; `dlq list` tells')
    .option('--limit <n>', 'at most so many', atLeastOne, 10)
    .option('--body', 'the whole message, which holds personal data');
  showing.action(explainMistakes(showing, (name: string, flags: ShowFlags) => show(given(), name, flags)));

  const replaying = withWhich(sub(parent, 'replay', 'back to the queue they came from, to be done'));
  replaying.action(
    explainMistakes(replaying, (name: string, flags: ActFlags & Shown) => runReplay(given(), name, flags)),
  );

  const dropping = withWhich(sub(parent, 'drop', 'never to be done; kept in a file of yours'))
    .requiredOption('--keep <file>', 'a new file for what is dropped')
    .option('--yes', 'yes, it shall never be done');
  dropping.action(
    explainMistakes(dropping, (name: string, flags: DropFlags) => runDrop(given(), name, flags)),
  );

  const telling = sub(parent, 'acts', 'who replayed or dropped what, when and why');
  telling.action(explainMistakes(telling, (flags: Shown) => acts(given(), flags)));
};
