/** Tells one execution to move on, through the token that its sale keeps. */
import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { SaleStore, Workflows } from '../../../functions/adapters/ports.ts';
import type { Configuration } from '../../../functions/core/configuration.ts';
import { SaleId } from '../../../functions/core/ids.ts';
import { moveOf } from '../../../functions/core/move-on.ts';
import { foldSale } from '../../../functions/core/sale.ts';

const Input = z.looseObject({ saleId: SaleId, promise: z.string().optional() });

/** `stays`: it waits for an answer of a few days or is about to go on. `gone`: it went on in this very moment. */
export type Moved = 'moved' | 'can be moved' | 'stays' | 'gone';

export type Movers = {
  sfn: SFNClient;
  sales: Pick<SaleStore, 'load'>;
  workflows: Pick<Workflows, 'fail'>;
  config: Configuration;
  now(): Promise<string>;
};

export const moveOne = async (
  { sfn, sales, workflows, config, now }: Movers,
  executionArn: string,
  isMeant: boolean,
): Promise<Moved> => {
  const { input = '{}', name = '' } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  const { saleId, promise } = Input.parse(JSON.parse(input));
  const stored = await sales.load(saleId);
  const sale = stored === undefined ? undefined : foldSale(stored);
  const waiter = stored?.waiters.find(({ key }) => key === (promise ?? 'FollowUp'));
  if (sale === undefined || waiter === undefined) return 'stays';
  const move = moveOf(config, sale, waiter, name, await now());
  if (move === undefined) return 'stays';
  if (!isMeant) return 'can be moved';
  return (await workflows.fail(waiter.token, 'MoveOn', JSON.stringify(move))) ? 'moved' : 'gone';
};
