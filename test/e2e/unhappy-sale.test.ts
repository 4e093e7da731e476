import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { newOrder, type Placed, placed } from './orders.ts';
import { linkTo, type Mail, type OpenWorld, openWorld } from './world.ts';

const REPS = ['ana@shop.example', 'ben@shop.example'];
const MANAGER = 'mara@shop.example';
const HEAD = 'theo@shop.example';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
});
afterAll(() => world.close());

/** What a test leaves open would go on through each later one: reminders, lists, pages. Their own "all is well" ends it. */
const forms: string[] = [];
afterEach(async () => {
  for (const form of forms.splice(0)) await world.submit(form, { rating: '5', words: 'All is well.' });
});

const toCustomer = (order: Placed) => world.mailsTo(order.email);

/** What staff got about this order's customer since the instant. */
const toStaff = async (order: Placed, addresses: readonly string[]): Promise<Mail[]> =>
  (await world.mails()).filter((mail) => addresses.includes(mail.to) && mail.text.includes(order.email));

/** Staff are written to when they work: on a holiday the note waits, and so does the time. */
const untilStaffKnow = async (order: Placed): Promise<void> => {
  for (let days = 0; days < 5 && (await toStaff(order, REPS)).length === 0; days += 1)
    await world.advance('P1D');
};

/** Told that it is theirs now; reminders come besides. */
const nowTheirs = async (order: Placed, address: string): Promise<Mail[]> =>
  (await toStaff(order, [address])).filter(({ subject }) => subject.startsWith('Now yours'));

const answeredUnhappy = async (): Promise<Placed> => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  await world.advance('P14D');
  const form = linkTo((await toCustomer(order))[0], 'r');
  forms.push(form);
  const answer = await world.submit(form, {
    rating: '2',
    words: 'The left boot creaks.',
    wish: 'replace',
  });
  expect(answer.status).toBe(200);
  await untilStaffKnow(order);
  return order;
};

describe('an unhappy customer', () => {
  test('becomes a promise, is answered by a person, and is recovered only by their own yes', async () => {
    const order = await answeredUnhappy();

    const told = await world.sale('shopify', order.id);
    expect(told.sale.outcome).toBe('unhappy');
    expect(told.executions.find(({ machine }) => machine === 'FollowUp')?.transitions).toBe(4);
    expect(told.promises).toMatchObject([{ kind: 'resolve', status: 'open', level: 0, strikes: 0 }]);
    const [, receipt] = await toCustomer(order);
    expect(receipt?.text).not.toContain('creaks');
    const [task] = await toStaff(order, REPS);
    expect(task?.text).toContain('The left boot creaks.');

    const page = linkTo(task, 'p');
    expect((await world.get(page)).text).toContain('The left boot creaks.');
    expect((await world.sale('shopify', order.id)).promises).toMatchObject([{ status: 'open' }]);
    await world.submit(page, { act: 'take' });
    expect((await world.sale('shopify', order.id)).promises).toMatchObject([{ status: 'taken' }]);
    await world.submit(page, { act: 'done', what: 'A new pair is on its way to you.' });
    const proposed = await world.sale('shopify', order.id);
    expect(proposed.promises).toMatchObject([{ status: 'proposed' }]);
    expect(proposed.sale.outcome).toBe('unhappy');

    const [, , inHand, question] = await toCustomer(order);
    expect(inHand?.text).toContain('in hand');
    expect(question?.text).toContain('A new pair is on its way to you.');
    await world.submit(linkTo(question, 's'), { verdict: 'yes' });

    const kept = await world.sale('shopify', order.id);
    expect(kept.promises).toMatchObject([{ status: 'kept' }]);
    expect(kept.sale.outcome).toBe('recovered');
    await world.advance('P30D');
    const ended = await world.sale('shopify', order.id);
    expect(ended.sale).toMatchObject({ status: 'closed', outcome: 'recovered' });
    expect(ended.executions.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    expect(ended.executions.find(({ machine }) => machine === 'FollowUp')?.transitions).toBeLessThanOrEqual(
      7,
    );
  });

  test('whom nobody answers reaches the manager, then the head of the business', async () => {
    const order = await answeredUnhappy();
    expect(await toStaff(order, REPS)).toHaveLength(1);

    await world.advance('P1D');
    expect((await world.sale('shopify', order.id)).promises).toMatchObject([
      { level: 1, owner: 'mara', strikes: 1 },
    ]);
    expect(await nowTheirs(order, MANAGER)).toHaveLength(1);

    /* Over a weekend and a holiday, if there is one. */
    await world.advance('P4D');
    const promise = (await world.sale('shopify', order.id)).promises[0];
    expect(promise).toMatchObject({ level: 2, owner: 'theo' });
    const [page] = await toStaff(order, [HEAD]);
    await world.submit(linkTo(page, 'p'), { act: 'done', what: 'I rang and we agreed on a refund.' });
    const question = (await toCustomer(order)).at(-1);
    await world.submit(linkTo(question, 's'), { verdict: 'yes' });
    expect((await world.sale('shopify', order.id)).sale.outcome).toBe('recovered');
  });

  test('who says "not yet" goes one level up with their words', async () => {
    const order = await answeredUnhappy();
    const [task] = await toStaff(order, REPS);
    await world.submit(linkTo(task, 'p'), { act: 'done', what: 'I sent shoe grease.' });

    await world.submit(linkTo((await toCustomer(order)).at(-1), 's'), {
      verdict: 'not-yet',
      words: 'It still creaks.',
    });

    expect((await world.sale('shopify', order.id)).promises).toMatchObject([
      { status: 'open', level: 1, owner: 'mara', strikes: 1 },
    ]);
    const [back] = await toStaff(order, [MANAGER]);
    expect(back?.text).toContain('It still creaks.');
    expect(back?.text).toContain('I sent shoe grease.');
  });

  test('who stays silent after "done" is asked once more; then it is assumed, never called resolved, and can be reopened', async () => {
    const order = await answeredUnhappy();
    const [task] = await toStaff(order, REPS);
    await world.submit(linkTo(task, 'p'), { act: 'done', what: 'A new pair was sent.' });
    const asked = (await toCustomer(order)).length;

    await world.advance('P14D');

    expect((await toCustomer(order)).length).toBeGreaterThan(asked);
    const assumed = await world.sale('shopify', order.id);
    expect(assumed.promises).toMatchObject([{ status: 'assumed' }]);
    expect(assumed.sale.outcome).toBe('unhappy');

    const question = (await toCustomer(order)).find(
      (mail) => mail.links.some((link) => link.includes('/s/')) && mail.text.includes('A new pair'),
    );
    await world.submit(linkTo(question, 's'), { verdict: 'not-yet' });
    const reopened = await world.sale('shopify', order.id);
    expect(reopened.promises).toMatchObject([{ status: 'open', level: 1, owner: 'mara' }]);
    expect(reopened.executions.filter(({ machine }) => machine === 'Promise')).toHaveLength(2);
  });

  test('can be handed over to a colleague, who is told why', async () => {
    const order = await answeredUnhappy();
    const [task] = await toStaff(order, REPS);
    const to = task?.to.startsWith('ana') ? 'ben' : 'ana';

    await world.submit(linkTo(task, 'p'), { act: 'hand-over', to, note: 'You know these boots.' });

    expect((await world.sale('shopify', order.id)).promises).toMatchObject([
      { status: 'open', owner: to, strikes: 0 },
    ]);
    const handed = (await toStaff(order, [`${to}@shop.example`])).at(-1);
    expect(handed?.text).toContain('You know these boots.');
  });
});

describe('a silent customer', () => {
  test('is reminded once in other words, then a person calls; silence is never counted as happy', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));

    await world.advance('P30D');

    const [checkIn, reminder, ...others] = await toCustomer(order);
    forms.push(linkTo(checkIn, 'r'));
    expect(others).toEqual([]);
    expect(reminder?.text).not.toBe(checkIn?.text);
    const sale = await world.sale('shopify', order.id);
    expect(sale.sale).toMatchObject({ status: 'open', outcome: 'silent' });
    expect(sale.promises).toMatchObject([{ kind: 'call' }]);
    expect(sale.executions.find(({ machine }) => machine === 'FollowUp')?.transitions).toBe(5);
  });

  test('who answers late makes the call pointless and is counted by the answer', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    await world.advance('P24D');
    const [checkIn] = await toCustomer(order);

    const thanks = await world.submit(linkTo(checkIn, 'r'), { rating: '5' });

    expect(thanks.status).toBe(200);
    const sale = await world.sale('shopify', order.id);
    expect(sale.sale.outcome).toBe('delighted');
    expect(sale.promises).toMatchObject([{ kind: 'call', status: 'waived' }]);
  });
});

describe('an answer', () => {
  test('that comes after everything has ended opens a short new round and lands', async () => {
    const order = newOrder(await world.now());
    await world.send(placed(order));
    await world.advance('P14D');
    const [checkIn] = await toCustomer(order);
    await world.submit(linkTo(checkIn, 'r'), { rating: '5' });
    await world.advance('P40D');
    expect((await world.sale('shopify', order.id)).sale.status).toBe('closed');

    await world.submit(linkTo(checkIn, 'r'), { rating: '1', words: 'The sole came off today.' });

    const sale = await world.sale('shopify', order.id);
    expect(sale.sale).toMatchObject({ status: 'open', outcome: 'unhappy' });
    expect(sale.promises).toMatchObject([{ kind: 'resolve', status: 'open' }]);
    expect(sale.executions.filter(({ machine }) => machine === 'FollowUp')).toHaveLength(2);
  });

  test('can be corrected: the last one counts, every version is kept, and a promise made for the first is taken back', async () => {
    const order = await answeredUnhappy();
    const form = linkTo((await toCustomer(order))[0], 'r');
    expect((await world.get(form)).text).toContain('The left boot creaks.');

    await world.submit(form, { rating: '5', words: 'I had pressed the wrong button. All is well.' });

    const sale = await world.sale('shopify', order.id);
    expect(sale.sale.outcome).toBe('delighted');
    expect(sale.promises).toMatchObject([{ status: 'waived' }]);
    expect(sale.journal.filter((entry) => entry.type === 'replied')).toHaveLength(2);
  });
});
