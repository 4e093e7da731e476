import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { buildCalendar } from '../../../functions/messages/ics.ts';
import { customerMailHeaders } from '../../../functions/messages/mail-headers.ts';
import { buildMime, type OutgoingMail } from '../../../functions/messages/mime.ts';

const mail: OutgoingMail = {
  from: { name: 'Nora Whitlock', email: 'nora@shop.example' },
  to: { name: 'Maya', email: 'maya@home.example' },
  replyTo: { name: 'Nora Whitlock', email: 'r+abc234@reply.shop.example' },
  subject: 'Your kettle',
  text: 'Hi Maya,\n\nhow is it?\n',
  html: '<p>Hi Maya,</p>\n',
  date: '2026-11-22T09:30:05.000Z',
  messageId: 'check-in-1@shop.example',
};

const headerOf = (raw: string, name: string) =>
  new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, 'm').exec(raw.split('\r\n\r\n')[0] ?? '')?.[1];

const unicode = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('a', ' ', '=', '\n', '\r', '\t', '.', '-', '€', '🫖'), maxLength: 300 }),
);
// A mail reader may show a header's control characters as it likes; ours never leave (names and subjects are one line).
const oneLine = unicode.map((text) => text.replace(/\p{Cc}|\p{Zl}|\p{Zp}/gu, '').trim());

describe('a built mail', () => {
  it('is read back exactly, whatever the names, the subject and the words are', async () => {
    await fc.assert(
      fc.asyncProperty(
        oneLine,
        oneLine.filter((name) => name !== ''),
        unicode,
        unicode,
        async (subject, name, text, html) => {
          const raw = buildMime({ ...mail, from: { ...mail.from, name }, subject, text, html });
          const read = await PostalMime.parse(raw);

          // postal-mime counts the line end before the boundary, which belongs to the boundary (RFC 2046, 5.1.1).
          const asRead = (words: string) => `${words.replace(/\r\n?/g, '\n')}\n`;
          expect(read.subject ?? '').toBe(subject);
          expect(read.from?.name).toBe(name);
          expect(read.text).toBe(asRead(text));
          expect(read.html).toBe(asRead(html));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is ASCII in lines of at most 76 in the body and 78 above it, each ended by CRLF', () => {
    fc.assert(
      fc.property(oneLine, unicode, (subject, text) => {
        const raw = buildMime({ ...mail, subject, text });
        const [head = '', ...rest] = raw.split('\r\n\r\n');

        expect(raw).toMatch(/^[\r\n\t -~]*$/);
        expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(Math.max(...head.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
        expect(
          Math.max(
            ...rest
              .join('\r\n')
              .split('\r\n')
              .map((line) => line.length),
          ),
        ).toBeLessThanOrEqual(76);
      }),
    );
  });

  it('keeps the bytes of one character on one line', () => {
    const raw = buildMime({ ...mail, text: '€'.repeat(60) });

    expect(raw).toContain('=E2=82=AC');
    expect(
      raw
        .match(/(?:=E2=82=AC)+=?\r\n/g)
        ?.join('')
        .replace(/=\r\n|\r\n/g, ''),
    ).toBe('=E2=82=AC'.repeat(60));
  });

  it('encodes blanks at the end of a line, which mail servers lose', () => {
    const raw = buildMime({ ...mail, text: 'words\n-- \nfooter\n' });

    expect(raw).toContain('\r\n--=20\r\nfooter');
  });

  it('cuts encoded words at whole characters and at 75', () => {
    const raw = buildMime({ ...mail, subject: 'Grüße 🫖 '.repeat(20).trim() });

    const words = headerOf(raw, 'Subject')?.split('\r\n ') ?? [];
    expect(words.length).toBeGreaterThan(1);
    for (const word of words) {
      const payload = /^=\?UTF-8\?B\?([A-Za-z0-9+/=]+)\?=$/.exec(word)?.[1] ?? '';
      expect(word.length).toBeLessThanOrEqual(75);
      expect(Buffer.from(payload, 'base64').toString('utf8')).not.toContain('\uFFFD');
    }
  });

  it('quotes a name that would read as something else', async () => {
    const name = 'Rye, "Sam" \\ (office) <x@y>';
    const raw = buildMime({ ...mail, from: { name, email: 'sam@shop.example' } });

    expect(headerOf(raw, 'From')).toBe('"Rye, \\"Sam\\" \\\\ (office) <x@y>" <sam@shop.example>');
    expect((await PostalMime.parse(raw)).from).toEqual({ name, address: 'sam@shop.example' });
  });

  it('writes text before HTML, so that simple readers meet the text', () => {
    const raw = buildMime(mail);

    expect(raw.indexOf('text/plain')).toBeGreaterThan(0);
    expect(raw.indexOf('text/html')).toBeGreaterThan(raw.indexOf('text/plain'));
  });

  it('is the same bytes for the same mail, with a boundary of its own for each id', () => {
    const other = buildMime({ ...mail, messageId: 'check-in-2@shop.example' });

    expect(buildMime(mail)).toBe(buildMime({ ...mail }));
    expect(headerOf(other, 'Content-Type')).not.toBe(headerOf(buildMime(mail), 'Content-Type'));
  });

  it('carries the given time', () => {
    expect(headerOf(buildMime(mail), 'Date')).toBe('Sun, 22 Nov 2026 09:30:05 +0000');
  });

  it('writes an address under a name with an umlaut the way mail servers know it', () => {
    const raw = buildMime({ ...mail, to: { email: 'maja@küche.example' } });

    expect(headerOf(raw, 'To')).toBe('<maja@xn--kche-0ra.example>');
  });

  it('reads, as a whole, like this', () => {
    const headers = customerMailHeaders({
      stopUrl: 'https://care.shop.example/s/8hd4n6xv1c',
      stopMailto: 'stop+8hd4n6xv1c@reply.shop.example',
      saleRef: 'shopify/1001',
      touch: 'check-in',
      attempt: 1,
    });

    expect(buildMime({ ...mail, headers }).replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
      "From: "Nora Whitlock" <nora@shop.example>
      To: "Maya" <maya@home.example>
      Reply-To: "Nora Whitlock" <r+abc234@reply.shop.example>
      Subject: Your kettle
      Date: Sun, 22 Nov 2026 09:30:05 +0000
      Message-ID: <check-in-1@shop.example>
      List-Unsubscribe: <https://care.shop.example/s/8hd4n6xv1c>,
       <mailto:stop+8hd4n6xv1c@reply.shop.example>
      List-Unsubscribe-Post: List-Unsubscribe=One-Click
      Auto-Submitted: auto-generated
      X-Auto-Response-Suppress: OOF, AutoReply
      X-Aftercare-Sale: shopify/1001
      X-Aftercare-Touch: check-in
      X-Aftercare-Attempt: 1
      MIME-Version: 1.0
      Content-Type: multipart/alternative;
       boundary="=_cf97bdac3da7d7adde1bb429058df349"

      --=_cf97bdac3da7d7adde1bb429058df349
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      Hi Maya,

      how is it?

      --=_cf97bdac3da7d7adde1bb429058df349
      Content-Type: text/html; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      <p>Hi Maya,</p>

      --=_cf97bdac3da7d7adde1bb429058df349--
      "
    `);
  });
});

const ics = buildCalendar({
  method: 'REQUEST',
  uid: '4f2a9c@shop.example',
  sequence: 0,
  stampedAt: mail.date,
  from: '2026-11-27T10:00:00.000Z',
  to: '2026-11-27T12:00:00.000Z',
  summary: 'Besuch von Nora Weiß, Küche 🫖',
  description: 'Neuer Hahn, eine lange Zeile, die gefaltet werden muss, weil sie über 75 Oktette hat',
  organizer: { name: 'Holm & Roggen', email: 'care@shop.example' },
  attendees: [{ email: 'maya@home.example' }],
});
const invited: OutgoingMail = { ...mail, calendar: { method: 'REQUEST', ics } };

const contentOf = (part: { content: string | ArrayBuffer | Uint8Array } | undefined): string => {
  const content = part?.content ?? '';
  return typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString('utf8');
};

describe('a mail with a visit', () => {
  it('holds the words, the invitation for calendars that know it, and the file for those that do not', async () => {
    const read = await PostalMime.parse(buildMime(invited));

    expect(read.text).toBe(`${mail.text}\n`);
    expect(read.html).toBe(`${mail.html}\n`);
    const [invitation, file, ...others] = read.attachments;
    expect(others).toEqual([]);
    expect(invitation).toMatchObject({ mimeType: 'text/calendar', method: 'REQUEST' });
    expect(file).toMatchObject({
      mimeType: 'application/ics',
      filename: 'invite.ics',
      disposition: 'attachment',
    });
    /* postal-mime gives calendars line ends of its own. */
    expect(contentOf(invitation)).toBe(ics.replaceAll('\r\n', '\n'));
    expect(contentOf(file)).toBe(ics.replaceAll('\r\n', '\n'));
  });

  it('carries the file to the byte', () => {
    const [, base64 = ''] = buildMime(invited).split('Content-Transfer-Encoding: base64\r\n\r\n');

    expect(Buffer.from(base64.split('--=_')[0] ?? '', 'base64').toString('utf8')).toBe(ics);
  });

  it('says in its calendar part what the file is for', () => {
    const raw = buildMime({ ...mail, calendar: { method: 'CANCEL', ics } });

    expect(raw).toContain('Content-Type: text/calendar; method=CANCEL; charset=utf-8\r\n');
  });

  it('keeps the invitation beside the words and the file beside both', () => {
    const kinds = [...buildMime(invited).matchAll(/^Content-Type: ([a-z/]+)/gm)].map(([, kind]) => kind);

    expect(kinds).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar',
      'application/ics',
    ]);
  });

  it('is ASCII in lines of at most 76, each ended by CRLF', () => {
    const raw = buildMime(invited);

    expect(raw).toMatch(/^[\r\n\t -~]*$/);
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
  });
});

describe('the headers of a mail to a customer', () => {
  it('promise no way out where there is none, and still say a machine sent it', () => {
    const headers = customerMailHeaders({ saleRef: 'abc', touch: 'we-are-on-it', attempt: 1 });

    expect(Object.keys(headers)).not.toContain('List-Unsubscribe-Post');
    expect(headers).toMatchObject({ 'Auto-Submitted': 'auto-generated', 'X-Aftercare-Sale': 'abc' });
  });
});

describe('a header', () => {
  const LINE_ENDS = ['\r', '\n', '\r\n', '\0'];
  const holes: [string, (bad: string) => Partial<OutgoingMail>][] = [
    ['the subject', (bad) => ({ subject: `Hi${bad}Bcc: x@y.example` })],
    ['a sender name', (bad) => ({ from: { name: `N${bad}Bcc: x@y.example`, email: 'n@shop.example' } })],
    ['a receiver name', (bad) => ({ to: { name: `M${bad}Bcc: x@y.example`, email: 'm@home.example' } })],
    ['an address', (bad) => ({ to: { email: `m@home.example${bad}Bcc: x@y.example` } })],
    ['the reply address', (bad) => ({ replyTo: { email: `r@home.example${bad}Bcc: x@y.example` } })],
    ['the message id', (bad) => ({ messageId: `a@b${bad}Bcc: x@y.example` })],
    ['an extra value', (bad) => ({ headers: { 'X-Aftercare-Sale': `a${bad}Bcc: x@y.example` } })],
    ['an extra name', (bad) => ({ headers: { [`X-A${bad}Bcc`]: 'x@y.example' } })],
  ];

  it.each(holes)('cannot be added through %s', (_, hole) => {
    for (const end of LINE_ENDS) {
      expect(() => buildMime({ ...mail, ...hole(end) })).toThrow(
        expect.objectContaining({ name: 'HeaderRefused' }),
      );
    }
  });

  it.each([
    '',
    'nobody',
    '@x.example',
    'a@',
    'a b@x.example',
    'a@x.example, b@x.example',
    'a@x..example',
    'ü@x.example',
  ])('does not take "%s" for an address', (email) => {
    expect(() => buildMime({ ...mail, to: { email } })).toThrow(/^To: /);
  });

  it('that the builder writes itself cannot be given a second time', () => {
    expect(() => buildMime({ ...mail, headers: { BCC: 'x@y.example' } })).toThrow('written by the builder');
  });

  it('never quotes the refused value in the error, which goes to the log', () => {
    expect(() => buildMime({ ...mail, to: { email: 'maya lindqvist@home.example' } })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('maya') }),
    );
  });
});
