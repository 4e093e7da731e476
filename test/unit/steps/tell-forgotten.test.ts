/** The work of forgetting may lie among the dead letters for days while the promises of the forgotten go on. */
import { expect, it } from 'vitest';
import { isClosed } from '../../../functions/core/promises/promise.ts';
import { tellWorkflow } from '../../../functions/steps/tell-workflow.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putSale } from '../handlers/sale-on-file.ts';

it('takes back what went up since the message about it was sent', async () => {
  const world = memoryWorld();
  await putSale(world, [told.promised(at(10)), told.erased(at(14)), told.escalated(at(20))]);

  const sale = await tellWorkflow(world.ports, SALE, at(14));

  expect(sale?.promises.map((promise) => [isClosed(promise), promise.cycle])).toEqual([[true, 1]]);
});
