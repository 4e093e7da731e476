/** `aftercare sweep`: what the clock would do within the hour, now. */
import type { Command } from 'commander';
import { callFunction } from './call-function.ts';
import { CommandMistake, explainMistakes } from './command-mistake.ts';
import { type Screen, terminal } from './screen.ts';
import { sweepWords } from './sweep-words.ts';
import { openTarget, type TargetFlags, targetOptions } from './target.ts';

type Flags = TargetFlags & { daily?: boolean; watch?: boolean; json?: boolean };

/** What the function is called for by the clock. */
const eventOf = (time: string, isDaily: boolean) => ({ time, ...(isDaily ? { check: 'daily' } : {}) });

const run = async (screen: Screen, flags: Flags): Promise<void> => {
  if (flags.daily === true && flags.watch === true)
    throw new CommandMistake('--daily is of the sweeper and --watch another function. Give one of them.');
  const target = await openTarget(flags);
  const time = new Date(await target.now()).toISOString();
  const name = flags.watch === true ? 'Watch' : 'Sweep';
  const found = await callFunction(target, name, eventOf(time, flags.daily === true));
  if (flags.json === true) screen.print(JSON.stringify(found, null, 2));
  else screen.print(sweepWords(found));
};

const HELP = `
The sweeper finds promises without a workflow, looks after those that are late and sends digests that are due; --daily also
looks at ageing promises, as it does once a day. The watch finds waits past their time, tells their workflow again what it may
have missed, and looks for shops that fell silent. Both do what they do by the clock, so calling them once more is safe.

Examples:
  aftercare sweep
  aftercare sweep --daily
  aftercare sweep --watch
  aftercare sweep --aws --region eu-central-1 --json

Exit codes: 0 done, 1 the stack cannot be reached or the function failed, 2 the command cannot be understood.`;

export const registerSweep = (program: Command, _config: unknown, screen: Screen = terminal): void => {
  const command = targetOptions(program.command('sweep'))
    .description('look after late promises and overdue waits now, not when the clock says so')
    .option('--daily', 'with what the sweeper does once a day')
    .option('--watch', 'the watch, which runs every five minutes, in place of the sweeper')
    .option('--json', 'for programs')
    .showHelpAfterError('(aftercare sweep --help explains it)')
    .addHelpText('after', HELP);
  command.action(explainMistakes(command, (flags: Flags) => run(screen, flags)));
};
