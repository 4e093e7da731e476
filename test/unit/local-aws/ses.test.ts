import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SendRawEmailCommand,
} from '@aws-sdk/client-ses';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openMailRelay } from '../../../lib/local/aws/mail-relay.ts';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;

beforeEach(async () => {
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
});

afterEach(async () => {
  await aws.stop();
  await folder.remove();
});

const HEADERS = {
  From: 'Ann from the shop <ann@shop.example>',
  To: 'Bob <Bob@customer.example>',
  Subject: 'How is it going?',
};

const mime = (headers: Record<string, string> = HEADERS, body = 'Hello Bob') =>
  `${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}\r\n`;

const send = (raw: string | Uint8Array, extra: object = {}) =>
  aws.clients.ses.send(
    new SendRawEmailCommand({
      RawMessage: { Data: typeof raw === 'string' ? Buffer.from(raw) : raw },
      ...extra,
    }),
  );

const refused = (message: string | RegExp) => ({
  name: 'InvalidParameterValue',
  message: expect.stringMatching(message),
});

describe('SendRawEmail', () => {
  it('puts its own Message-ID and date on the mail and keeps the rest byte for byte', async () => {
    const raw = mime({
      'Message-ID': '<mine@shop.example>',
      Date: 'Thu, 01 Jan 1970 00:00:00 +0000',
      ...HEADERS,
      'X-Folded': 'one\r\n two',
    });

    const { MessageId } = await send(raw);

    const kept = await readFile(join(folder.path, 'mail', `${MessageId}.eml`), 'latin1');
    const [, first, date, rest] = /^(Message-ID: .*)\r\n(Date: .*)\r\n([\s\S]*)$/.exec(kept) ?? [];
    expect(first).toBe(`Message-ID: <${MessageId}@eu-west-1.amazonses.com>`);
    expect(Math.abs(Date.parse(date?.slice(6) ?? '') - aws.time.now())).toBeLessThan(5000);
    expect(rest).toBe(mime({ ...HEADERS, 'X-Folded': 'one\r\n two' }));
  });

  it('shows the mail in the mailbox and counts each recipient', async () => {
    await send(
      mime(
        {
          ...HEADERS,
          'Reply-To': 'reply+1@shop.example',
          'List-Unsubscribe': '<https://shop.example/u/1>',
          'MIME-Version': '1.0',
          'Content-Type': 'text/html; charset=utf-8',
        },
        '<p>Good: <a href="https://shop.example/a?x=1&amp;y=2">yes</a> or https://shop.example/no.</p>',
      ),
      {
        Destinations: ['bob@customer.example', 'Copy <copy@shop.example>'],
        Tags: [{ Name: 'touch', Value: 'check-in' }],
      },
    );

    const [mail] = await aws.mailbox.list();

    expect(mail).toMatchObject({
      direction: 'out',
      to: 'bob@customer.example',
      recipients: ['bob@customer.example', 'copy@shop.example'],
      from: 'ann@shop.example',
      fromName: 'Ann from the shop',
      replyTo: 'reply+1@shop.example',
      subject: 'How is it going?',
      headers: { 'list-unsubscribe': '<https://shop.example/u/1>' },
      links: ['https://shop.example/a?x=1&y=2', 'https://shop.example/no'],
    });
    expect(aws.meter.read().mails).toBe(2);
  });

  it('takes recipients from To, Cc and Bcc, and takes Bcc off the mail', async () => {
    const { MessageId = '' } = await send(
      mime({ ...HEADERS, Cc: 'team: c1@shop.example, c2@shop.example;', Bcc: 'hidden@shop.example' }),
    );

    const [mail] = await aws.mailbox.list({ to: 'hidden@shop.example' });

    expect(mail?.recipients).toEqual([
      'Bob@customer.example',
      'c1@shop.example',
      'c2@shop.example',
      'hidden@shop.example',
    ]);
    expect((await aws.mailbox.raw(MessageId))?.toString()).not.toContain('hidden');
  });

  it.each([
    ['no From', mime({ To: HEADERS.To, Subject: 'x' }), /'From'/],
    ['no recipient', mime({ From: HEADERS.From, Subject: 'x' }), /'To'/],
    ['no blank line', 'From: ann@shop.example\r\nTo: bob@customer.example', /blank line/],
    ['a line that is no header', `No header\r\n${mime()}`, /blank line/],
    ['an address without a domain', mime({ ...HEADERS, To: 'bob' }), /@domain/],
    ['a domain without a dot', mime({ ...HEADERS, To: 'bob@localhost' }), /Domain/],
    ['a space in an address', mime({ ...HEADERS, To: '<bo b@customer.example>' }), /whitespace/],
    ['an endless header line', mime({ ...HEADERS, Subject: 'x'.repeat(1200) }), /998/],
    ['a bare carriage return', mime({ ...HEADERS, Subject: 'x\rBcc: spam@else.example' }), /line ends/],
    ['an injected second Subject', mime({ ...HEADERS, To: `${HEADERS.To}\r\nSubject: spam` }), /Duplicate/],
  ])('refuses a mail with %s', async (_, raw, message) => {
    await expect(send(raw)).rejects.toMatchObject(refused(message));
    expect(await aws.mailbox.list()).toEqual([]);
    expect(aws.meter.read().mails).toBe(0);
  });

  it('refuses more than 50 recipients and more than 10 MB', async () => {
    const many = Array.from({ length: 51 }, (_, index) => `c${index}@customer.example`);

    await expect(send(mime(), { Destinations: many })).rejects.toMatchObject(refused('50'));
    await expect(send(mime(HEADERS, 'x'.repeat(10 * 1024 * 1024)))).rejects.toMatchObject(
      refused('10485760'),
    );
  });

  it('refuses a destination or source with a line end in it', async () => {
    await expect(send(mime(), { Source: 'ann@shop.example\r\nBcc: x@else.example' })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(
      send(mime(), { Destinations: ['bob@customer.example\r\nBcc: spam@else.example'] }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it.each([
    ['throttle', 'Throttling'],
    ['reject', 'MessageRejected'],
    ['error', 'InternalFailure'],
  ] as const)('fails once on demand: %s', async (kind, name) => {
    aws.ses.failNext(kind);

    await expect(send(mime())).rejects.toMatchObject({ name });
    const afterFailure = await aws.mailbox.list();
    await send(mime());

    expect(afterFailure).toEqual([]);
    expect(await aws.mailbox.list()).toHaveLength(1);
  });

  it('keeps the mail when the answer is lost on demand', async () => {
    aws.ses.failNext('timeout-after-accept');

    await expect(send(mime())).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(await aws.mailbox.list()).toHaveLength(1);
  });

  it('answers quota and identities', async () => {
    const quota = await aws.clients.ses.send(new GetSendQuotaCommand({}));
    const { VerificationAttributes } = await aws.clients.ses.send(
      new GetIdentityVerificationAttributesCommand({ Identities: ['shop.example'] }),
    );

    expect(quota).toMatchObject({ MaxSendRate: 14, SentLast24Hours: 0 });
    expect(VerificationAttributes).toEqual({ 'shop.example': { VerificationStatus: 'Success' } });
  });
});

describe('the mailbox', () => {
  it('finds mails by whole address in any case and by time, newest last, across a restart', async () => {
    const start = aws.time.now();
    await send(mime({ ...HEADERS, Subject: 'first' }));
    await aws.time.advanceTo(start + 3_600_000);
    await send(mime({ ...HEADERS, Subject: 'second' }));
    await send(mime({ ...HEADERS, To: 'notbob@customer.example', Subject: 'other' }));
    await aws.stop();
    aws = await startLocalAws(folder.path);

    const subjects = async (filter: object) => (await aws.mailbox.list(filter)).map(({ subject }) => subject);

    expect(await subjects({ to: 'BOB@customer.example' })).toEqual(['first', 'second']);
    expect(await subjects({ since: new Date(start + 3_600_000).toISOString() })).toEqual(['second', 'other']);
    expect(await subjects({ to: 'ob@customer.example' })).toEqual([]);
  });

  it('refuses a time that is none', async () => {
    await expect(aws.mailbox.list({ since: 'yesterday' })).rejects.toThrow('Not an instant');
  });

  it('keeps an inbound mail apart', async () => {
    const mail = await aws.inbound.receive(
      Buffer.from(mime({ From: 'bob@customer.example', To: 'reply+1@shop.example' })),
    );

    expect(mail).toMatchObject({ direction: 'in', from: 'bob@customer.example', to: 'reply+1@shop.example' });
    expect(await aws.mailbox.list()).toEqual([]);
    expect(await aws.mailbox.list({ direction: 'in' })).toEqual([mail]);
    expect(aws.meter.read().mails).toBe(0);
  });

  it('knows no file outside of its own', async () => {
    expect(await aws.mailbox.raw('../runtime.db')).toBeUndefined();
  });
});

describe('a relay', () => {
  it('gets each accepted mail', async () => {
    const relayed = Promise.withResolvers<{ to: string[]; raw: string }>();
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, { envelope }, done) => {
        let raw = '';
        stream.on('data', (chunk: Buffer) => {
          raw += chunk.toString();
        });
        stream.on('end', () => {
          relayed.resolve({ to: envelope.rcptTo.map(({ address }) => address), raw });
          done();
        });
      },
    });
    const port = await new Promise<number>((resolve) => {
      const listener = server.listen(0, '127.0.0.1', () => {
        const address = listener.address();
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
      });
    });
    await aws.stop();
    aws = await startLocalAws(folder.path, { smtpUrl: `smtp://127.0.0.1:${port}` });

    const { MessageId } = await send(mime());
    const { to, raw } = await relayed.promise;
    await new Promise<void>((resolve) => server.close(() => resolve()));

    expect(to).toEqual(['Bob@customer.example']);
    expect(raw).toContain(`Message-ID: <${MessageId}@eu-west-1.amazonses.com>`);
  });

  it('that is down fails no send', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await aws.stop();
    aws = await startLocalAws(folder.path, { smtpUrl: 'smtp://127.0.0.1:1' });

    const { MessageId } = await send(mime());

    await vi.waitFor(() => expect(errors).toHaveBeenCalled());
    expect(errors.mock.calls[0]?.[0]).toContain(MessageId);
    errors.mockRestore();
  });

  it.each(['mail.example', 'http://mail.example', 'smtp://mail example'])(
    'at %s is refused at the start',
    async (smtpUrl) => {
      await expect(openMailRelay(smtpUrl)).rejects.toThrow('SMTP_URL is no mail server');
    },
  );
});
