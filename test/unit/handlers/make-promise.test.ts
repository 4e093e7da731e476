import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { foldPromises } from '../../../functions/core/promises/fold.ts';
import { createHandler } from '../../../functions/make-promise/handler.ts';
import { withAbsent } from '../../fixtures/configuration.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, customer, SALE, told } from '../../fixtures/sales.ts';
import { journalOf, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
const NOW = at(17, '10:00');
const SELMA = 'selma.aydin@example.org';

beforeEach(() => {
  world = memoryWorld();
});

const make = (from: 'answer' | 'silence', retry = 0) =>
  run(createHandler(world.ports), { ...followUpTask(NOW, { retry }), from });

const promises = () => foldPromises(world.sales.entries(SALE));
const asked: Entry[] = [told.claimed('check-in', at(13)), told.sent('check-in', at(13))];
const unhappy = told.replied(at(17), 1, { words: 'The frame is bent.' });

describe('promising after an answer', () => {
  it('writes down who owes what by when, starts its workflow and tells the customer', async () => {
    await putSale(world, [...asked, unhappy]);

    const result = await make('answer');

    expect(result).toEqual({ did: 'promised' });
    expect(promises()).toMatchObject([
      { id: 'resolve-1', because: 'unhappy', reply: 1, owner: 'nora', level: 0, dueAt: at(17, '14:00') },
    ]);
    expect(world.workflows.executions).toMatchObject([
      { machine: 'Promise', input: { promise: 'resolve-1', turn: 1, seconds: { owner: 7_200 } } },
    ]);
    expect(world.mails()).toEqual([`resolve-1-receipt to ${SELMA}`]);
    expect(toldOf(world)).toEqual([]);
  });

  it('owes a call to whoever only asks for one', async () => {
    await putSale(world, [...asked, told.replied(at(17), 3, { call: true })]);

    await make('answer');

    expect(promises()).toMatchObject([{ id: 'call-1', because: 'asked', dueAt: at(18, '10:00') }]);
  });

  it('gives it to somebody who is here', async () => {
    world = memoryWorld(withAbsent('nora'));
    await putSale(world, [...asked, unhappy]);

    await make('answer');

    expect(promises()[0]?.owner).toBe('lio');
  });

  it('promises once however often it runs', async () => {
    await putSale(world, [...asked, unhappy]);

    await make('answer');
    const again = await make('answer', 1);

    expect(again).toEqual({ did: 'nothing new' });
    expect(promises()).toHaveLength(1);
    expect(world.workflows.executions).toHaveLength(1);
    expect(world.mails()).toHaveLength(1);
  });

  it.each([
    ['the promise is written', 'sales.append promise#resolve-1', 'after'],
    ['its workflow is started', 'workflows.start Promise', 'before'],
    ['the receipt is claimed', 'links.keep', 'before'],
  ] as const)('is made whole by the next run when it fails as %s', async (_, operation, when) => {
    await putSale(world, [...asked, unhappy]);
    world.failOnce(operation, when);
    await expect(make('answer')).rejects.toThrow('the network failed');

    await make('answer', 1);

    expect(promises()).toHaveLength(1);
    expect(world.workflows.executions).toHaveLength(1);
    expect(world.mails()).toEqual([`resolve-1-receipt to ${SELMA}`]);
  });

  it('makes a new one when things go wrong again', async () => {
    await putSale(world, [
      ...asked,
      unhappy,
      told.promised(at(17), 'resolve', { reply: 1 }),
      told.judged(at(17, '10:10'), true),
      told.replied(at(17, '10:20'), 2, { n: 2 }),
    ]);

    await make('answer');

    expect(promises().map(({ id }) => id)).toEqual(['resolve-1', 'resolve-2']);
  });

  it('keeps what is owed after a refund', async () => {
    await putSale(world, [...asked, unhappy, told.refunded(at(17))]);

    await make('answer');

    expect(promises()).toHaveLength(1);
  });

  it('goes on at once when nothing is owed after all', async () => {
    await putSale(world, [...asked, told.replied(at(17), 5)]);

    expect(await make('answer')).toEqual({ did: 'nothing new' });
    expect(toldOf(world)).toEqual(['ReviewLater']);
  });
});

describe('promising after silence', () => {
  it('has a person call, and does not write to the customer again', async () => {
    await putSale(world, asked);

    await make('silence');

    expect(promises()).toMatchObject([{ id: 'call-1', because: 'silent' }]);
    expect(world.mailer.tried).toEqual([]);
  });

  it('takes an answer given in the last second for what it is', async () => {
    await putSale(world, [...asked, unhappy]);

    await make('silence');

    expect(promises()).toMatchObject([{ id: 'resolve-1', because: 'unhappy' }]);
  });

  it.each<[string, Entry]>([
    ['refunded', told.refunded(at(17))],
    ['cancelled', told.cancelled(at(17))],
    ['stopped', told.stopped(at(17))],
  ])('rings nobody whose sale was %s in the last second', async (_, event) => {
    await putSale(world, [...asked, event]);

    await make('silence');

    expect(promises()).toEqual([]);
    expect(toldOf(world)).toEqual(['success']);
    expect(journalOf(world)).toContain('ended');
  });

  it.each<[string, Entry[], string]>([
    ['nothing was sent', [], 'cannot-write'],
    [
      'the service refused the mail',
      [told.refused('check-in', at(13)), told.skipped('check-in', at(13))],
      'cannot-write',
    ],
    [
      'it is unclear whether the mail went out',
      [told.claimed('check-in', at(13)), told.unclear('check-in', at(13))],
      'silent',
    ],
  ])('says why: %s', async (_, since, because) => {
    await putSale(world, since);

    await make('silence');

    expect(promises()[0]?.because).toBe(because);
  });

  it('says so when there is no address', async () => {
    const { email: _, ...nameless } = customer;
    await putSale(world, [], { customer: nameless });

    await make('silence');

    expect(promises()[0]?.because).toBe('cannot-write');
  });

  it('calls once per sale', async () => {
    await putSale(world, [
      ...asked,
      told.promised(at(16), 'call'),
      told.assumed(at(17), { promise: 'call-1' }),
    ]);

    expect(await make('silence')).toEqual({ did: 'nothing new' });
    expect(promises()).toHaveLength(1);
  });
});
