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
import { at, customer, order, record, told } from '../fixtures/sales.ts';
import { fieldsIn, presses } from './kit/forms.ts';
import { nastyText } from './kit/nasty.ts';
import { expectSafe } from './kit/page-checks.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { runs, SEED } from './kit/runs.ts';

withoutMetrics();

const CONFIG = configuration();
const NOW = at(23, '08:00');

/** A desk with a promise to keep, a mail to sort, and Nora sitting at it. */
const sitDown = async () => {
  const world = deskWorld(CONFIG, NOW);
  const id = saleIdOf('shop', 'B-204');
  await world.sales.open(record({ id, orderId: 'B-204', owner: 'nora' }));
  await world.sales.saveCustomer(id, customer, at(2), at(2));
  const owed = told.promised(at(20), 'call', { because: 'staff', dueAt: at(23, '15:00') });
  for (const entry of [told.ordered(at(2), { order: order() }), told.started(), owed])
    await world.sales.append(id, entry);
  const loaded = await loadSale(world.ports, id);
  await projectPromises(world.ports, loaded, NOW);
  await indexSale(world.ports, loaded.sale);
  const mail = unsortedMail('the-bell');
  await world.box.keep(mail);
  world.archive.keep(mail.original, writeMail({ text: 'The bell is dull' }));
  const { cookie } = await world.come('nora@velowerk.example');
  const handlers = { desk: createDesk(world.ports), mails: createReadMail(world.ports) };
  const ask = (
    method: string,
    address: string,
    sent: { headers?: Record<string, string>; body?: Buffer } = {},
  ) => {
    const cut = address.indexOf('?');
    const path = cut < 0 ? address : address.slice(0, cut);
    const event = httpRequest({
      method,
      path,
      query: cut < 0 ? '' : address.slice(cut + 1),
      at: NOW,
      headers: {
        host: 'care.velowerk.example',
        origin: 'https://care.velowerk.example',
        ...sent.headers,
      },
      ...(sent.body === undefined ? {} : { body: sent.body }),
    });
    const handler = path.startsWith('/desk/mails') ? handlers.mails : handlers.desk;
    return handler({ ...event, cookies: [cookie] }, context);
  };
  return { world, ask };
};

type Desk = Awaited<ReturnType<typeof sitDown>>;
type Form = { action: string; fields: [string, string][] };

/** Every address of the desk that its pages lead to, and every form on them. */
const walk = async ({ ask }: Desk): Promise<{ addresses: string[]; forms: Form[] }> => {
  const seen = new Set<string>(['/desk', '/desk/overdue', '/desk/coming-back', '/desk/search?q=Selma']);
  const forms: Form[] = [];
  for (const address of seen) {
    const { body = '' } = await ask('GET', address);
    for (const [, href = ''] of body.matchAll(/href="(\/desk[^"#]*)/g))
      if (seen.size < 60) seen.add(href.replaceAll('&amp;', '&'));
    for (const [text, action = ''] of body.matchAll(/<form[^>]*action="([^"]+)"[^>]*>[\s\S]*?<\/form>/g))
      if (
        action.startsWith('/desk') &&
        !forms.some((form) => form.action === action && form.fields.length > 1)
      )
        forms.push({ action, fields: fieldsIn(text) });
  }
  return { addresses: [...seen], forms: forms.filter(({ action }) => !action.endsWith('sign-out')) };
};

const desk = await sitDown();
const { addresses, forms } = await walk(desk);

/** An address of the desk with a part of it replaced, or with other parameters. */
const strangeAddress: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      ...addresses,
      '/desk/mails/unsorted/x',
      '/desk/receipt/x',
      '/desk/person/x',
      '/desk/kept/x',
    ),
    fc.nat(),
    nastyText,
    fc.boolean(),
    fc.array(
      fc.tuple(fc.constantFrom('q', 'after', 'who', 'month', 'attachment', 'owner', '__proto__'), nastyText),
      {
        maxLength: 3,
      },
    ),
  )
  .map(([address, place, text, isRaw, pairs]) => {
    const parts = (address.split('?')[0] ?? '').split('/');
    const at_ = 2 + (place % Math.max(parts.length - 1, 1));
    parts[at_] = isRaw ? text.replaceAll('?', '') : encodeURIComponent(text.toWellFormed());
    return `${parts.join('/')}?${new URLSearchParams(pairs).toString()}`;
  });

describe(`the desk (seed ${SEED})`, () => {
  it('has pages and forms to try', () => {
    expect(addresses.length).toBeGreaterThan(8);
    expect(forms.length).toBeGreaterThan(2);
  });

  it('shows or misses whatever address it is asked for, and changes nothing', async () => {
    const before = desk.world.bytes();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('GET', 'HEAD'), strangeAddress, async (method, address) => {
        expectSafe(await desk.ask(method, address));
        expect(desk.world.bytes()).toBe(before);
      }),
      runs(250),
    );
  });

  it('takes a cursor for what it is, or for none', async () => {
    const cursors = fc.oneof(
      nastyText,
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
      fc
        .record({
          severity: nastyText,
          strikes: fc.integer(),
          dueAt: nastyText,
          amount: nastyText,
          saleId: nastyText,
          promise: nastyText,
        })
        .map((place) => Buffer.from(JSON.stringify(place)).toString('base64url')),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/desk', '/desk/overdue', '/desk/silent', '/desk/kept', '/desk/mail'),
        cursors,
        async (path, after) => {
          const answer = await desk.ask('GET', `${path}?${new URLSearchParams({ after }).toString()}`);

          expectSafe(answer);
          expect(answer.statusCode).toBe(200);
        },
      ),
      runs(60),
    );
  });

  it('answers every press, and shows it unharmed afterwards', async () => {
    const pressed = fc
      .constantFrom(...forms)
      .chain((form) => presses(form.fields).map((sent) => ({ form, sent })));
    await fc.assert(
      fc.asyncProperty(pressed, async ({ form, sent }) => {
        const here = await sitDown();

        expectSafe(await here.ask('POST', form.action, sent));

        for (const address of ['/desk', '/desk/sale/shop/B-204', '/desk/mail'])
          expectSafe(await here.ask('GET', address));
      }),
      runs(80),
    );
  });

  it('hears no press that has not the token of its own page', async () => {
    const before = desk.world.bytes();
    const pressed = fc
      .constantFrom(...forms)
      .chain((form) =>
        presses(form.fields.filter(([name]) => name !== 'csrf')).map((sent) => ({ form, sent })),
      );
    await fc.assert(
      fc.asyncProperty(pressed, async ({ form, sent }) => {
        const answer = await desk.ask('POST', form.action, sent);

        expect(answer.statusCode).toBe(403);
        expect(desk.world.bytes()).toBe(before);
      }),
      runs(60),
    );
  });

  it('lets nobody in whose cookie is not a session', async () => {
    await fc.assert(
      fc.asyncProperty(strangeAddress, nastyText, async (address, text) => {
        const [path = '', query = ''] = address.split('?');
        fc.pre(!/^\/desk\/(sign-in|enter)/.test(path));
        const event = httpRequest({ method: 'GET', path, query, at: NOW, headers: { cookie: text } });
        for (const handler of [createDesk(desk.world.ports), createReadMail(desk.world.ports)]) {
          const answer = await handler({ ...event, cookies: [`__Host-desk=${text}`, text] }, context);

          expect([303, 200].includes(answer.statusCode ?? 0) && answer.body?.includes('Selma')).toBe(false);
          expect(answer.statusCode).toBe(303);
        }
      }),
      runs(40),
    );
  });
});
