/** `aftercare test-send`: one message as a real mail, to see how it arrives. It belongs to no sale and counts nowhere. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { type Configuration, checkConfiguration } from '../../functions/core/configuration.ts';
import { buildMime } from '../../functions/messages/mime.ts';
import { emailOf } from '../../functions/shops/contact.ts';
import { CommandMistake, explainMistakes } from './command-mistake.ts';
import { messageNamed, sampleMessage } from './sample-message.ts';
import { type Screen, terminal } from './screen.ts';
import { type Letter, transportFor } from './test-send-transport.ts';

const LOCAL_AWS = 'http://localhost:8788';
const LOCAL_PAGES = 'http://localhost:8787';

type Flags = { variant?: string; locale?: string; local?: string | true; url: string };

const TEST_WORDS: Record<string, string> = { es: '[Prueba]', fr: '[Essai]' };
const testWord = (locale: string): string => TEST_WORDS[locale.split('-')[0] ?? ''] ?? '[Test]';

/** Where every link of a test mail leads: to the page for links that lead nowhere. */
const linkAt = (url: string): string => {
  if (URL.canParse('/r/test', url) && /^https?:$/.test(new URL(url).protocol))
    return new URL('/r/test', url).href;
  throw new CommandMistake(`--url ${url} is no address. Write it like https://care.shop.example.`);
};

const write = (
  config: Configuration,
  to: string,
  text: string,
  flags: Flags,
): Letter & { subject: string; link: string } => {
  const { name: shopName, mailFrom } = config.shop;
  const link = linkAt(flags.url);
  const message = sampleMessage(
    config,
    { name: messageNamed(text), variant: flags.variant, locale: flags.locale },
    link,
  );
  const subject = `${testWord(message.locale)} ${message.subject}`;
  const raw = buildMime({
    from: { name: shopName, email: mailFrom },
    to: { email: to },
    replyTo: { name: shopName, email: mailFrom },
    ...{ subject, text: message.text, html: message.html },
    date: new Date().toISOString(),
    messageId: `test.${randomUUID()}@${mailFrom.slice(mailFrom.lastIndexOf('@') + 1)}`,
    headers: {
      'X-Aftercare-Test': 'yes',
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
  });
  return { raw, from: mailFrom, to, subject, link };
};

const run = async (config: Configuration, { print }: Screen, address: string, text: string, flags: Flags) => {
  const to = emailOf(address);
  if (to === undefined)
    throw new CommandMistake(
      `${address} is no address that mail can be sent to. Write it like lea@example.org, without a name.`,
    );
  const { subject, link, ...letter } = write(config, to, text, flags);
  const transport = transportFor(flags.local === true ? LOCAL_AWS : flags.local, process.env);
  const id = await transport.send(letter);
  print(`Sent to ${to}: ${subject}`);
  print(`${transport.name} took it (${id}). From ${letter.from}; answers go there as well.`);
  print(
    `It belongs to no sale and is counted nowhere. Its links lead to ${link}, which says that there is nothing.`,
  );
};

const HELP = `
It leaves through the runtime on this machine with --local, else through SMTP_URL when that is set, else through SES with the
AWS credentials and region of this shell. The people in it are made up; the shop's name and addresses are your own.

Examples:
  aftercare test-send lea@example.org
  aftercare test-send lea@example.org reminder --variant service --locale de
  aftercare test-send lea@example.org --local

Exit codes: 0 sent, 1 nobody took it, 2 wrong use.`;

/** `config`: what aftercare.config.ts exports. */
export const registerTestSend = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = program
    .command('test-send')
    .description('send one message as a real mail, marked as a test; it touches no sale and no figure')
    .argument('<address>', 'to whom')
    .argument('[message]', 'its name; aftercare preview --list names them all', 'check-in')
    .option('--variant <name>', 'the wording for one kind of journey or promise')
    .option('--locale <tag>', "the language, as de-CH (default: the shop's own)")
    .option(
      '--local [address]',
      `into the mailbox of the runtime on this machine (its AWS parts are at ${LOCAL_AWS})`,
    )
    .option(
      '--url <address>',
      'where the pages are that links lead to',
      process.env['AFTERCARE_PUBLIC_URL'] || LOCAL_PAGES,
    )
    .addHelpText('after', HELP);
  command.action(
    explainMistakes(command, (address: string, text: string, flags: Flags) =>
      run(checkConfiguration(config), screen, address, text, flags),
    ),
  );
};
