import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { createHandler } from '../../../functions/wait-for-day/handler.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { journalOf, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;

beforeEach(() => {
  world = memoryWorld();
});

const wait = async (position: 'use' | 'review', since: Entry[], now = at(2, '09:01')) => {
  await putSale(world, since);
  return run(createHandler(world.ports), { ...followUpTask(now), position });
};

describe('waiting for the day', () => {
  it('keeps the token and writes to nobody', async () => {
    const result = await wait('use', []);

    expect(result).toEqual({ did: 'waits' });
    expect((await world.sales.load(SALE))?.waiters).toEqual([
      { key: 'FollowUp', position: 'use', token: `token at ${at(2, '09:01')}`, until: at(13, '09:01') },
    ]);
    expect(toldOf(world)).toEqual([]);
    expect(world.mailer.tried).toEqual([]);
  });

  it('keeps the token before it reads the sale, so that no event slips between', async () => {
    await wait('use', []);

    const steps = world.operations.filter((one) => one.startsWith('sales.wait') || one === 'sales.load');
    expect(steps).toEqual(['sales.wait FollowUp use', 'sales.load']);
  });

  it('plans again when the parcel came before the wait began', async () => {
    const result = await wait('use', [told.delivered(at(2, '09:01'))]);

    expect(result).toEqual({ did: 'Rescheduled' });
    expect(journalOf(world)).toEqual(['delivered', 'rescheduled']);
    expect(toldOf(world)).toEqual(['Rescheduled']);
  });

  it.each<[string, Entry]>([
    ['was refunded', told.refunded(at(2))],
    ['was cancelled', told.cancelled(at(2))],
    ['was stopped', told.stopped(at(2))],
  ])('ends when the sale %s meanwhile', async (_, event) => {
    const result = await wait('use', [event]);

    expect(result).toEqual({ did: 'SaleClosed' });
    expect(journalOf(world)).toContain('ended');
    expect(toldOf(world)).toEqual(['SaleClosed']);
  });

  it('goes straight to what is owed when the customer wrote first', async () => {
    await wait('use', [told.replied(at(2), 1)]);

    expect(toldOf(world)).toEqual(['CustomerNeedsHelp']);
    expect(journalOf(world)).not.toContain('ended');
  });

  it('waits for the day of the review after a happy answer', async () => {
    expect(await wait('review', [told.replied(at(10), 5)], at(10, '10:01'))).toEqual({ did: 'waits' });
  });

  it('takes an instant without milliseconds, as AWS may write it', async () => {
    await wait('use', [], '2026-11-02T09:01:00Z');

    expect((await world.sales.load(SALE))?.waiters[0]?.until).toBe(at(13, '09:01'));
  });

  it.each([
    ['another position', { position: 'ask' }],
    ['an unknown field', { position: 'use', colour: 'red' }],
    ['no plan', { position: 'use', plan: undefined }],
  ])('refuses %s by name and says nothing of its value', async (_, wrong) => {
    const handler = createHandler(world.ports);
    const task: Parameters<typeof handler>[0] = { ...followUpTask(at(2)), position: 'use' };

    const failure = run(handler, Object.assign(task, wrong));

    await expect(failure).rejects.toMatchObject({ name: 'BadInput' });
    await expect(failure).rejects.not.toThrow('red');
  });

  it('fails for a sale that does not exist', async () => {
    const task = { ...followUpTask(at(2)), position: 'use' as const };

    await expect(run(createHandler(world.ports), task)).rejects.toMatchObject({ name: 'BadInput' });
  });
});
