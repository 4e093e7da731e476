/** Who moved or dropped what and why: kept in the sales table, because a command has no log that others read. */

import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { createTable } from '../../../functions/adapters/dynamodb.ts';
import type { Target } from '../target.ts';
import { toldPlainly } from '../target-trouble.ts';

const PARTITION = 'acts';

const Act = z.object({
  at: z.iso.datetime(),
  act: z.string(),
  queue: z.string(),
  which: z.string(),
  reason: z.string(),
  by: z.string(),
  /** How many; missing when the command did not come to its end. */
  done: z.number().optional(),
});
export type Act = z.output<typeof Act>;

const openTable = async (target: Target) => {
  const { id } = await target.part('AWS::DynamoDB::Table', 'StorageSales');
  return createTable(new DynamoDBClient(target.client), id);
};

/** Written before anything is done; what it answers notes how many it was. */
export const noteAct = async (
  target: Target,
  act: Pick<Act, 'act' | 'queue' | 'which' | 'reason'>,
): Promise<(done: number) => Promise<void>> => {
  const table = await openTable(target);
  const at = new Date(await target.now()).toISOString();
  const item = { sale: PARTITION, item: `${at}#${randomUUID()}`, at, ...act, by: userInfo().username };
  await toldPlainly(target.name, () => table.put(item));
  return (done) => toldPlainly(target.name, () => table.put({ ...item, done }));
};

/** Newest first. */
export const listActs = async (target: Target, limit: number): Promise<Act[]> => {
  const table = await openTable(target);
  const page = await toldPlainly(target.name, () =>
    table.page({ partition: ['sale', PARTITION], limit, isBackwards: true }),
  );
  return page.items.map((item) => Act.parse(item));
};
