/**
 * Five needles of a person come in by every public door: name, address and phone with the order, words by the form, words
 * and a file by mail; and words about them from the promise API and from staff. Forgotten in each of the ways there are,
 * they are in no table, no file, no queue, no log and no execution history.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  type ShopRequest,
  shopifyRequest,
  standardRequest,
} from '../../lib/local/sample-orders/shop-requests.ts';
import { comeToDesk } from './desk-visitor.ts';
import { findNeedles } from './needles.ts';
import { newOrder, type Placed, placed } from './orders.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

const SECRET = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

type Needles = Record<'name' | 'address' | 'phone' | 'form' | 'mail' | 'attachment' | 'api' | 'note', string>;
type Person = { order: Placed; needles: Needles; announce: () => ShopRequest };

let count = 0;
const somebody = (): Person => {
  count += 1;
  const named = `Quittenbaum${'abcdefgh'[count] ?? ''}x`;
  const order = {
    ...newOrder(Date.parse('2031-03-03T08:00:00Z')),
    email: `mirabelle.${named}@example.org`.toLowerCase(),
  };
  const needles = {
    name: named,
    address: order.email,
    phone: `+4179555${String(7700 + count)}`,
    form: `squeaksterribly${named}`,
    mail: `rattlesaswell${named}`,
    attachment: `photoofthesole${named}`,
    api: `newlaces${named}`,
    note: `difficultcaller${named}`,
  };
  const announce = () =>
    placed(order, {
      customer: {
        id: 1,
        first_name: 'Mirabelle',
        last_name: named,
        email: order.email,
        phone: needles.phone,
      },
      tags: `vip, ${named}`,
    });
  return { order, needles, announce };
};

const broken = ({ order, needles }: Person): ShopRequest =>
  shopifyRequest({
    topic: 'orders/updated',
    secret: 'local-secret',
    body: JSON.stringify({ id: `X-${order.id}`, email: order.email, note: needles.name, line_items: 'none' }),
  });

const BOUNDARY = 'needle-boundary';
const mailFrom = ({ order, needles }: Person, to: string): string =>
  [
    `From: Mirabelle ${needles.name} <${order.email}>`,
    `To: <${to}>`,
    'Subject: Re: your shoes',
    `Message-ID: <${order.id}@example.org>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `One more thing: it ${needles.mail}.`,
    '',
    `--${BOUNDARY}`,
    `Content-Type: text/plain; name="${needles.attachment}.txt"`,
    `Content-Disposition: attachment; filename="${needles.attachment}.txt"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(`this is the ${needles.attachment} as a file`).toString('base64'),
    `--${BOUNDARY}--`,
    '',
  ].join('\r\n');

const arrive = async (raw: string): Promise<number> => {
  const response = await fetch(`${world.url}/_local/emails`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822' },
    body: raw,
  });
  await world.idle();
  return response.status;
};

const promiseByApi = async ({ order, needles }: Person): Promise<void> => {
  const { headers, body } = standardRequest({
    body: {
      type: 'promise.create',
      order: { source: 'shopify', id: order.id },
      kind: 'answer',
      says: `We tell you about the ${needles.api}.`,
    },
    secret: SECRET,
    at: await world.now(),
    id: `msg_needle_${order.id}`,
  });
  const response = await fetch(`${world.url}/promises`, { method: 'POST', headers, body });
  expect({ status: response.status, text: await response.text() }).toMatchObject({ status: 201 });
  await world.idle();
};

const noteByStaff = async ({ order, needles }: Person): Promise<void> => {
  const promise = (await world.sale('shopify', order.id)).promises.find(
    ({ status }) => status === 'open' || status === 'taken',
  );
  const id = promise?.id ?? 'none';
  const desk = await comeToDesk(world, 'theo@shop.example');
  await desk.press(`/desk/sale/shopify/${order.id}`, {
    act: 'hand-over',
    promise: id,
    [`to-${id}`]: promise?.owner === 'mara' ? 'theo' : 'mara',
    [`note-${id}`]: `Careful: ${needles.note}.`,
  });
};

/** Everything there is about a person, through every door. */
const plant = async (person: Person): Promise<void> => {
  const { order, needles, announce } = person;
  await world.send(announce());
  await world.send(broken(person));
  await world.advance('P14D');
  const [checkIn] = await world.mailsTo(order.email);
  await world.submit(linkTo(checkIn, 'r'), {
    ...{ rating: '2', call: 'yes', phone: needles.phone },
    words: `It ${needles.form}.`,
  });
  await promiseByApi(person);
  await noteByStaff(person);
  const replyTo = /<([^>]+)>/.exec(checkIn?.headers['reply-to'] ?? '')?.[1] ?? checkIn?.headers['reply-to'];
  expect(await arrive(mailFrom(person, replyTo ?? 'somebody@reply.shop.example'))).toBeLessThan(300);
  /* And one that finds no place by itself. */
  await arrive(mailFrom(person, 'somebody@reply.shop.example').replace('Re: your shoes', 'Hello'));
  await world.advance('PT1H');
};

const redact = (body: Record<string, unknown>, orderId: string): ShopRequest =>
  shopifyRequest({
    topic: 'customers/redact',
    secret: 'local-secret',
    body: JSON.stringify(body).replace('"REPLACED"', orderId),
  });

const shop = { shop_id: 1, shop_domain: 'alpenschuh.myshopify.example' };

const ownPage = async ({ order }: Person): Promise<string> =>
  linkTo((await world.mailsTo(order.email)).at(0), 'r').replace('/r/', '/s/');

/** Each answers what the one who asked is shown, where there is a page. */
const WAYS: [string, (person: Person) => Promise<string | undefined>][] = [
  [
    'by the shop, with their order',
    async ({ order }) => {
      const customer = { id: 1, email: null, phone: null };
      await world.send(redact({ ...shop, customer, orders_to_redact: ['REPLACED'] }, order.id));
      return undefined;
    },
  ],
  [
    'by the shop, with their address',
    async ({ order }) => {
      const customer = { id: 1, email: order.email.toUpperCase(), phone: null };
      await world.send(redact({ ...shop, customer, orders_to_redact: [] }, order.id));
      return undefined;
    },
  ],
  [
    'on their own page',
    async (person) => {
      const page = await ownPage(person);
      const asked = await world.submit(page, { act: 'forget' });
      expect(asked.text).toContain('Shall we forget you?');
      const unsure = await world.submit(page, { act: 'forget-yes' });
      expect(unsure.text).toContain('Please tick the box first');
      return (await world.submit(page, { act: 'forget-yes', sure: 'yes' })).text;
    },
  ],
  [
    'at the desk',
    async ({ order }) => {
      const path = `/desk/person/shopify/${order.id}`;
      const desk = await comeToDesk(world, 'theo@shop.example');
      const mistyped = await desk.press(path, { act: 'forget', typed: 'Quittenbaum' });
      expect(mistyped.text).toContain('That is not the order number');
      return (await desk.press(path, { act: 'forget', typed: order.id.slice(-4) })).text;
    },
  ],
  [
    'with the whole shop',
    async ({ order }) => {
      const request = redact(shop, order.id);
      await world.send({ ...request, headers: { ...request.headers, 'x-shopify-topic': 'shop/redact' } });
      return undefined;
    },
  ],
];

describe.each(WAYS)('somebody who is forgotten %s', (_, forget) => {
  const person = somebody();
  const needles = Object.values(person.needles);

  test('is everywhere to begin with', async () => {
    await plant(person);

    const found = await findNeedles(world, needles);
    for (const needle of needles) expect(found.join('\n')).toContain(needle);
  });

  test('is nowhere afterwards, in no table and in no byte of any file', async () => {
    const shown = await forget(person);
    await world.advance('PT10M');

    expect(await findNeedles(world, needles)).toEqual([]);
    if (shown !== undefined) expect(shown).toMatch(/[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}/);
  });

  test('waits for nothing, is owed nothing, and the journal names the receipt', async () => {
    const { executions, promises, journal } = await world.sale('shopify', person.order.id);

    expect(executions.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
    expect(promises.filter(({ status }) => status !== 'withdrawn' && status !== 'waived')).toEqual([]);
    expect(journal).toContainEqual(
      expect.objectContaining({ type: 'erased', receipt: expect.stringMatching(/^[A-Z2-7-]{14}$/) }),
    );
  });

  test('is not brought back by webhooks that are sent again', async () => {
    await world.send(person.announce());
    await world.advance('P30D');

    expect(await findNeedles(world, needles)).toEqual([]);
    expect(await world.mailsTo(person.order.email)).toEqual([]);
  });
});
