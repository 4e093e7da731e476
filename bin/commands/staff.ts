/** `aftercare staff leaves`: everything somebody owes goes to somebody else, and each customer is told. */
import type { Command } from 'commander';
import * as z from 'zod';
import { type Configuration, checkConfiguration } from '../../functions/core/configuration.ts';
import { memberOf } from '../../functions/core/staff.ts';
import { explainMistakes } from './command-mistake.ts';
import { type CallFlags, callPromises, withCallFlags } from './promise-call.ts';
import { type Screen, terminal } from './screen.ts';

const Answer = z.object({ handedOver: z.int() });

type LeaveFlags = CallFlags & { to: string };

const run = async (config: Configuration, { print }: Screen, staff: string, flags: LeaveFlags) => {
  const name = (id: string) => memberOf(config, id)?.name ?? id;
  const { to } = flags;
  const answer = await callPromises(config, { type: 'staff.left', staff, to }, flags);
  const { handedOver } = Answer.parse(answer);
  print(
    handedOver === 0
      ? `${name(staff)} owes nothing that could be handed over.`
      : `${handedOver} ${handedOver === 1 ? 'promise goes' : 'promises go'} from ${name(staff)} to ${name(to)}; each customer is told who their new person is.`,
  );
  if (memberOf(config, staff)?.isActive === true)
    print(
      `Now set \`isActive: false\` for ${staff} in aftercare.config.ts and deploy (on one machine: start again), so that nothing new comes to them.`,
    );
};

const HELP = `
What waits for the customer's word stays: should they say no, it goes one level up.
Safe to repeat; what is handed over already stays where it is.

Example:
  aftercare staff leaves ana --to ben

Exit codes: 0 done, 1 nothing runs there or it refused, 2 the command cannot be understood.`;

/** `config`: what aftercare.config.ts exports; gives sources and the names of staff. */
export const registerStaff = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const parent = program.command('staff').description('when people come and go');
  const command = withCallFlags(parent.command('leaves'))
    .description('hand over everything somebody owes, and tell each customer who their new person is')
    .argument('<staff>', 'who leaves, as ana')
    .requiredOption('--to <staff>', 'who takes over')
    .showHelpAfterError('(aftercare staff leaves --help explains it)')
    .addHelpText('after', HELP);
  command.action(
    explainMistakes(command, (staff: string, flags: LeaveFlags) =>
      run(checkConfiguration(config), screen, staff, flags),
    ),
  );
};
