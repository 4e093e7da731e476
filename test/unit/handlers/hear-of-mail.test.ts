import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { ALL_MAIL } from '../../../functions/core/person/standing.ts';
import { foldSale, openPromises, type Sale } from '../../../functions/core/sale.ts';
import { createHandler } from '../../../functions/hear-of-mail/handler.ts';
import { personDigest, sentMailDigest } from '../../../functions/steps/digests.ts';
import { queueBatch } from '../../fixtures/invocations.ts';
import {
  bounceOf,
  complaintOf,
  deliveryOf,
  enveloped,
  heardAt,
  RECIPIENT,
  rejectOf,
} from '../../fixtures/mail-events.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putOther } from './other-sale.ts';
import { journalOf, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
const NOW = at(13, '09:05');
const CHECK_IN: Entry[] = [told.claimed('check-in', at(13, '09:01')), told.sent('check-in', at(13, '09:01'))];
const RESOLVE: Entry[] = [told.replied(at(14), 1), told.promised(at(14, '10:01'), 'resolve', { reply: 1 })];

/** The link that `deliver` keeps for a mail that was sent. */
const putSent = async (message: string, attempt = 1, audience: 'customer' | 'staff' = 'customer') => {
  const messageId = `ses-${message}-${attempt}`;
  await world.links.keep(sentMailDigest(world.ids, messageId), {
    saleId: SALE,
    audience,
    message,
    attempt,
    expiresAt: at(30),
  });
  return messageId;
};

const begin = async (since: Entry[] = CHECK_IN, position = 'ask') => {
  world = memoryWorld();
  await putSale(world, since);
  await world.sales.wait(SALE, { key: 'FollowUp', position, token: 'waiting', until: at(17) });
};
beforeEach(() => begin());

const hear = (body: unknown, when = NOW, take = 1) =>
  run(createHandler(world.ports), queueBatch(heardAt(body, when, take)));
const saleNow = async (): Promise<Sale> => {
  const stored = await world.sales.load(SALE);
  const sale = stored && foldSale(stored);
  if (sale === undefined) throw new Error('The sale is there');
  return sale;
};
const standing = (email = RECIPIENT) => world.people.of(personDigest(world.ids, email));
const calls = async () => openPromises(await saleNow()).filter(({ kind }) => kind === 'call');

describe('an event about a mail', () => {
  it('is known by the link in it, before anybody has written down that it was sent', async () => {
    await begin([told.claimed('check-in', at(13, '09:01'))]);
    const link = world.ids.digest('token of the check-in');
    await world.links.keep(link, {
      saleId: SALE,
      audience: 'customer',
      message: 'check-in',
      attempt: 1,
      expiresAt: at(30),
    });
    const event = deliveryOf('ses-unheard-of');

    await hear({ ...event, mail: { ...event.mail, tags: { link: [link] } } });

    expect(journalOf(world)).toContain('arrived check-in');
  });

  it.each(['raw', 'in an envelope of SNS'])('is understood %s', async (how) => {
    const event = deliveryOf(await putSent('check-in'));

    await hear(how === 'raw' ? event : enveloped(event));

    expect(journalOf(world)).toContain('arrived check-in');
  });

  it('that nobody knows and that closes no mailbox is dropped, and changes nothing', async () => {
    const before = world.bytes();

    const { batchItemFailures } = await hear(deliveryOf('ses-of-somebody-else'));

    expect(batchItemFailures).toEqual([]);
    expect(world.bytes()).toBe(before);
  });

  it('that comes before the mail is written down comes back once, and is dropped then', async () => {
    const event = deliveryOf('ses-too-quick', at(13, '09:04:59.000'));

    expect((await hear(event)).batchItemFailures).toHaveLength(1);
    expect((await hear(event, NOW, 2)).batchItemFailures).toEqual([]);
  });

  it.each([
    ['a trial of SES', 'Successfully validated SNS topic for Amazon SES event publishing.'],
    ['an event of another kind', { ...deliveryOf('ses-check-in-1'), eventType: 'DeliveryDelay' }],
    ['an empty object', {}],
  ])('%s is taken and forgotten', async (_, body) => {
    await putSent('check-in');
    const before = world.bytes();

    expect((await hear(body)).batchItemFailures).toEqual([]);
    expect(world.bytes()).toBe(before);
  });

  it('that is broken comes back, and does not keep the others', async () => {
    const good = heardAt(deliveryOf(await putSent('check-in')), NOW);
    const bad = { ...heardAt({ ...bounceOf('ses-check-in-1'), bounce: 'what' }, NOW), messageId: 'bad' };

    const { batchItemFailures } = await run(createHandler(world.ports), queueBatch(bad, good));

    expect(batchItemFailures).toEqual([{ itemIdentifier: 'bad' }]);
    expect(journalOf(world)).toContain('arrived check-in');
  });

  it('says once that it arrived, however often it is told', async () => {
    const event = deliveryOf(await putSent('check-in'));

    for (const take of [1, 2, 3]) await hear(event, NOW, take);

    expect(journalOf(world).filter((line) => line === 'arrived check-in')).toHaveLength(1);
  });
});

describe('a mail that came back for good', () => {
  it('stops every mail to the address, with the words of the mail server and without the address', async () => {
    await hear(bounceOf(await putSent('check-in')));

    const { suppressed } = await standing();
    expect(Object.keys(suppressed).sort()).toEqual(['check-in', 'owed', 'review']);
    expect(suppressed.owed).toMatchObject({ because: 'bounce', saleId: SALE });
    expect(suppressed.owed?.evidence).toContain('550 5.1.1');
    expect(JSON.stringify([suppressed, world.sales.entries(SALE)])).not.toContain('selma');
  });

  it.each(['ask', 'again'])('has the workflow that waits in "%s" let a person ring', async (position) => {
    await begin(CHECK_IN, position);

    await hear(bounceOf(await putSent('check-in')));

    expect(toldOf(world)).toEqual(['CannotWrite']);
    expect(await calls()).toEqual([]);
  });

  it.each(['use', 'promise', 'review'])(
    'makes a call owed where the workflow waits in "%s" and something is owed',
    async (position) => {
      await begin([...CHECK_IN, ...RESOLVE], position);

      await hear(bounceOf(await putSent('resolve-1/receipt')), at(14, '11:00'));

      expect((await calls()).map(({ because, owner }) => `${because} ${owner}`)).toEqual([
        'cannot-write nora',
      ]);
      expect(world.workflows.executions.map(({ machine }) => machine)).toContain('Promise');
    },
  );

  it('owes one call, however many mails come back and however often it is told', async () => {
    await begin([...CHECK_IN, ...RESOLVE], 'promise');
    const first = bounceOf(await putSent('resolve-1/receipt'));
    const second = bounceOf(await putSent('resolve-1/in-hand#1'));

    for (const event of [first, first, second, first]) await hear(event, at(14, '11:00'));

    expect(await calls()).toHaveLength(1);
  });

  it('owes no call to somebody who has said that all is well', async () => {
    await begin([...CHECK_IN, told.replied(at(14), 5), told.ended(at(14))], 'review');

    await hear(bounceOf(await putSent('review-ask')));

    expect(await calls()).toEqual([]);
    expect((await standing()).suppressed.review?.because).toBe('bounce');
  });

  it('is told to every other sale of the person that waits for an answer, and to no other', async () => {
    await putOther(world, 'shop/asking', 'ask', 'their-ask');
    await putOther(world, 'shop/waiting', 'use', 'their-use');
    await putOther(world, 'shop/stranger', 'ask', 'strange', 'somebody.else@example.org');

    await hear(bounceOf(await putSent('check-in')));

    expect(world.workflows.told.map(({ token }) => token)).toEqual(['waiting', 'their-ask']);
  });

  it('on the account’s own list of suppressed addresses counts as for good', async () => {
    await hear(bounceOf(await putSent('check-in'), 'Transient', { subType: 'OnAccountSuppressionList' }));

    expect((await standing()).suppressed.owed?.because).toBe('bounce');
  });

  it('to an address the customer has no more stops that address alone', async () => {
    await hear(bounceOf(await putSent('check-in'), 'Permanent', { to: 'old@example.org' }));

    expect((await standing('old@example.org')).suppressed.owed?.because).toBe('bounce');
    expect((await standing()).suppressed).toEqual({});
    expect(toldOf(world)).toEqual([]);
  });

  it('told once more after somebody has released the person changes nothing', async () => {
    const event = bounceOf(await putSent('check-in'));
    await hear(event);
    const person = personDigest(world.ids, RECIPIENT);
    const classes = ['owed', 'check-in', 'review'] as const;
    await world.people.release(person, { at: at(14), by: 'ines', reason: 'rang', classes: [...classes] });

    await hear(event, NOW, 2);

    expect((await standing()).suppressed).toEqual({});
  });

  it('of a note to staff is written down and touches nobody', async () => {
    await hear(
      bounceOf(await putSent('resolve-1/owner#1', 1, 'staff'), 'Permanent', { to: 'nora@velowerk.example' }),
    );

    expect(journalOf(world)).toContain('bounced resolve-1/owner#1');
    expect((await standing('nora@velowerk.example')).suppressed).toEqual({});
    expect(toldOf(world)).toEqual([]);
  });
});

describe('a mail that came back for now', () => {
  it.each(['Transient', 'Undetermined'] as const)(
    '(%s) is tried again on the next working day',
    async (type) => {
      await hear(bounceOf(await putSent('check-in'), type));

      expect(toldOf(world)).toEqual(['Rescheduled']);
      const [rescheduled] = world.sales.entries(SALE).filter((entry) => entry.type === 'rescheduled');
      /* Friday the 13th; Monday at half past nine in Zurich or a little later. */
      expect(rescheduled?.type === 'rescheduled' && rescheduled.checkInAt.slice(0, 13)).toMatch(
        '2026-11-16T',
      );
      expect((await standing()).suppressed).toEqual({});
    },
  );

  it('the third time is left to a person', async () => {
    const again = (attempt: number, day: number): Entry[] => [
      told.claimed('check-in', at(day), attempt),
      told.sent('check-in', at(day), attempt),
    ];
    await begin([...again(1, 9), ...again(2, 10), ...again(3, 13)]);
    for (const [attempt, day] of [
      [1, 9],
      [2, 10],
      [3, 13],
    ] as const)
      await hear(bounceOf(await putSent('check-in', attempt), 'Transient'), at(day, '11:00'));

    expect(toldOf(world).at(-1)).toBe('CannotWrite');
  });

  it('and was about something owed: its owner gets a note, once', async () => {
    await begin([...CHECK_IN, ...RESOLVE], 'promise');
    const event = bounceOf(await putSent('resolve-1/receipt'), 'Transient');

    await hear(event, at(14, '11:00'));
    await hear(event, at(14, '11:00'), 2);

    expect(world.mails()).toEqual(['resolve-1-came-back-1 to nora@velowerk.example']);
    expect(await calls()).toEqual([]);
  });
});

describe('a complaint', () => {
  it('stops everything at once, for every sale of the person', async () => {
    await putOther(world, 'shop/waiting', 'use', 'their-use');

    await hear(complaintOf(await putSent('check-in')));

    const { suppressed } = await standing();
    expect(Object.values(suppressed).map((one) => one?.because)).toEqual([
      'complaint',
      'complaint',
      'complaint',
    ]);
    expect(world.workflows.told.map((one) => [one.token, 'error' in one ? one.error : ''])).toEqual([
      ['waiting', 'SaleClosed'],
      ['their-use', 'SaleClosed'],
    ]);
    expect(world.sales.entries(SALE).find(({ type }) => type === 'stopped')).toMatchObject({
      method: 'complaint',
    });
  });

  it('leaves what is owed, and its owner hears that only the phone is left', async () => {
    await begin([...CHECK_IN, ...RESOLVE], 'promise');
    const event = complaintOf(await putSent('resolve-1/receipt'));

    for (const take of [1, 2]) await hear(event, at(14, '11:00'), take);

    expect(openPromises(await saleNow()).map(({ id }) => id)).toEqual(['resolve-1']);
    expect(world.mails()).toEqual(['resolve-1-by-phone-1 to nora@velowerk.example']);
    expect(Buffer.from(world.mailer.taken[0]?.raw ?? '').toString()).toContain('spam');
  });
});

describe('an event about a mail nobody could vouch for, so that its id was never kept', () => {
  const LATER = at(13, '11:00');

  it.each(['complaint', 'bounce'] as const)('closes the mailbox all the same after a %s', async (because) => {
    await hear(because === 'complaint' ? complaintOf('ses-unclear') : bounceOf('ses-unclear'), LATER);

    const { suppressed } = await standing();
    expect(Object.keys(suppressed).sort()).toEqual([...ALL_MAIL].sort());
    expect(suppressed.owed).toMatchObject({ because, since: LATER });
  });

  it('leaves the mailbox open when it came back for now, or when it is one of ours', async () => {
    const [nora] = world.ports.settings.config.staff;

    await hear(bounceOf('ses-unclear', 'Transient'), LATER);
    await hear(complaintOf('ses-unclear', nora?.email), LATER);

    expect((await standing()).suppressed).toEqual({});
    expect((await standing(nora?.email)).suppressed).toEqual({});
  });

  it('told once more after somebody has released the person changes nothing', async () => {
    await hear(complaintOf('ses-unclear'), LATER);
    const person = personDigest(world.ids, RECIPIENT);
    await world.people.release(person, { at: at(14), by: 'nora', classes: [...ALL_MAIL] });

    await hear(complaintOf('ses-unclear'), LATER, 2);

    expect((await standing()).suppressed).toEqual({});
  });
});

describe('a mail that the service refused after it took it', () => {
  it('is a note to the owner', async () => {
    await hear(rejectOf(await putSent('check-in')));

    expect(world.mails()).toEqual(['unclear-check-in to nora@velowerk.example']);
  });
});
