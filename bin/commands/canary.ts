/** `aftercare canary`: the hourly synthetic sale, now. */
import type { Command } from 'commander';
import * as z from 'zod';
import { callFunction } from './call-function.ts';
import { CommandMistake, explainMistakes } from './command-mistake.ts';
import { type Screen, terminal } from './screen.ts';
import { openTarget, type TargetFlags, targetOptions } from './target.ts';

const Flown = z.object({
  did: z.literal(['passed', 'failed', 'first', 'under-way']),
  why: z.string().optional(),
});

const SAYS = {
  passed: 'The last synthetic sale went through from webhook to end; the next one has begun.',
  first:
    'A synthetic sale has begun. Ask again in half an hour: its check-in needs six minutes to go out, and some to arrive.',
  'under-way': 'A synthetic sale is under way. Ask again when it is half an hour old.',
} as const;

const run = async (screen: Screen, flags: TargetFlags): Promise<void> => {
  const target = await openTarget(flags);
  const time = new Date(await target.now()).toISOString();
  const { did, why = 'nobody knows where' } = Flown.parse(await callFunction(target, 'Canary', { time }));
  if (did === 'failed')
    throw new CommandMistake(
      `The synthetic sale came to grief at this step: ${why}. docs/runbook.md says what to look at.`,
      1,
    );
  screen.print(SAYS[did]);
};

const HELP = `
It goes the way of every sale: a signed webhook, the queue, the workflow, a mail to the mail service's test mailbox, its
arrival, the form, an answer, the end. Each run ends the one before and begins the next. Nothing of it is counted, and no
person is told. On one machine its clock only runs with \`npm start -- --canary\`; this command works without.

Examples:
  aftercare canary
  aftercare canary --aws --region eu-central-1

Exit codes: 0 it went through or is under way, 1 it did not or nothing answers, 2 the command cannot be understood.`;

export const registerCanary = (program: Command, _config: unknown, screen: Screen = terminal): void => {
  const command = targetOptions(program.command('canary'))
    .description('send one synthetic sale through everything, now')
    .showHelpAfterError('(aftercare canary --help explains it)')
    .addHelpText('after', HELP);
  command.action(explainMistakes(command, (flags: TargetFlags) => run(screen, flags)));
};
