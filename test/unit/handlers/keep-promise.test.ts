import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { createHandler } from '../../../functions/keep-promise/handler.ts';
import { withAbsent } from '../../fixtures/configuration.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { since } from '../../fixtures/promise-entries.ts';
import { at, customer, SALE, told } from '../../fixtures/sales.ts';
import { planned } from './planned.ts';
import { journalOf, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
const NOW = at(17, '10:00');
const SELMA = 'selma.aydin@example.org';
const owed: Entry[] = [
  told.replied(at(17, '09:00'), 1),
  told.promised(at(17, '09:00'), 'resolve', { dueAt: at(17, '14:00'), reply: 1 }),
];
const proposed = told.proposed(NOW);

beforeEach(() => {
  world = memoryWorld();
});

const keep = async (
  position: 'owner' | 'ask' | 'again',
  { now = NOW, ...more }: Parameters<typeof planned>[2] & { now?: string } = {},
) => run(createHandler(world.ports), { ...(await planned(world, now, more)), position });

describe('telling the owner', () => {
  it('sends one note and waits until half of the time is over', async () => {
    await putSale(world, owed);

    const result = await keep('owner');

    expect(result).toEqual({ did: 'resolve-1/owner#1 sent' });
    expect(world.mails()).toEqual(['resolve-1-owner-1 to nora@velowerk.example']);
    expect((await world.sales.load(SALE))?.waiters).toMatchObject([
      { key: 'resolve-1', position: 'owner', until: at(17, '11:30'), turn: 1 },
    ]);
    expect(toldOf(world)).toEqual([]);
  });

  it('gives the link to the person it was sent to', async () => {
    await putSale(world, owed);

    await keep('owner');

    /* The link in it, and the mail itself, which answers refer to. */
    const link = { audience: 'staff', promise: 'resolve-1', staff: 'nora' };
    expect(world.links.all()).toMatchObject([{ ...link, message: 'resolve-1/owner#1' }]);
  });

  it('writes to whoever stands in when the owner is away', async () => {
    world = memoryWorld(withAbsent('nora'));
    await putSale(world, owed);

    await keep('owner');

    expect(world.mails()).toEqual(['resolve-1-owner-1 to lio@velowerk.example']);
  });

  it('sends no second note when the same turn is entered again', async () => {
    await putSale(world, owed);

    await keep('owner');
    await keep('owner', { retry: 1 });

    expect(world.mails()).toHaveLength(1);
  });

  it.each<[string, Entry, string]>([
    ['a refusal', told.escalated(at(17, '09:30'), { dueAt: at(17, '14:00'), because: 'not-yet' }), 'ines'],
    ['handing over', told.handedOver(at(17, '09:30'), { dueAt: at(17, '14:00') }), 'lio'],
  ])('tells the next owner after %s', async (_, entry, next) => {
    await putSale(world, [
      ...owed,
      told.claimed('resolve-1/owner#1', at(17, '09:00')),
      told.sent('resolve-1/owner#1', at(17, '09:00')),
      entry,
    ]);

    await keep('owner', { turn: 2 });

    expect(world.mails()).toEqual([`resolve-1-owner-2 to ${next}@velowerk.example`]);
  });

  it('tells a rep why a customer could not be written to', async () => {
    const { email: _, ...nameless } = customer;
    const call = told.promised(NOW, 'call', { because: 'cannot-write', dueAt: at(17, '14:00') });
    await putSale(world, [call], { customer: nameless });

    expect(await keep('owner', { promise: 'call-1' })).toEqual({ did: 'call-1/owner#1 sent' });
  });

  it.each<[string, Entry, string, string[]]>([
    ['staff say it is done', proposed, 'went on', ['success']],
    ['the customer closed it', told.judged(NOW, true), 'PromiseClosed', ['PromiseClosed']],
    ['a happy answer waived it', told.waived(NOW), 'PromiseClosed', ['PromiseClosed']],
    ['somebody took it', told.taken(NOW), 'Rescheduled', ['Rescheduled']],
  ])('writes nothing when meanwhile %s', async (_, entry, did, signals) => {
    await putSale(world, [...owed, entry]);

    const result = await keep('owner');

    expect(result).toEqual({ did });
    expect(toldOf(world)).toEqual(signals);
    expect(world.mailer.tried).toEqual([]);
  });

  it('tells the sale too, which nobody told who closed it', async () => {
    await putSale(world, [...owed, told.waived(NOW)]);
    await world.sales.wait(SALE, {
      key: 'FollowUp',
      position: 'promise',
      token: 'token-of-the-sale',
      until: at(30),
    });

    await keep('owner');

    expect(toldOf(world)).toEqual(['ReviewLater', 'PromiseClosed']);
  });

  it('goes on waiting after a refund: what is owed stays owed', async () => {
    await putSale(world, [...owed, told.refunded(NOW)]);

    expect(await keep('owner')).toEqual({ did: 'resolve-1/owner#1 sent' });
    expect(toldOf(world)).toEqual([]);
  });

  it('waits its second for what is overdue instead of going round for ever', async () => {
    await putSale(world, [told.promised(at(16), 'resolve', { dueAt: at(17, '09:00'), reply: 1 })]);

    await keep('owner');

    expect(toldOf(world)).toEqual([]);
    expect((await world.sales.load(SALE))?.waiters).toMatchObject([{ until: at(17, '10:00:01.000') }]);
  });

  it('says everything that is to be said, each once', async () => {
    const published = told.promised(NOW, 'call', { because: 'published', dueAt: at(20, '14:00') });
    await putSale(world, [published, since.wished(NOW, { promise: 'call-1' })]);

    const first = await keep('owner', { promise: 'call-1', turn: 2 });
    const again = await keep('owner', { promise: 'call-1', turn: 2 });

    expect(first.did.split(', ')).toEqual([
      'call-1/owner#1 sent',
      'call-1/receipt sent',
      'call-1/wish#1 sent',
    ]);
    expect(again).toEqual({ did: 'waits' });
  });

  it('lets people sleep, and is woken in the morning', async () => {
    const night = at(17, '21:00');
    await putSale(world, [told.promised(night, 'resolve', { dueAt: at(18, '12:00'), reply: 1 })]);

    const result = await keep('owner', { now: night });

    expect(result).toEqual({ did: 'waits' });
    expect((await world.sales.load(SALE))?.waiters).toMatchObject([{ until: at(18, '08:00') }]);
    expect(await keep('owner', { now: at(18, '08:00') })).toEqual({ did: 'resolve-1/owner#1 sent' });
  });

  it('tells everybody of a withdrawal and only then ends', async () => {
    await putSale(world, [
      ...owed,
      told.sent('resolve-1/owner#1', at(17, '09:00')),
      since.withdrawn(NOW, { by: 'ines' }),
    ]);

    expect(await keep('owner')).toEqual({ did: 'Rescheduled' });
    expect(world.mails()).toEqual([]);
    expect(await keep('owner', { turn: 2, token: 'second' })).toEqual({ did: 'PromiseClosed' });
    expect(world.mails()).toEqual([
      'resolve-1-withdrawn-owner-1 to nora@velowerk.example',
      `resolve-1-withdrawn-1 to ${SELMA}`,
    ]);
    expect(toldOf(world)).toEqual(['Rescheduled', 'PromiseClosed']);
  });

  it('pages the last level once each time it gets the promise', async () => {
    const top = { from: 'ines', owner: 'urs', level: 2, dueAt: at(17, '14:00') } as const;
    await putSale(world, [
      ...owed,
      told.escalated(at(17, '09:20'), { dueAt: at(17, '09:30') }),
      told.escalated(at(17, '09:30'), { strike: 2, ...top }),
    ]);

    await keep('owner', { turn: 3 });
    await keep('owner', { turn: 3 });

    expect(world.pages).toHaveLength(1);
    expect(JSON.stringify(world.pages)).not.toMatch(/Selma|Aydin|555/);
  });

  it('puts the promise on the desk as it stands', async () => {
    await putSale(world, [...owed, told.escalated(at(17, '09:30'), { dueAt: at(17, '14:00') })]);

    await keep('owner', { turn: 2 });

    expect(world.lists.open()).toMatchObject([{ promise: 'resolve-1', owner: 'ines', strikes: 1 }]);
    expect(await world.lists.scoresOf('nora', 5)).toMatchObject([{ result: 'broken' }]);
  });

  it('fails for a promise nobody made', async () => {
    await putSale(world);

    await expect(keep('owner')).rejects.toMatchObject({ name: 'BadInput' });
  });
});

describe('asking the customer whether it was kept', () => {
  it.each([
    ['ask', 'resolve-1/ask#1'],
    ['again', 'resolve-1/ask-again#1'],
  ] as const)('sends one question: %s', async (position, message) => {
    await putSale(world, [...owed, proposed]);

    const result = await keep(position);

    expect(result).toEqual({ did: `${message} sent` });
    expect(world.mails()).toEqual([`${message.replace(/\W/g, '-')} to ${SELMA}`]);
    expect(world.links.all()).toMatchObject([{ audience: 'customer', attempt: 1 }]);
  });

  it('asks anew about every time staff say it is done', async () => {
    await putSale(world, [
      ...owed,
      told.proposed(at(17, '09:05')),
      told.judged(at(17, '09:10'), false),
      told.escalated(at(17, '09:20')),
      told.proposed(at(17, '09:30'), { n: 2 }),
    ]);

    await keep('ask');

    expect(world.mails()).toEqual([`resolve-1-ask-2 to ${SELMA}`]);
  });

  it('asks also after the customer said stop: it is about what we owe', async () => {
    await putSale(world, [...owed, proposed, told.stopped(NOW)]);

    expect(await keep('ask')).toEqual({ did: 'resolve-1/ask#1 sent' });
  });

  it('goes up the ladder when the customer has said not yet', async () => {
    await putSale(world, [...owed, proposed, told.judged(NOW, false)]);

    expect(await keep('ask')).toEqual({ did: 'NotYet' });
    expect(toldOf(world)).toEqual(['NotYet']);
  });

  it('sends nothing when the verdict comes between the claim and the send', async () => {
    await putSale(world, [...owed, proposed]);
    world.onceAfter(
      'sales.append message#resolve-1/ask#1#1#claimed',
      () => void world.sales.append(SALE, told.judged(NOW, true)),
    );

    expect(await keep('ask')).toEqual({ did: 'resolve-1/ask#1 skipped' });
    expect(world.mailer.tried).toEqual([]);
  });

  it('waits without asking where there is no address', async () => {
    const { email: _, ...nameless } = customer;
    await putSale(world, [...owed, proposed], { customer: nameless });

    expect(await keep('ask')).toEqual({ did: 'waits' });
  });

  it('has the owner told when nobody knows whether the question went out', async () => {
    await putSale(world, [...owed, proposed]);
    world.mailer.answers.push({ kind: 'unclear', error: 'TimeoutError' });

    await keep('ask');

    expect(world.mails()).toEqual(['unclear-resolve-1-ask-1 to nora@velowerk.example']);
    expect(journalOf(world)).toContain('unclear resolve-1/ask#1');
  });
});
