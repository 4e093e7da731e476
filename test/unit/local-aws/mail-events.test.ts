import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { MailEventType } from '../../../lib/local/stack/event-destinations.ts';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:events';
const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:events';
const ENVELOPED = 'arn:aws:sqs:eu-west-1:000000000000:enveloped';
const TYPES: MailEventType[] = ['Bounce', 'Complaint', 'Delivery', 'DeliveryDelay', 'Reject'];

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;

const use = (configurationSet: string, ...types: MailEventType[]) =>
  aws.publisher.useDestinations([
    { logicalId: 'Destination', configurationSet, topicArn: TOPIC, types: new Set(types) },
  ]);

beforeAll(async () => {
  folder = await newFolder();
  aws = await startLocalAws(folder.path);
  for (const name of ['events', 'enveloped']) aws.sqs.createQueue({ name });
  aws.sns.createTopic(TOPIC);
  aws.sns.subscribe({ topicArn: TOPIC, queueArn: QUEUE, isRaw: true });
  aws.sns.subscribe({ topicArn: TOPIC, queueArn: ENVELOPED, isRaw: false });
  aws.s3.createBucket({ name: 'shop-mail', expiries: [], notifications: [] });
  aws.inbound.useRules([
    { logicalId: 'Rule', recipients: ['reply.shop.example'], puts: [{ bucket: 'shop-mail', prefix: '' }] },
  ]);
});
beforeEach(async () => {
  use('shop', ...TYPES);
  for (const QueueUrl of [QUEUE, ENVELOPED]) await aws.sqs.call('PurgeQueue', { QueueUrl });
});
afterAll(async () => {
  await aws.stop();
  await folder.remove();
});

const send = async (to: string | string[], { head = '', set = 'shop' } = {}) => {
  const recipients = [to].flat();
  const text = `From: "The Shop" <hello@shop.example>\r\nTo: ${recipients.join(', ')}\r\nSubject: How is it?\r\n${head}\r\nHello`;
  const { MessageId = '' } = await aws.clients.ses.send(
    new SendRawEmailCommand({
      RawMessage: { Data: Buffer.from(text) },
      ...(set === '' ? {} : { ConfigurationSetName: set }),
      Tags: [{ Name: 'sale', Value: 'ref-1' }],
    }),
  );
  return MessageId;
};
const Received = z.object({ Messages: z.array(z.object({ Body: z.string() })).default([]) });
const take = async (queue = QUEUE): Promise<unknown[]> => {
  await aws.time.advanceTo(aws.time.now() + 60_000);
  const answer = await aws.sqs.call('ReceiveMessage', { QueueUrl: queue, MaxNumberOfMessages: 10 });
  return Received.parse(answer).Messages.map(({ Body }): unknown => JSON.parse(Body));
};

const bounce = (bounceType: string, bounceSubType: string, address: string) => ({
  eventType: 'Bounce',
  bounce: {
    bounceType,
    bounceSubType,
    bouncedRecipients: [
      { emailAddress: address, action: 'failed', status: expect.stringMatching(/^[45]\.\d\.\d$/) },
    ],
    feedbackId: expect.any(String),
    timestamp: expect.stringMatching(/Z$/),
    reportingMTA: expect.any(String),
  },
});

describe('what becomes of a mail', () => {
  it('is told with what SES knows of it', async () => {
    const before = aws.time.now();

    const id = await send('bob@customer.example', {
      head: 'Reply-To: abc@reply.shop.example\r\nX-SES-MESSAGE-TAGS: kind=check-in\r\n',
    });

    expect(await take()).toEqual([
      {
        eventType: 'Delivery',
        delivery: {
          timestamp: expect.any(String),
          processingTimeMillis: 1000,
          recipients: ['bob@customer.example'],
          smtpResponse: expect.stringMatching(/^250 /),
          remoteMtaIp: expect.any(String),
          reportingMTA: expect.stringContaining('amazonses.com'),
        },
        mail: {
          timestamp: expect.stringMatching(new RegExp(`^${new Date(before).toISOString().slice(0, 16)}`)),
          source: '"The Shop" <hello@shop.example>',
          sourceArn: 'arn:aws:ses:eu-west-1:000000000000:identity/hello@shop.example',
          sendingAccountId: '000000000000',
          messageId: id,
          destination: ['bob@customer.example'],
          headersTruncated: false,
          headers: expect.arrayContaining([
            { name: 'Subject', value: 'How is it?' },
            { name: 'Message-ID', value: `<${id}@eu-west-1.amazonses.com>` },
          ]),
          commonHeaders: {
            from: ['"The Shop" <hello@shop.example>'],
            replyTo: ['abc@reply.shop.example'],
            date: expect.stringMatching(/\+0000$/),
            to: ['bob@customer.example'],
            messageId: id,
            subject: 'How is it?',
          },
          tags: {
            'ses:operation': ['SendRawEmail'],
            'ses:configuration-set': ['shop'],
            'ses:source-ip': ['127.0.0.1'],
            'ses:from-domain': ['shop.example'],
            'ses:caller-identity': ['local'],
            kind: ['check-in'],
            sale: ['ref-1'],
          },
        },
      },
    ]);
  });

  it.each([
    [
      'bounce+ann@simulator.amazonses.com',
      bounce('Permanent', 'General', 'bounce+ann@simulator.amazonses.com'),
    ],
    [
      'softbounce@simulator.amazonses.com',
      bounce('Transient', 'MailboxFull', 'softbounce@simulator.amazonses.com'),
    ],
    [
      'suppressionlist@simulator.amazonses.com',
      bounce('Permanent', 'Suppressed', 'suppressionlist@simulator.amazonses.com'),
    ],
    ['nobody@simulator.amazonses.com', bounce('Permanent', 'General', 'nobody@simulator.amazonses.com')],
    [
      'success+1@simulator.amazonses.com',
      { eventType: 'Delivery', delivery: { recipients: ['success+1@simulator.amazonses.com'] } },
    ],
    ['bounce@customer.example', { eventType: 'Delivery' }],
  ])('of one to %s', async (address, event) => {
    await send(address);

    const told = await take();

    expect(told).toHaveLength(1);
    expect(told).toMatchObject([event]);
  });

  it('is a delivery and then a complaint, when it is complained about', async () => {
    await send('complaint+x@simulator.amazonses.com');

    expect(await take()).toMatchObject([
      { eventType: 'Delivery' },
      {
        eventType: 'Complaint',
        complaint: {
          complainedRecipients: [{ emailAddress: 'complaint+x@simulator.amazonses.com' }],
          complaintSubType: null,
          complaintFeedbackType: 'abuse',
          feedbackId: expect.any(String),
        },
      },
    ]);
  });

  it('is told of each recipient apart', async () => {
    await send(['bob@customer.example', 'bounce@simulator.amazonses.com']);

    expect(await take()).toMatchObject([
      { eventType: 'Delivery', delivery: { recipients: ['bob@customer.example'] } },
      {
        eventType: 'Bounce',
        mail: { destination: ['bob@customer.example', 'bounce@simulator.amazonses.com'] },
      },
    ]);
  });

  it('is told a second later, when the sender knows the id of the mail', async () => {
    await send('bob@customer.example');

    const { visible, delayed } = aws.sqs.depth('events');

    expect([visible, delayed]).toEqual([0, 1]);
  });

  it('is told only for the configuration set and the events that the stack names', async () => {
    await send('bob@customer.example', { set: '' });
    await send('bob@customer.example', { set: 'another' });
    use('shop', 'Bounce');
    await send('bob@customer.example');
    await send('bob@customer.example', { set: '', head: 'X-SES-CONFIGURATION-SET: shop\r\n' });
    use('shop', 'Delivery');
    const id = await send('bob@customer.example', { set: '', head: 'X-SES-CONFIGURATION-SET: shop\r\n' });

    expect(await take()).toMatchObject([{ mail: { messageId: id } }]);
    expect((await aws.mailbox.raw(id))?.toString()).not.toContain('X-SES-');
  });

  it('tells the first ten kilobytes of a long header only', async () => {
    const head = Array.from({ length: 30 }, (_, n) => `X-Long-${n}: ${'x'.repeat(500)}\r\n`).join('');

    await send('bob@customer.example', { head });

    const [event] = await take();
    expect(event).toMatchObject({ mail: { headersTruncated: true } });
    expect(JSON.stringify(event).length).toBeLessThan(13_000);
  });

  it('comes in the envelope of SNS where the queue did not ask for the bare message', async () => {
    await send('bounce@simulator.amazonses.com');

    const [message] = await take(ENVELOPED);

    const { Message } = z.object({ Message: z.string() }).parse(message);
    expect(message).toMatchObject({ Type: 'Notification', TopicArn: TOPIC, MessageId: expect.any(String) });
    expect(JSON.parse(Message)).toMatchObject({ eventType: 'Bounce' });
  });

  it('is not shown among the pages for people', async () => {
    await send('bob@customer.example');

    expect(aws.sns.pages()).toEqual([]);
  });
});

describe('somebody who is away', () => {
  it('answers by themselves, to the address for replies', async () => {
    const id = await send('ooto+lia@simulator.amazonses.com', {
      head: 'Reply-To: abc@reply.shop.example\r\n',
    });
    await aws.time.whenIdle();

    const [answer] = await aws.mailbox.list({ direction: 'in' });
    expect(answer).toMatchObject({
      from: 'ooto+lia@simulator.amazonses.com',
      to: 'abc@reply.shop.example',
      subject: 'Automatic reply: How is it?',
      headers: { 'auto-submitted': 'auto-replied', 'in-reply-to': `<${id}@eu-west-1.amazonses.com>` },
    });
    expect(await take()).toMatchObject([{ eventType: 'Delivery' }]);
  });

  it('answers nobody when the reply would go somewhere else', async () => {
    const before = (await aws.mailbox.list({ direction: 'in' })).length;

    await send('ooto@simulator.amazonses.com', { head: 'Reply-To: hello@shop.example\r\n' });
    await send('ooto@simulator.amazonses.com');
    await aws.time.whenIdle();

    expect(await aws.mailbox.list({ direction: 'in' })).toHaveLength(before);
  });
});
