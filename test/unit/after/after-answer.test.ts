import { beforeEach, describe, expect, it } from 'vitest';
import { addUp, countOf, monthsUntil } from '../../../functions/core/after/count.ts';
import { codeOf, givesIn, mayPassOn, passedOn } from '../../../functions/core/after/referral.ts';
import { saleIdOf } from '../../../functions/core/ids.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { createHandler as receiveReply } from '../../../functions/receive-reply/handler.ts';
import { createHandler as receiveVerdict } from '../../../functions/receive-verdict/handler.ts';
import { createApply } from '../../../functions/start-follow-up/apply-event.ts';
import { personDigest } from '../../../functions/steps/digests.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { giveCode, showCode } from '../../../functions/steps/referral.ts';
import { thankForAnswer } from '../../../functions/steps/thank.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';
import { visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, begun, customer, order, SALE, saleOf, told } from '../../fixtures/sales.ts';
import { journalOf, putLink, putSale, run } from '../handlers/sale-on-file.ts';

const referral = {
  gives: { en: '10 % off the first order', de: '10 % auf die erste Bestellung' },
  prefix: 'BIKE',
};
const config = configuration({ shop: { ...configurationInput().shop, referral } });
const NOW = at(14, '12:00');
const SELMA = 'selma.aydin@example.org';

let world: MemoryWorld;
beforeEach(() => {
  world = memoryWorld(config);
});

const wrote = (when: string, as: 'answer' | 'thanks' | 'more' = 'answer'): Entry => ({
  type: 'wrote',
  at: when,
  mail: as === 'answer' ? 'ab12cd34ef56ab78' : 'cd12cd34ef56ab78',
  as,
  private: { words: 'Lovely.', subject: 'Re: Your Touring bike Jura', messageId: '<one@example.org>' },
});
const byMail = (rating: 1 | 2 | 3 | 4 | 5, more: { n?: number; question?: boolean } = {}): Entry => {
  const entry = told.replied(at(14), rating, more);
  return entry.type === 'replied' ? { ...entry, by: 'mail' } : entry;
};

const thank = async (retry = 0) =>
  thankForAnswer(world.ports, (await loadSale(world.ports, SALE)).sale, NOW, retry);

describe('an answer by mail', () => {
  it('that is happy gets one thank-you, in its own thread, with a way out', async () => {
    await putSale(world, [wrote(at(14)), byMail(5)]);

    expect(await thank()).toBe('thank-you');
    expect(await thank()).toBe('thank-you');

    expect(world.mails()).toEqual([`thank-you to ${SELMA}`]);
    const raw = world.mailer.taken[0]?.raw ?? '';
    expect(raw).toContain('In-Reply-To: <one@example.org>');
    expect(raw).toContain('References: <one@example.org>');
    expect(raw).toMatch(/^Subject: Re: Your Touring bike Jura/m);
    expect(raw).toMatch(/^From: "?Nora Frei/m);
    expect(raw).toContain('List-Unsubscribe');
    expect(raw).not.toContain('BIKE-');
  });

  it('that is average is asked the one thing, instead', async () => {
    await putSale(world, [wrote(at(14)), byMail(3)]);

    expect(await thank()).toBe('made-it-great');

    expect(world.mailer.taken[0]?.raw.replace(/=\r\n/g, '')).toContain('What would have made it great?');
  });

  it.each<[string, Entry[]]>([
    ['is unhappy', [wrote(at(14)), byMail(2)]],
    ['asks something', [wrote(at(14)), byMail(5, { question: true })]],
    ['is only thanks for an answer before', [wrote(at(13)), byMail(5), wrote(at(14), 'thanks')]],
    ['came by the form', [told.replied(at(14), 5)]],
    ['came after the page had thanked', [told.replied(at(13), 4), wrote(at(14)), byMail(5, { n: 2 })]],
    ['is followed by a stop', [wrote(at(14)), byMail(5), told.stopped(at(14, '11:00'))]],
    ['is about an order that was refunded', [told.refunded(at(13)), wrote(at(14)), byMail(5)]],
    [
      'was thanked before',
      [wrote(at(14)), byMail(3), told.claimed('thank-you', at(13)), told.sent('thank-you', at(13))],
    ],
    ['leaves something open', [wrote(at(14)), byMail(5), told.promised(at(13), 'call')]],
  ])('gets nothing when it %s', async (_, entries) => {
    await putSale(world, entries);

    expect(await thank()).toBeUndefined();
    expect(world.mailer.tried).toEqual([]);
  });

  it('gets nothing when they have asked us to stop about another order', async () => {
    await putSale(world, [wrote(at(14)), byMail(5)]);
    const suppression = { since: at(3), because: 'asked', method: 'page' } as const;
    await world.people.suppress(personDigest(world.ids, SELMA), ['check-in'], suppression);

    expect(await thank()).toBeUndefined();
    expect(world.mailer.tried).toEqual([]);
  });

  it('is not thanked a second time when nobody knows whether the first went out', async () => {
    await putSale(world, [wrote(at(14)), byMail(5)]);
    world.mailer.answers.push({ kind: 'unclear', error: 'the line was cut' });

    await thank();
    await thank(1);

    expect(world.mailer.tried.filter(({ tags }) => tags['message'] === 'thank-you')).toHaveLength(1);
    expect(world.mails()).toEqual(['unclear-thank-you to nora@velowerk.example']);
  });
});

describe('an average answer by the form', () => {
  const answer = async (form: Record<string, string>, now = NOW) => {
    const token = await putLink(world);
    return run(receiveReply(world.ports), visit('r', token, { at: now, form }));
  };

  it('is asked what would have made it great, keeps what was said, and is asked once', async () => {
    await putSale(world);

    const first = await answer({ rating: '3', words: 'It rides well.', recommend: 'maybe' });
    const second = await answer(
      { rating: '3', words: 'It rides well.', recommend: 'maybe', more: 'A lower gear.' },
      at(14, '12:05'),
    );

    expect(first.body).toContain('name="more"');
    expect(first.body).toContain('name="words" value="It rides well."');
    expect(second.body).not.toContain('name="more"');
    const sale = saleOf(world.sales.entries(SALE));
    expect(sale.replies.at(-1)).toMatchObject({
      n: 2,
      reply: { rating: 3, recommend: 'maybe' },
      private: { words: 'It rides well.\n\nA lower gear.' },
    });
    expect(sale.promises).toEqual([]);
    expect(second.body).not.toContain('BIKE-');
  });

  it('that asks something there is owed an answer', async () => {
    await putSale(world);

    const page = await answer({ rating: '3', more: 'Is there a lower gear?' });

    expect(saleOf(world.sales.entries(SALE)).replies.at(-1)?.reply.question).toBe(true);
    expect(page.body).not.toContain('name="more"');
  });
});

describe('a code for a friend', () => {
  const post = async (rating: string) => {
    const token = await putLink(world);
    return run(receiveReply(world.ports), visit('r', token, { at: NOW, form: { rating } }));
  };
  const codeIn = (body: string | undefined) => /BIKE-[A-Z2-9]{6}/.exec(body ?? '')?.[0];

  it('is shown to the happy, on the page of thanks and on their own, the same each time', async () => {
    await putSale(world);
    const token = await putLink(world);

    const thanks = await post('5');
    const own = await run(receiveVerdict(world.ports), visit('s', token, { at: at(15) }));

    expect(codeIn(thanks.body)).toBeDefined();
    expect(codeIn(own.body)).toBe(codeIn(thanks.body));
    expect(thanks.body).toContain('10 % off the first order');
    expect(await world.ports.referrals.find(codeIn(thanks.body) ?? '')).toBe(SALE);
  });

  it.each(['3', '2', '1'])('is not shown to who says %s', async (rating) => {
    await putSale(world);

    expect(codeIn((await post(rating)).body)).toBeUndefined();
  });

  it('is not shown where the shop has none', async () => {
    world = memoryWorld();
    await putSale(world);

    expect((await post('5')).body).not.toContain('somebody you know');
  });

  it('is kept by no page that is only looked at', async () => {
    await putSale(world, [told.replied(at(14), 5)]);
    const { sale } = await loadSale(world.ports, SALE);

    expect(await showCode(world.ports, sale, 'en')).toBeUndefined();
    expect(await giveCode(world.ports, sale, 'en')).toBeDefined();
    expect(await showCode(world.ports, sale, 'en')).toEqual(await giveCode(world.ports, sale, 'en'));
  });

  it('that is another sale’s already gives way to the next one', async () => {
    await putSale(world, [told.replied(at(14), 5)]);
    const { sale } = await loadSale(world.ports, SALE);
    const taken = codeOf('BIKE', world.ids.digest(`referral 0 ${SALE}`));
    await world.ports.referrals.keep(taken, saleIdOf('shop', 'another'));

    const given = await giveCode(world.ports, sale, 'en');

    expect(given?.code).toMatch(/^BIKE-/);
    expect(given?.code).not.toBe(taken);
    expect((await showCode(world.ports, sale, 'en'))?.code).toBe(given?.code);
  });

  it('says what the friend gets in the language of the customer, or else of the shop', () => {
    expect(givesIn(config, 'de-CH')).toContain('Bestellung');
    expect(givesIn(config, 'it')).toContain('first order');
    expect(mayPassOn(saleOf(begun(told.replied(at(14), 4))))).toBe(true);
    expect(mayPassOn(saleOf(begun(told.replied(at(14), 4, { call: true }))))).toBe(false);
    expect(passedOn('BIKE', [' bike-abc234 ', 'BIKE-ABC234', 'SUMMER'])).toEqual(['BIKE-ABC234']);
  });
});

describe('a new order', () => {
  const apply = (id: string, when: string, more: { email?: string; codes?: string[] } = {}) =>
    createApply(world.ports)(
      {
        type: 'ordered',
        source: 'shop',
        orderId: id,
        eventId: `ordered-${id}`,
        occurredAt: when,
        order: order({ number: id, placedAt: when, paidAt: when, ...(more.codes && { codes: more.codes }) }),
        customer: { ...customer, email: more.email ?? SELMA },
        aliases: [],
      },
      when,
    );
  const typesOf = (id: string) => world.sales.entries(saleIdOf('shop', id)).map(({ type }) => type);

  it('of the same person is noted at the one before, once, and counted by how that ended', async () => {
    await apply('A-1', at(2));
    await apply('A-2', at(3), { email: 'somebody.else@example.org' });
    await world.sales.append(saleIdOf('shop', 'A-1'), told.replied(at(10), 5));

    await apply('A-3', at(20));
    await apply('A-3', at(20));
    await apply('A-4', at(21));

    expect(typesOf('A-1').filter((type) => type === 'bought-again')).toHaveLength(1);
    expect(typesOf('A-2')).not.toContain('bought-again');
    expect(typesOf('A-3')).toContain('bought-again');
    expect(typesOf('A-4')).not.toContain('bought-again');
    const parts = await world.ports.outcomes.ofMonth('2026-11');
    expect(addUp(parts).cameBack[0]).toEqual({ outcome: 'delighted', of: 1, again: 1 });
  });

  it('with a friend’s code is traced back to them, once', async () => {
    await apply('A-1', at(2));
    await world.ports.referrals.keep('BIKE-ABC234', saleIdOf('shop', 'A-1'));

    for (let times = 0; times < 2; times += 1)
      await apply('B-1', at(20), { email: 'friend@example.org', codes: ['bike-abc234'] });

    expect(world.sales.entries(saleIdOf('shop', 'B-1'))).toContainEqual({
      type: 'referred',
      at: at(20),
      by: saleIdOf('shop', 'A-1'),
    });
    expect(typesOf('A-1').filter((type) => type === 'recommended')).toHaveLength(1);
  });

  it('with one’s own code is no recommendation', async () => {
    await apply('A-1', at(2));
    await world.ports.referrals.keep('BIKE-ABC234', saleIdOf('shop', 'A-1'));

    await apply('A-2', at(20), { codes: ['BIKE-ABC234'] });

    expect(typesOf('A-2')).not.toContain('referred');
    expect(typesOf('A-1')).toContain('bought-again');
  });

  it('counts months over the turn of a year', () => {
    expect(monthsUntil('2026-02-03T00:00:00.000Z', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
    expect(countOf(saleOf(begun(told.replied(at(14), 3)))).outcome).toBe('content');
  });
});

describe('a review that was written', () => {
  it('is told by the shop, and spares the person for a year', async () => {
    await putSale(world);

    await createApply(world.ports)(
      { type: 'reviewed', source: 'shop', orderId: 'B-204', eventId: 'r-1', occurredAt: at(12) },
      at(12, '10:05'),
    );

    expect(journalOf(world)).toContain('reviewed');
    expect((await world.people.of(personDigest(world.ids, SELMA))).reviewedAt).toBe(at(12));
  });

  it('is told by the customer in one press, and not asked about again', async () => {
    await putSale(world, [told.replied(at(10), 5)]);
    const token = await putLink(world);
    const own = receiveVerdict(world.ports);

    const before = await run(own, visit('s', token, { at: NOW }));
    const after = await run(own, visit('s', token, { at: NOW, form: { act: 'reviewed' } }));

    expect(before.body).toContain('value="reviewed"');
    expect(after.body).toContain('Thank you for writing it.');
    expect(after.body).not.toContain('value="reviewed"');
    expect(journalOf(world)).toContain('reviewed');
    expect((await world.people.of(personDigest(world.ids, SELMA))).reviewedAt).toBe(NOW);
  });
});
