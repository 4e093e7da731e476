/** How we stand with the person, read right before a mail leaves. */
import { describe, expect, it } from 'vitest';
import { ALL_MAIL, ASKING, type MessageClass } from '../../../functions/core/person/standing.ts';
import { createHandler as createMake } from '../../../functions/make-promise/handler.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, told } from '../../fixtures/sales.ts';
import { putSale, run } from '../handlers/sale-on-file.ts';

const owedTo = async (because: 'asked' | 'bounce' | 'complaint', classes: readonly MessageClass[]) => {
  const world = memoryWorld();
  await putSale(world, [told.replied(at(17, '09:30'), 1, { words: 'It creaks.' })]);
  const person = world.ids.digest('selma.aydin@example.org');
  await world.people.suppress(person, classes, { since: at(16), because, method: 'x' });
  world.operations.length = 0;
  await run(createMake(world.ports), { ...followUpTask(at(17, '09:31')), from: 'answer' });
  return world;
};

describe('a mail about something owed', () => {
  it('goes to somebody who asked us to stop asking', async () => {
    expect((await owedTo('asked', ASKING)).mails()).toEqual(['resolve-1-receipt to selma.aydin@example.org']);
  });

  it.each(['bounce', 'complaint'] as const)(
    'does not after a %s: its owner hears that they have to ring',
    async (because) => {
      const world = await owedTo(because, ALL_MAIL);

      expect(world.mails()).toEqual(['resolve-1-by-phone-1 to nora@velowerk.example']);
    },
  );

  it('costs one look at the person', async () => {
    const { operations } = await owedTo('asked', ASKING);

    expect(operations.filter((name) => name === 'people.of')).toHaveLength(1);
  });
});
