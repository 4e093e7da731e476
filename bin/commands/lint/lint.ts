/** `aftercare lint`: whether every message and page, in every language, keeps the copy rules. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { type Screen, terminal } from '../screen.ts';
import { lintContent } from './lint-content.ts';
import { whatToDo } from './lint-finding.ts';
import { localesIn } from './lint-source.ts';

const CONTENT = join(import.meta.dirname, '..', '..', '..', 'content');

type Flags = { json?: boolean; content: string };

const run = (config: unknown, { print, paint }: Screen, { json, content }: Flags): void => {
  if (!existsSync(content)) throw new CommandMistake(`There is no folder ${content}.`);
  const findings = lintContent(checkConfiguration(config), content);
  if (json === true)
    print(
      JSON.stringify(
        findings.map((each) => ({ ...each, whatToDo: whatToDo(each) })),
        null,
        2,
      ),
    );
  else {
    for (const finding of findings) {
      print(
        `${paint('bold', `${finding.file}:${finding.line}`)}  ${paint('yellow', finding.rule)}: ${finding.found}`,
      );
      print(`    ${whatToDo(finding)}`);
    }
  }
  if (findings.length > 0) {
    const files = new Set(findings.map(({ file }) => file)).size;
    throw new CommandMistake(
      `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} in ${files} ${files === 1 ? 'file' : 'files'}.`,
      1,
    );
  }
  if (json !== true) print(`All words keep the rules, in ${localesIn(content).join(', ')}.`);
};

const HELP = `
Each message is rendered with made-up people, once with everything known and once with as little as can be, and checked:
at most 125 words, one question in an ask, one link above the footer, a phone number, a real signature, no banned phrase
(content/<locale>/banned.txt), reading grade, nothing that pretends to be typed just now, no review that depends on how
somebody feels. Files, keys and placeholders of each language are compared with English.

Exit codes: 0 all is well, 1 there are findings, 2 wrong use.`;

/** `config`: what aftercare.config.ts exports. */
export const registerLint = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = program
    .command('lint')
    .description('check the words of every message and page, in every language')
    .option('--json', 'for programs')
    .option('--content <folder>', 'another folder of words than this one', CONTENT)
    .addHelpText('after', HELP);
  command.action(explainMistakes(command, async (flags: Flags) => run(config, screen, flags)));
};
