import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { type OpenWorld, openWorld } from './world.ts';

const Bucket = 'aftercare-mail-000000000000-us-east-1';
const REPLY = 'somebody@reply.shop.example';

let world: OpenWorld;
let client: { region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
let s3: S3Client;
let ses: SESClient;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly'), hasSmtp: true, hasSchedules: false });
  client = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  s3 = new S3Client({ ...client, endpoint: world.aws });
  ses = new SESClient({ ...client, endpoint: world.aws });
});
afterAll(async () => {
  s3.destroy();
  ses.destroy();
  await world.close();
});

const keys = async () => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'mail/' }));
  return Contents.map(({ Key = '' }) => Key);
};
const textOf = async (Key: string) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? '';
};
/** What a function wrote to its log; empty before it was called. */
const logOf = (name: string): string =>
  readdirSync(join(world.dataDir, 'logs'))
    .filter((file) => file.includes(name))
    .map((file) => readFileSync(join(world.dataDir, 'logs', file), 'utf8'))
    .join('');
const arriving = async (act: () => Promise<unknown>): Promise<string> => {
  const before = new Set(await keys());
  await act();
  const [key = '', ...others] = (await keys()).filter((one) => !before.has(one));
  expect(others).toEqual([]);
  return textOf(key);
};

describe('mail of a customer', () => {
  test('by SMTP lies in the bucket as SES would have put it there, and its function was called', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: world.smtpPort ?? 0, ignoreTLS: true });

    const text = await arriving(() =>
      transport.sendMail({
        from: 'ann@customer.example',
        to: REPLY,
        subject: 'Thanks',
        text: 'All is well.',
      }),
    );
    await world.idle();

    transport.close();
    expect(text).toMatch(/^Return-Path: <ann@customer\.example>\r\nReceived: from /);
    expect(text).toContain(`for ${REPLY};`);
    expect(text).toContain('All is well.');
    expect(logOf('ReceiveMail')).not.toBe('');
  });

  test('through the contract does the same', async () => {
    const mail = `From: ann@customer.example\r\nTo: ${REPLY}\r\nSubject: Thanks\r\n\r\nBy HTTP.`;

    const text = await arriving(() => fetch(`${world.url}/_local/emails`, { method: 'POST', body: mail }));

    expect(text).toMatch(/Authentication-Results: amazonses\.com;\r\n spf=pass/);
    expect(text).toContain('By HTTP.');
  });

  test('to somebody else is not taken', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: world.smtpPort ?? 0, ignoreTLS: true });
    const before = await keys();

    const refused = transport.sendMail({ from: 'ann@customer.example', to: 'hello@shop.example', text: '-' });

    await expect(refused).rejects.toMatchObject({ responseCode: 550 });
    transport.close();
    expect(await keys()).toEqual(before);
  });

  const hasSwaks = spawnSync('swaks', ['--version']).error === undefined;
  test.skipIf(!hasSwaks)('by swaks, when this machine has it, arrives as well', async () => {
    const options = [
      '--server',
      `127.0.0.1:${world.smtpPort}`,
      '--from',
      'ann@customer.example',
      '--to',
      REPLY,
    ];

    const text = await arriving(async () => {
      const { status } = spawnSync('swaks', [...options, '--body', 'By swaks.']);
      expect(status).toBe(0);
    });

    expect(text).toContain('By swaks.');
  });

  test('is reachable where the runtime says it listens', async () => {
    expect(await world.read('/_local/health')).toMatchObject({ ready: true, smtpPort: world.smtpPort });
  });

  test('is kept for ninety days and no longer', async () => {
    expect(await keys()).not.toEqual([]);

    await world.advance('P92D');

    expect(await keys()).toEqual([]);
    expect(z.array(z.unknown()).parse(readdirSync(join(world.dataDir, 's3', Bucket)))).toEqual([]);
  });
});

describe('a mail that bounces', () => {
  test('is told to the function that hears of mails, through topic and queue', async () => {
    const mail = 'From: hello@shop.example\r\nTo: bounce@simulator.amazonses.com\r\nSubject: -\r\n\r\n-';
    const before = logOf('HearOfMail');

    await ses.send(
      new SendRawEmailCommand({
        RawMessage: { Data: Buffer.from(mail) },
        ConfigurationSetName: 'Aftercare-Mail',
      }),
    );
    await world.advance('PT2M');

    expect(logOf('HearOfMail').length).toBeGreaterThan(before.length);
  });
});
