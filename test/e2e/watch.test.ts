/** What ops see of sales: every number is a line of a function's own log, and a wait that nobody ends is found. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { DUE_INDEX, DUE_SHARDS } from '../../functions/core/operations/due.ts';
import { newOrder, placed } from './orders.ts';
import { clientAt } from './tables.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

const FOLLOW_UP = 'arn:aws:states:us-east-1:000000000000:stateMachine:Aftercare-FollowUp';
/** Functions that run by the clock, whatever is sold. */
const BY_CLOCK = /^Functions(Sweep|Watch|Canary|PullOrders|WakeHeld)/;

const Numbers = z.looseObject({ _aws: z.object({ Timestamp: z.number() }) });

let world: OpenWorld;
let states: SFNClient;
let tables: DynamoDBClient;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
  states = new SFNClient(clientAt(world.aws));
  tables = new DynamoDBClient(clientAt(world.aws));
});
afterAll(async () => {
  states.destroy();
  tables.destroy();
  await world.close();
});

const logs = (): { name: string; text: string }[] => {
  const folder = join(world.dataDir, 'logs');
  return readdirSync(folder).map((file) => ({
    name: file.replace(/^Aftercare-?/, ''),
    text: readFileSync(join(folder, file), 'utf8'),
  }));
};

const numbers = (name: string): unknown[] =>
  logs()
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => line.startsWith('{"_aws"'))
    .map((line) => Numbers.parse(JSON.parse(line)))
    .flatMap((line) => (name in line ? [line[name]] : []));

const onIndex = async (): Promise<number> => {
  const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.includes('Sales'));
  const counts = await Promise.all(
    DUE_SHARDS.map((shard) =>
      tables.send(
        new QueryCommand({
          TableName,
          IndexName: DUE_INDEX,
          KeyConditionExpression: 'dueOf = :shard',
          ExpressionAttributeValues: { ':shard': { S: shard } },
        }),
      ),
    ),
  );
  return counts.reduce((sum, { Count = 0 }) => sum + Count, 0);
};

/** What the functions wrote because of sales, in bytes. */
const ownLog = (): number =>
  logs()
    .filter(({ name }) => !BY_CLOCK.test(name))
    .reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

const buy = async () => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  await world.advance('PT1M');
  return order;
};

describe('a happy sale', () => {
  test('is counted once at each step, in a log of at most 2.5 kB, and leaves nothing on the index', async () => {
    const before = ownLog();
    const order = await buy();
    expect(await onIndex()).toBe(1);
    await world.advance('P14D');
    const [checkIn] = await world.mailsTo(order.email);
    await world.get(linkTo(checkIn, 'r'));
    await world.submit(linkTo(checkIn, 'r'), { rating: '5' });
    await world.advance('P30D');

    const bytes = ownLog() - before;
    console.info(`own log of a happy sale: ${bytes} bytes`);
    for (const name of ['SalesIn', 'CheckInsSent', 'ContactsInTime', 'RepliesDelighted'])
      expect(numbers(name), name).toEqual([1]);
    expect(numbers('MailsSent')).toEqual([1, 1]);
    expect(numbers('ContactsLate')).toEqual([]);
    expect(await onIndex()).toBe(0);
    expect(bytes).toBeLessThanOrEqual(2500);
  });
});

describe('a workflow that was stopped', () => {
  test('is an overdue wait within a quarter of an hour after its time', async () => {
    await buy();
    const { executions = [] } = await states.send(
      new ListExecutionsCommand({ stateMachineArn: FOLLOW_UP, statusFilter: 'RUNNING' }),
    );
    for (const { executionArn } of executions) await states.send(new StopExecutionCommand({ executionArn }));
    expect(numbers('OverdueWaits').filter((value) => value !== 0)).toEqual([]);

    await world.advance('P14D');

    expect(numbers('OverdueWaits').at(-1)).toBe(1);
    expect(await onIndex()).toBe(1);
  });
});
