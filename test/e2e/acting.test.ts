/** What an operator does by command: looks at what failed, mends it, lets it go on, and asks the doctor. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import config from '../../aftercare.config.ts';
import { registerDlq } from '../../bin/commands/dlq/dlq.ts';
import { registerDoctor } from '../../bin/commands/doctor/doctor.ts';
import { registerRedrive } from '../../bin/commands/redrive/redrive.ts';
import { registerSweep } from '../../bin/commands/sweep.ts';
import { openTarget, type Target } from '../../bin/commands/target.ts';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { runCommand } from '../unit/cli/run-command.ts';
import { delivered, newOrder, type Placed, placed } from './orders.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

const QUEUE = 'AWS::SQS::Queue';

let world: OpenWorld;
let target: Target;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-acting-'));
  world = await openWorld({ assembly: inject('assembly') });
  target = await openTarget({ url: world.url });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const commands = { dlq: registerDlq, doctor: registerDoctor, redrive: registerRedrive, sweep: registerSweep };

const aftercare = async (line: string, given: unknown = config) => {
  const [name = '', ...args] = (line.match(/"[^"]*"|\S+/g) ?? []).map((one) => one.replaceAll('"', ''));
  const register = Object.entries(commands).find(([known]) => known === name)?.[1];
  if (register === undefined) throw new Error(`No command ${name}`);
  const ran = await runCommand(register, given, [name, ...args, '--url', world.url]);
  await world.idle();
  return ran;
};

const Findings = z.array(z.object({ check: z.string(), state: z.string(), says: z.string() }));
const examined = async (given: unknown = config) => {
  const { out, exitCode } = await aftercare('doctor --json', given);
  return { exitCode, found: Findings.parse(JSON.parse(out)) };
};
const badOf = ({ found }: Awaited<ReturnType<typeof examined>>) =>
  found.filter(({ state }) => state === 'bad').map(({ check }) => check);

const salesTable = async () => {
  const { id } = await target.part('AWS::DynamoDB::Table', 'StorageSales');
  return createTable(new DynamoDBClient(target.client), id);
};

/** Breaks what every step of this sale reads first; answers how to mend it. */
const breakSale = async ({ id }: Placed) => {
  const table = await salesTable();
  const key = { sale: `shopify/${id}`, item: 'record' };
  const record = await table.get(key);
  if (record === undefined) throw new Error('The sale has no record');
  await table.put({ ...key, data: 'half a row' });
  return () => table.put(record);
};

const Letters = z.array(
  z.object({ id: z.string(), about: z.string(), received: z.number(), body: z.string().optional() }),
);
const lettersOf = async (queue: string, more = '') =>
  Letters.parse(JSON.parse((await aftercare(`dlq show ${queue} --json ${more}`)).out));

const Lists = z.array(z.object({ name: z.string(), waiting: z.number(), inHand: z.number() }));
const waitingIn = async (queue: string) => {
  const lists = Lists.parse(JSON.parse((await aftercare('dlq list --json')).out));
  return lists.find(({ name }) => name === queue)?.waiting;
};

describe('The doctor of a fresh runtime', () => {
  test('finds nothing bad, and says which shop never spoke', async () => {
    const { out, exitCode } = await aftercare('doctor');

    expect({ out, exitCode }).toMatchObject({ exitCode: 0 });
    expect(out).toContain('0 things are bad');
    expect(out).toContain('0 not checked');
    expect(out).toContain('shopify has 1 secret.');
    expect(out).toContain('Nothing ever came from shopify.');
    expect(out).not.toContain('local-secret');
  });

  test('names a source without a secret and a sender that is a mistake, and nothing else', async () => {
    const other = { ...config, sources: { ...config.sources, second: { kind: 'shopify' } } };

    const examination = await examined(other);

    expect(badOf(examination)).toEqual(['webhook secrets']);
    expect(examination.exitCode).toBe(1);
    expect(await examined({ ...config, staff: {} })).toMatchObject({
      exitCode: 1,
      found: [{ check: 'configuration', state: 'bad', says: expect.stringContaining('staff') }],
    });
  });
});

describe('A webhook whose function fails again and again', () => {
  let order: Placed;
  let mend: () => Promise<void>;
  beforeAll(async () => {
    order = newOrder(await world.now());
    await world.send(placed(order));
    mend = await breakSale(order);
    await world.send(delivered(order, await world.now()));
    await world.advance('PT1H');
  });

  test('lies among the dead letters of the intake, and the doctor says so', async () => {
    const { out } = await aftercare('dlq list');

    expect(out).toMatch(/intake +1 +0 +\d+ min +webhooks of shops/);
    expect(badOf(await examined())).toContain('dead letters');
  });

  test('is shown by what it is about, without anything personal, and stays where it is', async () => {
    const first = await lettersOf('intake');
    const again = await lettersOf('intake', '--limit 1');

    expect(first).toMatchObject([{ about: `delivered shopify/${order.id}` }]);
    expect(again).toMatchObject([{ id: first[0]?.id, received: (first[0]?.received ?? 0) + 1 }]);
    expect(JSON.stringify(first)).not.toContain(order.email);
    expect(await waitingIn('intake')).toBe(1);
  });

  test('is shown with its body only when that is asked for', async () => {
    const [letter] = await lettersOf('intake', '--body');

    expect(letter?.body).toContain(order.id);
  });

  test('is replayed once what broke it is mended, and is done then', async () => {
    await mend();

    const { out, exitCode } = await aftercare('dlq replay intake --all --reason "the row is mended"');

    expect({ out, exitCode }).toEqual({ out: '1 message went back to the queue of intake.', exitCode: 0 });
    expect(await waitingIn('intake')).toBe(0);
    const { journal } = await world.sale('shopify', order.id);
    expect(journal.map(({ type }) => type)).toContain('delivered');
    expect((await aftercare('dlq acts')).out).toMatch(/replay +intake +1 message .*the row is mended/);
  });
});

describe('Dead letters that shall never be done', () => {
  const sendDead = async (body: string): Promise<void> => {
    const { id } = await target.part(QUEUE, 'ForgetDeadLetters');
    const kept = { DataType: 'String', StringValue: 'yes' };
    await new SQSClient(target.client).send(
      new SendMessageCommand({ QueueUrl: id, MessageBody: body, MessageAttributes: { kept } }),
    );
  };

  test('are dropped one by one into a file of one’s own, with a reason and a yes', async () => {
    for (const n of [1, 2, 3]) await sendDead(`{"broken":${n}}`);
    const letters = await lettersOf('forget');
    const file = join(folder, 'dropped.ndjson');
    const one = `dlq drop forget --id ${letters[1]?.id} --reason "made by hand" --keep ${file}`;

    const unsure = await aftercare(one);
    const sure = await aftercare(`${one} --yes`);
    const again = await aftercare(`dlq drop forget --all --reason "made by hand" --keep ${file} --yes`);

    expect(unsure).toMatchObject({ exitCode: 2, err: expect.stringContaining('Nothing was dropped') });
    expect(sure).toMatchObject({ exitCode: 0, out: expect.stringContaining('1 message of forget dropped') });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      id: letters[1]?.id,
      body: '{"broken":2}',
      attributes: { kept: { StringValue: 'yes' } },
    });
    expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('is there already') });
    expect(await waitingIn('forget')).toBe(2);
  });

  test('that are not there are named, and what is not meant stays', async () => {
    const file = join(folder, 'none.ndjson');

    const none = await aftercare(`dlq drop forget --id nobody --reason "a test" --keep ${file} --yes`);
    const both = await aftercare('dlq replay forget --reason "a test"');
    const unknown = await aftercare('dlq show post');

    expect(none).toMatchObject({ exitCode: 1, err: expect.stringContaining('nobody') });
    expect(both).toMatchObject({ exitCode: 2, err: expect.stringContaining('--all') });
    expect(unknown).toMatchObject({ exitCode: 2, err: expect.stringContaining('intake, ') });
    expect(await waitingIn('forget')).toBe(2);
  });
});

describe('A workflow that was stopped', () => {
  let order: Placed;
  beforeAll(async () => {
    order = newOrder(await world.now());
    await world.send(placed(order));
    const states = new SFNClient(target.client);
    const { id } = await target.part('AWS::StepFunctions::StateMachine', 'FollowUpMachine');
    const { executions = [] } = await states.send(
      new ListExecutionsCommand({ stateMachineArn: id, statusFilter: 'RUNNING', maxResults: 1 }),
    );
    const cause = 'asked for by ann@customer.example';
    for (const { executionArn } of executions)
      await states.send(new StopExecutionCommand({ executionArn, error: 'WrongButton', cause }));
  });

  test('is listed with its error and nobody’s address, and not touched', async () => {
    const { out, exitCode } = await aftercare('redrive --machine FollowUp');

    expect(exitCode).toBe(0);
    expect(out).toContain('1 execution of this machine');
    expect(out).toContain('WrongButton: asked for by …');
    expect(out).toContain('can be redriven');
    expect(badOf(await examined())).toContain('workflows');
    expect((await aftercare('redrive --machine Promise')).out).toContain('ended unwell within PT24H');
  });

  test('goes on to its end', async () => {
    const { out } = await aftercare('redrive --since PT6H --yes');
    await world.advance('P14D');

    const [checkIn] = await world.mailsTo(order.email);
    await world.submit(linkTo(checkIn, 'r'), { rating: '5', words: 'All well.' });
    const { sale, executions } = await world.sale('shopify', order.id);
    expect(out).toContain('redriven');
    expect(sale.outcome).toBe('delighted');
    expect(executions.filter(({ machine }) => machine === 'FollowUp')).toHaveLength(1);
    expect((await aftercare('redrive')).out).toContain('No execution');
  });
});

describe('The functions of the clock', () => {
  test('are called by hand and tell what they found', async () => {
    const swept = await aftercare('sweep');
    const daily = await aftercare('sweep --daily --json');
    const watched = await aftercare('sweep --watch --json');

    expect(swept).toMatchObject({ exitCode: 0, out: expect.stringMatching(/promises? (is|are) open/) });
    expect(JSON.parse(daily.out)).toMatchObject({ open: expect.any(Number), late: 0 });
    expect(JSON.parse(watched.out)).toBeTypeOf('object');
    expect((await aftercare('sweep --watch --daily')).exitCode).toBe(2);
  });
});
