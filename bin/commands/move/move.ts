/** `aftercare move`: lets long waits go on in the newest version of their machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { type Command, InvalidArgumentError } from 'commander';
import { createTable } from '../../../functions/adapters/dynamodb.ts';
import { createSaleStore } from '../../../functions/adapters/sale-store.ts';
import { createWorkflows } from '../../../functions/adapters/step-functions.ts';
import { toInstant } from '../../../functions/core/calendar.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { counted } from '../columns.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { machineName } from '../redrive/redrive-list.ts';
import { type Screen, terminal } from '../screen.ts';
import { openTarget, type Part, type Target, type TargetFlags, targetOptions } from '../target.ts';
import { toldPlainly } from '../target-trouble.ts';
import { olderVersions, runningIn, type Version } from './move-find.ts';
import { type Moved, type Movers, moveOne } from './move-one.ts';

type Flags = TargetFlags & {
  fromVersion?: number;
  machine?: string;
  limit?: number;
  perSecond: number;
  yes?: boolean;
};
type Tally = Record<Moved, number>;

const moversOf = async (target: Target, config: unknown): Promise<Movers> => {
  const checked = checkConfiguration(config);
  const sfn = new SFNClient(target.client);
  const { id: table } = await target.part('AWS::DynamoDB::Table', 'StorageSales');
  return {
    sfn,
    sales: createSaleStore(createTable(new DynamoDBClient(target.client), table), {
      months: checked.retention.saleMonths,
    }),
    /* Nothing is started from here: the execution that moves starts its successor. */
    workflows: createWorkflows({ followUp: '', promise: '' }, sfn),
    config: checked,
    now: async () => toInstant(await target.now()),
  };
};

const machinesOf = async (target: Target, wanted: string | undefined): Promise<Part[]> => {
  const machines = await target.parts('AWS::StepFunctions::StateMachine');
  const found = machines.filter((machine) => wanted === undefined || machineName(machine) === wanted);
  if (found.length > 0) return found;
  throw new CommandMistake(
    `There is no machine "${wanted ?? ''}". ${target.name} has: ${machines.map(machineName).join(', ')}.`,
  );
};

const countRunning = async (sfn: SFNClient, version: Version): Promise<number> => {
  let count = 0;
  for await (const _ of runningIn(sfn, version)) count += 1;
  return count;
};

const moveVersion = async (movers: Movers, version: Version, flags: Flags, left: number): Promise<Tally> => {
  const tally: Tally = { moved: 0, 'can be moved': 0, stays: 0, gone: 0 };
  /* Listed before anything moves: a page that changes under our hands could skip somebody. */
  const arns: string[] = [];
  for await (const arn of runningIn(movers.sfn, version)) arns.push(arn);
  for (const arn of arns) {
    if (tally.moved + tally['can be moved'] >= left) break;
    tally[await moveOne(movers, arn, flags.yes === true)] += 1;
    await sleep(1000 / flags.perSecond);
  }
  return tally;
};

const lineOf = (machine: string, { number }: Version, tally: Tally): string => {
  const parts = [
    [tally.moved, 'moved'],
    [tally['can be moved'], 'can be moved'],
    [tally.stays, 'stay: they wait for an answer, or are about to go on'],
    [tally.gone, 'went on by themselves meanwhile'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${machine}, version ${number}: ${said.join('; ') || 'nothing waits here'}`;
};

const run = async (screen: Screen, config: unknown, flags: Flags): Promise<void> => {
  const target = await openTarget(flags);
  const movers = await moversOf(target, config);
  let left = flags.limit ?? Number.POSITIVE_INFINITY;
  let canMove = 0;
  for (const machine of await machinesOf(target, flags.machine)) {
    const name = machineName(machine);
    const versions = await toldPlainly(target.name, () =>
      olderVersions(movers.sfn, machine.id, flags.fromVersion),
    );
    if (versions.length === 0) screen.print(`${name}: there is no older version.`);
    for (const version of versions) {
      if (!version.canMove) {
        const waiting = await toldPlainly(target.name, () => countRunning(movers.sfn, version));
        screen.print(
          `${name}, version ${version.number}: ${counted(waiting, 'execution')} cannot be moved; it was released before there was a way out, and they end in it.`,
        );
        continue;
      }
      const tally = await toldPlainly(target.name, () => moveVersion(movers, version, flags, left));
      left -= tally.moved + tally['can be moved'];
      canMove += tally['can be moved'];
      screen.print(lineOf(name, version, tally));
    }
  }
  if (canMove > 0) screen.print('\nNothing was changed. Add --yes to move them.');
};

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It is a whole number from 1.');
};

const HELP = `
Executions keep the version of the machine they began with. This tells those that wait long (for the day of the check-in or of the
review ask, for a promise, for the owner of one) to start a successor in the newest version, with the calendar as it is
now, and to end. Whoever waits for an answer stays: that takes a few days. Stop it and run it again as you like: what
has moved is not found again.

Examples:
  aftercare move
  aftercare move --machine FollowUp --limit 10 --yes
  aftercare move --aws --region eu-central-1 --from-version 3 --yes

Exit codes: 0 done or nothing to do, 1 the stack cannot be reached or is being deployed, 2 the command cannot be understood.`;

export const registerMove = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = targetOptions(program.command('move'))
    .description('let long waits go on in the newest version of their state machine')
    .option('--from-version <number>', 'only out of this version (default: all older ones)', wholeNumber)
    .option('--machine <name>', 'FollowUp or Promise (default: both)')
    .option('--limit <number>', 'move at most so many', wholeNumber)
    .option('--per-second <number>', 'look at so many a second; AWS describes 10 to 15', wholeNumber, 8)
    .option('--yes', 'move them; without it they are only counted')
    .showHelpAfterError('(aftercare move --help explains it)')
    .addHelpText('after', HELP);
  command.action(explainMistakes(command, (flags: Flags) => run(screen, config, flags)));
};
