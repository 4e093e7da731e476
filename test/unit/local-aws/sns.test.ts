import { NotFoundException, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPager } from '../../../functions/adapters/pager.ts';
import { type LocalAws, newFolder, startLocalAws } from './local-aws.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:Shop-Pages';

let folder: Awaited<ReturnType<typeof newFolder>>;
let aws: LocalAws;

const start = async () => {
  aws = await startLocalAws(folder.path);
  aws.sns.createTopic(TOPIC);
};

beforeAll(async () => {
  folder = await newFolder();
  await start();
});
afterAll(async () => {
  await aws.stop();
  await folder.remove();
});

const publish = (input: ConstructorParameters<typeof PublishCommand>[0]) =>
  aws.clients.sns.send(new PublishCommand(input));

describe('Publish', () => {
  it('keeps what was said, when, to which topic', async () => {
    const before = new Date(aws.time.now()).toISOString();

    const { MessageId } = await publish({
      TopicArn: TOPIC,
      Subject: 'It needs you',
      Message: 'Order #1 & <2>, für Sie\nsecond line',
    });

    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    const page = aws.sns.pages().at(-1);
    expect(page).toMatchObject({
      topic: 'Shop-Pages',
      subject: 'It needs you',
      text: 'Order #1 & <2>, für Sie\nsecond line',
    });
    expect((page?.at ?? '') >= before).toBe(true);
  });

  it('does without a subject', async () => {
    await publish({ TopicArn: TOPIC, Message: 'plain' });

    expect(aws.sns.pages().at(-1)).toMatchObject({ subject: null, text: 'plain' });
  });

  it('counts each page once, refused ones not at all', async () => {
    const { pages } = aws.meter.read();
    await publish({ TopicArn: TOPIC, Message: 'counted' });
    await publish({ TopicArn: TOPIC, Message: '' }).catch(() => undefined);

    expect(aws.meter.read().pages).toBe(pages + 1);
  });

  it('remembers its pages when the runtime starts again', async () => {
    await publish({ TopicArn: TOPIC, Message: 'before the restart' });
    await aws.stop();
    await start();

    expect(aws.sns.pages().at(-1)?.text).toBe('before the restart');
  });

  it('shows the newest two hundred', async () => {
    for (let n = 0; n < 205; n += 1) await aws.sns.call('Publish', { TopicArn: TOPIC, Message: `page ${n}` });

    const texts = aws.sns.pages().map(({ text }) => text);
    expect([texts.length, texts[0], texts.at(-1)]).toEqual([200, 'page 5', 'page 204']);
  });

  it('refuses a topic that the stack does not have, as SNS does', async () => {
    const sent = publish({ TopicArn: `${TOPIC}-other`, Message: 'who hears this' });

    await expect(sent).rejects.toBeInstanceOf(NotFoundException);
  });

  it.each<[string, ConstructorParameters<typeof PublishCommand>[0]]>([
    ['a phone number', { PhoneNumber: '+41795550330', Message: 'm' }],
    ['PhoneNumber', { TopicArn: TOPIC, PhoneNumber: '+41795550330', Message: 'm' }],
    ['TargetArn', { TopicArn: TOPIC, TargetArn: TOPIC, Message: 'm' }],
    ['MessageStructure', { TopicArn: TOPIC, MessageStructure: 'json', Message: '{"default":"m"}' }],
    [
      'MessageAttributes',
      {
        TopicArn: TOPIC,
        Message: 'm',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'a' } },
      },
    ],
    ['Message', { TopicArn: TOPIC, Message: '' }],
    ['Message', { TopicArn: TOPIC, Message: 'ü'.repeat(131_073) }],
    ['Subject', { TopicArn: TOPIC, Message: 'm', Subject: 'a'.repeat(100) }],
    ['Subject', { TopicArn: TOPIC, Message: 'm', Subject: 'two\nlines' }],
  ])('refuses %s by name and keeps nothing', async (what, input) => {
    const before = aws.sns.pages().at(-1);

    const sent = publish(input);

    const name = what === 'a phone number' ? 'TopicArn' : what;
    await expect(sent).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(name),
    });
    expect(aws.sns.pages().at(-1)).toEqual(before);
  });

  it('refuses every other action by name', async () => {
    const sent = aws.clients.sns.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'sms' }));

    await expect(sent).rejects.toThrow(
      'SNS on one machine does not know Subscribe; it knows ListSubscriptionsByTopic, Publish.',
    );
  });
});

describe('the pager', () => {
  it('fits any shop into the subject that SNS takes', async () => {
    const pager = createPager(TOPIC, aws.clients.sns);

    await pager.page({ subject: `Zürcher\nBäckerei ${'Brot '.repeat(30)}`, text: 'Order #1 needs you.' });

    const page = aws.sns.pages().at(-1);
    expect(page?.text).toBe('Order #1 needs you.');
    expect(page?.subject?.startsWith('Z rcher B ckerei Brot')).toBe(true);
  });

  it('begins with a sign that SNS takes, whatever the shop is called', async () => {
    const pager = createPager(TOPIC, aws.clients.sns);

    await pager.page({ subject: 'Ökoladen: it needs you', text: 'Order #1 needs you.' });

    expect(aws.sns.pages().at(-1)?.subject).toBe('koladen: it needs you');
  });
});
