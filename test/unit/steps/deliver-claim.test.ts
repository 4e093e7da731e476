/** The claim on a mail, when the client that writes it asks again by itself. */
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/make-promise/handler.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putSale, run } from '../handlers/sale-on-file.ts';

type World = ReturnType<typeof memoryWorld>;
type Store = World['ports']['sales'];

const oweAfter = async (appendThenLoad: (sales: Store) => Store['appendThenLoad']) => {
  const world = memoryWorld();
  await putSale(world, [told.replied(at(17, '09:30'), 1, { words: 'It creaks.' })]);
  const { sales } = world.ports;
  const ports = { ...world.ports, sales: { ...sales, appendThenLoad: appendThenLoad(sales) } };
  const ended = run(createHandler(ports), { ...followUpTask(at(17, '09:31')), from: 'answer' });
  return { world, ended };
};

describe('a claim that the store says is there already', () => {
  it('is ours when it has our link: the mail leaves', async () => {
    const { world, ended } = await oweAfter((sales) => async (id, entry) => ({
      ...(await sales.appendThenLoad(id, entry)),
      isNew: false,
    }));
    await ended;

    expect(world.mails()).toEqual(['resolve-1-receipt to selma.aydin@example.org']);
  });

  it('is another run’s when it has another link: nothing leaves', async () => {
    const { world, ended } = await oweAfter((sales) => async (id, entry) => {
      const other = entry.type === 'claimed' ? { ...entry, link: 'of another run' } : entry;
      return { ...(await sales.appendThenLoad(id, other)), isNew: false };
    });

    await expect(ended).rejects.toMatchObject({ name: 'SendInFlight' });
    expect(world.mails()).toEqual([]);
    expect(world.sales.entries(SALE).filter(({ type }) => type === 'claimed')).toHaveLength(1);
  });
});
