import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { isSuppressed } from '../../../functions/core/person/standing.ts';
import { foldSale, openPromises } from '../../../functions/core/sale.ts';
import { createHandler } from '../../../functions/stop-asking/handler.ts';
import { httpRequest, visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
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
  it.each(['GET', 'HEAD'])('opened by %s changes nothing', async (method) => {
    const before = world.bytes();

    expect(await open({ method })).toMatchObject({ statusCode: 200 });
    expect(world.bytes()).toBe(before);
  });

  it('shows a button', async () => {
    expect((await open()).body).toContain('Stop asking me');
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
    await open({ form: ONE_CLICK });
    const [page] = world.sales.entries(SALE).filter(({ type }) => type === 'stopped');
    await begin();
    await open({ form: ONE_CLICK, headers: { 'sec-fetch-site': 'none' } });
    const [program] = world.sales.entries(SALE).filter(({ type }) => type === 'stopped');

    expect(page).toMatchObject({ method: 'page', agent: 'a browser' });
    expect(program).toMatchObject({ method: 'one-click' });
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

describe('taking it back', () => {
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
