/** An answer that counts for another sale too, when that sale's workflow cannot be told. */
import { expect, it } from 'vitest';
import { findSale } from '../../../functions/steps/load.ts';
import { shareOrLeave } from '../../../functions/steps/share-answer.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putOther } from '../handlers/other-sale.ts';
import { putSale } from '../handlers/sale-on-file.ts';

it('leaves the other sale to the watch, which tells it within minutes', async () => {
  const world = memoryWorld();
  const now = told.ended(at(14, '18:30')).at;
  const other = await putOther(world, 'shop/B-205', 'ask', 'waiting', undefined, [
    { type: 'joined', at: told.ended(at(13)).at, to: SALE },
  ]);
  await putSale(world, [{ type: 'joins', at: told.ended(at(13)).at, sale: other }, told.replied(at(14), 5)]);
  const leader = (await findSale(world.ports, SALE))?.sale;
  if (leader === undefined) throw new Error('The sale is there');
  const silent = async () => {
    throw new Error('Step Functions does not answer');
  };
  const ports = { ...world.ports, workflows: { ...world.ports.workflows, fail: silent, succeed: silent } };

  await shareOrLeave(ports, leader, now);

  expect(world.sales.entries(other).at(-1)).toMatchObject({ type: 'ended' });
  expect(world.operations.filter((name) => name.startsWith('sales.hastenWait'))).toEqual([
    'sales.hastenWait FollowUp',
  ]);
});

it('leaves a sale whose round is over to the watch, also when nobody hears that the answer is stored', async () => {
  const world = memoryWorld();
  const now = told.ended(at(14, '18:30')).at;
  const other = await putOther(world, 'shop/B-205', 'ask', 'waiting', undefined, [
    { type: 'joined', at: told.ended(at(13)).at, to: SALE },
    told.ended(at(13)),
  ]);
  await putSale(world, [{ type: 'joins', at: told.ended(at(13)).at, sale: other }, told.replied(at(14), 5)]);
  const leader = (await findSale(world.ports, SALE))?.sale;
  if (leader === undefined) throw new Error('The sale is there');
  world.failOnce('sales.append reply#1', 'after');

  await shareOrLeave(world.ports, leader, now);

  expect(world.sales.entries(other).at(-1)).toMatchObject({ type: 'replied', joined: SALE });
  expect(world.operations).toContain('sales.hastenWait FollowUp');
});
