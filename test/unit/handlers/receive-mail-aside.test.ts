/** Mails of staff, mails that belong nowhere, and mails that must not act by themselves. */
import { describe, expect, it } from 'vitest';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { type MailWorld, mailWorld, NOW, REPLY_DOMAIN } from './mail-world.ts';
import { putLink } from './sale-on-file.ts';

const typesOf = (world: MailWorld) => world.since().map(({ type }) => type);

const owed = [
  told.replied(at(7), 5, { question: true }),
  told.promised(at(7), 'answer', { because: 'asked', reply: 1 }),
];

const staffWorld = async (
  more: { promise?: string; staff?: string } = { promise: 'answer-1', staff: 'nora' },
) => {
  const world = await mailWorld(owed);
  const token = await putLink(world.world, 'staff', more);
  const write = (mail: Parameters<MailWorld['arrive']>[0]) =>
    world.arrive({
      from: 'Nora Frei <nora@velowerk.example>',
      to: `r+${token}@${REPLY_DOMAIN}`,
      text: 'Turn the bell to the left.\n\n> Where is the bell?',
      ...mail,
    });
  return { world, write, token };
};

describe('a member of staff', () => {
  it('answers by mail, and the promise is proposed in their words: only the customer closes it', async () => {
    const { world, write } = await staffWorld();

    await write({});

    expect(world.since()).toMatchObject([
      {
        type: 'proposed',
        promise: 'answer-1',
        by: 'nora',
        via: 'mail',
        private: { what: 'Turn the bell to the left.' },
      },
    ]);
    expect(world.box.all()).toEqual([]);
  });

  it.each([
    ['another address', { from: 'nora@elsewhere.example' }],
    ['a colleague', { from: 'lio@velowerk.example' }],
  ])('is not believed from %s', async (_, mail) => {
    const { world, write } = await staffWorld();

    await write(mail);

    expect(typesOf(world)).toEqual([]);
    expect(world.box.all()).toMatchObject([{ reason: 'not-theirs', suggestions: [SALE] }]);
  });

  it('is not believed when the mail service does not vouch for them', async () => {
    const { world, write } = await staffWorld();

    await write({ above: ['Authentication-Results: amazonses.com; spf=fail; dkim=none; dmarc=fail'] });

    expect(typesOf(world)).toEqual([]);
    expect(world.box.all()).toMatchObject([{ reason: 'quarantined', detail: 'dmarc' }]);
  });

  it('who sends back only the quote tells the customer nothing', async () => {
    const { world, write } = await staffWorld();

    await write({ text: '> Where is the bell?' });

    expect(typesOf(world)).toEqual([]);
    expect(world.box.all()).toMatchObject([{ reason: 'unknown', detail: 'what-missing' }]);
  });

  it('who answers to nothing in particular, or too late, is read by a person', async () => {
    const nothing = await staffWorld({ staff: 'nora' });
    const late = await staffWorld();
    await late.world.world.ports.sales.append(SALE, told.judged(at(8), true, { promise: 'answer-1' }));

    await nothing.write({});
    await late.write({});

    expect(nothing.world.box.all()).toMatchObject([{ reason: 'unknown', detail: 'no-promise' }]);
    expect(late.world.box.all()).toMatchObject([{ reason: 'unknown', detail: 'already-closed' }]);
  });

  it('who is away says nothing to the customer', async () => {
    const { world, write } = await staffWorld();

    await write({ subject: 'Automatic reply: a question', text: 'I am away.' });

    expect([typesOf(world), world.box.all()]).toEqual([[], []]);
  });
});

describe('a mail that belongs nowhere', () => {
  it('waits for a person, who sees whose it may be', async () => {
    const world = await mailWorld();

    await world.arrive({ to: 'hello@mail.velowerk.example', text: 'My bike is broken.', subject: 'Help' });

    expect(typesOf(world)).toEqual([]);
    expect(world.box.all()).toMatchObject([
      {
        at: NOW,
        reason: 'unknown',
        from: 'selma.aydin@example.org',
        subject: 'Help',
        words: 'My bike is broken.',
        original: 'mail/object 0',
        suggestions: [SALE],
      },
    ]);
  });

  it('with a key of nobody, or of a sale that was forgotten, does too', async () => {
    const world = await mailWorld();
    await world.arrive({ to: `r+${'q'.repeat(32)}@${REPLY_DOMAIN}`, text: 'Hello' });
    await world.world.ports.sales.append(SALE, told.erased(at(9)));

    await world.arrive({ text: 'Hello again' });

    expect(typesOf(world)).toEqual([]);
    expect(world.box.all().map(({ reason }) => reason)).toEqual(['unknown', 'unknown']);
  });

  it('from a machine is nobody’s to read', async () => {
    const world = await mailWorld();

    await world.arrive({ to: 'hello@mail.velowerk.example', above: ['Auto-Submitted: auto-replied'] });

    expect(world.box.all()).toEqual([]);
  });

  it('shows no key of ours', async () => {
    const world = await mailWorld();

    await world.arrive({
      to: 'hello@mail.velowerk.example',
      text: `See https://care.velowerk.example/s/${world.token}`,
    });

    expect(world.box.all()[0]?.words).toBe('See https://care.velowerk.example/s/…');
  });
});

describe('a mail that failed a check', () => {
  it.each([
    ['virus', 'X-SES-Virus-Verdict: FAIL'],
    ['spam', 'X-SES-Spam-Verdict: FAIL'],
    ['dmarc', 'Authentication-Results: amazonses.com; spf=pass; dkim=none; dmarc=fail'],
    ['spf', 'Authentication-Results: amazonses.com; spf=softfail; dkim=none; dmarc=none'],
  ])('%s acts on nothing, whatever it says', async (detail, header) => {
    const world = await mailWorld();

    await world.arrive({ above: [header], text: 'Unsubscribe' });

    expect(typesOf(world)).toEqual([]);
    expect(world.box.all()).toMatchObject([{ reason: 'quarantined', detail, suggestions: [SALE] }]);
  });
});

describe('the queue', () => {
  it('says nothing of mails when the bucket is new', async () => {
    const world = await mailWorld();

    const answer = await world.deliver(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' }));

    expect(answer).toEqual({ batchItemFailures: [] });
  });

  it.each(['no JSON', '{"Records":[{"s3":{}}]}'])('gets back what nobody can read: %s', async (body) => {
    const world = await mailWorld();

    expect(await world.deliver(body)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
  });

  it('a mail that is gone is gone', async () => {
    const world = await mailWorld();

    expect(await world.again('mail/expired', NOW)).toEqual({ batchItemFailures: [] });
    expect(typesOf(world)).toEqual([]);
  });

  it('a mail whose key has blanks is found', async () => {
    const world = await mailWorld();

    await world.arrive({ text: 'It is broken.' }, { key: 'mail/a b+c%d' });

    expect(typesOf(world)).toContain('replied');
  });
});
