import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { standardRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { newOrder, type Placed, placed } from './orders.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

const SECRET = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';
const ANA = 'ana@shop.example';
const BEN = 'ben@shop.example';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSchedules: false });
});
afterAll(() => world.close());

const Answered = z.looseObject({
  promise: z.string().optional(),
  status: z.union([z.string(), z.number()]).optional(),
  type: z.string().optional(),
  handedOver: z.number().optional(),
});

let count = 0;
const ask = async (body: object, named?: string) => {
  count += 1;
  const id = named ?? `msg_${count}`;
  const { headers, body: text } = standardRequest({ body, secret: SECRET, at: await world.now(), id });
  const response = await fetch(`${world.url}/promises`, { method: 'POST', headers, body: text });
  const answer = { status: response.status, body: Answered.parse(await response.json()) };
  await world.idle();
  return answer;
};

const sold = async (): Promise<Placed> => {
  const order = newOrder(await world.now());
  await world.send(placed(order));
  return order;
};
const orderOf = ({ id }: Placed) => ({ source: 'shopify', id });
const owedTo = async ({ id }: Placed) => (await world.sale('shopify', id)).promises;
const toCustomer = async (order: Placed) => (await world.mailsTo(order.email)).map(({ text }) => text);
const staffMails = async (order: Placed, to: string) =>
  (await world.mailsTo(to)).filter(({ text }) => text.includes(order.email));
const instant = async (days: number, hours = 0) =>
  new Date((await world.now()) + days * 86_400_000 + hours * 3_600_000).toISOString();

/** Method and sequence of the calendar files this customer got, as they lie on disk. */
const invitations = async (order: Placed): Promise<string[]> => {
  const folder = join(world.dataDir, 'mails');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.eml'),
  );
  const found: string[] = [];
  for (const file of files) {
    const mail = await PostalMime.parse(readFileSync(join(folder, file)), { attachmentEncoding: 'utf8' });
    if (!mail.to?.some(({ address }) => address === order.email)) continue;
    const ics = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')?.content;
    const text = typeof ics === 'string' ? ics : '';
    const part = (name: string) => new RegExp(`^${name}:(\\w+)`, 'm').exec(text)?.[1];
    if (text !== '') found.push(`${part('METHOD')} ${part('SEQUENCE')}`);
  }
  return found.sort();
};

describe('a promise made by another system', () => {
  test('reaches its owner and the customer, and is closed by the customer alone', async () => {
    const order = await sold();

    const made = await ask({
      type: 'promise.create',
      order: orderOf(order),
      kind: 'call',
      owner: 'ana',
      says: 'Ana rings you about the size of the boots.',
    });

    expect(made).toMatchObject({ status: 201, body: { promise: 'call-1', status: 'open', owner: 'ana' } });
    const [task] = await staffMails(order, ANA);
    expect(task?.text).toContain('Ana rings you about the size of the boots.');
    expect(await toCustomer(order)).toHaveLength(1);
    await world.submit(linkTo(task, 'p'), { act: 'done', what: 'We found the right size.' });
    const question = (await world.mailsTo(order.email)).at(-1);
    expect(question?.text).toContain('We found the right size.');
    const said = await world.submit(linkTo(question, 's'), { act: 'yes', promise: 'call-1' });
    expect(said.status).toBe(200);

    expect(await owedTo(order)).toMatchObject([{ id: 'call-1', status: 'kept', strikes: 0 }]);
  });

  test('that comes again is one promise and one answer; with another body it is refused', async () => {
    const order = await sold();
    const body = { type: 'promise.create', order: orderOf(order), kind: 'call', owner: 'ana' };

    const first = await ask(body, 'msg_again');
    const again = await ask(body, 'msg_again');
    const other = await ask({ ...body, owner: 'ben' }, 'msg_again');

    expect(again).toEqual(first);
    expect(other).toMatchObject({ status: 409, body: { type: 'urn:problem-type:aftercare:other-body' } });
    expect(await owedTo(order)).toHaveLength(1);
    expect(await staffMails(order, ANA)).toHaveLength(1);
  });

  test('is moved and taken back, and the customer is told both', async () => {
    const order = await sold();
    await ask({ type: 'promise.create', order: orderOf(order), kind: 'call', owner: 'ana' });
    const due = await instant(2, 4);

    const moved = await ask({
      type: 'promise.reschedule',
      order: orderOf(order),
      promise: 'call-1',
      due,
      reason: 'The last is still at the cobbler.',
    });
    const told = await toCustomer(order);
    const cancelled = await ask({
      type: 'promise.cancel',
      order: orderOf(order),
      promise: 'call-1',
      reason: 'You told us the boots fit now.',
    });

    expect(moved).toMatchObject({ status: 200, body: { dueAt: due } });
    expect(told.at(-1)).toContain('The last is still at the cobbler.');
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
    expect((await toCustomer(order)).at(-1)).toContain('You told us the boots fit now.');
    const view = await world.sale('shopify', order.id);
    expect(view.promises).toMatchObject([{ status: 'withdrawn' }]);
    expect(view.executions.filter(({ machine }) => machine === 'Promise')).toMatchObject([
      { status: 'SUCCEEDED' },
    ]);
  });

  test('for an order nobody has announced is 404, unsigned 401', async () => {
    const unknown = await ask({ type: 'promise.create', order: 'shopify/1', kind: 'call' });
    const unsigned = await fetch(`${world.url}/promises`, { method: 'POST', body: '{}' });

    expect(unknown).toMatchObject({
      status: 404,
      body: { type: 'urn:problem-type:aftercare:order-unknown' },
    });
    expect(unsigned.status).toBe(401);
    expect(unsigned.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('a visit booked by another system', () => {
  test('is confirmed to both sides with a calendar file, and its provider goes nowhere else meanwhile', async () => {
    const [order, other] = [await sold(), await sold()];
    const visit = { from: await instant(3, 2), to: await instant(3, 4), provider: 'ben', place: 'Seeweg 5' };
    const create = (to: Placed) => ({ type: 'promise.create', order: orderOf(to), kind: 'visit', visit });

    const booked = await ask(create(order));
    const twice = await ask(create(other));

    expect(booked).toMatchObject({ status: 201, body: { promise: 'visit-1', visit: { provider: 'ben' } } });
    expect(twice).toMatchObject({ status: 409, body: { type: 'urn:problem-type:aftercare:provider-busy' } });
    expect(await owedTo(other)).toEqual([]);
    const [confirmation] = await world.mailsTo(order.email);
    expect(confirmation?.text).toContain('Seeweg 5');
    expect(await staffMails(order, BEN)).not.toEqual([]);
    expect(await invitations(order)).toEqual(['REQUEST 0']);

    const later = { from: await instant(4, 2), to: await instant(4, 4) };
    const moved = await ask({
      type: 'promise.reschedule',
      order: orderOf(order),
      promise: 'visit-1',
      visit: later,
    });
    const free = await ask(create(other));

    expect(moved).toMatchObject({ status: 200, body: { visit: { ...later, provider: 'ben' } } });
    expect(free.status).toBe(201);
    expect(await invitations(order)).toEqual(['REQUEST 0', 'REQUEST 1']);
  });
});

describe('when somebody leaves', () => {
  test('three promises go to one person, and three customers are told who that is', async () => {
    const orders = [await sold(), await sold(), await sold()];
    for (const order of orders)
      await ask({ type: 'promise.create', order: orderOf(order), kind: 'call', owner: 'theo' });

    const left = await ask({ type: 'staff.left', staff: 'theo', to: 'mara' });

    expect(left).toMatchObject({ status: 200, body: { handedOver: 3 } });
    for (const order of orders) {
      expect(await owedTo(order)).toMatchObject([{ owner: 'mara', strikes: 0 }]);
      expect((await toCustomer(order)).at(-1)).toContain('Mara Lindt');
      expect(await staffMails(order, 'mara@shop.example')).toHaveLength(1);
    }
  });
});
