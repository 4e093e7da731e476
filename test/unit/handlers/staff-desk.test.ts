import { describe, expect, it } from 'vitest';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import type { Entry } from '../../../functions/core/journal.ts';
import { indexSale } from '../../../functions/steps/index-sale.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { projectPromises } from '../../../functions/steps/project.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';
import { deskWorld } from '../../fixtures/memory-desk.ts';
import { at, customer, order, record, told } from '../../fixtures/sales.ts';

const NOW = at(23, '08:00');
const NORA = 'nora@velowerk.example';
const INES = 'ines@velowerk.example';

type World = ReturnType<typeof deskWorld>;
type Person = { name?: string; email?: string; phone?: string };

/** A sale on file with its lists and its index, as the running system would have left it. */
const onFile = async (
  { ports, sales }: World,
  orderId: string,
  entries: readonly Entry[],
  { owner = 'nora', amount = '100.00', ...person }: Person & { owner?: string; amount?: string } = {},
): Promise<SaleId> => {
  const id = saleIdOf('shop', orderId);
  await sales.open(record({ id, orderId, owner }));
  await sales.saveCustomer(id, { ...customer, ...person }, at(2), at(2));
  const ordered = told.ordered(at(2, '09:02'), {
    order: order({ number: `#${orderId}`, total: { amount, currency: 'CHF' } }),
  });
  for (const entry of [ordered, told.started(), ...entries]) await sales.append(id, entry);
  const loaded = await loadSale(ports, id);
  await projectPromises(ports, loaded, NOW);
  await indexSale(ports, loaded.sale);
  return id;
};

const owed = (with_: Parameters<typeof told.promised>[2] = {}) =>
  told.promised(at(20), 'call', { because: 'staff', dueAt: at(23, '15:00'), ...with_ });

/** The people on the page, in its order. */
const people = (html: string): string[] =>
  [...html.matchAll(/<h2>(?:Ring|Put it right for|Visit|Answer) ([^<]+)<\/h2>/g)].map(
    ([, name]) => name ?? '',
  );

const world = () => deskWorld(undefined, NOW);

describe('today', () => {
  it('lists what is mine and due by tonight, most costly for the customer first', async () => {
    const here = world();
    await onFile(here, 'later', [owed({ dueAt: at(24, '09:00') })], { name: 'Tom Orrow' });
    await onFile(here, 'small', [owed()], { name: 'Ann Small', amount: '20.00' });
    await onFile(here, 'large', [owed()], { name: 'Ben Large', amount: '900.00' });
    await onFile(here, 'late', [owed({ dueAt: at(20, '12:00') })], { name: 'Cat Late' });
    await onFile(here, 'urgent', [owed({ severity: 'urgent' })], { name: 'Dan Urgent' });
    await onFile(here, 'theirs', [owed({ owner: 'lio' })], { name: 'Eve Other' });
    await onFile(here, 'done', [owed(), told.proposed(at(22), { promise: 'call-1' })], { name: 'Fay Done' });
    const nora = await here.come(NORA);

    const { html } = await nora.browse('/desk');

    expect(people(html)).toEqual(['Dan Urgent', 'Cat Late', 'Ben Large', 'Ann Small']);
    expect(html).toContain('4 promises are due today. One of them is late');
    expect(html).toContain('One more is done');
    expect(html).toContain('href="tel:+41795550330"');
  });

  it('shows the number a customer asked to be rung at, and what was promised', async () => {
    const here = world();
    await onFile(here, 'one', [
      told.replied(at(19), 2, { phone: '+41 79 555 09 99' }),
      owed({ private: { words: 'We ring on Monday.' } }),
    ]);
    const nora = await here.come(NORA);

    const { html } = await nora.browse('/desk');

    expect(html).toContain('tel:+41795550999');
    expect(html).toContain('<blockquote>We ring on Monday.</blockquote>');
  });

  it('gives what falls to me while its owner is away', async () => {
    const away = configuration({
      staff: configurationInput().staff.map((member) =>
        member.id === 'lio' ? { ...member, away: [{ from: '2026-11-20', to: '2026-11-27' }] } : member,
      ),
    });
    const here = deskWorld(away, NOW);
    await onFile(here, 'one', [owed({ owner: 'lio' })], { name: 'Eve Other' });
    const nora = await here.come(NORA);

    const { html } = await nora.browse('/desk');

    expect(people(html)).toEqual(['Eve Other']);
    expect(html).toContain('for Lio Baur, who is away');
  });

  it('is a list of others only for who leads them', async () => {
    const here = world();
    await onFile(here, 'one', [owed({ owner: 'lio' })], { name: 'Eve Other' });
    const [nora, ines] = [await here.come(NORA), await here.come(INES)];

    for (const of of ['team', 'lio']) {
      expect(people((await nora.browse(`/desk?of=${of}`)).html)).toEqual([]);
      expect(people((await ines.browse(`/desk?of=${of}`)).html)).toEqual(['Eve Other']);
    }
    expect((await nora.browse('/desk')).html).not.toContain('name="of"');
  });

  it('shows 25 at a time, each once, also when one of them is done meanwhile', async () => {
    const here = world();
    for (let n = 0; n < 30; n += 1)
      await onFile(here, `n${n}`, [owed({ dueAt: at(23, `15:${10 + n}`) })], { name: `Person ${n}` });
    const nora = await here.come(NORA);

    const first = await nora.browse('/desk');
    const next = /href="(\/desk\?after=[^"]+)"/.exec(first.html)?.[1] ?? '';
    await here.lists.drop(saleIdOf('shop', 'n24'), 'call-1', 1);
    await here.lists.drop(saleIdOf('shop', 'n3'), 'call-1', 1);
    const second = await nora.browse(next);

    expect(people(first.html)).toHaveLength(25);
    expect(people(second.html)).toEqual([25, 26, 27, 28, 29].map((n) => `Person ${n}`));
    expect(second.html).not.toContain('after=');
  });

  it('loads only the sales that are shown', async () => {
    const here = world();
    for (let n = 0; n < 40; n += 1) await onFile(here, `n${n}`, [owed()]);
    const nora = await here.come(NORA);
    here.operations.length = 0;

    await nora.browse('/desk');

    expect(here.operations.filter((operation) => operation === 'sales.load')).toHaveLength(25);
  });
});

describe('overdue', () => {
  it('lists what has passed its time, whoever shall see it', async () => {
    const here = world();
    await onFile(here, 'due', [owed()], { name: 'Ann Today' });
    await onFile(here, 'late', [owed({ dueAt: at(23, '07:59') })], { name: 'Cat Late' });
    const nora = await here.come(NORA);

    expect(people((await nora.browse('/desk/overdue')).html)).toEqual(['Cat Late']);
  });
});

describe('silent customers', () => {
  it('are those worth most that still fit into the day, the rest counted', async () => {
    const here = deskWorld(configuration({ desk: { callsPerDay: 3 } }), NOW);
    const silent = { because: 'silent', dueAt: at(26) } as const;
    await onFile(here, 'a', [owed(silent)], { name: 'Ann Small', amount: '20.00' });
    await onFile(here, 'b', [owed(silent)], { name: 'Ben Large', amount: '900.00' });
    await onFile(here, 'c', [owed({ ...silent, because: 'cannot-write' })], {
      name: 'Cat Mid',
      amount: '500.00',
    });
    await onFile(here, 'd', [owed(silent), told.proposed(at(23, '07:30'), { promise: 'call-1' })]);
    await onFile(here, 'e', [owed()], { name: 'Eve Spoken', amount: '5000.00' });
    const nora = await here.come(NORA);

    const { html } = await nora.browse('/desk/silent');

    expect(people(html)).toEqual(['Ben Large', 'Cat Mid']);
    expect(html).toContain('One made today, 2 more fit.');
    expect(html).toContain('One more waits for another day.');
  });
});

describe('a sale', () => {
  it('tells everything on one page: promises with their clocks, answers, story', async () => {
    const here = world();
    const id = await onFile(here, '#1', [
      told.replied(at(19), 2, { words: 'The bell is <b>loose</b>.' }),
      owed({ private: { words: 'We ring on Monday.' } }),
    ]);
    const nora = await here.come(NORA);

    const { status, html } = await nora.browse(`/desk/sale/shop/${encodeURIComponent('#1')}`);

    expect([id, status]).toEqual(['shop/#1', 200]);
    for (const said of [
      'Selma Aydin',
      'We ring on Monday.',
      '&lt;b&gt;loose&lt;/b&gt;',
      'nobody has taken it',
      'CHF',
      'Monday 23 November',
    ])
      expect(html).toContain(said);
  });

  it('is not found under an id nobody gave, and that is no error', async () => {
    const here = world();
    const nora = await here.come(NORA);

    for (const path of [
      'shop/none',
      'shop',
      '',
      'shop/../../x',
      `shop/${'x'.repeat(400)}`,
      'a/b/c',
      '%00/%00',
    ])
      expect((await nora.browse(`/desk/sale/${path}`)).status).toBe(404);
  });

  const form = {
    act: 'promise',
    kind: 'call',
    words: 'I ring on Tuesday.',
    owner: 'lio',
    due: '',
    from: '',
    to: '',
    stamp: 's',
  };

  it('takes a promise that is made at the desk, once, however often it is pressed', async () => {
    const here = world();
    const id = await onFile(here, 'B-204', []);
    const nora = await here.come(NORA);

    const first = await nora.send('/desk/sale/shop/B-204', form);
    const again = await nora.send('/desk/sale/shop/B-204', form);
    const shown = await nora.browse(first.headers['location'] ?? '');

    expect([first.status, again.status]).toEqual([303, 303]);
    expect(here.sales.entries(id).filter(({ type }) => type === 'promised')).toMatchObject([
      {
        kind: 'call',
        because: 'staff',
        owner: 'lio',
        level: 0,
        by: 'nora',
        private: { words: 'I ring on Tuesday.' },
      },
    ]);
    expect(here.lists.open()).toMatchObject([{ owner: 'lio', because: 'staff' }]);
    expect(here.workflows.executions.filter(({ machine }) => machine === 'Promise')).toHaveLength(1);
    expect(shown.html).toContain('Promised. Selma Aydin is told.');
  });

  it('takes a due time of the shop and a visit with its window', async () => {
    const here = world();
    const id = await onFile(here, 'B-204', []);
    const nora = await here.come(NORA);

    await nora.send('/desk/sale/shop/B-204', { ...form, due: '2026-11-25T14:00' });
    await nora.send('/desk/sale/shop/B-204', {
      ...form,
      kind: 'visit',
      from: '2026-11-26T10:00',
      to: '2026-11-26T12:00',
    });

    expect(
      here.sales.entries(id).filter(({ type }) => type === 'promised' || type === 'booked'),
    ).toMatchObject([
      { type: 'promised', kind: 'call', dueAt: at(25, '13:00') },
      { type: 'promised', kind: 'visit' },
      { type: 'booked', from: at(26, '09:00'), to: at(26, '11:00'), provider: 'lio', by: 'nora' },
    ]);
  });

  it.each([
    ['no words', { words: '  ' }, 'Please write what is promised'],
    ['no kind', { kind: 'gift' }, 'Please choose what will happen'],
    ['nobody', { owner: 'mallory' }, 'This person is not here'],
    ['a time that is over', { due: '2026-11-20T10:00' }, 'This time is over already'],
    ['a time that is none', { due: 'tomorrow' }, 'Please give a date and a time'],
    ['half a window', { kind: 'visit', from: '2026-11-26T10:00' }, 'Please give a date and a time'],
    [
      'a window that ends first',
      { kind: 'visit', from: '2026-11-26T10:00', to: '2026-11-26T09:00' },
      'The visit must end after it begins',
    ],
    ['a window of a call', { from: '2026-11-26T10:00', to: '2026-11-26T11:00' }, 'That does not fit here'],
    ['a book', { words: 'x'.repeat(10_300) }, 'more than fits in one go'],
  ])('keeps what was written when it names %s, and promises nothing', async (_, wrong, says) => {
    const here = world();
    const id = await onFile(here, 'B-204', []);
    const nora = await here.come(NORA);
    const before = here.bytes();

    const { status, html } = await nora.send('/desk/sale/shop/B-204', { ...form, ...wrong });

    expect(status).toBe(400);
    expect(html).toContain(says);
    expect(html).toContain('role="alert"');
    if (!('words' in wrong)) expect(html).toContain('I ring on Tuesday.');
    expect(here.bytes()).toBe(before);
    expect(here.sales.entries(id).some(({ type }) => type === 'promised')).toBe(false);
  });

  it('lets a promise be handed over and withdrawn, with words', async () => {
    const here = world();
    const id = await onFile(here, 'B-204', [owed()]);
    const nora = await here.come(NORA);
    const send = (fields: Record<string, string>) =>
      nora.send('/desk/sale/shop/B-204', { promise: 'call-1', ...fields });

    const nobody = await send({ act: 'hand-over', 'to-call-1': '' });
    const silent = await send({ act: 'withdraw', 'reason-call-1': '' });
    const lio = await send({ act: 'hand-over', 'to-call-1': 'lio', 'note-call-1': 'She prefers mornings.' });
    const ours = await here.come('lio@velowerk.example');
    const gone = await ours.send('/desk/sale/shop/B-204', {
      promise: 'call-1',
      act: 'withdraw',
      'reason-call-1': 'She sorted it out.',
    });

    expect([nobody, silent, lio, gone].map(({ status }) => status)).toEqual([400, 400, 303, 303]);
    expect(here.sales.entries(id).slice(-2)).toMatchObject([
      { type: 'handed-over', to: 'lio', private: { note: 'She prefers mornings.' } },
      { type: 'withdrawn', by: 'lio', private: { reason: 'She sorted it out.' } },
    ]);
  });

  it('opens the page of a promise by a link of one’s own, made by pressing and not by looking', async () => {
    const here = world();
    await onFile(here, 'B-204', [owed()]);
    const nora = await here.come(NORA);
    const before = here.links.all().length;

    const opened = await nora.send('/desk/sale/shop/B-204', { act: 'open', promise: 'call-1' });

    expect(opened.headers['location']).toMatch(/^\/p\/[a-z2-7]{32}$/);
    expect(here.links.all()).toHaveLength(before + 1);
    expect(here.links.all().at(-1)).toMatchObject({
      audience: 'staff',
      promise: 'call-1',
      staff: 'nora',
      expiresAt: at(23, '20:00'),
    });
  });

  it('does nothing that is not named, and nothing to a promise that is not there', async () => {
    const here = world();
    await onFile(here, 'B-204', [owed()]);
    const nora = await here.come(NORA);
    const before = here.bytes();

    for (const wrong of [
      {},
      { act: 'open' },
      { act: 'close', promise: 'call-1' },
      { act: 'withdraw', promise: 'call-9' },
      { act: 'done', promise: 'call-1', what: 'x' },
    ])
      expect((await nora.send('/desk/sale/shop/B-204', wrong)).status).toBe(400);
    expect(here.bytes()).toBe(before);
  });
});

describe('search', () => {
  const find = async (q: string) => {
    const here = world();
    await onFile(here, 'B-204', [], { name: 'Selma Núñez Aydin', email: 'selma@example.org' });
    await onFile(here, 'B-205', [], { name: 'Selim Aydin', email: 'selim@example.org' });
    const nora = await here.come(NORA);
    const { status, html } = await nora.browse(`/desk/search?q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    return ['B-204', 'B-205'].filter((id) => html.includes(`href="/desk/sale/shop/${id}"`));
  };

  it.each([
    ['#B-204', ['B-204']],
    ['b204', ['B-204']],
    ['aydin', ['B-204', 'B-205']],
    ['AYD', ['B-204', 'B-205']],
    ['nunez', ['B-204']],
    ['Núñ', ['B-204']],
    ['aydin selm', ['B-204']],
    ['se ay', ['B-204', 'B-205']],
    ['Selma@Example.org', ['B-204']],
    ['selma@example', []],
    ['lma', []],
    ['s', []],
    ['', []],
  ])('by “%s” finds %j', async (q, expected) => {
    expect(await find(q)).toEqual(expected);
  });

  it('by the number in its id finds a sale that has no row for it, as long as it is kept', async () => {
    const here = world();
    const id = await onFile(here, '3077', [], { name: 'Selma Aydin' });
    const nora = await here.come(NORA);
    const found = async (q: string) =>
      (await nora.browse(`/desk/search?q=${encodeURIComponent(q)}`)).html.includes(
        'href="/desk/sale/shop/3077"',
      );

    expect(await found('#3077')).toBe(true);
    expect(await found('3078')).toBe(false);
    await here.sales.append(id, { type: 'erased', at: at(9), eventId: 'forgotten' });
    expect(await found('3077')).toBe(false);
  });

  it('finds a customer under the old name and the new one', async () => {
    const here = world();
    const id = await onFile(here, 'B-204', [], { name: 'Selma Aydin' });
    await here.sales.saveCustomer(id, { ...customer, name: 'Selma Kaya' }, at(5), at(5));
    await indexSale(here.ports, (await loadSale(here.ports, id)).sale);
    const nora = await here.come(NORA);

    for (const q of ['aydin', 'kaya'])
      expect((await nora.browse(`/desk/search?q=${q}`)).html).toContain('Selma Kaya');
  });
});

describe('promises kept', () => {
  const scored = async (here: World, owner: string, kept: number, broken: number) => {
    for (let n = 0; n < kept + broken; n += 1)
      await here.lists.score({
        saleId: saleIdOf('shop', `${owner}-${n}`),
        promise: 'call-1',
        term: 1,
        owner,
        at: at(10, `10:${10 + n}`),
        dueAt: at(10),
        result: n < kept ? 'kept' : 'broken',
      });
  };

  it('are a rate with what it is made of, from five on, for each person and for all', async () => {
    const here = world();
    await scored(here, 'nora', 4, 1);
    await scored(here, 'lio', 1, 3);
    const ines = await here.come(INES);

    const { html } = await ines.browse('/desk/kept');

    expect(html).toMatch(/All of us<\/h2><p class="rate">56 % kept/);
    expect(html).toMatch(/Nora Frei<\/h2><p class="rate">80 % kept/);
    expect(html).toMatch(/Lio Baur<\/h2><p>Too few so far/);
    expect(html).not.toContain('/desk/kept/lio');
  });

  it('lead from each number to its cases, and below five to none', async () => {
    const here = world();
    await scored(here, 'nora', 4, 1);
    await scored(here, 'lio', 1, 3);
    const ines = await here.come(INES);
    const casesOf = async (path: string) =>
      [...(await ines.browse(path)).html.matchAll(/href="\/desk\/sale\/shop\/([^"]+)"/g)].length;

    expect(await casesOf('/desk/kept/nora?which=all')).toBe(5);
    expect(await casesOf('/desk/kept/nora?which=kept')).toBe(4);
    expect(await casesOf('/desk/kept/nora?which=broken')).toBe(5);
    expect(await casesOf('/desk/kept/nora?which=assumed')).toBe(0);
    expect(await casesOf('/desk/kept/lio?which=all')).toBe(0);
    expect(await casesOf('/desk/kept/team?which=all')).toBe(9);
  });

  it('of others are for who leads them', async () => {
    const here = world();
    await scored(here, 'lio', 5, 0);
    const nora = await here.come(NORA);

    expect((await nora.browse('/desk/kept')).html).not.toContain('Lio Baur');
    for (const path of ['/desk/kept/lio', '/desk/kept/team', '/desk/kept/nobody', '/desk/kept/__proto__'])
      expect((await nora.browse(path)).status).toBe(404);
    expect((await nora.browse('/desk/kept/nora')).status).toBe(200);
  });
});

describe('whatever is asked of the desk', () => {
  const EVIL = '<script>alert(1)</script>"\'><img src=x>';

  const evilWorld = async () => {
    const here = world();
    await onFile(
      here,
      'B-204',
      [
        told.replied(at(19), 1, { words: EVIL, phone: `"${EVIL}` }),
        owed({ private: { words: EVIL }, because: 'silent' }),
        told.proposed(at(19), { promise: 'call-1', private: { what: EVIL } }),
        told.promised(at(20), 'resolve', { dueAt: at(21), private: { words: EVIL } }),
      ],
      { name: `Selma ${EVIL}`, email: `${EVIL}@example.org`, phone: EVIL },
    );
    for (let n = 0; n < 6; n += 1)
      await here.lists.score({
        saleId: saleIdOf('shop', 'B-204'),
        promise: 'call-1',
        term: n,
        owner: 'nora',
        at: at(10),
        dueAt: at(10),
        result: 'kept',
      });
    return here;
  };
  const PATHS = [
    '/desk',
    '/desk?of=team',
    '/desk/overdue',
    '/desk/silent',
    '/desk/sale/shop/B-204',
    `/desk/search?q=${encodeURIComponent(EVIL)}`,
    '/desk/search?q=selma',
    '/desk/kept',
    '/desk/kept/nora',
    `/desk/${encodeURIComponent(EVIL)}`,
  ];

  it('a name that is a script stays a name', async () => {
    const here = await evilWorld();
    const ines = await here.come(INES);
    const nora = await here.come(NORA);

    for (const { browse } of [ines, nora])
      for (const path of PATHS) {
        const { html } = await browse(path);
        expect(html).not.toMatch(/<script|<img/);
      }
    expect((await nora.browse('/desk/sale/shop/B-204')).html).toContain('&lt;script&gt;');
    const error = await nora.send('/desk/sale/shop/B-204', {
      act: 'promise',
      kind: EVIL,
      words: EVIL,
      due: EVIL,
      owner: EVIL,
    });
    expect([error.status, /<script|<img/.test(error.html)]).toEqual([400, false]);
  });

  it('GET and HEAD change nothing', async () => {
    const here = await evilWorld();
    const ines = await here.come(INES);
    const before = here.bytes();

    for (const path of [
      ...PATHS,
      '/desk/sign-in',
      '/desk/sign-out',
      '/desk/sale/shop/B-204?act=withdraw&promise=call-1',
    ])
      for (const method of ['GET', 'HEAD']) {
        const { status, html } = await ines.browse(path, { method });
        expect([200, 404]).toContain(status);
        if (method === 'HEAD') expect(html).toBe('');
      }

    expect(here.bytes()).toBe(before);
  });

  it('garbage is never an error of ours', async () => {
    const here = await evilWorld();
    const ines = await here.come(INES);
    const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const garbage = [
      '',
      '%00',
      '%',
      '%ff',
      '__proto__',
      '-1',
      '1e9',
      '../..',
      'x'.repeat(3000),
      json({}),
      json({ a: 'b' }),
      json(null),
      json({ severity: 'urgent', strikes: -1, dueAt: 'x', amount: 'x', saleId: '', promise: 'x' }),
    ];

    for (const path of [
      '/desk',
      '/desk/overdue',
      '/desk/silent',
      '/desk/search',
      '/desk/kept/team',
      '/desk/sale/shop/B-204',
    ])
      for (const text of garbage) {
        const query = `of=${text}&after=${text}&q=${text.length > 0 ? text : 'selma'}&which=${text}&did=${text}`;
        expect((await ines.browse(`${path}?${query}`)).status).toBe(200);
      }
  });

  it('every page is for this shop alone: no cache, no frame, no script, nobody else is told of it', async () => {
    const here = world();
    const nora = await here.come(NORA);

    for (const path of ['/desk', '/desk/sign-in', '/desk/nowhere']) {
      const { headers } = await nora.browse(path);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'same-origin',
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
        'x-content-type-options': 'nosniff',
      });
      expect(headers['content-security-policy']).not.toContain('script-src');
    }
  });

  it('trouble of ours gives back what was written', async () => {
    const here = world();
    await onFile(here, 'B-204', []);
    const nora = await here.come(NORA);
    here.failAlways('sales.append');

    const { status, html } = await nora.send('/desk/sale/shop/B-204', {
      act: 'promise',
      kind: 'call',
      words: 'I ring on Tuesday.',
      owner: 'nora',
    });

    expect(status).toBe(500);
    expect(html).toContain('I ring on Tuesday.');
    expect(html).toContain(`name="csrf" value="${nora.csrf}"`);
  });
});
