/** `aftercare preview`: any message as it would leave, with made-up people and the shop's own name. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Configuration, checkConfiguration } from '../../functions/core/configuration.ts';
import { MessageName, messageNames, variantsOf } from '../../functions/messages/catalog.ts';
import { MissingMergeData, UnreadableMessage } from '../../functions/messages/errors.ts';
import { renderMessage } from '../../functions/messages/render.ts';
import { sampleData } from '../../functions/messages/samples.ts';
import { CommandMistake, codeOf, explainMistakes } from './command-mistake.ts';
import { openFile } from './open-file.ts';
import { type Screen, terminal } from './screen.ts';

const CONTENT = join(import.meta.dirname, '..', '..', 'content');

type Flags = { variant?: string; locale?: string; html?: string; open?: boolean; list?: boolean };

const messagesFolder = (locale: string) => join(CONTENT, locale, 'messages');

const localesThereAre = (): string[] =>
  readdirSync(CONTENT)
    .filter((locale) => existsSync(messagesFolder(locale)))
    .sort();

/** The shipped wordings and those the shop has added. */
const variantsThereAre = (name: MessageName): string[] => {
  const files = localesThereAre().flatMap((locale) => readdirSync(messagesFolder(locale)));
  const own = files.flatMap((file) => {
    const [message, variant, ending] = file.split('.');
    return message === name && ending === 'md' && variant !== undefined ? [variant] : [];
  });
  const shipped = variantsOf(name);
  return [...shipped, ...[...new Set(own)].filter((variant) => !shipped.includes(variant)).sort()];
};

const listMessages = ({ print, paint }: Screen) => {
  const width = Math.max(...messageNames.map((name) => name.length));
  for (const name of messageNames)
    print(`  ${name.padEnd(width)}  ${variantsThereAre(name).join(', ')}`.trimEnd());
  print('');
  print(paint('dim', `  Locales: ${localesThereAre().join(', ')}`));
};

const nameOf = (text: string | undefined): MessageName => {
  const name = MessageName.safeParse(text);
  if (name.success) return name.data;
  const what = text === undefined ? 'Say which message.' : `There is no message "${text}".`;
  throw new CommandMistake(`${what} There are:\n  ${messageNames.join('\n  ')}`);
};

const variantFor = (name: MessageName, asked: string | undefined): string | undefined => {
  const known = variantsThereAre(name);
  if (asked === undefined) return known[0];
  if (known.includes(asked)) return asked;
  const there = known.length === 0 ? 'It has one wording only.' : `There are: ${known.join(', ')}.`;
  throw new CommandMistake(`${name} has no variant "${asked}". ${there}`);
};

const render = ({ shop }: Configuration, name: MessageName, { variant: asked, locale: wanted }: Flags) => {
  const variant = variantFor(name, asked);
  const locale = wanted ?? shop.locale;
  const data = {
    ...sampleData(name, variant, locale),
    shop: { name: shop.name, address: shop.address, website: shop.website ?? null },
  };
  try {
    return renderMessage({ name, variant, locale, data, contentDir: CONTENT });
  } catch (error) {
    if (!(error instanceof MissingMergeData || error instanceof UnreadableMessage)) throw error;
    throw new CommandMistake(error.message, 2, { cause: error });
  }
};

const writeHtml = (file: string, html: string) => {
  try {
    writeFileSync(file, html);
  } catch (error) {
    throw new CommandMistake(`Cannot write ${file} (${codeOf(error)}).`, 2, { cause: error });
  }
};

const run = async (config: Configuration, screen: Screen, text: string | undefined, flags: Flags) => {
  if (flags.list === true) {
    listMessages(screen);
    return;
  }
  const { print, paint } = screen;
  const name = nameOf(text);
  const message = render(config, name, flags);
  if (flags.html !== undefined) {
    writeHtml(flags.html, message.html);
    print(`The HTML is in ${flags.html}.`);
    return;
  }
  if (flags.open === true) {
    print(`Opening ${await openFile(`${name}.html`, message.html)}`);
    return;
  }
  print(`${paint('dim', 'Subject:')} ${paint('bold', message.subject)}`);
  print('');
  print(message.text.trimEnd());
};

const HELP = `
Example:
  aftercare preview check-in --variant service --locale de
  aftercare preview reminder --html reminder.html
  aftercare preview --list

Exit codes: 0 done, 2 there is no such message, variant or file.`;

/** `config`: what aftercare.config.ts exports; gives the shop's name, address and language. */
export const registerPreview = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = program
    .command('preview')
    .description('print a message as customers or staff would read it, with made-up people')
    .argument('[message]', 'its name, as check-in')
    .option('--variant <name>', 'the wording for one kind of journey or promise')
    .option('--locale <tag>', "the language, as de-CH (default: the shop's own)")
    .option('--html <file>', 'write the HTML to a file instead')
    .option('--open', 'show the HTML in the browser instead')
    .option('--list', 'list all messages, their variants and the locales')
    .showHelpAfterError('(aftercare preview --help explains it)')
    .addHelpText('after', HELP);
  command.action(
    explainMistakes(command, (text: string | undefined, flags: Flags) =>
      run(checkConfiguration(config), screen, text, flags),
    ),
  );
};
