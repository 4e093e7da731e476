import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { foldSale } from '../../../functions/core/sale.ts';
import { createHandler } from '../../../functions/receive-reply/handler.ts';
import { visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, customer, SALE, told } from '../../fixtures/sales.ts';
import { putLink, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
let token: string;
const NOW = at(14, '18:30');

const begin = async (since: Entry[] = [], who = customer) => {
  world = memoryWorld();
  await putSale(world, since, { customer: who });
  await world.sales.wait(SALE, { key: 'FollowUp', position: 'ask', token: 'waiting', until: at(17) });
  token = await putLink(world);
};

beforeEach(() => begin());

type Call = Parameters<typeof visit>[2];
const open = (call: Partial<Call> = {}) =>
  run(createHandler(world.ports), visit('r', token, { at: NOW, ...call }));
const send = (form: Record<string, string>, call: Partial<Call> = {}) => open({ form, ...call });

const replies = () =>
  world.sales
    .entries(SALE)
    .filter((entry) => entry.type === 'replied')
    .sort((a, b) => a.n - b.n);
const saleNow = async () => {
  const stored = await world.sales.load(SALE);
  return stored === undefined ? undefined : foldSale(stored);
};

describe('opening the form', () => {
  it.each(['GET', 'HEAD'])('by %s changes nothing', async (method) => {
    const before = world.bytes();

    const answer = await open({ method, query: 'rating=1&words=x' });

    expect(answer.statusCode).toBe(200);
    expect(world.bytes()).toBe(before);
  });

  it('by HEAD answers like GET, without the page', async () => {
    const head = await open({ method: 'HEAD' });
    const get = await open();

    expect(head.body).toBe('');
    expect(head.headers).toEqual(get.headers);
  });

  it('preselects what the link says, and leaves the press to a human', async () => {
    const { body } = await open({ query: 'rating=2' });

    expect(body).toMatch(/value="2"[^>]* checked/);
    expect(replies()).toEqual([]);
  });

  it('preselects nothing that is no rating', async () => {
    const { body } = await open({ query: 'rating=%22%3E%3Cscript%3E' });

    expect(body).not.toContain('<script>');
    expect(body).not.toMatch(/name="rating"[^>]* checked/);
  });

  it('shows the last answer for correction', async () => {
    await begin([told.replied(at(14), 2, { words: 'The <bell> is dull', wish: 'fix' })]);

    const { body } = await open();

    expect(body).toMatch(/value="2"[^>]* checked/);
    expect(body).toContain('The &lt;bell&gt; is dull');
    expect(body).toContain('Send the new version');
  });

  it.each([
    ['unknown', 'b'.repeat(32)],
    ['no token at all', '../admin'],
  ])('of a link that is %s gives a friendly 404', async (_, strange) => {
    const answer = await run(createHandler(world.ports), visit('r', strange, { at: NOW }));

    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('+41 61 555 02 01');
  });

  it('of an expired link gives a friendly 404', async () => {
    token = await putLink(world, 'customer', { expiresAt: at(14, '18:29') });

    expect((await open()).statusCode).toBe(404);
    expect((await send({ rating: '5' })).statusCode).toBe(404);
    expect(replies()).toEqual([]);
  });

  it('by a link meant for staff gives a 404', async () => {
    token = await putLink(world, 'staff');

    expect((await open()).statusCode).toBe(404);
  });
});

describe('sending an answer', () => {
  it('stores it before the workflow is told, and thanks', async () => {
    world.operations.length = 0;

    const answer = await send({ rating: '5', words: 'Rides well.\r\nThank you!' });

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('That makes my day');
    expect(replies()).toMatchObject([
      { n: 1, at: NOW, reply: { rating: 5, call: false }, private: { words: 'Rides well.\nThank you!' } },
    ]);
    const [reply, tell] = ['sales.append reply#1', 'workflows.tell'].map((one) =>
      world.operations.indexOf(one),
    );
    expect(reply).toBeGreaterThanOrEqual(0);
    expect(tell).toBeGreaterThan(reply ?? 0);
    expect(toldOf(world)).toEqual(['ReviewLater']);
  });

  it('keeps all that was chosen, and how it came', async () => {
    await send({ rating: '2', wish: 'replace', recommend: 'maybe', again: 'no', call: 'yes' });

    expect(replies()).toMatchObject([
      {
        reply: { rating: 2, wish: 'replace', recommend: 'maybe', again: 'no', call: true },
        evidence: { agent: 'a browser', site: 'same-origin' },
      },
    ]);
  });

  it('leaves out choices nobody offered', async () => {
    await send({ rating: '5', wish: 'party', recommend: 'perhaps' });

    expect(replies()[0]?.reply).toEqual({ rating: 5, call: false });
  });

  it('that is bad says who answers by when', async () => {
    const { body } = await send({ rating: '1' });

    expect(body).toContain('<strong>Nora Frei</strong>');
    expect(body).toContain('<strong>Monday 16 November, 13:00</strong>');
    expect(body).toContain(`/s/${token}`);
    expect(toldOf(world)).toEqual(['CustomerNeedsHelp']);
  });

  it.each(['', '0', '6', 'good', '1; 5'])(
    'with the rating "%s" asks again and keeps the words',
    async (rating) => {
      const answer = await send({ rating, words: 'Two spokes <broke>' });

      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain('Two spokes &lt;broke&gt;');
      expect(answer.body).toContain('Please choose the line that fits best.');
      expect(replies()).toEqual([]);
    },
  );

  it('takes 10,240 bytes of words', async () => {
    const words = `${'ü'.repeat(5_119)}ab`;

    expect((await send({ rating: '4', words })).statusCode).toBe(200);
    expect(replies()[0]?.private?.words).toBe(words);
  });

  it('refuses one byte more and keeps them all in the form', async () => {
    const words = `${'ü'.repeat(5_120)}a`;

    const answer = await send({ rating: '4', words });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
    expect(replies()).toEqual([]);
  });

  it('from another site’s page records nothing', async () => {
    const before = world.bytes();

    const answer = await send(
      { rating: '1', words: 'typed with care' },
      { headers: { 'sec-fetch-site': 'cross-site' } },
    );

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('typed with care');
    expect(world.bytes()).toBe(before);
  });
});

describe('the phone number', () => {
  it('is asked for when a call is wished and none is on file', async () => {
    const { phone: _, ...who } = customer;
    await begin([], who);

    const answer = await send({ rating: '2', call: 'yes', words: 'ring me' });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('Please leave a number');
    expect(answer.body).toContain('ring me');
  });

  it('that is none is refused', async () => {
    expect((await send({ rating: '2', phone: 'at work' })).statusCode).toBe(400);
  });

  it('is corrected for good: the shop’s next event does not bring the old one back', async () => {
    await send({ rating: '2', phone: '+41 79 555 03 99' });
    await world.sales.saveCustomer(SALE, customer, at(20), at(20));

    expect((await saleNow())?.customer.phone).toBe('+41 79 555 03 99');
    expect(replies()[0]?.private?.phone).toBe('+41 79 555 03 99');
  });

  it('is left alone when it is the one on file', async () => {
    await send({ rating: '5', phone: '+41 79 555 03 30' });

    expect(replies()[0]?.private).toBeUndefined();
  });
});
