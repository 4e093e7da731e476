/** What is computed beside the journal is written before anybody is told: once a token is used, nobody runs the state again. */
import { expect, it } from 'vitest';
import { createHandler as askCustomer } from '../../../functions/ask-customer/handler.ts';
import { tellWorkflow } from '../../../functions/steps/tell-workflow.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putSale, run } from '../handlers/sale-on-file.ts';

/** A sale that has been answered, and what is done with it, in order. */
const answered = async () => {
  const world = memoryWorld();
  await putSale(world, [told.sent('check-in', at(13)), told.replied(at(14), 5)]);
  await world.sales.wait(SALE, { key: 'FollowUp', position: 'ask', token: 'waiting', until: at(17) });
  const { outcomes, workflows } = world.ports;
  const done: string[] = [];
  const tell = async () => {
    done.push('told');
    return true;
  };
  const count: typeof outcomes.count = (...given) => {
    done.push('counted');
    return outcomes.count(...given);
  };
  const ports = {
    ...world.ports,
    outcomes: { ...outcomes, count },
    workflows: { ...workflows, fail: tell, succeed: tell },
  };
  return { ports, done };
};

it('counts a sale before it tells its workflow', async () => {
  const { ports, done } = await answered();

  await tellWorkflow(ports, SALE, at(14, '18:30'));

  expect(done).toEqual(['counted', 'told']);
});

it('counts a sale before the state that finds the answer uses its token', async () => {
  const { ports, done } = await answered();

  await run(askCustomer(ports), { ...followUpTask(at(14, '18:30')), position: 'ask' });

  expect(done).toEqual(['counted', 'told']);
});
