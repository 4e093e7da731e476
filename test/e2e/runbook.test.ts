/** The runbook, done as it is written: every command of it is typed at a runtime where what it is for has happened. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import * as z from 'zod';
import config from '../../aftercare.config.ts';
import { registerCapacity } from '../../bin/commands/cost/capacity.ts';
import { registerDlq } from '../../bin/commands/dlq/dlq.ts';
import { registerDoctor } from '../../bin/commands/doctor/doctor.ts';
import { registerImport } from '../../bin/commands/import/import.ts';
import { registerMove } from '../../bin/commands/move/move.ts';
import { registerPause } from '../../bin/commands/pause/pause.ts';
import { registerResume } from '../../bin/commands/pause/resume.ts';
import { registerPromise } from '../../bin/commands/promise.ts';
import { registerRedrive } from '../../bin/commands/redrive/redrive.ts';
import { registerShow } from '../../bin/commands/show.ts';
import { deployedSale } from '../../bin/commands/show-deployed.ts';
import { registerStaff } from '../../bin/commands/staff.ts';
import { registerSweep } from '../../bin/commands/sweep.ts';
import { openTarget, type Target } from '../../bin/commands/target.ts';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { saleIdOf } from '../../functions/core/ids.ts';
import { runCommand } from '../unit/cli/run-command.ts';
import { delivered, newOrder, type Placed, placed } from './orders.ts';
import { commandsIn, typed } from './runbook-commands.ts';
import { type OpenWorld, openWorld } from './world.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const runbook = readFileSync(join(ROOT, 'docs', 'runbook.md'), 'utf8');
const STANDARD_SECRET = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';
/** The first try of a step and all that follow. */
const TRIES = 13;

const COMMANDS = {
  ...{ capacity: registerCapacity, dlq: registerDlq, doctor: registerDoctor, import: registerImport },
  ...{ move: registerMove, pause: registerPause, redrive: registerRedrive, resume: registerResume },
  ...{ show: registerShow, staff: registerStaff, sweep: registerSweep },
};

let world: OpenWorld;
let target: Target;
let folder = '';
/** Its execution was stopped and its time is over; a webhook about it failed; the mail service refused its check-in. */
let stuck: Placed;
let broken: Placed;
let refused: Placed;
let mend = async (): Promise<void> => undefined;

const buy = async (): Promise<Placed> => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  return order;
};

/** Its check-in is four days away, not eleven. */
const buyDelivered = async (): Promise<Placed> => {
  const order = await buy();
  await world.send(delivered(order, await world.now()));
  return order;
};

const stopAll = async (): Promise<void> => {
  const states = new SFNClient(target.client);
  const { id } = await target.part('AWS::StepFunctions::StateMachine', 'FollowUpMachine');
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn: id, statusFilter: 'RUNNING' }),
  );
  for (const { executionArn } of executions) await states.send(new StopExecutionCommand({ executionArn }));
};

/** Every step of it fails on what it reads first; answers how to mend it. */
const breakSale = async ({ id }: Placed) => {
  const { id: name } = await target.part('AWS::DynamoDB::Table', 'StorageSales');
  const table = createTable(new DynamoDBClient(target.client), name);
  const key = { sale: `shopify/${id}`, item: 'record' };
  const record = await table.get(key);
  if (record === undefined) throw new Error('The sale has no record');
  await table.put({ ...key, data: 'half a row' });
  return () => table.put(record);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-runbook-'));
  world = await openWorld({ assembly: inject('assembly') });
  target = await openTarget({ url: world.url });
  stuck = await buyDelivered();
  await stopAll();
  refused = await buyDelivered();
  for (let n = 0; n < TRIES; n += 1) world.ses.failNext('throttle');
  const checkInAt = (await world.sale('shopify', refused.id)).sale.checkIn?.at ?? '';
  await world.goTo(new Date(Date.parse(checkInAt) + 5 * 3_600_000).toISOString());
  broken = await buy();
  await runCommand(registerPromise, config, [
    ...['promise', 'make', `shopify/${broken.id}`, '--kind', 'call', '--owner', 'ana', '--url', world.url],
    ...['--says', 'Ana rings about the chair.'],
  ]);
  mend = await breakSale(broken);
  await world.send(delivered(broken, await world.now()));
  await world.advance('PT20M');
  const { id: QueueUrl } = await target.part('AWS::SQS::Queue', 'IntakeDeadLetters');
  await new SQSClient(target.client).send(new SendMessageCommand({ QueueUrl, MessageBody: '{"test":1}' }));
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const fileNamed = (word: string): string => (/^[\w-]+\.(csv|ndjson)$/.test(word) ? join(folder, word) : word);

const run = async (command: string, values: readonly string[]) => {
  const { secret, words } = typed(command, values, world.url);
  const register = Object.entries(COMMANDS).find(([name]) => name === words[0])?.[1];
  if (register === undefined) throw new Error(`The test knows no command ${words[0]}`);
  if (secret !== '') vi.stubEnv('AFTERCARE_SECRET_STANDARD', secret);
  try {
    return await runCommand(register, config, words.map(fileNamed));
  } finally {
    vi.unstubAllEnvs();
    await world.idle();
  }
};

const Letters = z.array(z.object({ id: z.string(), about: z.string() }));
const idOfTestLetter = async (): Promise<string[]> => {
  const shown = await run('npx aftercare dlq show intake --json --aws', []);
  const letter = Letters.parse(JSON.parse(shown.out)).find(({ about }) => !about.includes(broken.id));
  return [letter?.id ?? 'none'];
};

const writeOrders = async (): Promise<string[]> => {
  const at = new Date((await world.now()) - 3 * 86_400_000).toISOString().slice(0, 10);
  writeFileSync(
    join(folder, 'orders.csv'),
    ['Order No;Order date;E-mail;First name;Product', `R-1;${at} 10:00;kim@example.org;Kim;Oak stool`].join(
      '\r\n',
    ),
  );
  return [STANDARD_SECRET, world.url];
};

type Row = readonly [
  command: string,
  expected: {
    exit?: 1;
    says: RegExp;
    before?: () => Promise<void>;
    /** What stands where the runbook has `<…>`. */
    values?: () => readonly string[] | Promise<readonly string[]>;
  },
];

/** In the order in which a night goes; each as the runbook has it. */
const NIGHT: readonly Row[] = [
  ['npx aftercare <command> --help', { says: /Exit codes/, values: () => ['redrive'] }],
  ['npx aftercare doctor --aws', { exit: 1, says: /should have ended.*2 messages of intake failed/s }],
  /* Dead letters. */
  ['npx aftercare dlq list --aws', { says: /intake +2 / }],
  ['npx aftercare dlq show intake --aws', { says: /2 messages of intake.*delivered shopify/s }],
  [
    "npx aftercare dlq drop intake --id <id> --reason 'a test order' --keep dropped.ndjson --yes --aws",
    { says: /1 message of intake dropped/, values: idOfTestLetter },
  ],
  [
    "npx aftercare dlq replay intake --all --reason 'fixed in the deploy of today' --aws",
    { says: /1 message went back/, before: () => mend() },
  ],
  /* Waits and workflows. */
  ['npx aftercare sweep --watch --aws', { says: /1 +wait.* more than ten minutes past/ }],
  ['npx aftercare show <source>/<order id> --aws', { says: /aborted/, values: () => ['shopify', stuck.id] }],
  ['npx aftercare redrive --since PT24H --aws', { says: /FAILED.*MailThrottled.*can be redriven/s }],
  ['npx aftercare redrive --since PT24H --yes --aws', { says: /1 execution.*redriven/s }],
  ['npx aftercare redrive --since P7D --yes --aws', { says: /ABORTED.*redriven/s }],
  ['npx aftercare redrive --since P14D --yes --aws', { says: /No execution/ }],
  ['npx aftercare sweep --aws', { says: /1 +promises? (is|are) open/ }],
  [
    "AFTERCARE_SECRET_STANDARD='<its secret>' npx aftercare staff leaves <id> --to <id> --url <address>",
    {
      says: /1 promise goes from Ana Keller to Ben Okafor/,
      values: () => [STANDARD_SECRET, 'ana', 'ben', world.url],
    },
  ],
  [
    "AFTERCARE_SECRET_STANDARD='<its secret>' npx aftercare import orders.csv --source standard --url <address> --send",
    { says: /1 of 1 sent/, values: writeOrders },
  ],
  ['npx aftercare move --aws', { says: /FollowUp: there is no older version/ }],
  ['npx aftercare move --limit 10 --yes --aws', { says: /Promise: there is no older version/ }],
  /* The kill switch. */
  ["npx aftercare pause --reason 'mail service is off' --aws", { says: /Paused: everything/ }],
  ["npx aftercare pause --reason 'restore' --aws", { says: /Paused still: everything/ }],
  ["npx aftercare pause --reason 'wrong price in the mail' --aws", { says: /wrong price in the mail/ }],
  [
    "npx aftercare pause --source <source> --reason 'addresses bounce' --aws",
    { says: /Paused: the source stripe/, values: () => ['stripe'] },
  ],
  [
    "npx aftercare pause --source shopify --for PT4H --reason 'sent twice' --aws",
    { says: /Paused: the source shopify/ },
  ],
  [
    "npx aftercare pause --journey <journey> --reason 'unasked for' --aws",
    { says: /Paused: the journey goods/, values: () => ['goods'] },
  ],
  [
    "npx aftercare pause --journey <journey> --reason 'quota' --aws",
    { says: /Paused still: the journey goods/, values: () => ['goods'] },
  ],
  [
    "npx aftercare pause --journey class --reason 'it is closed' --aws",
    { says: /Paused: the journey class/ },
  ],
  ['npx aftercare pause --list --aws', { says: /everything until.*source stripe.*journey class/s }],
  ['npx aftercare resume --aws', { says: /Ended on.*pause of everything.*woken/s }],
  ['npx aftercare resume --source <source> --aws', { says: /Ended on/, values: () => ['stripe'] }],
  ['npx aftercare resume --source shopify --aws', { says: /Ended on/ }],
  ['npx aftercare resume --journey <journey> --aws', { says: /Ended on/, values: () => ['goods'] }],
  ['npx aftercare resume --journey class --aws', { says: /the pause of the journey class/ }],
];

/** Plays whole sales for twenty seconds (test/e2e/cost.test.ts plays them too): here it is only understood. */
const UNDERSTOOD = ['npx aftercare capacity --sales-per-day 5000'];

test('Every command of the runbook is tried here, and nothing that is not there', () => {
  const tried = [...NIGHT.map(([command]) => command), ...UNDERSTOOD];

  expect(tried.toSorted()).toEqual(commandsIn(runbook).toSorted());
});

describe('In a bad night', () => {
  test.each(NIGHT)('%s', async (command, { exit = 0, says, before, values = () => [] }) => {
    await before?.();

    const { out, err, exitCode } = await run(command, await values());

    expect({ exitCode, err: exit === 0 ? err : '' }).toEqual({ exitCode: exit, err: '' });
    expect(out).toMatch(says);
  });

  test('the last of them leave nothing bad, and everybody is asked', async () => {
    await world.advance('PT1H');

    const { out, exitCode } = await run('npx aftercare doctor --aws', []);

    expect({ bad: out.match(/^bad.*$/gm) ?? [], exitCode }).toEqual({ bad: [], exitCode: 0 });
    for (const { email } of [refused, stuck]) expect(await world.mailsTo(email)).toHaveLength(1);
  });

  test.each(UNDERSTOOD)('%s is understood', async (command) => {
    const { words } = typed(command, [], world.url);
    const program = new Command('aftercare').exitOverride();
    registerCapacity(program, config);
    const asked = vi.fn();
    program.commands[0]?.action(asked);

    await program.parseAsync(words, { from: 'user' });

    expect(asked.mock.calls[0]?.[0]).toMatchObject({ salesPerDay: '5000' });
  });
});

describe('The command line', () => {
  test('does in a process of its own what its commands do here', async () => {
    const child = spawn(process.execPath, ['bin/aftercare.ts', 'pause', '--list', '--url', world.url], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    const exitCode = await new Promise((resolve) => child.once('close', resolve));

    expect({ out, exitCode }).toEqual({ out: expect.stringContaining('Nothing is paused'), exitCode: 0 });
  });

  test('tells the same of a sale from its tables and machines as the runtime does', async () => {
    const { id } = broken;

    const body = await deployedSale(target, checkConfiguration(config), saleIdOf('shopify', id));

    const told = await world.sale('shopify', id);
    const states = told.executions.map(({ machine, name, status }) => ({ machine, name, status }));
    expect(JSON.parse(JSON.stringify(body))).toMatchObject({
      ...{ sale: told.sale, journal: told.journal, story: told.story, promises: told.promises },
      executions: states,
    });
    expect(new Set(states.map(({ machine }) => machine))).toEqual(new Set(['FollowUp', 'Promise']));
    const none = saleIdOf('shopify', 'none');
    expect(await deployedSale(target, checkConfiguration(config), none)).toBeUndefined();
  });
});
