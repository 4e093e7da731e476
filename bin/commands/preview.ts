/** `aftercare preview`: any message as it would leave, with made-up people and the shop's own name. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type Configuration, checkConfiguration } from '../../functions/core/configuration.ts';
import { messageNames } from '../../functions/messages/catalog.ts';
import { CommandMistake, codeOf, explainMistakes } from './command-mistake.ts';
import { openFile } from './open-file.ts';
import { gallery } from './preview-gallery.ts';
import { localesThereAre, messageNamed, sampleMessage, variantsThereAre } from './sample-message.ts';
import { type Screen, terminal } from './screen.ts';

type Flags = { variant?: string; locale?: string; html?: string; open?: boolean; list?: boolean };

const listMessages = ({ print, paint }: Screen) => {
  const width = Math.max(...messageNames.map((name) => name.length));
  for (const name of messageNames)
    print(`  ${name.padEnd(width)}  ${variantsThereAre(name).join(', ')}`.trimEnd());
  print('');
  print(paint('dim', `  Locales: ${localesThereAre().join(', ')}`));
};

const writeHtml = (file: string, html: string) => {
  try {
    writeFileSync(file, html);
  } catch (error) {
    throw new CommandMistake(`Cannot write ${file} (${codeOf(error)}).`, 2, { cause: error });
  }
};

/** All of them at once, when none is named. */
const showAll = async (config: Configuration, { print }: Screen, flags: Flags): Promise<void> => {
  const { html, messages, locales } = gallery(config, flags.locale);
  const what = `${messages} messages in ${locales.join(', ')}`;
  if (flags.html !== undefined) {
    writeHtml(flags.html, html);
    print(`${what} are in ${flags.html}.`);
  } else print(`${what}. Opening ${await openFile('messages.html', html)}`);
};

const showOne = async (config: Configuration, screen: Screen, text: string | undefined, flags: Flags) => {
  const { print, paint } = screen;
  const name = messageNamed(text);
  const message = sampleMessage(config, { name, variant: flags.variant, locale: flags.locale });
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

const run = async (config: Configuration, screen: Screen, text: string | undefined, flags: Flags) => {
  if (flags.list === true) return listMessages(screen);
  const isForAll = text === undefined && (flags.open === true || flags.html !== undefined);
  return isForAll ? showAll(config, screen, flags) : showOne(config, screen, text, flags);
};

const HELP = `
Example:
  aftercare preview check-in --variant service --locale de
  aftercare preview reminder --html reminder.html
  aftercare preview --open
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
    .option('--html <file>', 'write the HTML to a file instead; of all messages when none is named')
    .option('--open', 'show the HTML in the browser instead; all messages on one page when none is named')
    .option('--list', 'list all messages, their variants and the locales')
    .showHelpAfterError('(aftercare preview --help explains it)')
    .addHelpText('after', HELP);
  command.action(
    explainMistakes(command, (text: string | undefined, flags: Flags) =>
      run(checkConfiguration(config), screen, text, flags),
    ),
  );
};
