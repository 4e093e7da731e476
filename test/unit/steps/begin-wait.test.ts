/** Between "nobody waits there yet" and "the sale was read" nothing can slip. */
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/ask-customer/handler.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putSale, run, toldOf } from '../handlers/sale-on-file.ts';

const FRIDAY = at(13, '09:01');

describe('an answer that comes as a wait begins', () => {
  it('is seen by the wait when its writer has found no token', async () => {
    const world = memoryWorld();
    await putSale(world);
    const { sales } = world.ports;
    const answered: typeof sales = {
      ...sales,
      wait: async (id, waiter) => {
        await sales.append(id, told.replied(FRIDAY, 5));
        expect((await sales.load(SALE))?.waiters).toEqual([]);
        return sales.wait(id, waiter);
      },
    };

    await run(createHandler({ ...world.ports, sales: answered }), {
      ...followUpTask(FRIDAY, { retry: 0 }),
      position: 'ask',
    });

    expect(toldOf(world)).toHaveLength(1);
    expect(world.mails()).toEqual([]);
  });
});
