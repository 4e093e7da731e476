/** Runs one command in this process, as the command line would, and keeps what it says. */
import { Command, CommanderError } from 'commander';
import type { Screen } from '../../../bin/commands/screen.ts';

type Register = (program: Command, config: unknown, screen: Screen) => void;

export type Ran = { out: string; err: string; exitCode: number };

export const runCommand = async (
  register: Register,
  config: unknown,
  args: readonly string[],
): Promise<Ran> => {
  const printed: string[] = [];
  const complaints: string[] = [];
  const program = new Command('aftercare').exitOverride().configureOutput({
    writeOut: (text) => printed.push(text),
    writeErr: (text) => complaints.push(text),
  });
  register(program, config, { print: (text) => printed.push(text), paint: (_style, text) => text });
  let exitCode = 0;
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    exitCode = error.exitCode;
  }
  return { out: printed.join('\n'), err: complaints.join(''), exitCode };
};
