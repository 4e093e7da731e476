import { describe, expect, it } from 'vitest';
import { withAbsent } from '../../fixtures/configuration.ts';
import { deskWorld } from '../../fixtures/memory-desk.ts';
import { at, record, SALE } from '../../fixtures/sales.ts';

const NOW = at(23, '08:00');
const NORA = 'nora@velowerk.example';
const world = (config?: Parameters<typeof deskWorld>[0]) => deskWorld(config, NOW);

const OFF_LIMITS = [
  '/desk',
  '/desk/overdue',
  '/desk/silent',
  '/desk/search?q=selma',
  '/desk/kept',
  '/desk/sale/shop/B-204',
];

describe('the way to the desk', () => {
  it('is a mail to a member of staff, a button, and a session', async () => {
    const { askFor, tokenInMail, enter, request, mails } = world();

    const asked = await askFor(' Nora@Velowerk.example ');
    const shown = await request(`/desk/enter/${tokenInMail()}`);
    const entered = await enter(tokenInMail());
    const cookie = entered.cookies[0] ?? '';
    const desk = await request('/desk', { cookies: [cookie.split(';')[0] ?? ''] });

    expect(asked.status).toBe(200);
    expect(mails()).toEqual([`staff-sign-in to ${NORA}`]);
    expect(shown).toMatchObject({ status: 200, html: expect.stringContaining('<button>') });
    expect(entered).toMatchObject({ status: 303, headers: { location: '/desk' } });
    expect(desk).toMatchObject({ status: 200, html: expect.stringContaining('Nora') });
  });

  it('sets a cookie that no script reads, no other host sets and no other site sends', async () => {
    const { askFor, tokenInMail, enter } = world();
    await askFor(NORA);

    const { cookies } = await enter(tokenInMail());

    expect(cookies).toEqual([
      expect.stringMatching(
        /^__Host-desk=[a-z2-7]{32}; Max-Age=43200; HttpOnly; Secure; SameSite=Lax; Path=\/$/,
      ),
    ]);
  });

  it('says the same of every address and writes only to those who work here', async () => {
    const { askFor, mails } = world(withAbsent('lio'));

    const answers = [];
    for (const address of [NORA, 'lio@velowerk.example', 'nobody@velowerk.example', '', 'x'.repeat(5000)])
      answers.push(await askFor(address));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(mails()).toEqual([`staff-sign-in to ${NORA}`]);
  });

  it('says the same when the mail cannot be sent', async () => {
    const { askFor, mailer } = world();
    const usual = await askFor('nobody@velowerk.example');
    mailer.answers.push('dies');

    expect(await askFor(NORA)).toEqual(usual);
  });

  it('keeps no token and no address in the store', async () => {
    const { come, bytes, tokenInMail } = world();
    const { cookie, csrf } = await come(NORA);

    for (const secret of [tokenInMail(), cookie.split('=')[1] ?? '?', csrf, NORA])
      expect(bytes()).not.toContain(secret);
  });

  it('is mailed at most five times an hour to one member, and again an hour after the first', async () => {
    const { askFor, mails } = world();
    for (let minute = 10; minute < 30; minute += 2) await askFor(NORA, at(23, `08:${minute}`));
    await askFor('lio@velowerk.example', at(23, '08:30'));
    const within = mails().length;

    await askFor(NORA, at(23, '09:09'));
    const tooEarly = mails().length;
    await askFor(NORA, at(23, '09:10'));

    expect([within, tooEarly, mails().length]).toEqual([6, 6, 7]);
  });

  it('opens once', async () => {
    const { askFor, tokenInMail, enter, request } = world();
    await askFor(NORA);
    const first = await enter(tokenInMail());

    const again = await enter(tokenInMail());
    const shown = await request(`/desk/enter/${tokenInMail()}`);

    expect(first.status).toBe(303);
    expect(again).toMatchObject({ status: 404, cookies: [] });
    expect(shown.status).toBe(404);
  });

  it('is open for 15 minutes', async () => {
    const { askFor, tokenInMail, enter } = world();
    await askFor(NORA);

    const late = await enter(tokenInMail(), { at: at(23, '08:15') });
    const inTime = await enter(tokenInMail(), { at: at(23, '08:14') });

    expect([late.status, inTime.status]).toEqual([404, 303]);
  });

  it('is not spent by looking at it, however often', async () => {
    const { askFor, tokenInMail, enter, request, bytes } = world();
    await askFor(NORA);
    const before = bytes();

    for (const method of ['GET', 'HEAD', 'GET', 'HEAD'])
      await request(`/desk/enter/${tokenInMail()}`, { method });

    expect(bytes()).toBe(before);
    expect((await enter(tokenInMail())).status).toBe(303);
  });

  it('is not opened by a guess, a link of another kind, or anything else', async () => {
    const { enter, links, ids } = world();
    const customers = ids.token();
    await links.keep(ids.digest(customers), {
      saleId: SALE,
      audience: 'staff',
      staff: 'nora',
      expiresAt: at(30),
    });

    for (const token of [
      'a'.repeat(32),
      customers,
      'short',
      '',
      '%2e%2e',
      '__proto__',
      ids.digest(customers),
    ])
      expect(await enter(token)).toMatchObject({ status: 404, cookies: [] });
  });

  it('is closed to who left between the mail and the press', async () => {
    const before = world();
    await before.askFor(NORA);
    const after = world(withAbsent('nora'));
    await after.desk.keepWayIn(after.ids.digest(before.tokenInMail()), { member: 'nora', expiresAt: at(24) });

    expect(await after.enter(before.tokenInMail())).toMatchObject({ status: 404, cookies: [] });
  });

  it('does not open to a press from another site', async () => {
    const { askFor, tokenInMail, enter, bytes } = world();
    await askFor(NORA);
    const before = bytes();

    const refused = await enter(tokenInMail(), { headers: { 'sec-fetch-site': 'cross-site' } });

    expect(refused).toMatchObject({ status: 403, cookies: [] });
    expect(bytes()).toBe(before);
  });
});

describe('a session', () => {
  it('is needed for every page, and who has none is led to the door', async () => {
    const { request } = world();

    for (const path of OFF_LIMITS) {
      for (const cookies of [
        [],
        ['__Host-desk='],
        [`__Host-desk=${'a'.repeat(32)}`],
        ['__Host-desk=../x'],
        [`desk=${'a'.repeat(32)}`],
      ])
        expect(await request(path, { cookies })).toMatchObject({
          status: 303,
          html: '',
          headers: { location: '/desk/sign-in' },
        });
    }
  });

  it('ends twelve hours after it began, however busy', async () => {
    const { come } = world();
    const nora = await come(NORA);
    await nora.browse('/desk', { at: at(23, '19:59') });

    expect((await nora.browse('/desk', { at: at(23, '19:59') })).status).toBe(200);
    expect((await nora.browse('/desk', { at: at(23, '20:00') })).status).toBe(303);
  });

  it('ends in the store when its member signs out', async () => {
    const { come } = world();
    const nora = await come(NORA);

    const out = await nora.send('/desk/sign-out', {});

    expect(out).toMatchObject({ status: 303, headers: { location: '/desk/sign-in' } });
    expect(out.cookies[0]).toMatch(/^__Host-desk=; Max-Age=0; .*Secure/);
    expect((await nora.browse('/desk')).status).toBe(303);
  });

  it('is over when its member is made inactive', async () => {
    const before = world();
    const nora = await before.come(NORA);
    const after = world(withAbsent('nora'));
    const token = nora.cookie.split('=')[1] ?? '';
    await after.desk.openSession(after.ids.digest(token), { member: 'nora', expiresAt: at(24) });

    expect((await after.request('/desk', { cookies: [nora.cookie] })).status).toBe(303);
  });

  it('is a new one each time: what a browser brought along is neither taken nor left open', async () => {
    const { come, askFor, tokenInMail, enter, request } = world();
    const nora = await come(NORA);
    const planted = `__Host-desk=${'b'.repeat(32)}`;

    await askFor('ines@velowerk.example');
    const ines = await enter(tokenInMail(), { cookies: [nora.cookie] });
    await askFor(NORA);
    const fixed = await enter(tokenInMail(), { cookies: [planted] });

    expect(ines.cookies[0]).not.toContain(nora.cookie);
    expect(fixed.cookies[0]).not.toContain(planted);
    expect((await nora.browse('/desk')).status).toBe(303);
    expect((await request('/desk', { cookies: [planted] })).status).toBe(303);
  });
});

describe('a press at the desk', () => {
  const promise = { act: 'promise', kind: 'call', words: 'I ring tomorrow.', owner: 'nora' };

  it.each([
    ['without the token', { csrf: '' }, {}],
    ['with a made-up token', { csrf: 'f'.repeat(64) }, {}],
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['from another host of the same domain', {}, { 'sec-fetch-site': 'same-site' }],
    [
      'from another origin, by an older browser',
      {},
      { origin: 'https://evil.example', host: 'care.velowerk.example' },
    ],
    ['from nowhere that can be named', {}, { origin: 'null', host: 'care.velowerk.example' }],
    [
      'from an address that begins as ours',
      {},
      { origin: 'https://care.velowerk.example.evil.example', host: 'care.velowerk.example' },
    ],
  ])('%s changes nothing', async (_, form, headers) => {
    const { come, bytes, sales } = world();
    await sales.open(record());
    const nora = await come(NORA);
    const before = bytes();

    const given = Object.keys(headers).length === 0 ? {} : { headers };
    const refused = await nora.send('/desk/sale/shop/B-204', { ...promise, ...form }, given);
    const out = await nora.send('/desk/sign-out', form, given);

    expect([refused.status, out.status]).toEqual([403, 403]);
    expect(bytes()).toBe(before);
    expect((await nora.browse('/desk')).status).toBe(200);
  });

  it('with the token of a colleague changes nothing', async () => {
    const { come, bytes } = world();
    const [nora, ines] = [await come(NORA), await come('ines@velowerk.example')];
    const before = bytes();

    const refused = await nora.send('/desk/sign-out', { csrf: ines.csrf });

    expect(refused.status).toBe(403);
    expect(bytes()).toBe(before);
  });

  it('counts from the public address and, on one machine, from another name of it', async () => {
    const { come } = world();
    const nora = await come(NORA);
    const local = {
      origin: 'http://localhost:8787',
      host: 'localhost:8787',
      'sec-fetch-site': 'same-origin',
    };

    expect((await nora.send('/desk/sign-out', {}, { headers: local })).status).toBe(303);
  });

  it('leads nowhere but to our own pages, whatever it asks for', async () => {
    const { come, askFor, tokenInMail, request } = world();
    const nora = await come(NORA);

    for (const path of [
      '/desk?next=//evil.example',
      '/desk/sign-out?to=https://evil.example',
      '/desk//evil.example',
      '/desk/\\evil.example',
    ])
      expect(['/desk/sign-in', undefined]).toContain(
        (await nora.send(path, { next: '//evil.example', goTo: '//evil.example' })).headers['location'],
      );
    await askFor(NORA);
    const entered = await request(`/desk/enter/${tokenInMail()}?next=//evil.example`, {
      form: { next: '//evil.example' },
    });
    expect(entered.headers['location']).toBe('/desk');
  });
});
