/** Whatever fails, before or after it took effect, and whenever: the event comes again and everything is as it must be. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { foldSale, openPromises } from '../../../functions/core/sale.ts';
import { createHandler } from '../../../functions/hear-of-mail/handler.ts';
import { personDigest, sentMailDigest } from '../../../functions/steps/digests.ts';
import { queueBatch } from '../../fixtures/invocations.ts';
import { bounceOf, complaintOf, heardAt, RECIPIENT } from '../../fixtures/mail-events.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putOther } from './other-sale.ts';
import { journalOf, putSale, run } from './sale-on-file.ts';

const NOW = at(14, '11:00');
const ID = 'ses-of-the-customer';
const ASKED: Entry[] = [told.claimed('check-in', at(13, '09:01')), told.sent('check-in', at(13, '09:01'))];
const OWED: Entry[] = [told.replied(at(14), 1), told.promised(at(14, '10:01'), 'resolve', { reply: 1 })];

type Case = { since: Entry[]; position: string; message: string; event: unknown };
const CASES: Record<string, Case> = {
  'a question came back for good': {
    since: ASKED,
    position: 'ask',
    message: 'check-in',
    event: bounceOf(ID),
  },
  'something owed came back for good': {
    since: [...ASKED, ...OWED],
    position: 'promise',
    message: 'resolve-1/receipt',
    event: bounceOf(ID),
  },
  'a question came back for now': {
    since: ASKED,
    position: 'ask',
    message: 'check-in',
    event: bounceOf(ID, 'Transient'),
  },
  'something owed came back for now': {
    since: [...ASKED, ...OWED],
    position: 'promise',
    message: 'resolve-1/receipt',
    event: bounceOf(ID, 'Transient'),
  },
  'a complaint about a question': {
    since: ASKED,
    position: 'ask',
    message: 'check-in',
    event: complaintOf(ID),
  },
  'a complaint about something owed': {
    since: [...ASKED, ...OWED],
    position: 'promise',
    message: 'resolve-1/receipt',
    event: complaintOf(ID),
  },
};

const prepare = async ({ since, position, message }: Case): Promise<MemoryWorld> => {
  const world = memoryWorld();
  await putSale(world, since);
  await world.sales.wait(SALE, { key: 'FollowUp', position, token: 'waiting', until: at(17) });
  await putOther(world, 'shop/other', 'ask', 'their-ask');
  const link = { saleId: SALE, audience: 'customer', message, attempt: 1, expiresAt: at(30) } as const;
  await world.links.keep(sentMailDigest(world.ids, ID), link);
  world.operations.length = 0;
  return world;
};

const hear = (world: MemoryWorld, { event }: Case, take: number) =>
  run(createHandler(world.ports), queueBatch(heardAt(event, NOW, take)));

/** What the world is to look like in the end; the exact text of a note that nobody can vouch for may differ. */
const endOf = async (world: MemoryWorld) => {
  const stored = await world.sales.load(SALE);
  const sale = stored && foldSale(stored);
  const standing = await world.people.of(personDigest(world.ids, RECIPIENT));
  return {
    suppressed: Object.entries(standing.suppressed).map(([name, one]) => `${name} ${one?.because}`),
    told: [
      ...new Set(world.workflows.told.map((one) => `${one.token} ${'error' in one ? one.error : ''}`)),
    ].sort(),
    promises: (sale === undefined ? [] : openPromises(sale)).map(({ id }) => id).sort(),
    entries: [
      ...new Set(journalOf(world).filter((line) => !/^(claimed|sent|unclear|refused)/.test(line))),
    ].sort(),
    started: world.workflows.executions.map(({ name }) => name).sort(),
  };
};

describe.each(Object.entries(CASES))('%s', (_, given) => {
  it('ends the same wherever it fails, and nobody is told twice', async () => {
    const calm = await prepare(given);
    expect((await hear(calm, given, 1)).batchItemFailures).toEqual([]);
    const end = await endOf(calm);
    const operations = [...calm.operations];
    expect(operations.length).toBeGreaterThan(5);

    for (const when of ['before', 'after'] as const) {
      for (const operation of new Set(operations)) {
        const world = await prepare(given);
        world.failOnce(operation, when);
        for (const take of [1, 2, 3]) {
          const { batchItemFailures } = await hear(world, given, take);
          if (batchItemFailures.length === 0) break;
        }
        world.heal();

        expect(await endOf(world), `${when} ${operation}`).toEqual(end);
        expect(world.mailer.taken.length, `mails ${when} ${operation}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('ends the same when it is told three times', async () => {
    const once = await prepare(given);
    await hear(once, given, 1);
    const world = await prepare(given);

    for (const take of [1, 2, 3]) await hear(world, given, take);

    expect(await endOf(world)).toEqual(await endOf(once));
    expect(world.mailer.taken).toHaveLength(once.mailer.taken.length);
  });
});
