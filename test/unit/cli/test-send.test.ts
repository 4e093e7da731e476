import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { registerTestSend } from '../../../bin/commands/test-send.ts';
import { cliConfig } from './cli-config.ts';
import { runCommand } from './run-command.ts';

const testSend = (...args: string[]) => runCommand(registerTestSend, cliConfig, ['test-send', ...args]);

const portOf = (address: AddressInfo | string | null | undefined): number => {
  if (address === null || address === undefined || typeof address === 'string')
    throw new Error('It listens on no port');
  return address.port;
};

/** SES as far as SendRawEmail goes; `refusal` is the code and the message of the error it answers with. */
const sesStub = async (refusal?: [code: string, message: string]) => {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      asked.push(new URLSearchParams(Buffer.concat(parts).toString('utf8')));
      const [code, message] = refusal ?? [];
      response.writeHead(refusal === undefined ? 200 : 400, { 'content-type': 'text/xml' });
      response.end(
        refusal === undefined
          ? '<SendRawEmailResponse><SendRawEmailResult><MessageId>0001-test</MessageId></SendRawEmailResult></SendRawEmailResponse>'
          : `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const mail = (): Promise<Email> =>
    PostalMime.parse(Buffer.from(asked[0]?.get('RawMessage.Data') ?? '', 'base64'));
  return { url: `http://127.0.0.1:${portOf(server.address())}`, asked, mail };
};

afterEach(() => {
  delete process.env['SMTP_URL'];
});

describe('A test mail', () => {
  it('arrives as the message would, and says that it is a test', async () => {
    const { url, mail } = await sesStub();

    const { out, err, exitCode } = await testSend(
      'lea@example.org',
      '--local',
      url,
      '--url',
      'https://care.shop.example',
    );

    const { subject, text, from, to, replyTo, headers } = await mail();
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(subject).toBe('[Test] Your Larkspur pour-over kettle');
    expect(text).toContain('Alder & Finch');
    expect([from?.address, from?.name]).toEqual(['hello@alder.example', 'Alder & Finch']);
    expect([to?.[0]?.address, replyTo?.[0]?.address]).toEqual(['lea@example.org', 'hello@alder.example']);
    const header = (key: string) => headers.find((each) => each.key === key)?.value;
    expect([header('x-aftercare-test'), header('auto-submitted')]).toEqual(['yes', 'auto-generated']);
    expect(header('x-aftercare-sale')).toBeUndefined();
    expect(out).toBe(
      [
        'Sent to lea@example.org: [Test] Your Larkspur pour-over kettle',
        `The mailbox at ${url} took it (0001-test). From hello@alder.example; answers go there as well.`,
        'It belongs to no sale and is counted nowhere. Its links lead to https://care.shop.example/r/test, which says that there is nothing.',
      ].join('\n'),
    );
  });

  it('leads nowhere, and is counted nowhere', async () => {
    const { url, asked, mail } = await sesStub();

    await testSend('lea@example.org', 'reminder', '--local', url);

    const { text = '' } = await mail();
    const links = [...new Set(text.match(/https?:\/\/\S+/g))];
    expect(links).toEqual(['http://localhost:8787/r/test']);
    expect(asked[0]?.has('ConfigurationSetName')).toBe(false);
    expect(asked[0]?.get('Destinations.member.1')).toBe('lea@example.org');
  });

  it.each([
    ['de', '[Test] '],
    ['de-CH', '[Test] '],
    ['es', '[Prueba] '],
    ['fr', '[Essai] '],
  ])('in %s is marked as %s', async (locale, mark) => {
    const { url, mail } = await sesStub();

    await testSend('lea@example.org', 'check-in', '--variant', 'service', '--locale', locale, '--local', url);

    expect((await mail()).subject?.startsWith(mark)).toBe(true);
  });

  it('goes through a mail server where SMTP_URL names one', async () => {
    const mails: { to: string[]; raw: string }[] = [];
    const server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
      onData: (stream, session, done) => {
        let raw = '';
        stream.on('data', (part: Buffer) => {
          raw += part.toString();
        });
        stream.on('end', () => {
          mails.push({ raw, to: session.envelope.rcptTo.map(({ address }) => address) });
          done();
        });
      },
    });
    const listening = server.listen(0, '127.0.0.1');
    await new Promise<void>((resolve) => listening.once('listening', resolve));
    onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
    const port = portOf(listening.address());
    process.env['SMTP_URL'] = `smtp://127.0.0.1:${port}`;

    const { out } = await testSend('lea@example.org');

    expect(out).toContain(`The mail server 127.0.0.1:${port} took it`);
    expect(mails).toMatchObject([
      { to: ['lea@example.org'], raw: expect.stringContaining('X-Aftercare-Test: yes') },
    ]);
  });
});

describe('A test mail that nobody takes', () => {
  it('because the account is in the sandbox says what to verify', async () => {
    const { url } = await sesStub([
      'MessageRejected',
      'Email address is not verified. The following identities failed the check in region EU-WEST-1: lea@example.org',
    ]);

    const { err, exitCode } = await testSend('lea@example.org', '--local', url);

    expect(exitCode).toBe(1);
    expect(err).toContain('failed the check in region EU-WEST-1: lea@example.org');
    expect(err).toContain(
      'While an account is in the SES sandbox, sender and receiver must both be verified',
    );
  });

  it('because nothing runs there says so', async () => {
    const { err, exitCode } = await testSend('lea@example.org', '--local', 'http://127.0.0.1:9');

    expect(exitCode).toBe(1);
    expect(err).toContain('Nothing answers there. Is it running');
  });

  it('because of its credentials names the other ways', async () => {
    const { url } = await sesStub([
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
    ]);

    const { err } = await testSend('lea@example.org', '--local', url);

    expect(err).toContain('--local sends into its mailbox; SMTP_URL sends through a mail server.');
  });
});

describe('Wrong use', () => {
  it.each([
    [['Lea Steiner <lea@example.org>'], /is no address that mail can be sent to/],
    [['lea@localhost'], /is no address/],
    [['lea@example.org\nBcc: x@example.org'], /is no address/],
    [['lea@example.org', 'newsletter'], /There is no message "newsletter"/],
    [['lea@example.org', 'check-in', '--variant', 'yacht'], /no variant "yacht"/],
    [['lea@example.org', '--url', 'nowhere'], /--url nowhere is no address/],
    [['lea@example.org', '--local', 'nowhere'], /--local nowhere is no address/],
  ])('%j is explained, and nothing is sent', async (args, message) => {
    const { out, err, exitCode } = await testSend(...args);

    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toMatch(message);
  });

  it('of SMTP_URL is explained without its password', async () => {
    process.env['SMTP_URL'] = 'mail.example.org:secret';

    const { err, exitCode } = await testSend('lea@example.org');

    expect(exitCode).toBe(2);
    expect(err).toContain('SMTP_URL is no mail server.');
    expect(err).not.toContain('secret');
  });
});
