/** An answer that may not be a person's: kept, moves nothing, and counts with the second sign. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/receive-reply/handler.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { visit } from '../../fixtures/invocations.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { journalOf, putLink, putSale, run, toldOf } from './sale-on-file.ts';

let world: MemoryWorld;
let token: string;
const ANSWER = { rating: '1', words: 'The heel came off.', phone: '+41 79 555 09 99', call: 'yes' };

beforeEach(async () => {
  world = memoryWorld();
  await putSale(world, [told.sent('check-in', at(13))]);
  await world.sales.wait(SALE, { key: 'FollowUp', position: 'ask', token: 'waiting', until: at(17) });
  token = await putLink(world);
});

const press = (form: Record<string, string>, when = at(14), headers: Record<string, string> = {}) =>
  run(createHandler(world.ports), visit('r', token, { at: when, form, headers }));
/** Without a page before it. */
const scan = (form: Record<string, string> = ANSWER, when = at(14)) => press({ ...form, opened: '' }, when);
const openedIn = (html: string | undefined) => /name="opened" value="([^"]+)"/.exec(html ?? '')?.[1] ?? '';
const saleNow = async () => (await loadSale(world.ports, SALE)).sale;

describe('an answer in doubt', () => {
  it('is kept, counts for nothing, and is asked for once more with everything in it', async () => {
    const { statusCode, body } = await scan();

    expect(statusCode).toBe(200);
    for (const text of [
      'One more press, please',
      'The heel came off.',
      'name="phone" value="+41 79 555 09 99"',
    ])
      expect(body).toContain(text);
    const sale = await saleNow();
    expect([sale.replies.length, sale.unconfirmed.length]).toEqual([0, 1]);
    expect(sale.customer.phone).toBe('+41 79 555 03 30');
    expect(toldOf(world)).toEqual([]);
    expect(world.workflows.executions).toEqual([]);
  });

  it('is written once however often it is sent, and ten different ones at the most', async () => {
    for (let n = 0; n < 5; n += 1) await scan();
    expect((await saleNow()).unconfirmed).toHaveLength(1);

    for (let n = 0; n < 30; n += 1) await scan({ rating: '5', words: `test ${n}` });
    expect((await saleNow()).unconfirmed).toHaveLength(10);
  });

  it('that says what we know already is thanked for and not written', async () => {
    await press({ rating: '5' });

    const { body } = await scan({ rating: '5' });

    expect(body).not.toContain('One more press');
    expect(journalOf(world).filter((type) => type === 'replied')).toHaveLength(1);
  });
});

describe('the second press', () => {
  it('confirms the answer, corrects the number, and has it taken up', async () => {
    const opened = openedIn((await scan()).body);

    await press({ ...ANSWER, opened }, at(14, '10:00:03.000'), { 'sec-fetch-user': '' });

    const sale = await saleNow();
    expect(sale.replies.map(({ n }) => n)).toEqual([1]);
    expect(journalOf(world)).toContain('confirmed');
    expect(sale.customer.phone).toBe('+41 79 555 09 99');
    expect(toldOf(world)).toEqual(['CustomerNeedsHelp']);
  });

  it('is held as well when it comes at once', async () => {
    const opened = openedIn((await scan()).body);

    await press({ ...ANSWER, opened }, at(14, '10:00:01.000'));

    expect((await saleNow()).replies).toEqual([]);
  });

  it('with another answer is a new answer, and the held one stays held', async () => {
    await scan({ rating: '5' });

    await press({ rating: '2' }, at(15));

    const sale = await saleNow();
    expect(sale.replies.map(({ reply }) => reply.rating)).toEqual([2]);
    expect(sale.unconfirmed.map(({ reply }) => reply.rating)).toEqual([5]);
  });
});
