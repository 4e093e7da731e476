/** `aftercare resume`: ends a pause before its time and wakes whom it held. */
import type { Command } from 'commander';
import { isBefore, toInstant } from '../../../functions/core/calendar.ts';
import { type Configuration, checkConfiguration } from '../../../functions/core/configuration.ts';
import type { Pause, Paused } from '../../../functions/core/operations/pause.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { type Screen, terminal } from '../screen.ts';
import { openTarget, type TargetFlags, targetOptions } from '../target.ts';
import { type WhatFlags, whatIsMeant, whatOptions } from './pause-flags.ts';
import { inForce, inWords, pauseLine, pauseOn, pausesOf } from './pause-target.ts';
import { wakeAll } from './resume-wake.ts';

type Flags = TargetFlags & WhatFlags;

const nothingToEnd = (what: Paused, others: readonly Pause[], zone: string): CommandMistake =>
  new CommandMistake(
    others.length === 0
      ? 'Nothing is paused.'
      : `There is no pause of ${inWords(what)}. Paused: ${others.map((one) => pauseLine(one, zone)).join('; ')}. Name it with --source or --journey.`,
    1,
  );

const run = async (screen: Screen, config: Configuration, flags: Flags): Promise<void> => {
  const what = whatIsMeant(config, flags);
  const { zone } = config.shop;
  const target = await openTarget(flags);
  const now = toInstant(await target.now());
  const pauses = await pausesOf(target);
  const { pauses: all, endedUntil } = await pauses.read();
  const active = inForce(all, now);
  const pause = pauseOn(active, what);
  /* A resume that died before everybody was awake is taken up again. */
  const isUnfinished = endedUntil !== undefined && isBefore(now, endedUntil);
  if (pause === undefined && !isUnfinished) throw nothingToEnd(what, active, zone);
  if (pause !== undefined && !(await pauses.end(pause)))
    throw new CommandMistake('Somebody has ended or renewed this pause just now. Look with --list.', 1);
  screen.print(
    pause === undefined
      ? `No pause of ${inWords(what)} is in force; looking for whom an earlier one still holds.`
      : `Ended on ${target.name}: the pause of ${pauseLine(pause, zone)}.`,
  );
  const { woken, failed } = await wakeAll(target, (count, pace) =>
    screen.print(`  ${count} sales woken, at ${pace} a second`),
  );
  screen.print(`${woken === 1 ? '1 sale was' : `${woken} sales were`} woken.`);
  if (failed > 0)
    throw new CommandMistake(
      `${failed} could not be woken; they are tried again every five minutes. The log of wake-held tells why.`,
      1,
    );
  for (const one of active) if (one !== pause) screen.print(`Still paused: ${pauseLine(one, zone)}.`);
};

const HELP = `
Whoever the pause held is woken, no faster than the mail service sends; every five minutes the stack does the same by itself, so
a command that was cut off loses nothing. Call it again to see it through.

Examples:
  aftercare resume
  aftercare resume --source shopify
  aftercare resume --aws --region eu-central-1

Exit codes: 0 everybody is awake, 1 nothing is paused or somebody could not be woken, 2 the command cannot be understood.`;

export const registerResume = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = whatOptions(targetOptions(program.command('resume')))
    .description('end a pause now, and let go what it has held back')
    .showHelpAfterError('(aftercare resume --help explains it)')
    .addHelpText('after', HELP);
  command.action(explainMistakes(command, (flags: Flags) => run(screen, checkConfiguration(config), flags)));
};
