import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saleIdOf } from '../../functions/core/ids.ts';
import { createHandler as createReadMail } from '../../functions/read-mail/handler.ts';
import { createHandler as createDesk } from '../../functions/staff-desk/handler.ts';
import { indexSale } from '../../functions/steps/index-sale.ts';
import { loadSale } from '../../functions/steps/load.ts';
import { projectPromises } from '../../functions/steps/project.ts';
import { configuration } from '../fixtures/configuration.ts';
import { context, httpRequest } from '../fixtures/invocations.ts';
import { writeMail } from '../fixtures/mails/write-mail.ts';
import { deskWorld } from '../fixtures/memory-desk.ts';
import { unsortedMail } from '../fixtures/memory-mails.ts';
import { at, order, record, told } from '../fixtures/sales.ts';
import { nastyText } from './kit/nasty.ts';
import { expectSafe } from './kit/page-checks.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { runs, SEED } from './kit/runs.ts';

withoutMetrics();

const CONFIG = configuration();
const NOW = at(23, '08:00');
const ID = saleIdOf('shop', 'B-204');

const short = (most: number) => nastyText.map((text) => text.slice(0, most));
const stored = fc.record({
  name: short(300),
  email: short(320),
  phone: short(60),
  title: short(500),
  number: short(100),
  tag: short(200),
  words: short(2000),
  subject: nastyText,
  from: short(320),
});
type Stored = typeof stored extends fc.Arbitrary<infer T> ? T : never;

/** Nora's desk, on which all of this lies. */
const deskWith = async ({ name, email, phone, title, number, tag, words, subject, from }: Stored) => {
  const world = deskWorld(CONFIG, NOW);
  await world.sales.open(record({ id: ID, owner: 'nora' }));
  await world.sales.saveCustomer(ID, { name, firstName: name.slice(0, 200), email, phone }, at(2), at(2));
  const bought = order({ number, tags: [tag], lines: [{ lineId: tag, title, quantity: 1 }] });
  const entries = [
    told.ordered(at(2), { order: bought }),
    told.started(),
    told.replied(at(16), 1, { words }),
    told.promised(at(16, '10:01'), 'resolve', { reply: 1, dueAt: at(23, '15:00') }),
  ];
  for (const entry of entries) await world.sales.append(ID, entry);
  const loaded = await loadSale(world.ports, ID);
  await projectPromises(world.ports, loaded, NOW);
  await indexSale(world.ports, loaded.sale);
  const mail = unsortedMail('letter', { subject, words, from, suggestions: [ID] });
  await world.box.keep(mail);
  world.archive.keep(mail.original, writeMail({ text: words, subject, headers: [`X-From: ${from}`] }));
  const { cookie } = await world.come('nora@velowerk.example');
  const handlers = { desk: createDesk(world.ports), mails: createReadMail(world.ports) };
  const look = (address: string) => {
    const [path = '', query = ''] = address.split('?');
    const handler = path.startsWith('/desk/mails/') ? handlers.mails : handlers.desk;
    return handler({ ...httpRequest({ method: 'GET', path, query, at: NOW }), cookies: [cookie] }, context);
  };
  return { look, mail };
};

describe(`what the shop and customers wrote, at the desk (seed ${SEED})`, () => {
  it('stands there as text, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(stored, async (all) => {
        const { look, mail } = await deskWith(all);
        const first = await look('/desk');
        expect(first.body).toContain('/desk/sale/shop/B-204');

        const mailPage = `/desk/mail/${mail.id}`;
        const found = `/desk/search?${new URLSearchParams({ q: all.name.slice(0, 80).toWellFormed() }).toString()}`;
        for (const address of ['/desk', '/desk/sale/shop/B-204', '/desk/mail', mailPage, found]) {
          const page = await look(address);
          expectSafe(page);
          for (const [, href = ''] of (page.body ?? '').matchAll(/href="(\/desk\/mails\/[^"]*)"/g))
            expectSafe(await look(href.replaceAll('&amp;', '&')));
        }
      }),
      runs(60),
    );
  });
});
