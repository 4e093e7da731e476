import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSmtpIn, type SmtpIn, type SmtpPort } from '../../../lib/local/smtp-in.ts';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

const MB = 1024 * 1024;

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;
let lines: string[];
const opened: SmtpIn[] = [];

beforeAll(async () => {
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
  aws.s3.createBucket({ name: 'shop-mail', expiries: [], notifications: [] });
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
afterAll(async () => {
  await aws.stop();
  await folder.remove();
});

const open = async (port: SmtpPort = { port: 0, isOptional: false }, hasRule = true) => {
  lines = [];
  const puts = [{ bucket: 'shop-mail', prefix: 'mail/' }];
  aws.inbound.useRules(hasRule ? [{ logicalId: 'R', recipients: ['reply.shop.example'], puts }] : []);
  const smtp = await openSmtpIn(port, aws.inbound, (line) => lines.push(line));
  if (smtp !== undefined) opened.push(smtp);
  return smtp;
};
const send = async (smtp: SmtpIn | undefined, mail: object) => {
  const transport = createTransport({ host: '127.0.0.1', port: smtp?.port ?? 0, ignoreTLS: true });
  try {
    return await transport.sendMail({ from: 'ann@customer.example', to: 'abc@reply.shop.example', ...mail });
  } finally {
    transport.close();
  }
};
const arrived = () => aws.mailbox.list({ direction: 'in' });

describe('a mail by SMTP', () => {
  it('is on disk, stamped with where it came from, before it is taken', async () => {
    const smtp = await open();

    const { response } = await send(smtp, { subject: 'Grüße', text: 'Thanks' });

    const [mail] = await arrived();
    expect(response).toMatch(/^250 /);
    expect(mail).toMatchObject({
      from: 'ann@customer.example',
      to: 'abc@reply.shop.example',
      subject: 'Grüße',
    });
    expect(mail?.headers['authentication-results']).toMatch(
      /^amazonses\.com; spf=none .* dkim=none; dmarc=none/,
    );
    expect(aws.s3.head('shop-mail', `mail/${mail?.id}`).size).toBeGreaterThan(100);
  });

  it('goes to those of its envelope that are ours; the others are told that nobody is here', async () => {
    const smtp = await open();

    await expect(send(smtp, { to: 'abc@else.example' })).rejects.toMatchObject({ responseCode: 550 });
    const { accepted, rejected } = await send(smtp, { to: ['abc@else.example', 'xyz@reply.shop.example'] });

    expect([accepted, rejected]).toEqual([['xyz@reply.shop.example'], ['abc@else.example']]);
    expect((await arrived()).at(-1)?.recipients).toEqual(['xyz@reply.shop.example']);
  });

  it('that reports a failure has no sender, and is taken', async () => {
    const smtp = await open();

    await send(smtp, { envelope: { from: '', to: 'abc@reply.shop.example' }, text: 'Not delivered' });

    expect((await arrived()).at(-1)?.headers['return-path']).toBe('<>');
  });

  it('of more than 10 MB is refused, whether it says so or not', async () => {
    const smtp = await open();
    const before = (await arrived()).length;
    const text = 'x'.repeat(10 * MB);

    await expect(send(smtp, { text, textEncoding: 'quoted-printable' })).rejects.toMatchObject({
      responseCode: 552,
    });

    expect(await arrived()).toHaveLength(before);
  });

  it('is asked to come again when it cannot be written down', async () => {
    const smtp = await open();
    const puts = [{ bucket: 'no-such-bucket', prefix: '' }];
    aws.inbound.useRules([{ logicalId: 'R', recipients: [], puts }]);
    const before = (await arrived()).length;

    await expect(send(smtp, { text: 'x' })).rejects.toMatchObject({ responseCode: 451 });

    expect(lines.join()).toContain('A mail could not be taken');
    expect(await arrived()).toHaveLength(before);
  });
});

describe('the port', () => {
  it('says how much it takes, and neither asks who it is nor offers TLS', async () => {
    const smtp = await open();

    const said = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(smtp?.port ?? 0, '127.0.0.1');
      socket.once('data', () => socket.write('EHLO there\r\nQUIT\r\n'));
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });

    expect(said).toContain(`SIZE ${10 * MB}`);
    expect(said).not.toMatch(/STARTTLS|AUTH/);
  });

  it('may be in use when nobody asked for it; one that was asked for must be had', async () => {
    const first = await open();
    const port = first?.port ?? 0;

    const second = await open({ port, isOptional: true });
    const said = lines;

    await expect(open({ port, isOptional: false })).rejects.toThrow(`Port ${port} is in use`);
    expect(second).toBeUndefined();
    expect(said).toEqual([
      `No mail comes in by SMTP: Port ${port} is in use by another program. Choose another with --smtp-port.`,
    ]);
  });

  it('is not opened for a stack that takes no mail', async () => {
    expect(await open({ port: 0, isOptional: false }, false)).toBeUndefined();
  });
});
