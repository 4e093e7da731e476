import { beforeEach, describe, expect, it } from 'vitest';
import { isReviewDue } from '../../../functions/core/after/review.ts';
import { SaleId } from '../../../functions/core/ids.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { ALL_MAIL, isSuppressed } from '../../../functions/core/person/standing.ts';
import { foldSale, openPromises } from '../../../functions/core/sale.ts';
import { makeStamp } from '../../../functions/middleware/stamp.ts';
import { createHandler } from '../../../functions/stop-asking/handler.ts';
import { httpRequest, visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { putOther } from './other-sale.ts';
import { journalOf, putLink, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
let token: string;
const NOW = at(14, '18:30');

const begin = async (since: Entry[] = [], position = 'ask') => {
  world = memoryWorld();
  await putSale(world, since);
  await world.sales.wait(SALE, { key: 'FollowUp', position, token: 'waiting', until: at(17) });
  token = await putLink(world);
};

beforeEach(() => begin());

type Call = Parameters<typeof visit>[2];
const open = (call: Partial<Call> = {}) =>
  run(createHandler(world.ports), visit('u', token, { at: NOW, ...call }));
const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };
const saleNow = async () => {
  const stored = await world.sales.load(SALE);
  return stored === undefined ? undefined : foldSale(stored);
};
const isStoppedEverywhere = async () =>
  isSuppressed(await world.people.of(world.ids.digest('selma.aydin@example.org')), 'check-in');

describe('the link to stop', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('opened by %s changes nothing', async (method) => {
    const before = world.bytes();

    expect(await open({ method })).toMatchObject({ statusCode: 200 });
    expect(world.bytes()).toBe(before);
  });

  it('shows a button, and a choice', async () => {
    const { body } = await open();

    expect(body).toContain('value="asking">Stop asking me');
    expect(body).toContain('value="review">Only stop asking for reviews');
  });

  it('opened again after a stop offers to take it back', async () => {
    await open({ form: ONE_CLICK });

    expect((await open({ at: at(15) })).body).toContain('Keep asking me');
  });
});

describe('pressing stop', () => {
  it('stops this sale and every other of the person, and tells the workflow', async () => {
    const answer = await open({ form: ONE_CLICK });

    expect(answer.statusCode).toBe(200);
    expect((await saleNow())?.isStopped).toBe(true);
    expect(await isStoppedEverywhere()).toBe(true);
    expect(toldOf(world)).toEqual(['SaleClosed']);
    expect(journalOf(world)).toEqual(['stopped', 'ended']);
  });

  it('is told apart: the page’s button, or a mail program’s', async () => {
    await open({ form: { stop: 'asking' } });
    const [page] = world.sales.entries(SALE).filter(({ type }) => type === 'stopped');
    await begin();
    await open({ form: ONE_CLICK, headers: { 'sec-fetch-site': 'none' } });
    const [program] = world.sales.entries(SALE).filter(({ type }) => type === 'stopped');

    expect(page).toMatchObject({ type: 'stopped', at: NOW, method: 'page', agent: 'a browser' });
    expect(program).toMatchObject({ type: 'stopped', at: NOW, method: 'one-click', agent: 'a browser' });
  });

  it('is kept with method, program and time where every sale of the person finds it', async () => {
    await open({ form: ONE_CLICK, headers: { 'sec-fetch-site': 'none', 'user-agent': 'YahooMailProxy' } });

    const { suppressed } = await world.people.of(world.ids.digest('selma.aydin@example.org'));
    const stop = {
      because: 'asked',
      method: 'one-click',
      evidence: 'YahooMailProxy',
      since: NOW,
      saleId: SALE,
    };
    expect(suppressed).toEqual({ 'check-in': stop, review: stop });
  });

  it('for reviews alone leaves the question how it goes, and asks for no review', async () => {
    const answer = await open({ form: { stop: 'review' } });

    expect(answer.body).toContain('No more requests for reviews');
    expect((await saleNow())?.isStopped).toBe(false);
    expect(await isStoppedEverywhere()).toBe(false);
    const { suppressed } = await world.people.of(world.ids.digest('selma.aydin@example.org'));
    expect(Object.keys(suppressed)).toEqual(['review']);
    expect(toldOf(world)).toEqual([]);
    const sale = await saleNow();
    expect(sale && isReviewDue(world.ports.settings.config, sale)).toBe(false);
  });

  it('for reviews alone lets a sale go that waits for the day to ask for one', async () => {
    await begin([told.replied(at(13), 5)], 'review');

    await open({ form: { stop: 'review' } });

    expect(toldOf(world)).toEqual(['success']);
  });

  it('reaches every sale of the person that waits, and nobody else’s', async () => {
    await putOther(world, 'shop/first', 'use', 'first');
    await putOther(world, 'shop/second', 'again', 'second');
    await putOther(world, 'shop/over', 'promise', 'over', undefined, [told.ended(at(9))]);
    await putOther(world, 'shop/stranger', 'use', 'stranger', 'somebody.else@example.org');

    await open({ form: ONE_CLICK });

    expect(world.workflows.told.map(({ token: told }) => told)).toEqual(['waiting', 'first', 'second']);
    const methods = ['shop/first', 'shop/second', 'shop/over', 'shop/stranger'].map((id) =>
      world.sales.entries(SaleId.parse(id)).flatMap((one) => (one.type === 'stopped' ? one.method : [])),
    );
    expect(methods).toEqual([['elsewhere'], ['elsewhere'], [], []]);
  });

  it('of a person with hundreds of orders is one answer within bounds', async () => {
    for (let n = 0; n < 130; n += 1)
      await putOther(world, `shop/n-${String(n).padStart(3, '0')}`, 'use', `n${n}`);

    await open({ form: ONE_CLICK });

    expect(toldOf(world)).toHaveLength(1 + 100);
    expect(await isStoppedEverywhere()).toBe(true);
  });

  it.each<[string, Partial<Parameters<typeof httpRequest>[0]>]>([
    ['without a body', {}],
    ['without headers or body', { headers: {} }],
    [
      'as a multipart form',
      {
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
      },
    ],
  ])('works %s, as mail programs send it', async (_, more) => {
    const request = httpRequest({
      method: 'POST',
      path: `/u/${token}`,
      parameters: { token },
      at: NOW,
      ...more,
    });

    const answer = await run(createHandler(world.ports), request);

    expect(answer.statusCode).toBe(200);
    expect((await saleNow())?.isStopped).toBe(true);
  });

  it('twice is written once', async () => {
    await open({ form: ONE_CLICK });
    await open({ form: ONE_CLICK, at: at(14, '18:31') });

    expect(journalOf(world).filter((type) => type === 'stopped')).toHaveLength(1);
  });

  it('leaves what is owed', async () => {
    await begin(
      [told.replied(at(13), 1), told.promised(at(13, '10:01'), 'resolve', { reply: 1 })],
      'promise',
    );

    await open({ form: ONE_CLICK });

    const sale = await saleNow();
    expect(sale === undefined ? [] : openPromises(sale)).toHaveLength(1);
    expect(toldOf(world)).toEqual([]);
  });

  it('counts though the workflow cannot be told', async () => {
    world.failAlways('workflows.');

    expect((await open({ form: ONE_CLICK })).statusCode).toBe(200);
    expect((await saleNow())?.isStopped).toBe(true);
  });

  it.each([
    ['long gone', 'c'.repeat(32)],
    ['nonsense', 'x'],
  ])(
    'on a link that is %s is answered 200: mail programs take anything else for a broken sender',
    async (_, stale) => {
      const answer = await run(createHandler(world.ports), visit('u', stale, { at: NOW, form: ONE_CLICK }));

      expect(answer.statusCode).toBe(200);
    },
  );

  it('on another site’s page changes nothing', async () => {
    const before = world.bytes();

    await open({ form: ONE_CLICK, headers: { 'sec-fetch-site': 'cross-site' } });

    expect(world.bytes()).toBe(before);
  });
});

describe('a press that may not be a person’s', () => {
  const quick = (when = NOW) => ({ stop: 'asking', opened: makeStamp(world.ids, token, when), extra: '' });

  it('changes nothing but the note of it, once a day, and asks for one more press', async () => {
    const times = [NOW, at(14, '18:40'), at(14, '23:00')];
    const answers = [];
    for (const when of times) answers.push(await open({ form: quick(when), at: when }));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(answers[1]?.body).toContain('One more press, please');
    expect(journalOf(world)).toEqual(['unconfirmed']);
    expect(await isStoppedEverywhere()).toBe(false);
    expect(toldOf(world)).toEqual([]);
    await open({ form: quick(at(15)), at: at(15) });
    expect(journalOf(world)).toEqual(['unconfirmed', 'unconfirmed']);
  });

  it('counts the second time, whatever browser it is', async () => {
    const { body } = await open({ form: quick() });
    const [, opened = ''] = /name="opened" value="([^"]+)"/.exec(body ?? '') ?? [];

    await open({
      form: { stop: 'asking', opened, extra: '' },
      at: at(14, '18:30:04.000'),
      headers: { 'sec-fetch-user': '' },
    });

    expect((await saleNow())?.isStopped).toBe(true);
  });

  it('is no one-click post: that one always counts, as a headless browser as well', async () => {
    await open({
      form: ONE_CLICK,
      headers: { 'sec-fetch-site': 'none', 'user-agent': 'HeadlessChrome/142' },
    });

    expect((await saleNow())?.isStopped).toBe(true);
  });
});

describe('taking it back', () => {
  it('begins every sale of the person again', async () => {
    await putOther(world, 'shop/first', 'use', 'first');
    await open({ form: ONE_CLICK });

    await open({ form: { undo: '1' }, at: at(14, '18:31') });

    const other = await world.sales.load(SaleId.parse('shop/first'));
    expect(other && foldSale(other)?.isStopped).toBe(false);
    expect(world.workflows.executions.map(({ machine }) => machine)).toEqual(['FollowUp', 'FollowUp']);
  });

  it('is not enough after a complaint: the page says so, and nothing begins', async () => {
    await open({ form: ONE_CLICK });
    const person = world.ids.digest('selma.aydin@example.org');
    const complaint = { since: NOW, because: 'complaint', method: 'complaint' } as const;
    await world.people.suppress(person, ALL_MAIL, complaint);

    const answer = await open({ form: { undo: '1' }, at: at(14, '18:31') });

    expect(answer.body).toContain('We still don’t write to you');
    expect((await saleNow())?.isStopped).toBe(true);
    expect(await isStoppedEverywhere()).toBe(true);
  });

  it('is one press, for this sale and every other', async () => {
    await open({ form: ONE_CLICK });

    const answer = await open({ form: { undo: '1' }, at: at(14, '18:31') });

    expect(answer.body).toContain('All as before');
    expect((await saleNow())?.isStopped).toBe(false);
    expect(await isStoppedEverywhere()).toBe(false);
  });

  it('undoes a stop that was pressed twice at once', async () => {
    await Promise.all([open({ form: ONE_CLICK }), open({ form: ONE_CLICK, at: at(14, '18:30:00.004') })]);

    await open({ form: { undo: '1' }, at: at(14, '18:31') });

    expect((await saleNow())?.isStopped).toBe(false);
  });

  it('of what was never stopped writes nothing into the journal', async () => {
    await open({ form: { undo: '1' } });

    expect(journalOf(world)).toEqual([]);
  });
});
