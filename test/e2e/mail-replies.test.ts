/** A conversation in plain mail: nobody opens a page, and everything that must happen happens. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newOrder, type Placed, placed } from './orders.ts';
import { type Mail, type OpenWorld, openWorld } from './world.ts';

const STAFF = ['ana@shop.example', 'ben@shop.example'];

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
});
afterAll(() => world.close());

const headerOf = (mail: Mail | undefined, name: string): string =>
  Object.entries(mail?.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';

const replyTo = (mail: Mail | undefined): string =>
  /<?([^\s<>]+@[^\s<>]+?)>?$/.exec(headerOf(mail, 'reply-to'))?.[1] ?? 'nobody';

const write = async (lines: readonly string[]): Promise<void> => {
  const response = await fetch(`${world.url}/_local/emails`, { method: 'POST', body: lines.join('\r\n') });
  expect(response.ok).toBe(true);
  await world.idle();
};

let count = 0;
const answer = (mail: Mail | undefined, from: string, text: string, more: readonly string[] = []) => {
  count += 1;
  return write([
    `From: ${from}`,
    `To: ${replyTo(mail)}`,
    `Subject: Re: ${mail?.subject ?? ''}`,
    `Message-ID: <plain-${count}@customer.example>`,
    ...more,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
    'On Monday at 10:00 somebody <care@shop.example> wrote:',
    ...(mail?.text ?? '').split(/\r?\n/).map((line) => `> ${line}`),
  ]);
};

const asked = async (): Promise<{ order: Placed; checkIn: Mail | undefined }> => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  for (let days = 0; days < 30 && (await world.mailsTo(order.email)).length === 0; days += 1)
    await world.advance('P1D');
  return { order, checkIn: (await world.mailsTo(order.email))[0] };
};

const saleOf = (order: Placed) => world.sale('shopify', order.id);
const typesOf = async (order: Placed) => (await saleOf(order)).journal.map(({ type }) => type);

/** Staff are written to when they work. */
const noteAbout = async (order: Placed): Promise<Mail | undefined> => {
  for (let days = 0; days < 5; days += 1) {
    const note = (await world.mails()).find(
      (mail) => STAFF.includes(mail.to) && mail.text.includes(order.email),
    );
    if (note !== undefined) return note;
    await world.advance('P1D');
  }
  return undefined;
};

describe('a customer who just hits reply', () => {
  test('asks, is answered by a person in the same thread, and says that it helped', async () => {
    const { order, checkIn } = await asked();

    await answer(checkIn, order.email, 'Where do I find the washing instructions?');
    expect((await saleOf(order)).promises).toMatchObject([{ kind: 'answer', status: 'open' }]);
    const note = await noteAbout(order);
    expect(note?.text).toContain('Where do I find the washing instructions?');
    await answer(note, note?.to ?? '', 'On the label inside the left boot.');

    expect((await saleOf(order)).promises).toMatchObject([{ status: 'proposed' }]);
    await world.advance('P3D');
    const told = (await world.mailsTo(order.email)).find(({ text }) => text.includes('inside the left boot'));
    expect(headerOf(told, 'in-reply-to')).toMatch(/^<plain-\d+@customer\.example>$/);
    expect(told?.text).not.toContain('Where do I find');

    await answer(told, order.email, 'Problem solved, thank you!');
    expect((await saleOf(order)).promises).toMatchObject([{ status: 'kept' }]);
  });

  test('is unhappy, and somebody owes them a resolution with their words', async () => {
    const { order, checkIn } = await asked();

    await answer(checkIn, order.email, 'The left boot is broken.');

    const sale = await saleOf(order);
    expect(sale.sale.outcome).toBe('unhappy');
    expect(sale.promises).toMatchObject([{ kind: 'resolve', status: 'open' }]);
    expect((await noteAbout(order))?.text).toContain('The left boot is broken.');
  });

  test('is found by the mail they answer when their program drops our address', async () => {
    const { order, checkIn } = await asked();

    await answer(
      { ...(checkIn ?? expect.fail()), headers: { 'reply-to': 'mail@reply.shop.example' } },
      order.email,
      'I love them!',
      [`In-Reply-To: <${checkIn?.id}@us-east-1.amazonses.com>`],
    );

    expect((await saleOf(order)).sale.outcome).toBe('delighted');
  });

  test('says stop in one word, and nothing asks any more', async () => {
    const { order, checkIn } = await asked();

    await answer(checkIn, order.email, 'Unsubscribe');
    await world.advance('P40D');

    expect(await typesOf(order)).toContain('stopped');
    expect(await world.mailsTo(order.email)).toHaveLength(1);
  });

  test('says thanks after it was put right, and nothing is opened again', async () => {
    const { order, checkIn } = await asked();
    await answer(checkIn, order.email, 'We love them!');
    const before = (await saleOf(order)).executions.length;

    await answer(checkIn, order.email, 'Thanks!');

    expect((await saleOf(order)).executions).toHaveLength(before);
    expect((await saleOf(order)).promises).toEqual([]);
  });
});

describe('a mail that is none of theirs', () => {
  test('an out-of-office note is no answer', async () => {
    const { order, checkIn } = await asked();

    await answer(checkIn, order.email, 'I am on holiday.', ['Auto-Submitted: auto-replied']);

    expect(await typesOf(order)).toContain('wrote');
    expect((await saleOf(order)).sale).toMatchObject({ status: 'open', outcome: null });
  });

  test('a forged one does nothing', async () => {
    const { order, checkIn } = await asked();

    await write([
      'Authentication-Results: amazonses.com; spf=fail; dkim=none; dmarc=fail header.from=example.org;',
      `From: ${order.email}`,
      `To: ${replyTo(checkIn)}`,
      'Subject: Re: hello',
      '',
      'Unsubscribe',
    ]);

    expect(await typesOf(order)).not.toContain('wrote');
    expect(await typesOf(order)).not.toContain('stopped');
  });
});
