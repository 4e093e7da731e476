import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/ask-customer/handler.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { ASKING } from '../../../functions/core/person/standing.ts';
import { followUpTask } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, customer, order, SALE, told } from '../../fixtures/sales.ts';
import { journalOf, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;

/** Friday, when the check-in is due, and Tuesday, when the reminder is. */
const FRIDAY = at(13, '09:01');
const TUESDAY = at(17, '09:01');
const SELMA = 'selma.aydin@example.org';

beforeEach(() => {
  world = memoryWorld();
});

const ask = (more: { position?: 'ask' | 'again'; now?: string; retry?: number } = {}) => {
  const { position = 'ask', now = FRIDAY, retry = 0 } = more;
  return run(createHandler(world.ports), { ...followUpTask(now, { retry }), position });
};

const sentCheckIn: Entry[] = [told.claimed('check-in', FRIDAY), told.sent('check-in', FRIDAY)];

describe('asking the customer', () => {
  it('sends one check-in and waits for the answer', async () => {
    await putSale(world);

    const result = await ask();

    expect(result).toEqual({ did: 'sent' });
    expect(world.mails()).toEqual([`check-in to ${SELMA}`]);
    expect(journalOf(world)).toEqual(['claimed check-in', 'sent check-in']);
    expect((await world.sales.load(SALE))?.waiters).toMatchObject([{ position: 'ask', until: TUESDAY }]);
    expect(toldOf(world)).toEqual([]);
  });

  it('claims before it sends and looks at the sale once more in between', async () => {
    await putSale(world);
    world.operations.length = 0;

    await ask();

    expect(world.operations).toEqual([
      'sales.wait FollowUp ask',
      'sales.load',
      'people.of',
      'people.touch',
      'links.keep',
      'sales.append message#check-in#1#claimed',
      'sales.load',
      'people.of',
      'sales.append message#check-in#1#sent',
    ]);
  });

  it('puts no address, name or word into the tags the mail service logs', async () => {
    await putSale(world);

    await ask();

    const tags = Object.values(world.mailer.taken[0]?.tags ?? {});
    expect(tags).toHaveLength(4);
    for (const tag of tags) expect(tag).toMatch(/^[a-z0-9-]{1,64}$/);
  });

  it('sends nothing twice when it is run twice', async () => {
    await putSale(world);

    await ask();
    await ask({ retry: 1 });

    expect(world.mails()).toHaveLength(1);
  });

  it('sends nothing twice when two runs overlap', async () => {
    await putSale(world);

    const [one, other] = await Promise.allSettled([ask(), ask()]);

    expect(world.mails()).toHaveLength(1);
    expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect([one, other].find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'SendInFlight' },
    });
  });

  it('reminds in another mail', async () => {
    await putSale(world, sentCheckIn);

    await ask({ position: 'again', now: TUESDAY });

    expect(world.mails()).toEqual([`reminder to ${SELMA}`]);
  });
});

describe('asking a customer who need not be asked', () => {
  it.each<[string, Entry, string]>([
    ['the order was refunded', told.refunded(at(12)), 'SaleClosed'],
    ['the order was cancelled', told.cancelled(at(12)), 'SaleClosed'],
    ['the customer said stop', told.stopped(at(12)), 'SaleClosed'],
    ['the customer is unhappy', told.replied(at(12), 1), 'CustomerNeedsHelp'],
  ])('sends nothing when %s', async (_, event, told_) => {
    await putSale(world, [event]);

    const result = await ask();

    expect(result).toEqual({ did: told_ });
    expect(toldOf(world)).toEqual([told_]);
    expect(world.mailer.tried).toEqual([]);
  });

  it('sends nothing when the customer has answered already', async () => {
    await putSale(world, [told.replied(at(12), 5)]);

    expect(await ask()).toEqual({ did: 'ReviewLater' });
    expect(world.mailer.tried).toEqual([]);
  });

  it.each<[string, Entry, string]>([
    ['a refund', told.refunded(FRIDAY), 'the order was refunded'],
    ['a stop', told.stopped(FRIDAY), 'the customer asked us to stop'],
    ['an answer', told.replied(FRIDAY, 5), 'the customer has answered'],
  ])('sends nothing when %s comes between the claim and the send', async (_, event, reason) => {
    await putSale(world);
    world.onceAfter('sales.append message#check-in#1#claimed', () => void world.sales.append(SALE, event));

    const result = await ask();

    expect(result).toEqual({ did: 'skipped' });
    expect(world.mailer.tried).toEqual([]);
    expect(world.sales.entries(SALE)).toContainEqual({
      type: 'skipped',
      at: FRIDAY,
      message: 'check-in',
      reason,
    });
  });

  it('knows a stop the same person gave for another sale', async () => {
    await putSale(world, [], { customer: { ...customer, email: 'Selma.Aydin@example.org' } });
    await world.people.suppress(world.ids.digest(SELMA), ASKING, {
      since: at(5),
      because: 'asked',
      method: 'page',
    });

    const result = await ask();

    expect(result).toEqual({ did: 'SaleClosed' });
    expect(journalOf(world)).toEqual(['stopped', 'ended']);
    expect(world.mailer.tried).toEqual([]);
  });
});

describe('asking at the wrong time', () => {
  it.each([
    ['at three in the morning', at(13, '02:00')],
    ['on a Sunday', at(15, '12:00')],
  ])('does not write %s but waits for the next opening', async (_, now) => {
    await putSale(world);

    const result = await ask({ now });

    expect(result).toEqual({ did: 'Rescheduled' });
    expect(world.mailer.tried).toEqual([]);
    expect(journalOf(world)).toEqual(['rescheduled']);
  });

  it('goes back to waiting when a delivery in the last second moved the day', async () => {
    await putSale(world, [told.delivered(at(12, '14:00'))]);

    expect(await ask()).toEqual({ did: 'Rescheduled' });
    expect(world.mailer.tried).toEqual([]);
  });

  it('does not go back once the check-in is out', async () => {
    await putSale(world, [...sentCheckIn, told.delivered(at(13, '14:00'))]);

    expect(await ask({ now: at(13, '20:00'), retry: 1 })).toEqual({ did: 'sent' });
    expect(toldOf(world)).toEqual([]);
  });
});

describe('asking a customer whom no mail can reach', () => {
  const cannot = async (since: Entry[], who = customer) => {
    await putSale(world, since, { customer: who });
    return ask();
  };

  it('calls for a person when there is no address', async () => {
    const { email: _, ...nameless } = customer;

    expect(await cannot([], nameless)).toEqual({ did: 'CannotWrite' });
    expect(toldOf(world)).toEqual(['CannotWrite']);
  });

  it('calls for a person when the mail would have a hole, and names the field', async () => {
    const blank = told.ordered(at(3), {
      order: order({ lines: [{ lineId: '1', title: ' ', quantity: 1 }] }),
    });

    expect(await cannot([blank])).toEqual({ did: 'CannotWrite' });
    expect(world.sales.entries(SALE)).toContainEqual(
      expect.objectContaining({ type: 'skipped', message: 'check-in', reason: 'missing: item.title' }),
    );
    expect(world.mailer.tried).toEqual([]);
  });

  it('calls for a person when no mail server takes such an address', async () => {
    expect(await cannot([], { ...customer, email: 'selma at example' })).toEqual({ did: 'CannotWrite' });
    expect(journalOf(world)).toEqual(['skipped check-in']);
  });

  it('calls for a person when the service refuses it for good', async () => {
    world.mailer.answers.push({ kind: 'refused', error: 'MessageRejected', isFinal: true });

    expect(await cannot([])).toEqual({ did: 'CannotWrite' });
    expect(journalOf(world)).toEqual(['claimed check-in', 'refused check-in', 'skipped check-in']);
  });

  it('still calls for one when an earlier run died after it wrote down why', async () => {
    world.mailer.answers.push({ kind: 'refused', error: 'MessageRejected', isFinal: true });
    world.failOnce('workflows.tell');
    await expect(cannot([])).rejects.toThrow();

    const again = await ask({ retry: 1 });

    expect(again).toEqual({ did: 'CannotWrite' });
    expect(toldOf(world)).toEqual(['CannotWrite']);
    expect(world.mailer.tried).toHaveLength(1);
  });
});

describe('a mail service in trouble', () => {
  it('makes the state try again, and the next attempt sends', async () => {
    await putSale(world);
    world.mailer.answers.push({ kind: 'refused', error: 'Throttling', isFinal: false });

    await expect(ask()).rejects.toMatchObject({ name: 'MailThrottled' });
    const again = await ask({ retry: 1 });

    expect(again).toEqual({ did: 'sent' });
    expect(world.mailer.tried.map(({ tags }) => tags['attempt'])).toEqual(['1', '2']);
    expect(world.mails()).toHaveLength(1);
  });

  it('that leaves it open whether the mail went out has the owner told, once, and nothing resent', async () => {
    await putSale(world);
    world.mailer.answers.push({ kind: 'unclear', error: 'TimeoutError' });

    await ask();
    await ask({ retry: 1 });

    expect(world.mailer.tried.map(({ to }) => to)).toEqual([SELMA, 'nora@velowerk.example']);
    expect(journalOf(world)).toEqual([
      'claimed check-in',
      'unclear check-in',
      'claimed unclear/check-in',
      'sent unclear/check-in',
    ]);
  });

  it('has the owner told by the next run when the note itself was throttled', async () => {
    await putSale(world);
    world.mailer.answers.push(
      { kind: 'unclear', error: 'TimeoutError' },
      { kind: 'refused', error: 'Throttling', isFinal: false },
    );
    await expect(ask()).rejects.toMatchObject({ name: 'MailThrottled' });

    const again = await ask({ retry: 1 });

    expect(again).toEqual({ did: 'unclear' });
    expect(world.mails()).toEqual(['unclear-check-in to nora@velowerk.example']);
  });

  it('during which the process dies sends nothing again and tells the owner', async () => {
    await putSale(world);
    world.mailer.answers.push('dies');
    await expect(ask()).rejects.toThrow('the process ended');

    const again = await ask({ retry: 1 });

    expect(again).toEqual({ did: 'unclear' });
    expect(world.mails()).toEqual([`check-in to ${SELMA}`, 'unclear-check-in to nora@velowerk.example']);
  });

  it.each(['claimed', 'sent'])(
    'never sends twice when storing "%s" fails after it took effect',
    async (entry) => {
      await putSale(world);
      world.failOnce(`sales.append message#check-in#1#${entry}`, 'after');
      await expect(ask()).rejects.toThrow('the network failed');

      await ask({ retry: 1 });

      expect(world.mails().filter((mail) => mail.startsWith('check-in')).length).toBeLessThanOrEqual(1);
    },
  );
});
