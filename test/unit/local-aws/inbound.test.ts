import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:mails';
const puts = [{ bucket: 'shop-mail', prefix: 'mail/' }];
const ruleFor = (...recipients: string[]) => [{ logicalId: 'Rule', recipients, puts }];

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;

beforeAll(async () => {
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
  aws.sqs.createQueue({ name: 'mails' });
  aws.s3.createBucket({
    name: 'shop-mail',
    expiries: [],
    notifications: [{ queueArn: QUEUE, prefix: 'mail/', suffix: '' }],
  });
});
beforeEach(() => aws.inbound.useRules(ruleFor('reply.shop.example')));
afterAll(async () => {
  await aws.stop();
  await folder.remove();
});

const FROM_ANN = 'From: Ann <ann@customer.example>\r\nTo: abc@reply.shop.example\r\nSubject: Hi\r\n';
const stored = async (id: string) => (await aws.s3.get('shop-mail', `mail/${id}`)).body.toString();
const headersOf = (text: string) => text.slice(0, text.indexOf('\r\n\r\n')).split(/\r\n(?![ \t])/);
const namesOf = (text: string) => headersOf(text).map((field) => field.slice(0, field.indexOf(':')));
const SES_FIELDS = [
  'Return-Path',
  'Received',
  'X-SES-Spam-Verdict',
  'X-SES-Virus-Verdict',
  'Received-SPF',
  'Authentication-Results',
  'X-SES-RECEIPT',
];
const arriveBySmtp = (raw: string, recipients = ['abc@reply.shop.example']) =>
  aws.inbound.arrive({
    raw: Buffer.from(raw),
    from: 'ann@customer.example',
    recipients,
    client: { name: 'mx.customer.example', ip: '192.0.2.1' },
    verdicts: 'ours',
  });

describe('a mail through the contract', () => {
  it('is stored as SES stores it, every verdict good', async () => {
    const { id } = await aws.inbound.receive(Buffer.from(`${FROM_ANN}\r\nThanks`));

    const text = await stored(id);
    expect(id).toMatch(/^[a-z0-9]{40}$/);
    expect(namesOf(text)).toEqual([...SES_FIELDS, 'From', 'To', 'Subject']);
    expect(text).toContain('X-SES-Spam-Verdict: PASS\r\nX-SES-Virus-Verdict: PASS\r\n');
    expect(text).toMatch(
      /^Authentication-Results: amazonses\.com;\r\n spf=pass .*\r\n dkim=pass .*\r\n dmarc=pass /m,
    );
    expect(text.endsWith(`\r\n${FROM_ANN}\r\nThanks`)).toBe(true);
  });

  it('keeps the verdicts that it brings along, and takes those of other servers for none', async () => {
    const given =
      'Authentication-Results: amazonses.com;\r\n spf=fail;\r\n dmarc=fail\r\nX-SES-Virus-Verdict: FAIL\r\n';
    const theirs = 'Authentication-Results: mx.else.example; spf=pass\r\n';

    const both = await aws.inbound.receive(Buffer.from(`${theirs}${FROM_ANN}${given}\r\nThanks`));
    const foreign = await aws.inbound.receive(Buffer.from(`${theirs}${FROM_ANN}\r\nThanks`));

    const text = await stored(both.id);
    expect(namesOf(text)).toEqual([...SES_FIELDS, 'Authentication-Results', 'From', 'To', 'Subject']);
    expect(headersOf(text)[3]).toBe('X-SES-Virus-Verdict: FAIL');
    expect(headersOf(text)[5]).toBe('Authentication-Results: amazonses.com;\r\n spf=fail;\r\n dmarc=fail');
    expect(headersOf(await stored(foreign.id))[5]).toContain('amazonses.com;\r\n spf=pass');
  });

  it('goes to whom it names, or to whom the caller says', async () => {
    const elsewhere = `From: ann@customer.example\r\nTo: a@else.example\r\nCc: B <b@else.example>\r\n\r\n.`;

    const named = await aws.inbound.receive(Buffer.from(elsewhere));
    const told = await aws.inbound.receive(Buffer.from(elsewhere), ['xyz@reply.shop.example']);

    expect(named.recipients).toEqual(['a@else.example', 'b@else.example']);
    expect(told.recipients).toEqual(['xyz@reply.shop.example']);
    await expect(stored(named.id)).rejects.toThrow('The specified key does not exist');
    expect(await stored(told.id)).toContain('for xyz@reply.shop.example;');
    expect((await aws.mailbox.list({ direction: 'in' })).map(({ id }) => id)).toContain(named.id);
  });
});

describe('a mail from outside', () => {
  it('says nothing about itself: what looks like our verdicts is taken off, wherever it stands', async () => {
    const forged = SES_FIELDS.filter((name) => name !== 'Received').map((name) =>
      name === 'Authentication-Results'
        ? `${name}: amazonses.com; spf=pass;\r\n dkim=pass`
        : `${name.toLowerCase()}: FORGED`,
    );

    const { id } = await arriveBySmtp(
      `${forged.join('\r\n')}\r\n${FROM_ANN}${forged.join('\r\n')}\r\n\r\nThanks`,
    );

    const text = await stored(id);
    expect(namesOf(text)).toEqual([...SES_FIELDS, 'From', 'To', 'Subject']);
    expect(text).not.toMatch(/FORGED|=pass/);
    expect(text).toMatch(/^ spf=none /m);
    expect(text).toContain(
      'client-ip=192.0.2.1; envelope-from=ann@customer.example; helo=mx.customer.example;',
    );
  });

  it('cannot slip a field in by its envelope, and may be nothing but a header', async () => {
    const { id } = await arriveBySmtp('X-SES-Spam-Verdict: PASS', ['abc@reply.shop.example\r\nX-Evil: 1']);
    const bare = await arriveBySmtp('X-SES-Virus-Verdict: FORGED\r\nSubject: no body');

    expect(id).toMatch(/^[a-z0-9]{40}$/);
    const text = await stored(bare.id);
    expect(text).not.toContain('FORGED');
    expect(text).toContain('Subject: no body');
    const [, kept] = await Promise.all([sleep(0), aws.mailbox.raw(id)]);
    expect(kept?.toString()).not.toMatch(/^X-Evil/m);
  });
});

describe('a receipt rule', () => {
  it.each([
    ['reply.shop.example', 'any.one@REPLY.shop.example', true],
    ['reply.shop.example', 'one@sub.reply.shop.example', false],
    ['.shop.example', 'one@sub.shop.example', true],
    ['.shop.example', 'one@shop.example', false],
    ['hello@shop.example', 'hello+label@shop.example', true],
    ['hello@shop.example', 'other@shop.example', false],
  ])('for %s, mail to %s: %s', (recipient, address, isTaken) => {
    aws.inbound.useRules(ruleFor(recipient));

    expect(aws.inbound.accepts(address)).toBe(isTaken);
  });

  it('without recipients takes everybody; without a rule nobody is taken', () => {
    aws.inbound.useRules(ruleFor());
    const all = aws.inbound.accepts('a@b.example');
    aws.inbound.useRules([]);

    expect([all, aws.inbound.accepts('a@b.example'), aws.inbound.hasRules()]).toEqual([true, false, false]);
  });

  it('tells the queue of the mail in the same write as the mail itself', async () => {
    const Received = z.object({ Messages: z.array(z.object({ Body: z.string() })) });
    await aws.sqs.call('PurgeQueue', { QueueUrl: QUEUE });

    const { id } = await arriveBySmtp(`${FROM_ANN}\r\nThanks`);

    const { Messages } = Received.parse(await aws.sqs.call('ReceiveMessage', { QueueUrl: QUEUE }));
    expect(Messages.map(({ Body }): unknown => JSON.parse(Body))).toMatchObject([
      { Records: [{ s3: { bucket: { name: 'shop-mail' }, object: { key: `mail/${id}` } } }] },
    ]);
  });
});
