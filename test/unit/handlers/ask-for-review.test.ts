import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/ask-for-review/handler.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { ASKING } from '../../../functions/core/person/standing.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, customer, record, SALE, told } from '../../fixtures/sales.ts';
import { journalOf, putSale, run } from './sale-on-file.ts';

let world: MemoryWorld;
const NOW = at(18, '10:00');
const SELMA = 'selma.aydin@example.org';
const happy = told.replied(at(14), 5);

beforeEach(() => {
  world = memoryWorld();
});

const review = (retry = 0) => {
  const { token: _, ...task } = followUpTask(NOW, { retry });
  return run(createHandler(world.ports), task);
};

const bodyOf = () =>
  world.mailer.taken[0]?.raw
    .split('\r\n\r\n')
    .slice(1)
    .join('')
    .replace(/=_[\w-]+/g, '');

describe('asking for a review', () => {
  it('sends one mail and ends the round', async () => {
    await putSale(world, [happy]);

    const result = await review();

    expect(result).toEqual({ did: 'sent' });
    expect(world.mails()).toEqual([`review-ask to ${SELMA}`]);
    expect(journalOf(world)).toContain('ended');
  });

  it('uses the same words whatever the customer said', async () => {
    const bodies: (string | undefined)[] = [];
    const lives: Entry[][] = [
      [happy],
      [told.replied(at(14), 3)],
      [
        told.replied(at(14), 1),
        told.promised(at(14, '11:00'), 'resolve', { reply: 1 }),
        told.judged(at(15), true),
      ],
      [told.promised(at(14), 'call'), told.assumed(at(16), { promise: 'call-1' })],
    ];

    for (const life of lives) {
      world = memoryWorld();
      await putSale(world, life);
      await review();
      bodies.push(bodyOf());
    }

    expect(bodies[0]).toContain('review');
    expect(new Set(bodies).size).toBe(1);
  });

  it.each<[string, Entry[]]>([
    ['was refunded', [happy, told.refunded(at(17))]],
    ['was stopped', [happy, told.stopped(at(17))]],
    ['was asked already', [told.claimed('review-ask', at(16)), told.sent('review-ask', at(16))]],
  ])('sends nothing more when the sale %s', async (_, since) => {
    await putSale(world, since);

    await review();

    expect(world.mailer.tried).toEqual([]);
    expect(journalOf(world)).toContain('ended');
  });

  it('sends nothing to somebody who said stop about another sale', async () => {
    await putSale(world, [happy]);
    await world.people.suppress(world.ids.digest(SELMA), ASKING, {
      since: at(17),
      because: 'asked',
      method: 'page',
    });

    await review();

    expect(world.mailer.tried).toEqual([]);
    expect(journalOf(world)).toEqual(['replied', 'stopped', 'ended']);
  });

  it('sends nothing without an address, a place for it or a journey that wants one', async () => {
    const { email: _, ...nameless } = customer;
    const { review: __, ...journey } = record().journey;
    await putSale(world, [happy], { customer: nameless, record: { journey } });

    expect(await review()).toEqual({ did: 'nothing to ask' });
  });

  it('tries again after the service took nothing', async () => {
    await putSale(world, [happy]);
    world.mailer.answers.push({ kind: 'refused', error: 'Throttling', isFinal: false });
    await expect(review()).rejects.toMatchObject({ name: 'MailThrottled' });

    await review(1);

    expect(world.mails()).toHaveLength(1);
  });

  it('sends once though the process died while sending, and tells the owner', async () => {
    await putSale(world, [happy]);
    world.mailer.answers.push('dies');
    await expect(review()).rejects.toThrow();

    await review(1);

    expect(world.mails()).toEqual([`review-ask to ${SELMA}`, 'unclear-review-ask to nora@velowerk.example']);
  });
});

describe('an unhappy answer when the wait for the review has just ended', () => {
  it('is helped in a new round, and the review waits', async () => {
    await putSale(world, [happy, told.replied(at(18, '09:59:59.000'), 1, { n: 2 })]);

    await review();

    expect(world.mailer.tried).toEqual([]);
    expect(journalOf(world)).toEqual(['replied', 'replied', 'ended', 'started']);
    expect(world.workflows.executions).toMatchObject([{ machine: 'FollowUp', input: { round: 2 } }]);
  });

  it('is helped as well when it comes while the mail goes out', async () => {
    await putSale(world, [happy]);
    world.onceAfter('sales.append message#review-ask#1#sent', () => {
      void world.sales.append(SALE, told.replied(at(18, '10:00:00.200'), 1, { n: 2 }));
    });

    await review();

    expect(world.workflows.executions).toMatchObject([{ machine: 'FollowUp', input: { round: 2 } }]);
  });
});
