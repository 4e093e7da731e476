/** Keys, ids and verdicts in the headers of a mail, and keys in its words. */
import { describe, expect, it } from 'vitest';
import { answeredIds, messageIdOf } from '../../../functions/mail/message-ids.ts';
import { withoutKeys } from '../../../functions/mail/own-keys.ts';
import { parseMail } from '../../../functions/mail/parse-mail.ts';
import { keysOf, keysQuoted } from '../../../functions/mail/reply-address.ts';
import { verdictOf } from '../../../functions/mail/verdict.ts';
import { type MailParts, writeMail } from '../../fixtures/mails/write-mail.ts';

const TOKEN = 'abcdefghijklmnopqrstuvwxyz234567';
const OTHER = '7654327654327654327654327654327a';
const read = (parts: MailParts) => parseMail(writeMail({ text: 'Hello', ...parts }));

describe('the key in the address', () => {
  it.each([
    ['the only recipient', { to: `r+${TOKEN}@reply.velo.example` }],
    ['in capitals', { to: `R+${TOKEN.toUpperCase()}@REPLY.VELO.EXAMPLE` }],
    ['behind a name', { to: `"Nora, Velo" <r+${TOKEN}@reply.velo.example>` }],
    ['one of several', { to: `x@y.example, Nora <r+${TOKEN}@reply.velo.example>, z@y.example` }],
    ['in Cc', { headers: [`Cc: r+${TOKEN}@reply.velo.example`] }],
    ['in Delivered-To alone', { above: [`Delivered-To: r+${TOKEN}@reply.velo.example`] }],
    ['in X-Original-To alone', { above: [`X-Original-To: r+${TOKEN}@reply.velo.example`] }],
    ['in Envelope-To alone', { above: [`Envelope-To: <r+${TOKEN}@reply.velo.example>`] }],
    [
      'on its way',
      { above: [`Received: from a by b with SMTP id c for r+${TOKEN}@reply.velo.example; now`] },
    ],
    ['as a forwarder wrote it', { to: `fwd=r+${TOKEN}=reply.velo.example@forward.example` }],
    ['with its plus spelled out', { to: `r%2B${TOKEN}@reply.velo.example` }],
  ])('is found: %s', async (_, parts) => {
    expect(keysOf(await read(parts))).toEqual([{ purpose: 'answer', token: TOKEN }]);
  });

  it('that stops is told from the one that answers', async () => {
    expect(keysOf(await read({ to: `u+${TOKEN}@reply.velo.example` }))).toEqual([
      { purpose: 'stop', token: TOKEN },
    ]);
  });

  it('the recipient’s comes before a server’s', async () => {
    const mail = await read({
      to: `r+${TOKEN}@reply.velo.example`,
      above: [`Delivered-To: r+${OTHER}@reply.velo.example`],
    });

    expect(keysOf(mail).map(({ token }) => token)).toEqual([TOKEN, OTHER]);
  });

  it.each([
    `r+${TOKEN}x@reply.velo.example`,
    `r+${TOKEN.slice(1)}@reply.velo.example`,
    `r+${TOKEN.replace('a', '1')}@reply.velo.example`,
    `sender+${TOKEN}@reply.velo.example`,
    'nora@velo.example',
  ])('is not found in %s', async (to) => {
    expect(keysOf(await read({ to }))).toEqual([]);
  });

  it('is found in what a report quotes', () => {
    expect(keysQuoted(`Reply-To: Nora <r+${TOKEN}@reply.velo.example>`)).toHaveLength(1);
  });
});

describe('the mails that a mail answers', () => {
  it('are named as SES named them when they were sent, nearest first', async () => {
    const mail = await read({
      headers: [
        'In-Reply-To: <0100aa-bb@eu-central-1.amazonses.com>',
        'References: <first@velo.example> <0100cc@email.amazonses.com>',
        ' <0100aa-bb@eu-central-1.amazonses.com>',
      ],
    });

    expect(answeredIds(mail)).toEqual(['0100aa-bb', '0100cc', 'first@velo.example']);
  });

  it('are none in a mail that answers nothing', async () => {
    expect(answeredIds(await read({ headers: ['In-Reply-To: yours of Monday'] }))).toEqual([]);
  });

  it('the mail’s own id keeps its brackets', async () => {
    expect(messageIdOf(await read({}))).toBe('<one@mail.example.org>');
  });
});

const ses = (findings: string): string => `Authentication-Results: amazonses.com; ${findings}`;

describe('what the mail service found', () => {
  it.each([
    ['nothing at all', []],
    [
      'all well',
      ['X-SES-Spam-Verdict: PASS', 'X-SES-Virus-Verdict: PASS', ses('spf=pass; dkim=pass; dmarc=pass;')],
    ],
    ['a doubt about spam', ['X-SES-Spam-Verdict: GRAY']],
    ['a scan that failed', ['X-SES-Virus-Verdict: PROCESSING_FAILED']],
    ['a wrong sender, signed', [ses('spf=softfail; dkim=pass header.i=@example.org; dmarc=none;')]],
    ['a wrong sender, signed by a part of them', [ses('spf=fail; dkim=pass header.d=mail.example.org;')]],
    [
      'a forwarded mail whose policy passed',
      [ses('spf=fail; dkim=none; dmarc=pass header.from=example.org;')],
    ],
    ['what another server says of itself', ['Authentication-Results: mx.example.net; dmarc=fail']],
    ['a failure in a comment', [ses('spf=pass (said: dmarc=fail; spf=fail); dkim=none;')]],
  ])('lets pass: %s', async (_, above) => {
    expect(verdictOf(await read({ above }))).toEqual({ kind: 'passed' });
  });

  it.each([
    ['virus', ['X-SES-Virus-Verdict: FAIL']],
    ['spam', ['X-SES-Spam-Verdict: FAIL']],
    ['dmarc', [ses('spf=pass; dkim=pass header.i=@example.org; dmarc=fail header.from=example.org;')]],
    ['spf', [ses('spf=softfail (no, really (not)); dkim=none; dmarc=none;')]],
    ['spf', [ses('spf=fail; dkim=pass header.i=@elsewhere.example; dmarc=none;')]],
    ['spf', [ses('spf=fail; dkim=fail header.i=@example.org;')]],
  ])('sets aside for %s', async (because, above) => {
    expect(verdictOf(await read({ above }))).toEqual({ kind: 'quarantine', because });
  });

  it('counts only what stands on top: a sender can write the same further down', async () => {
    const mail = await read({
      above: [
        'X-SES-Spam-Verdict: FAIL',
        ses('spf=fail; dkim=none; dmarc=fail;'),
        'Received: from evil.example',
        'X-SES-Spam-Verdict: PASS',
        ses('spf=pass; dkim=pass; dmarc=pass;'),
      ],
    });
    const forged = await read({
      above: [ses('spf=fail; dkim=none;'), ses('spf=pass; dmarc=pass; dkim=pass header.d=example.org;')],
    });

    expect(verdictOf(mail)).toEqual({ kind: 'quarantine', because: 'spam' });
    expect(verdictOf(forged)).toEqual({ kind: 'quarantine', because: 'spf' });
  });
});

describe('our keys in somebody’s words', () => {
  it.each([
    [
      `Open https://care.velo.example/r/${TOKEN}?rating=4 now`,
      'Open https://care.velo.example/r/…?rating=4 now',
    ],
    [`https://care.velo.example/s/${TOKEN}`, 'https://care.velo.example/s/…'],
    [`<https://care.velo.example/u/${TOKEN.toUpperCase()}>`, '<https://care.velo.example/u/…>'],
    [
      `https://safe.example/?url=https%3A%2F%2Fcare.velo.example%2Fp%2F${TOKEN}&x=1`,
      'https://safe.example/?url=https%3A%2F%2Fcare.velo.example%2Fp%2F…&x=1',
    ],
    [`To: r+${TOKEN}@reply.velo.example`, 'To: r+…@reply.velo.example'],
    [
      `> https://care.velo.example/r/${TOKEN.slice(0, 20)}\n> ${TOKEN.slice(20)}`,
      '> https://care.velo.example/r/…',
    ],
  ])('are taken out: %s', (text, shown) => {
    expect(withoutKeys(text)).toBe(shown);
  });

  it('everything else stays', () => {
    const text = 'See https://velo.example/r/bikes and /s/abc, thanks + all the best';

    expect(withoutKeys(text)).toBe(text);
  });
});
