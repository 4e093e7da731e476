/** What a person may ask for beside being forgotten: a copy of everything; and what nobody has to ask for: that it ends. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { shopifyRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { findNeedles } from './needles.ts';
import { newOrder, type Placed, placed } from './orders.ts';
import { linkTo, type OpenWorld, openWorld } from './world.ts';

const WORDS = 'The zipquellfold squeaks';

let world: OpenWorld;
let order: Placed;
let page: string;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
  order = newOrder(await world.now());
  await world.send(placed(order));
  await world.advance('P14D');
  const [checkIn] = await world.mailsTo(order.email);
  await world.submit(linkTo(checkIn, 'r'), { rating: '4', words: WORDS });
  page = linkTo(checkIn, 'r').replace('/r/', '/s/');
});
afterAll(() => world.close());

describe('a copy of everything', () => {
  it('is not on the page that a forwarded link shows', async () => {
    const shown = await (await fetch(page)).text();

    expect(shown).toContain('What we keep about you');
    expect(shown).not.toContain(order.email);
    expect(shown).not.toContain('zipquellfold');
  });

  it('is handed out as a file for programs', async () => {
    const { status, text } = await world.submit(page, { act: 'export-json' });

    const copy: unknown = JSON.parse(text);
    expect(status).toBe(200);
    expect(JSON.stringify(copy)).toContain(order.email);
    expect(JSON.stringify(copy)).toContain(WORDS);
    expect(copy).toMatchObject({ sales: [{ mails: [{ became: 'arrived' }] }] });
  });

  it('is handed out as a text for people', async () => {
    const { text } = await world.submit(page, { act: 'export-text' });

    expect(text).toContain(`| ${WORDS}`);
    expect(text).toContain('Walking boot');
  });

  it('is promised when the shop passes the wish on, to the head of the business', async () => {
    const customer = { id: 1, email: order.email, phone: null };
    const asked = { shop_id: 1, shop_domain: 'alpenschuh.myshopify.example', customer };
    const body = JSON.stringify({ ...asked, orders_requested: [], data_request: { id: 9 } });

    for (let times = 0; times < 2; times += 1)
      await world.send(shopifyRequest({ topic: 'customers/data_request', secret: 'local-secret', body }));

    const { promises } = await world.sale('shopify', order.id);
    expect(promises).toMatchObject([{ kind: 'answer', status: 'open', owner: 'theo', level: 2 }]);
  });
});

describe('what nobody asked for', () => {
  it('ends: after two years nothing personal is left, and no page shows any', async () => {
    const quiet = await openWorld({ assembly: inject('assembly') });
    const happy = newOrder(await quiet.now());
    await quiet.send(placed(happy));
    await quiet.advance('P14D');
    const [checkIn] = await quiet.mailsTo(happy.email);
    await quiet.submit(linkTo(checkIn, 'r'), { rating: '5', words: WORDS });

    await quiet.advance('P760D');

    const shown = await fetch(linkTo(checkIn, 'r'));
    const found = await findNeedles(quiet, [happy.email, 'zipquellfold']);
    await quiet.close();
    expect(shown.status).toBe(404);
    expect(found.filter((one) => one.startsWith('tables:'))).toEqual([]);
  });
});
