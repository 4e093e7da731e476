import { describe, expect, it } from 'vitest';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { indexSale } from '../../../functions/steps/index-sale.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { projectPromises } from '../../../functions/steps/project.ts';
import { deskWorld } from '../../fixtures/memory-desk.ts';
import { unsortedMail } from '../../fixtures/memory-mails.ts';
import { at, customer, order, record, told } from '../../fixtures/sales.ts';

const NOW = at(23, '08:00');
const NORA = 'nora@velowerk.example';
const SALE_PAGE = '/desk/sale/shop/B-204';

type World = ReturnType<typeof deskWorld>;

const onFile = async (
  { ports, sales }: World,
  orderId: string,
  entries: readonly Entry[] = [],
  person: { name?: string; email?: string } = {},
): Promise<SaleId> => {
  const id = saleIdOf('shop', orderId);
  await sales.open(record({ id, orderId }));
  await sales.saveCustomer(id, { ...customer, ...person }, at(2), at(2));
  const ordered = told.ordered(at(2, '09:02'), { order: order({ number: `#${orderId}` }) });
  for (const entry of [ordered, told.started(), ...entries]) await sales.append(id, entry);
  const loaded = await loadSale(ports, id);
  await projectPromises(ports, loaded, NOW);
  await indexSale(ports, loaded.sale);
  return id;
};

const world = async () => {
  const here = deskWorld(undefined, NOW);
  const id = await onFile(here, 'B-204');
  const nora = await here.come(NORA);
  return { ...here, id, nora };
};

const pathOf = ({ id }: { id: string }) => `/desk/mail/${encodeURIComponent(id)}`;
const typesSince = (here: World, id: SaleId, count: number) =>
  here.sales
    .entries(id)
    .slice(count)
    .map(({ type }) => type);

describe('mails to sort', () => {
  it('are announced on the first page, and only while there are any', async () => {
    const here = await world();
    const before = await here.nora.browse('/desk');
    await here.box.keep(unsortedMail('one'));
    const one = await here.nora.browse('/desk');
    await here.box.keep(unsortedMail('two'));
    const two = await here.nora.browse('/desk');

    expect(before.html).not.toContain('/desk/mail');
    expect(one.html).toContain('<a href="/desk/mail">One mail waits to be sorted.</a>');
    expect(two.html).toContain('<a href="/desk/mail">2 mails wait to be sorted.</a>');
  });

  it('are listed newest first, with sender, words, the reason in plain words and the sales they may belong to', async () => {
    const here = await world();
    await here.box.keep(unsortedMail('old', { at: at(20), reason: 'quarantined', detail: 'spf' }));
    await here.box.keep(unsortedMail('new', { at: at(21), suggestions: [here.id] }));
    await here.box.keep(unsortedMail('mid', { at: at(20, '15:00'), reason: 'not-theirs' }));

    const { html, status } = await here.nora.browse('/desk/mail');

    expect(status).toBe(200);
    expect([...html.matchAll(/>About (\w+)</g)].map(([, name]) => name)).toEqual(['new', 'mid', 'old']);
    for (const said of [
      'someone@elsewhere.example',
      'These are the words of new.',
      'We do not know which order it is about.',
      'a server that may not send for them',
      'came from another address',
      `href="${SALE_PAGE}"`,
    ])
      expect(html).toContain(said);
  });

  it.each([
    ['virus', 'It may carry a virus'],
    ['spam', 'It looks like spam'],
    ['dmarc', 'DMARC'],
    ['something new', 'It failed a check'],
  ])('say which check failed: %s', async (detail, says) => {
    const here = await world();
    await here.box.keep(unsortedMail('one', { reason: 'quarantined', detail }));

    expect((await here.nora.browse('/desk/mail')).html).toContain(says);
  });

  it('come twenty at a time, each once', async () => {
    const here = await world();
    for (let n = 10; n < 55; n += 1) await here.box.keep(unsortedMail(`n${n}`, { at: at(20, `10:${n}`) }));
    const seen: string[] = [];
    let next: string | undefined = '/desk/mail';
    const sizes: number[] = [];

    while (next !== undefined) {
      const { html } = await here.nora.browse(next);
      const names = [...html.matchAll(/>About (\w+)</g)].map(([, name]) => name ?? '');
      sizes.push(names.length);
      seen.push(...names);
      next = /href="(\/desk\/mail\?after=[^"]+)"/.exec(html)?.[1];
    }

    expect(sizes).toEqual([20, 20, 5]);
    expect(new Set(seen).size).toBe(45);
  });

  it('that have expired are not shown, though the database may still hold them', async () => {
    const here = await world();
    const old = unsortedMail('old', { at: '2026-01-01T09:00:00.000Z' });
    await here.box.keep(old);

    expect((await here.nora.browse('/desk/mail')).html).not.toContain('About old');
    expect((await here.nora.browse(pathOf(old))).headers['location']).toBe('/desk/mail?did=sorted');
  });
});

describe('one mail to sort', () => {
  it('shows its words, attachments, a way to the whole of it and the suggested sales', async () => {
    const here = await world();
    const mail = unsortedMail('one', {
      suggestions: [here.id, saleIdOf('shop', 'gone')],
      attachments: [{ name: 'wheel.jpg', type: 'image/jpeg', bytes: 1500 }],
    });
    await here.box.keep(mail);

    const { html } = await here.nora.browse(pathOf(mail));

    for (const said of [
      'These are the words of one.',
      'wheel.jpg',
      '1.5 kB',
      `/desk/mails/box/${encodeURIComponent(mail.id)}?part=original`,
      `/desk/mails/box/${encodeURIComponent(mail.id)}?attachment=1`,
      'File it with Selma Aydin',
    ])
      expect(html).toContain(said);
    expect(html).not.toContain('shop/gone');
    expect(html).not.toContain('mail/one"');
  });

  it('finds a sale by its order number without filing anything', async () => {
    const here = await world();
    const mail = unsortedMail('one');
    await here.box.keep(mail);
    const before = here.bytes();

    const found = await here.nora.browse(`${pathOf(mail)}?q=b-204`);
    const none = await here.nora.browse(`${pathOf(mail)}?q=%239`);

    expect(found.html).toContain('File it with Selma Aydin');
    expect(none.html).toContain('No order found for “#9”.');
    expect(here.bytes()).toBe(before);
    expect(here.box.all()).toHaveLength(1);
  });

  it('goes to a sale where nothing is owed as a question that somebody must answer from now on', async () => {
    const here = await world();
    const mail = unsortedMail('one', {
      messageId: 'one@elsewhere.example',
      attachments: [{ name: 'wheel.jpg', type: 'image/jpeg', bytes: 1500 }],
    });
    await here.box.keep(mail);

    const filed = await here.nora.send(pathOf(mail), { act: 'file', sale: here.id });
    const shown = await here.nora.browse(filed.headers['location'] ?? '');

    expect(filed.headers['location']).toBe(`${SALE_PAGE}?did=filed`);
    expect(here.sales.entries(here.id).slice(-2)).toEqual([
      {
        type: 'wrote',
        at: mail.at,
        mail: mail.id.split('#')[1],
        as: 'more',
        isFromOther: true,
        private: {
          words: mail.words,
          subject: mail.subject,
          original: mail.original,
          messageId: 'one@elsewhere.example',
          attachments: [{ name: 'wheel.jpg', type: 'image/jpeg', bytes: 1500 }],
        },
      },
      expect.objectContaining({
        type: 'promised',
        kind: 'answer',
        because: 'question',
        by: 'customer',
        at: NOW,
        private: { words: mail.words },
      }),
    ]);
    expect(here.box.all()).toEqual([]);
    expect(here.workflows.executions.map(({ machine }) => machine)).toContain('Promise');
    expect(shown.html).toContain('Filed here.');
    expect(shown.html).toContain('from another address');
  });

  it('is added to what is owed, and “it is fixed” in it is no verdict', async () => {
    const here = deskWorld(undefined, NOW);
    const id = await onFile(here, 'B-204', [
      told.promised(at(20), 'resolve', { dueAt: at(24) }),
      told.promised(at(20), 'call', { because: 'staff', dueAt: at(24) }),
      told.proposed(at(21), { promise: 'call-1' }),
    ]);
    const nora = await here.come(NORA);
    const mail = unsortedMail('one', { words: 'Thanks, it is fixed. Stop.' });
    await here.box.keep(mail);
    const before = here.sales.entries(id).length;

    await nora.send(pathOf(mail), { act: 'file', sale: id });

    expect(typesSince(here, id, before)).toEqual(['wrote', 'said']);
    expect(here.sales.entries(id).at(-1)).toMatchObject({
      promise: 'resolve-1',
      private: { words: 'Thanks, it is fixed. Stop.' },
    });
  });

  it('from the customer’s own mailbox is theirs', async () => {
    const here = deskWorld(undefined, NOW);
    const id = await onFile(here, 'B-204', [], { email: 'selma@example.org' });
    const nora = await here.come(NORA);
    const mail = unsortedMail('one', { from: 'Selma+Shop@example.org' });
    await here.box.keep(mail);

    await nora.send(pathOf(mail), { act: 'file', sale: id });

    const wrote = here.sales.entries(id).find(({ type }) => type === 'wrote');
    expect(wrote).not.toHaveProperty('isFromOther');
  });

  it('that says the same as an earlier one is passed on all the same', async () => {
    const here = deskWorld(undefined, NOW);
    const words = 'Hello? Is anybody there?';
    const id = await onFile(here, 'B-204', [
      told.promised(at(20), 'answer', { because: 'question', by: 'customer', private: { words } }),
      told.proposed(at(21), { promise: 'answer-1' }),
      told.judged(at(22), true, { promise: 'answer-1' }),
    ]);
    const nora = await here.come(NORA);
    const mail = unsortedMail('one', { words });
    await here.box.keep(mail);

    await nora.send(pathOf(mail), { act: 'file', sale: id });

    expect(here.sales.entries(id).at(-1)).toMatchObject({ type: 'promised', promise: 'answer-2' });
  });

  it('of one of us is never filed as the customer’s: the page leads to where one writes to them', async () => {
    const here = await world();
    const mail = unsortedMail('one', { detail: 'what-missing', suggestions: [here.id] });
    await here.box.keep(mail);

    const { html } = await here.nora.browse(pathOf(mail));
    const { status } = await here.nora.send(pathOf(mail), { act: 'file', sale: here.id });

    expect(html).toContain('These are words of one of us.');
    expect(html).toContain(`href="${SALE_PAGE}"`);
    expect(html).not.toContain('File it with');
    expect(status).toBe(400);
    expect(here.box.all()).toHaveLength(1);
  });

  it('that is a picture and nothing else is called by its name', async () => {
    const here = await world();
    const attachments = [{ name: 'wheel.jpg', type: 'image/jpeg', bytes: 1500 }];
    const mail = unsortedMail('one', { words: '', subject: '', attachments });
    await here.box.keep(mail);

    await here.nora.send(pathOf(mail), { act: 'file', sale: here.id });

    expect(here.sales.entries(here.id).at(-1)).toMatchObject({
      type: 'promised',
      private: { words: 'wheel.jpg' },
    });
  });

  it('is filed once, however often and after whichever crash it is pressed', async () => {
    const pressed = await world();
    const mail = unsortedMail('one');
    await pressed.box.keep(mail);
    const press = (here: typeof pressed) => here.nora.send(pathOf(mail), { act: 'file', sale: here.id });
    await press(pressed);
    const again = await press(pressed);
    const entries = pressed.sales.entries(pressed.id);

    expect(again.headers['location']).toBe('/desk/mail?did=sorted');
    for (const operation of ['sales.append wrote', 'sales.append promise', 'box.drop']) {
      for (const when of ['before', 'after'] as const) {
        const here = await world();
        await here.box.keep(mail);
        here.failOnce(operation, when);
        const failed = await press(here);
        await press(here);

        expect([operation, when, failed.status]).toEqual([operation, when, 500]);
        expect(here.sales.entries(here.id)).toEqual(entries);
        expect(here.box.all()).toEqual([]);
      }
    }
  });

  it('is not filed with an order nobody knows', async () => {
    const here = await world();
    const mail = unsortedMail('one');
    await here.box.keep(mail);
    const before = here.bytes();

    for (const sale of ['', 'shop/none', 'x'.repeat(400)]) {
      const { status, html } = await here.nora.send(pathOf(mail), { act: 'file', sale });
      expect(status).toBe(400);
      expect(html).toContain('There is no such order');
    }
    expect(here.bytes()).toBe(before);
    expect(here.box.all()).toHaveLength(1);
  });

  it('is not filed with somebody who asked to be forgotten', async () => {
    const here = await world();
    const mail = unsortedMail('one');
    await here.box.keep(mail);
    await here.sales.append(here.id, { type: 'erased', at: at(22), eventId: 'e1', by: 'customer' });
    await here.sales.erase(here.id);

    const { status } = await here.nora.send(pathOf(mail), { act: 'file', sale: here.id });

    expect(status).toBe(400);
    expect(here.sales.entries(here.id).some(({ type }) => type === 'wrote')).toBe(false);
  });

  it('is dropped by a tick and a press, never by a press alone', async () => {
    const here = await world();
    const mail = unsortedMail('one');
    await here.box.keep(mail);

    const unsure = await here.nora.send(pathOf(mail), { act: 'drop' });
    const left = here.box.all().length;
    const sure = await here.nora.send(pathOf(mail), { act: 'drop', sure: 'yes' });

    expect([unsure.status, left]).toEqual([400, 1]);
    expect(unsure.html).toContain('Please tick that nobody needs it.');
    expect(sure.headers['location']).toBe('/desk/mail?did=dropped');
    expect(here.box.all()).toEqual([]);
  });
});

describe('ticked mails', () => {
  it('are dropped together, and the others stay', async () => {
    const here = await world();
    const [one, two, three] = [unsortedMail('one'), unsortedMail('two'), unsortedMail('three')];
    for (const mail of [one, two, three]) await here.box.keep(mail);
    const { csrf } = here.nora;
    const form: [string, string][] = [
      ['csrf', csrf],
      ['act', 'drop'],
      ['mail', one.id],
      ['mail', three.id],
      ['mail', 'nonsense'],
      ['mail', ''],
    ];

    const dropped = await here.nora.browse('/desk/mail', { form });

    expect(dropped.headers['location']).toBe('/desk/mail?did=dropped');
    expect(here.box.all()).toEqual([two]);
  });

  it('are none when none is ticked, and the page says so', async () => {
    const here = await world();
    await here.box.keep(unsortedMail('one'));

    const { status, html } = await here.nora.send('/desk/mail', { act: 'drop' });

    expect(status).toBe(400);
    expect(html).toContain('Please tick the mails that may go.');
    expect(here.box.all()).toHaveLength(1);
  });
});

describe('whoever asks for mails', () => {
  it('must be at the desk, and press on a page of it', async () => {
    const here = await world();
    const mail = unsortedMail('one');
    await here.box.keep(mail);

    const stranger = await here.request(pathOf(mail));
    const forged = await here.nora.browse(pathOf(mail), { form: { act: 'drop', sure: 'yes', csrf: 'x' } });
    const elsewhere = await here.nora.send(
      pathOf(mail),
      { act: 'drop', sure: 'yes' },
      { headers: { 'sec-fetch-site': 'cross-site' } },
    );

    expect(stranger.headers['location']).toBe('/desk/sign-in');
    expect([forged.status, elsewhere.status]).toEqual([403, 403]);
    expect(here.box.all()).toEqual([mail]);
  });

  it('meets garbage with a page, changes nothing by looking, and sees a script as text', async () => {
    const here = await world();
    const EVIL = '<script>alert(1)</script>"\'><img src=x>';
    const mail = unsortedMail('one', { from: EVIL, subject: EVIL, words: EVIL, suggestions: [here.id] });
    await here.box.keep({ ...mail, attachments: [{ name: EVIL, type: EVIL, bytes: 1 }] });
    const before = here.bytes();

    for (const path of ['x', '%00', 'x'.repeat(3000), `${encodeURIComponent(mail.id)}/more`])
      expect((await here.nora.browse(`/desk/mail/${path}`)).status).toBe(404);
    for (const query of ['after=x', 'after=%00', `q=${encodeURIComponent(EVIL)}`, `did=${EVIL}`])
      for (const path of ['/desk/mail', pathOf(mail)])
        for (const method of ['GET', 'HEAD']) {
          const { status, html } = await here.nora.browse(`${path}?${query}`, { method });
          expect(status).toBe(200);
          expect(html).not.toMatch(/<script|<img/);
        }
    expect((await here.nora.browse(pathOf(mail))).html).toContain('&lt;script&gt;');
    expect(here.bytes()).toBe(before);
    expect(here.box.all()).toHaveLength(1);
  });
});
