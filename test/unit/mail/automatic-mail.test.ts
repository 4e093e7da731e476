/** Whether a person wrote a mail, and what a delivery report says. */
import { describe, expect, it } from 'vitest';
import { originOf } from '../../../functions/mail/automatic-mail.ts';
import { failedDeliveries } from '../../../functions/mail/delivery-report.ts';
import { parseMail } from '../../../functions/mail/parse-mail.ts';
import { wholeText } from '../../../functions/mail/strip-quotes.ts';
import { type MailParts, writeMail } from '../../fixtures/mails/write-mail.ts';

const own = { mailFrom: 'hello@velo.example', replyDomain: 'reply.velo.example' };

const originOfMail = async (parts: MailParts) => {
  const mail = await parseMail(writeMail({ text: 'Hello', ...parts }));
  return originOf(mail, wholeText(mail), own);
};

/** What a mail server writes, by hand. */
const report = (lines: readonly string[]) => parseMail(Buffer.from(lines.join('\r\n')));

const bounce = (fields: readonly string[], note = 'It could not be delivered.') => [
  'Return-Path: <>',
  'From: Mail Delivery System <MAILER-DAEMON@mx.example.org>',
  'To: hello@velo.example',
  'Subject: Undelivered Mail Returned to Sender',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=r0',
  '',
  '--r0',
  'Content-Type: text/plain',
  '',
  note,
  '--r0',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.example.org',
  '',
  ...fields,
  '--r0--',
];

describe('a machine', () => {
  it.each([
    ['Auto-Submitted: auto-replied', 'automatic', 'auto-submitted'],
    ['Auto-Submitted: auto-replied (vacation)', 'automatic', 'auto-submitted'],
    ['X-Autoreply: yes', 'automatic', 'x-autoreply'],
    ['X-Autorespond: I am away', 'automatic', 'x-autorespond'],
    ['X-Apple-Action: VACATION', 'automatic', 'x-apple-action'],
    ['Precedence: auto_reply', 'automatic', 'precedence'],
    ['Precedence: junk', 'automatic', 'precedence'],
    ['Return-Path: <>', 'automatic', 'return-path'],
    ['List-Id: <riders.example.org>', 'list', 'list-id'],
    ['List-Unsubscribe: <https://list.example/u>', 'list', 'list-unsubscribe'],
    ['X-Aftercare-Sale: 12ab', 'loop', 'x-aftercare-sale'],
    ['X-Failed-Recipients: a@b.example', 'report', 'mail server'],
  ])('is known by %s', async (header, kind, evidence) => {
    expect(await originOfMail({ above: [header] })).toEqual({ kind, evidence });
  });

  it('is known by two headers of Exchange together, not by one', async () => {
    const suppress = 'X-Auto-Response-Suppress: All';

    expect((await originOfMail({ above: [suppress] })).kind).toBe('person');
    expect(
      (await originOfMail({ above: [suppress, 'X-MS-Exchange-Inbox-Rules-Loop: a@b.example'] })).kind,
    ).toBe('automatic');
  });

  it.each([
    'Automatic reply: Your touring bike',
    'Out of Office: Re: Your touring bike',
    'OOO until Monday',
    'Automatische Antwort: Ihr Tourenrad',
    'AW: Abwesenheitsnotiz',
    'Réponse automatique : Votre vélo',
    'Respuesta automática: Su bicicleta',
    'Risposta automatica: La bici',
    'Automatisch antwoord: Uw fiets',
    'Resposta automática: A bicicleta',
    'Automatyczna odpowiedź: Rower',
    'Autosvar: Din cykel',
    'Автоматический ответ: велосипед',
  ])('is known by its subject, last of all: %s', async (subject) => {
    expect(await originOfMail({ subject })).toEqual({ kind: 'out-of-office', evidence: 'subject' });
  });

  it('says that somebody is away when its text or its subject does', async () => {
    const above = ['Auto-Submitted: auto-replied'];

    const byText = await originOfMail({ above, text: 'Ich bin bis 14. März im Urlaub.' });
    const bySubject = await originOfMail({ above, subject: 'Away until May 5' });
    const neither = await originOfMail({ above, text: 'Ticket 12 was opened.' });

    expect([byText.kind, bySubject.kind, neither.kind]).toEqual([
      'out-of-office',
      'out-of-office',
      'automatic',
    ]);
  });

  it.each(['hello@velo.example', 'HELLO@Velo.example', 'r+abc@reply.velo.example'])(
    'is our own when it comes from %s',
    async (from) => {
      expect(await originOfMail({ from })).toEqual({ kind: 'loop', evidence: 'from' });
    },
  );

  it('is a report whatever else it says about itself', async () => {
    const mail = await report(['Auto-Submitted: auto-replied', ...bounce([])]);

    expect(originOf(mail, wholeText(mail), own)).toEqual({ kind: 'report', evidence: 'multipart/report' });
  });

  it.each(['disposition-notification', 'feedback-report'])('a %s is a report', async (part) => {
    const mail = await report([
      'From: x@y.example',
      'Content-Type: multipart/mixed; boundary=r0',
      '',
      '--r0',
      `Content-Type: message/${part}`,
      '',
      'A: b',
      '--r0--',
    ]);

    expect(originOf(mail, '', own).kind).toBe('report');
  });
});

describe('a person', () => {
  it.each([
    'Re: Your touring bike',
    'Re: your office lamp',
    'Delivery problem with my order',
    'Delivery failed twice now!',
    'Holiday bike: wrong saddle',
    'Away bag is missing',
    'Automatic gears do not shift',
    'Message for Nora',
    'Returned the lamp',
    'Absence of a bell',
  ])('writes %s', async (subject) => {
    expect((await originOfMail({ subject })).kind).toBe('person');
  });

  it.each([
    'Auto-Submitted: no',
    'Return-Path: <selma.aydin@example.org>',
    'X-Auto-Response-Suppress: OOF, AutoReply',
    'Precedence: first-class',
  ])('may send %s', async (header) => {
    expect((await originOfMail({ above: [header] })).kind).toBe('person');
  });

  it('may speak of holidays in the text', async () => {
    expect((await originOfMail({ text: 'I am on vacation until 3 May, please send it later.' })).kind).toBe(
      'person',
    );
  });

  it('may work where the shop does', async () => {
    expect((await originOfMail({ from: 'nora@velo.example' })).kind).toBe('person');
  });
});

const failuresOf = async (lines: readonly string[]) => {
  const mail = await report(lines);
  return failedDeliveries(mail, wholeText(mail));
};

describe('a delivery report', () => {
  it('names who did not get the mail, and whether it is for good', async () => {
    const failures = await failuresOf(
      bounce([
        'Final-Recipient: rfc822; Selma.Aydin@example.org',
        'Action: failed',
        'Status: 5.1.1',
        '',
        'Final-Recipient: rfc822; jo@example.org',
        'Action: delayed',
        'Status: 4.2.2',
      ]),
    );

    expect(failures).toEqual([
      { recipient: 'selma.aydin@example.org', status: '5.1.1', kind: 'hard' },
      { recipient: 'jo@example.org', status: '4.2.2', kind: 'soft' },
    ]);
  });

  it.each(['delivered', 'relayed', 'expanded'])('counts %s as no failure', async (action) => {
    const fields = ['Final-Recipient: rfc822; a@b.example', `Action: ${action}`, 'Status: 2.1.5'];

    expect(await failuresOf(bounce(fields))).toEqual([]);
  });

  it('that leaves its fields empty is read by its sentences', async () => {
    const note = '<jo@example.org>: host mx said: 550 5.1.1 no such user';

    expect(await failuresOf(bounce([], note))).toEqual([
      { recipient: 'jo@example.org', status: '5.1.1', kind: 'hard' },
    ]);
  });

  it('of a server that only writes sentences is soft when it gave up for want of room', async () => {
    const failures = await failuresOf([
      'From: MAILER-DAEMON@mx.example.org',
      'Subject: failure notice',
      'X-Failed-Recipients: jo@example.org',
      '',
      'The mailbox is full.',
    ]);

    expect(failures).toEqual([{ recipient: 'jo@example.org', status: '4.0.0', kind: 'soft' }]);
  });
});
