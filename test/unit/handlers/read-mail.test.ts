import { beforeEach, describe, expect, it } from 'vitest';
import { type SaleId, saleIdOf } from '../../../functions/core/ids.ts';
import { MOST_BYTES, safeName } from '../../../functions/read-mail/download.ts';
import { deskWorld } from '../../fixtures/memory-desk.ts';
import { mailReader, unsortedMail } from '../../fixtures/memory-mails.ts';
import { at, customer, record, told } from '../../fixtures/sales.ts';

const NOW = at(23, '08:00');
const DIGEST = 'ab'.repeat(32);
const KEY = 'abcdefghijklmnopqrstuvwxyz234567';

type World = ReturnType<typeof deskWorld>;
type Part = { name?: string; type: string; body: string | Buffer };

/** A mail with a plain text and whatever is attached to it. */
const rawMail = (text: string, parts: readonly Part[] = []): string =>
  [
    'From: Selma Aydin <selma@example.org>',
    `To: r+${KEY}@reply.velowerk.example`,
    'Subject: =?utf-8?Q?Das_Rad_l=C3=A4uft_nicht?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="x"',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    ...parts.flatMap(({ name, type, body }) => [
      '--x',
      `Content-Type: ${type}`,
      `Content-Disposition: attachment${name === undefined ? '' : `; filename*=utf-8''${encodeURIComponent(name)}`}`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(body).toString('base64'),
    ]),
    '--x--',
    '',
  ].join('\r\n');

const onFile = async ({ sales }: World, orderId: string, original: string | undefined): Promise<SaleId> => {
  const id = saleIdOf('shop', orderId);
  await sales.open(record({ id, orderId }));
  await sales.saveCustomer(id, customer, at(2), at(2));
  await sales.append(id, told.ordered());
  await sales.append(id, {
    type: 'wrote',
    at: at(22),
    mail: DIGEST,
    as: 'answer',
    ...(original === undefined ? {} : { private: { words: 'Hello', original } }),
  });
  return id;
};

const desk = async () => {
  const here = deskWorld(undefined, NOW);
  const asked: string[] = [];
  const { read } = here.ports.mails;
  here.ports.mails.read = (key) => {
    asked.push(key);
    return read(key);
  };
  const { cookie } = await here.come('nora@velowerk.example');
  const ask = mailReader(here, NOW);
  await onFile(here, 'B-204', 'mail/one');
  return {
    ...here,
    /** Keys the archive was asked for. */
    asked,
    ask,
    get: (address: string, method = 'GET') => ask(address, { cookie, method }),
  };
};

const OF_SALE = `/desk/mails/sale/shop/B-204/${DIGEST}`;

let here: Awaited<ReturnType<typeof desk>>;
beforeEach(async () => {
  here = await desk();
});

describe('a mail as it arrived', () => {
  it('is shown whole, as plain text that nothing can act in', async () => {
    const text = '<script>alert(1)</script>\r\n\r\n> On Monday you wrote:\r\n> How is it?';
    here.archive.keep('mail/one', rawMail(text, [{ name: 'wheel.jpg', type: 'image/jpeg', body: 'jpeg' }]));

    const { statusCode, headers, body } = await here.get(`${OF_SALE}?part=original`);

    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/default-src 'none'; sandbox;/),
      'cache-control': 'no-store',
    });
    for (const said of [
      'from: Selma Aydin <selma@example.org>',
      'Das Rad läuft nicht',
      '<script>alert(1)</script>',
      '> How is it?',
      '1. wheel.jpg (image/jpeg, 4 bytes)',
    ])
      expect(body).toContain(said);
  });

  it('holds no key with which one could act as the customer', async () => {
    const quoted = `> https://care.velowerk.example/r/${KEY}\r\n> <mailto:u+${KEY}@reply.velowerk.example>`;
    const html = `<a href="https://care.velowerk.example/s/${KEY}">Yes, it is fixed</a>`;
    here.archive.keep(
      'mail/one',
      rawMail(quoted, [
        { name: 'ours.eml', type: 'message/rfc822', body: `To: r+${KEY}@x\r\n\r\n${quoted}` },
      ]).replace('--x--', `--x\r\nContent-Type: text/html\r\n\r\n${html}\r\n--x--`),
    );

    const whole = await here.get(`${OF_SALE}?part=original`);
    const attached = await here.get(`${OF_SALE}?attachment=1`);

    expect(whole.body).toContain('/r/…');
    expect(whole.body).not.toContain(KEY);
    const bytes = Buffer.from(attached.body ?? '', 'base64').toString('utf8');
    expect(bytes).toContain('/r/...');
    expect(bytes).not.toContain(KEY);
  });

  it('says what its formatted version says only when that is something else', async () => {
    const both = (html: string) =>
      rawMail('Hello there.')
        .replace('multipart/mixed', 'multipart/alternative')
        .replace('--x--', `--x\r\nContent-Type: text/html\r\n\r\n${html}\r\n--x--`);
    here.archive.keep('mail/one', both('<p>Hello <b>there</b>.</p>'));
    const same = await here.get(OF_SALE);
    here.archive.keep('mail/one', both('<p>Please pay here.</p>'));
    const other = await here.get(OF_SALE);

    expect(same.body).not.toContain('formatted version');
    expect(other.body).toMatch(/Hello there\.[\s\S]*formatted version[\s\S]*Please pay here\./);
  });

  it('that waits to be sorted is found by its place in the post box', async () => {
    const mail = unsortedMail('lost');
    await here.box.keep(mail);
    here.archive.keep('mail/lost', rawMail('Who am I?'));

    const { statusCode, body } = await here.get(
      `/desk/mails/box/${encodeURIComponent(mail.id)}?part=original`,
    );

    expect(statusCode).toBe(200);
    expect(body).toContain('Who am I?');
  });
});

describe('an attachment', () => {
  const take = async (part: Part) => {
    here.archive.keep('mail/one', rawMail('See there.', [part]));
    return here.get(`${OF_SALE}?attachment=1`);
  };

  it('is handed over byte for byte, to be saved and never to be shown', async () => {
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, n) => n % 256));

    const { headers, body, isBase64Encoded } = await take({
      name: 'wheel.jpg',
      type: 'image/jpeg',
      body: bytes,
    });

    expect(isBase64Encoded).toBe(true);
    expect(Buffer.from(body ?? '', 'base64').equals(bytes)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `attachment; filename="wheel.jpg"; filename*=UTF-8''wheel.jpg`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  it.each([
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'application/javascript',
    'text/xml',
    'application/x-msdownload',
    'IMAGE/SVG+XML',
  ])('of type %s is nothing but bytes', async (type) => {
    const { headers } = await take({ name: 'evil', type, body: '<script>alert(1)</script>' });

    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toMatch(/^attachment;/);
  });

  it.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\evil.exe', 'C__evil.exe'],
    ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie_ x=1.pdf'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['', 'attachment-1'],
    ['...', 'attachment-1'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(146)}.pdf`],
    ['Rad läuft “nicht”.jpg', 'Rad läuft “nicht”.jpg'],
  ])('called %j is saved as %j', (name, saved) => {
    expect(safeName(name, 1)).toBe(saved);
  });

  it('with a name of any letters says it once plainly and once in full', async () => {
    const { headers } = await take({ name: 'Räder "(1)*’.pdf', type: 'application/pdf', body: 'pdf' });

    expect(headers['content-disposition']).toBe(
      `attachment; filename="R_der _(1)__.pdf"; filename*=UTF-8''R%C3%A4der%20_%281%29_%E2%80%99.pdf`,
    );
  });

  it.each(['0', '2', '-1', '1e0', '', 'x', '1'.repeat(40)])('number %j is not there', async (n) => {
    here.archive.keep('mail/one', rawMail('See there.', [{ type: 'image/png', body: 'png' }]));

    expect((await here.get(`${OF_SALE}?attachment=${n}`)).statusCode).toBe(404);
  });

  it('that is too big is said to be', async () => {
    const { statusCode, headers, body } = await take({
      name: 'film.mp4',
      type: 'video/mp4',
      body: Buffer.alloc(MOST_BYTES + 1),
    });

    expect(statusCode).toBe(413);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('4 MB');
  });
});

describe('whoever asks for a mail', () => {
  it('must be at the desk: nothing is looked up for anybody else', async () => {
    here.archive.keep('mail/one', rawMail('Private.'));

    for (const cookie of [undefined, '__Host-desk=nonsense', `__Host-desk=${KEY}`]) {
      const { statusCode, headers, body } = await here.ask(OF_SALE, cookie === undefined ? {} : { cookie });
      expect([statusCode, headers['location'], body]).toEqual([303, '/desk/sign-in', '']);
    }
    expect(here.asked).toEqual([]);
  });

  it('reaches only mails of a story or of the post box, whatever address they make up', async () => {
    here.archive.keep('mail/one', rawMail('Private.'));
    await onFile(here, 'B-205', undefined);
    const other = 'cd'.repeat(32);

    for (const address of [
      '/desk/mails/mail/one',
      '/desk/mails/mail%2Fone',
      '/desk/mails/box/mail%2Fone',
      '/desk/mails/box/mail',
      `/desk/mails/box/${'x'.repeat(3000)}`,
      `/desk/mails/box/2026-11-22T09:00:00.000Z%23${other}`,
      `/desk/mails/sale/shop/B-204/${other}`,
      `/desk/mails/sale/shop/B-999/${DIGEST}`,
      `/desk/mails/sale/shop/${'x'.repeat(400)}/${DIGEST}`,
      `/desk/mails/sale/shop/B-204/${DIGEST}/more`,
      '/desk/mails/sale/shop/B-204/mail/one',
      '/desk/mails/sale/shop',
      '/desk/mails/',
      '/desk/mails/%00/%00/%00/%00',
    ])
      expect([address, (await here.get(address)).statusCode]).toEqual([address, 404]);
    expect(here.asked).toEqual([]);
  });

  it.each([
    ['has expired in the archive', 'B-204'],
    ['was forgotten with its sender', 'B-205'],
  ])('meets a page that says so when the mail %s', async (_, orderId) => {
    await onFile(here, 'B-205', undefined);

    const { statusCode, headers, body } = await here.get(`/desk/mails/sale/shop/${orderId}/${DIGEST}`);

    expect(statusCode).toBe(410);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('This mail is not kept any more');
  });

  it('finds it by another id of the same order', async () => {
    here.archive.keep('mail/one', rawMail('Hello.'));
    await here.sales.alias(saleIdOf('shop', 'other'), saleIdOf('shop', 'B-204'));

    expect((await here.get(`/desk/mails/sale/shop/other/${DIGEST}`)).statusCode).toBe(200);
  });

  it('changes nothing, and HEAD has no body', async () => {
    here.archive.keep('mail/one', rawMail('Hello.', [{ type: 'image/png', body: 'png' }]));
    const before = here.bytes();

    for (const query of ['', '?part=original', '?attachment=1', '?attachment=9'])
      for (const method of ['GET', 'HEAD']) {
        const { body } = await here.get(OF_SALE + query, method);
        if (method === 'HEAD') expect(body).toBe('');
      }

    expect(here.bytes()).toBe(before);
    expect(here.archive.keys()).toEqual(['mail/one']);
  });

  it('meets a page when the archive cannot be reached', async () => {
    here.ports.mails.read = () => Promise.reject(new Error('S3 is down'));

    const { statusCode, headers } = await here.get(OF_SALE);

    expect(statusCode).toBe(500);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it.each(['', 'no mail at all', '\0\0\0', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x'])(
    'sees what can be read of %j',
    async (raw) => {
      here.archive.keep('mail/one', raw);

      expect((await here.get(OF_SALE)).statusCode).toBe(200);
    },
  );
});
