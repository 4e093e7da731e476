/** `aftercare redrive`: lets executions that ended unwell go on from where they failed. */
import { RedriveExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Command } from 'commander';
import { addDuration } from '../../../lib/local/contract/instants.ts';
import { counted } from '../columns.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { type Screen, terminal } from '../screen.ts';
import { openTarget, type Part, type Target, type TargetFlags, targetOptions } from '../target.ts';
import { toldPlainly, troubleOf } from '../target-trouble.ts';
import { listUnwell, machineName, type Unwell } from './redrive-list.ts';

type Flags = TargetFlags & {
  since: string;
  machine?: string;
  name?: string[];
  yes?: boolean;
  json?: boolean;
};

const machinesOf = async (target: Target, wanted: string | undefined): Promise<Part[]> => {
  const machines = await target.parts('AWS::StepFunctions::StateMachine');
  const found = machines.filter((machine) => wanted === undefined || machineName(machine) === wanted);
  if (found.length > 0) return found;
  throw new CommandMistake(
    `There is no machine "${wanted ?? ''}". ${target.name} has: ${machines.map(machineName).join(', ')}.`,
  );
};

const beginningOf = (now: number, since: string): number => {
  const at = /^P/.test(since) ? addDuration(now, `-${since}`) : undefined;
  if (at !== undefined) return at;
  throw new CommandMistake(
    `--since ${since} is no span of time. Write PT24H for a day, P7D for a week; at most P14D can be redriven.`,
  );
};

type Redriven = Unwell & { outcome: 'can be redriven' | 'redriven' | 'cannot be redriven'; trouble?: string };

const redriveOne = async (sfn: SFNClient, one: Unwell, isMeant: boolean): Promise<Redriven> => {
  if (one.cannotBecause !== undefined)
    return { ...one, outcome: 'cannot be redriven', trouble: one.cannotBecause };
  if (!isMeant) return { ...one, outcome: 'can be redriven' };
  try {
    await sfn.send(new RedriveExecutionCommand({ executionArn: one.arn }));
    return { ...one, outcome: 'redriven' };
  } catch (error) {
    return { ...one, outcome: 'cannot be redriven', trouble: troubleOf(error) };
  }
};

const linesOf = (screen: Screen, one: Redriven): string[] => [
  `\n${screen.paint('bold', `${one.machine} ${one.name}`)}`,
  `  ${one.status} at ${one.stoppedAt}${one.redriven === 0 ? '' : `, redriven ${counted(one.redriven, 'time')} before`}`,
  ...(one.error === '' && one.why === '' ? [] : [`  ${[one.error, one.why].filter(Boolean).join(': ')}`]),
  `  ${one.outcome}${one.trouble === undefined ? '' : `: ${one.trouble}`}`,
];

const tell = (screen: Screen, target: Target, found: readonly Redriven[], flags: Flags): void => {
  const span = flags.since;
  if (found.length === 0) {
    screen.print(`No execution of ${target.name} ended unwell within ${span}.`);
    return;
  }
  screen.print(`${counted(found.length, 'execution')} of ${target.name} ended unwell within ${span}`);
  for (const one of found) for (const line of linesOf(screen, one)) screen.print(line);
  const ready = found.filter(({ outcome }) => outcome === 'can be redriven').length;
  if (ready > 0)
    screen.print(
      `\nNothing was changed. Add --yes to let ${ready === 1 ? 'it' : `these ${ready}`} go on, once what made ${ready === 1 ? 'it' : 'them'} fail is mended.`,
    );
};

const run = async (screen: Screen, flags: Flags): Promise<void> => {
  const target = await openTarget(flags);
  const machines = await machinesOf(target, flags.machine);
  const since = beginningOf(await target.now(), flags.since);
  const sfn = new SFNClient(target.client);
  const unwell = await toldPlainly(target.name, () => listUnwell(sfn, machines, since));
  const wanted = unwell.filter(({ name }) => flags.name === undefined || flags.name.includes(name));
  const found: Redriven[] = [];
  for (const one of wanted) found.push(await redriveOne(sfn, one, flags.yes === true));
  if (flags.json === true) screen.print(JSON.stringify(found, null, 2));
  else tell(screen, target, found, flags);
  const left = found.filter(({ outcome }) => outcome === 'cannot be redriven').length;
  if (left > 0)
    throw new CommandMistake(
      `${counted(left, 'execution')} cannot be redriven. The sweeper starts a new workflow for every promise that has none; \`aftercare sweep\` does it now.`,
      1,
    );
};

const severalNames = (name: string, before: string[] | undefined): string[] => [...(before ?? []), name];

const HELP = `
A redriven execution goes on with the definition it began with, from the state that failed, with the same input. Every step of
Aftercare can be done twice, so nothing is sent or counted again. AWS redrives for fourteen days after the end.

Examples:
  aftercare redrive
  aftercare redrive --since P7D --machine Promise
  aftercare redrive --since PT6H --yes
  aftercare redrive --aws --region eu-central-1 --yes

Exit codes: 0 done or nothing to do, 1 the stack cannot be reached or some cannot be redriven, 2 the command cannot be understood.`;

export const registerRedrive = (program: Command, _config: unknown, screen: Screen = terminal): void => {
  const command = targetOptions(program.command('redrive'))
    .description('let workflows that failed, timed out or were stopped go on from where they were')
    .option('--since <span>', 'ended within this span of time, as PT6H or P7D', 'PT24H')
    .option('--machine <name>', 'FollowUp or Promise (default: both)')
    .option('--name <execution>', 'only this one; may be given several times', severalNames)
    .option('--yes', 'redrive them; without it they are only listed')
    .option('--json', 'for programs')
    .showHelpAfterError('(aftercare redrive --help explains it)')
    .addHelpText('after', HELP);
  command.action(explainMistakes(command, (flags: Flags) => run(screen, flags)));
};
