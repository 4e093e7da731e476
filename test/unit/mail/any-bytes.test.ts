/** Whatever the bytes are: nothing throws, and nothing takes long. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { originOf } from '../../../functions/mail/automatic-mail.ts';
import { failedDeliveries } from '../../../functions/mail/delivery-report.ts';
import { textOfHtml } from '../../../functions/mail/html-text.ts';
import { answeredIds } from '../../../functions/mail/message-ids.ts';
import { readMood } from '../../../functions/mail/mood.ts';
import { withoutKeys } from '../../../functions/mail/own-keys.ts';
import { parseMail } from '../../../functions/mail/parse-mail.ts';
import { keysOf } from '../../../functions/mail/reply-address.ts';
import { asksForCall, isStopAlone, verdictOnPromise } from '../../../functions/mail/requests.ts';
import { returnDate } from '../../../functions/mail/return-date.ts';
import { newWords, saidNow, wholeText } from '../../../functions/mail/strip-quotes.ts';
import { isThanksOnly } from '../../../functions/mail/thanks.ts';
import { verdictOf } from '../../../functions/mail/verdict.ts';
import { LANGUAGES } from '../../fixtures/mails/languages.ts';
import { PROGRAMS, writeMail } from '../../fixtures/mails/write-mail.ts';

const AT = '2026-11-11T10:00:00.000Z';
const own = { mailFrom: 'hello@velo.example', replyDomain: undefined };

const readAll = async (raw: Uint8Array) => {
  const mail = await parseMail(raw);
  const said = saidNow(mail);
  const whole = wholeText(mail);
  return {
    said,
    origin: originOf(mail, whole, own),
    verdict: verdictOf(mail),
    keys: [keysOf(mail), answeredIds(mail), failedDeliveries(mail, whole)],
    back: returnDate(mail.subject, said.text, AT, 'Europe/Zurich'),
    mood: readMood(said.text),
    asked: [asksForCall, isStopAlone, verdictOnPromise, isThanksOnly].map((read) => read(said.text)),
    shown: withoutKeys(whole),
  };
};

const MAILS = LANGUAGES.flatMap((language) =>
  Object.values(PROGRAMS).map((program) => writeMail(program(language))),
);

type Change = { at: number; drop: number; put: Uint8Array };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.integer({ min: 0, max: 200 }),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc
      .constantFrom(
        '\r\n',
        '\r\n\r\n',
        '>',
        '<',
        '<div',
        '--b0',
        '=?utf-8?B?',
        '\0',
        '"',
        '&#x110000;',
        '(',
        'X:',
      )
      .map((text) => new Uint8Array(Buffer.from(text))),
  ),
});

const changed = (mail: Buffer, changes: readonly Change[]): Buffer =>
  changes.reduce((bytes, { at, drop, put }) => {
    const from = Math.floor(at * bytes.length);
    return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + drop)]);
  }, mail);

describe('any bytes', () => {
  it('every mail of ours, damaged anywhere, is read without a throw and never as empty', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...MAILS),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        async (mail, changes) => {
          const { said } = await readAll(changed(mail, changes));

          expect(typeof said.text).toBe('string');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('any noise is a mail that says so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        await readAll(bytes);
      }),
      { numRuns: 200 },
    );
  });

  it('what the parser refuses is read line by line', async () => {
    const deep = Array.from(
      { length: 60 },
      (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
    ).join('');

    const mail = await parseMail(Buffer.from(`From: Jo <jo@example.org>\r\nSubject: deep\r\n${deep}`));

    expect(mail).toMatchObject({
      isBroken: true,
      subject: 'deep',
      from: { address: 'jo@example.org' },
    });
  });

  it('endless lines are cut, and the mail says so; a big attachment is not', async () => {
    const head = 'From: jo@example.org\r\n';
    const endless = await parseMail(Buffer.from(`${head}\r\n${'a b\r\n'.repeat(200_000)}`));
    const big = await parseMail(
      Buffer.from(
        `${head}Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'QUJD'.repeat(19)}\r\n`.repeat(50_000)}`,
      ),
    );

    expect(endless).toMatchObject({ isBroken: true });
    expect(endless.plain?.length).toBeLessThan(200_000);
    expect(big.isBroken).toBe(false);
    expect(big.attachments[0]?.bytes.byteLength).toBe(57 * 50_000);
  });

  it('a mail without a sender says that it is broken', async () => {
    expect(await parseMail(Buffer.from('Subject: x\r\n\r\nHello'))).toMatchObject({ isBroken: true });
  });

  it('attachments keep their bytes, and a mail in a mail is one', async () => {
    const mail = await parseMail(
      Buffer.from(
        [
          'From: jo@example.org',
          'Content-Type: multipart/mixed; boundary=m',
          '',
          '--m',
          'Content-Type: text/plain',
          '',
          'See the picture',
          '--m',
          'Content-Type: image/png; name="bell.png"',
          'Content-Transfer-Encoding: base64',
          '',
          'iVBORw==',
          '--m',
          'Content-Type: message/rfc822',
          '',
          'Subject: older',
          '',
          'Not their words',
          '--m--',
        ].join('\r\n'),
      ),
    );

    expect(mail.attachments.map(({ name, type }) => [name, type])).toEqual([
      ['bell.png', 'image/png'],
      [undefined, 'message/rfc822'],
    ]);
    expect([...(mail.attachments[0]?.bytes ?? [])]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(mail.plain?.trim()).toBe('See the picture');
  });
});

describe('HTML', () => {
  it('scripts, styles and what stands in them are no text', () => {
    const html =
      '<style>p{}</style><script>alert("<p>x</p>")</script><title>T</title><!-- no --><p>Hi&nbsp;there &amp; &#8364;5 &eacute;</p>';

    expect(textOfHtml(html)).toBe('Hi there & €5 é');
  });

  it('lines, lists and cells stay apart', () => {
    expect(
      textOfHtml(
        '<div>a</div><div>b<br>c</div><ul><li>d<li>e</ul><table><tr><td>f</td><td>g</td></tr></table>',
      ),
    ).toBe('a\nb\nc\n\n- d\n- e\n\nf g');
  });

  it('a sign that begins no tag is text', () => {
    expect(textOfHtml('I <3 it, 1 < 2 and a <b')).toBe('I <3 it, 1 < 2 and a <b');
  });
});

const MEGABYTE = 1_000_000;
/** A shared machine is slow at times; what grows with the square takes minutes. */
const GENEROUS_MS = 8_000;

describe('a megabyte of anything takes no more than a moment', () => {
  it.each([
    '<',
    '<div>',
    '<blockquote>a',
    '<a ="x ',
    '<b></i>',
    '<style>',
    '&amp',
    '<!--',
    '<p class="gmail_quote',
    '>',
    '> a\n',
    'On a <b@c> ',
    'On 1.1.2026 10:00 a\n',
    'From: a\n',
    '-- \n',
    'Sent from my a ',
    '/r/a\n>',
    'not happy ',
    '\n',
    ' ',
  ])('%j', async (unit) => {
    const text = unit.repeat(MEGABYTE / unit.length);
    const begun = process.hrtime.bigint();

    textOfHtml(text);
    newWords(text);
    withoutKeys(text);
    readMood(text);
    asksForCall(text);
    verdictOnPromise(text);
    isStopAlone(text);
    isThanksOnly(text);
    returnDate(text, text, AT, 'UTC');
    await parseMail(Buffer.from(text));

    expect(Number(process.hrtime.bigint() - begun) / 1e6).toBeLessThan(GENEROUS_MS);
  });
});
