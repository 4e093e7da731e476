/** `aftercare pause`: no mail leaves, every clock goes on, and nothing is lost. */
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { toInstant } from '../../../functions/core/calendar.ts';
import { type Configuration, checkConfiguration } from '../../../functions/core/configuration.ts';
import { Pause } from '../../../functions/core/operations/pause.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { localTime } from '../local-time.ts';
import { type Screen, terminal } from '../screen.ts';
import { openTarget, type TargetFlags, targetOptions } from '../target.ts';
import { type LongFlags, untilWhen, type WhatFlags, whatIsMeant, whatOptions } from './pause-flags.ts';
import { inForce, inWords, pauseLine, pauseOn, pausesOf } from './pause-target.ts';

type Flags = TargetFlags &
  WhatFlags &
  LongFlags & { reason?: string; by?: string; list?: boolean; json?: boolean };

const list = async (screen: Screen, { shop }: Configuration, flags: Flags): Promise<void> => {
  const target = await openTarget(flags);
  const { pauses } = await (await pausesOf(target)).read();
  const found = inForce(pauses, toInstant(await target.now()));
  if (flags.json === true) screen.print(JSON.stringify(found, null, 2));
  else if (found.length === 0) screen.print(`Nothing is paused on ${target.name}.`);
  else for (const pause of found) screen.print(`Paused: ${pauseLine(pause, shop.zone)}.`);
};

const begin = async (screen: Screen, config: Configuration, flags: Flags): Promise<void> => {
  const what = whatIsMeant(config, flags);
  if (flags.reason === undefined)
    throw new CommandMistake('Say with --reason why nothing may leave: everybody at the desk reads it.');
  const target = await openTarget(flags);
  const now = await target.now();
  const checked = Pause.safeParse({
    what,
    from: toInstant(now),
    until: untilWhen(flags, now),
    by: flags.by ?? userInfo().username,
    reason: flags.reason,
  });
  if (!checked.success)
    throw new CommandMistake('--reason takes 1 to 300 characters, and --by at most 100. Say it shorter.');
  const pauses = await pausesOf(target);
  const former = pauseOn(inForce((await pauses.read()).pauses, checked.data.from), what);
  await pauses.put(checked.data, former);
  if (flags.json === true) {
    screen.print(JSON.stringify(checked.data, null, 2));
    return;
  }
  screen.print(
    `${former === undefined ? 'Paused' : 'Paused still'}: ${pauseLine(checked.data, config.shop.zone)}, on ${target.name}.`,
  );
  screen.print(
    `No mail ${what.of === 'all' ? '' : `about ${inWords(what)} `}leaves from now on; one that was being sent this second does. Answers, webhooks and pages on phones work as ever, and what is owed stays due. It ends by itself ${localTime(checked.data.until, config.shop.zone)}, or with \`aftercare resume\`.`,
  );
};

const HELP = `
Nothing is dropped: a question waits until the hour after the pause, what is owed is said when it is over, and due times go on.
Ways to sign in at the desk always go. A pause lasts 24 hours unless you say otherwise, 7 days at most, and can be renewed:
the newest word about the same thing counts.

Examples:
  aftercare pause --reason "wrong link in the check-in"
  aftercare pause --source shopify --for PT6H --reason "the shop sends every order twice"
  aftercare pause --journey class --until 2026-12-01T08:00:00Z --reason "the studio is flooded" --aws
  aftercare pause --list

Exit codes: 0 done, 1 the stack cannot be reached, 2 the command cannot be understood.`;

export const registerPause = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = whatOptions(targetOptions(program.command('pause')))
    .description('stop mails from leaving, for everything or a part of it, until a set time')
    .option('--for <duration>', 'how long, as PT6H or P2D (default: PT24H)')
    .option('--until <instant>', 'until when, as 2026-12-24T18:00:00Z')
    .option('--reason <text>', 'why; shown at the desk, kept nowhere else')
    .option('--by <name>', 'who paused it (default: the name you are signed in with here)')
    .option('--list', 'what is paused now')
    .option('--json', 'for programs')
    .showHelpAfterError('(aftercare pause --help explains it)')
    .addHelpText('after', HELP);
  command.action(
    explainMistakes(command, (flags: Flags) =>
      (flags.list === true ? list : begin)(screen, checkConfiguration(config), flags),
    ),
  );
};
