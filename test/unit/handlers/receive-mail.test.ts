/** What a customer's plain mail comes to. */
import { describe, expect, it } from 'vitest';
import type { Entry, EntryOf } from '../../../functions/core/journal.ts';
import { personDigest } from '../../../functions/steps/digests.ts';
import { since as later } from '../../fixtures/promise-entries.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { type MailWorld, mailWorld, NOW, REPLY_DOMAIN } from './mail-world.ts';

const entryOf = <T extends Entry['type']>(world: MailWorld, type: T): EntryOf<T> | undefined =>
  world.since().find((entry): entry is EntryOf<T> => entry.type === type);
const typesOf = (world: MailWorld) => world.since().map(({ type }) => type);
const repliedTo = (world: MailWorld) => entryOf(world, 'replied')?.reply;

/** Unhappy, and Nora owes a resolution. */
const unhappy: Entry[] = [told.replied(at(7), 2), told.promised(at(7), 'resolve', { reply: 1 })];

describe('the answer to the check-in', () => {
  it('is filed with its words and told to the workflow', async () => {
    const world = await mailWorld();
    await world.world.ports.sales.wait(SALE, {
      key: 'FollowUp',
      position: 'ask',
      token: 'task-1',
      until: at(20),
    });

    await world.arrive({ text: 'It rides very well, we love it!\n\n> How does it ride?' });

    expect(entryOf(world, 'wrote')).toMatchObject({
      as: 'answer',
      at: NOW,
      private: {
        words: 'It rides very well, we love it!',
        subject: 'Re: Your touring bike',
        original: 'mail/object 0',
        messageId: '<mail-1@example.org>',
      },
    });
    expect(entryOf(world, 'replied')).toMatchObject({
      by: 'mail',
      n: 1,
      reply: { rating: 5, call: false },
      private: { words: 'It rides very well, we love it!' },
    });
    expect(world.world.workflows.told.map(({ token }) => token)).toEqual(['task-1']);
  });

  it.each([
    ['The frame is broken.', { rating: 2, call: false }],
    ['I cannot use it at all.', { rating: 2, call: false, blocked: true }],
    ['How do I mount the bell?', { call: false, question: true }],
    ['We have put it into the cellar for now.', { call: false }],
    ['The brakes squeak a little, please call me.', { call: true }],
    ['It is great. Where can I buy a basket?', { rating: 4, call: false, question: true }],
    ['Great, thanks!', { rating: 4, call: false }],
  ])('%s', async (text, reply) => {
    const world = await mailWorld();

    await world.arrive({ text });

    expect(repliedTo(world)).toEqual(reply);
  });

  it('without new words is read by a person, whatever our own words under it ask', async () => {
    const world = await mailWorld();

    await world.arrive({ text: '> How does it ride? Is it broken?' });

    expect(entryOf(world, 'wrote')?.private).toMatchObject({ isWhole: true });
    expect(repliedTo(world)).toEqual({ call: false });
  });

  it('a later one counts, the earlier one is kept', async () => {
    const world = await mailWorld([told.replied(at(7), 5)]);

    await world.arrive({ text: 'Now the pedal is broken.' });

    expect(entryOf(world, 'replied')).toMatchObject({ n: 2, reply: { rating: 2 } });
  });

  it('found by the mail it answers, when no key stands in its address', async () => {
    const world = await mailWorld();
    await world.sent('0100aa-bb', 'check-in');

    await world.arrive({
      to: 'hello@mail.velowerk.example',
      text: 'It is broken.',
      headers: ['In-Reply-To: <0100AA-bb@eu-central-1.amazonses.com>'],
    });

    expect(repliedTo(world)).toMatchObject({ rating: 2 });
  });

  it.each([
    { from: 'selma.aydin@example.org', is: 'found by the mail that went to its very sender' },
    { from: 'somebody.else@example.org', is: 'not found by a mail that went to another address' },
  ])('$is', async ({ from }) => {
    const world = await mailWorld();

    await world.arrive({
      from,
      to: 'hello@mail.velowerk.example',
      text: 'It is broken.',
      headers: ['In-Reply-To: <SES-check-in@eu-central-1.amazonses.com>'],
    });

    expect(repliedTo(world)?.rating).toBe(from === 'selma.aydin@example.org' ? 2 : undefined);
  });

  it('keeps no key of ours in what staff see', async () => {
    const world = await mailWorld();

    await world.arrive({
      text: `Your link https://care.velowerk.example/r/${world.token} does not open`,
      subject: `r+${world.token}@reply.example`,
    });

    expect(JSON.stringify(world.since())).not.toContain(world.token);
  });

  it('keeps the names and sizes of what was attached, and a mail of pictures alone is called by them', async () => {
    const world = await mailWorld([told.replied(at(7), 5)]);
    const body = [
      'MIME-Version: 1.0',
      'Content-Type: image/png; name="pedal.png"',
      'Content-Transfer-Encoding: base64',
      '',
      'iVBORw==',
    ];

    await world.arrive({ subject: '', headers: ['Message-ID: <p@x.example>', ...body, '', 'X: y'] });

    expect(entryOf(world, 'wrote')?.private?.attachments).toMatchObject([
      { name: 'pedal.png', type: 'image/png' },
    ]);
    expect(entryOf(world, 'promised')?.private?.words).toBe('pedal.png');
  });
});

describe('thanks', () => {
  it('asks for nothing and opens nothing', async () => {
    const world = await mailWorld([...unhappy, told.judged(at(8), true), told.ended(at(8))]);

    await world.arrive({ text: 'Thanks Nora!\n\nBest regards\nSelma Aydin' });

    expect(typesOf(world)).toEqual(['wrote']);
    expect(entryOf(world, 'wrote')?.as).toBe('thanks');
    expect(world.world.workflows.executions).toEqual([]);
  });

  it('confirms nothing that waits for a yes', async () => {
    const world = await mailWorld([...unhappy, told.proposed(at(9))]);

    await world.arrive({ text: 'Merci beaucoup' });

    expect(typesOf(world)).toEqual(['wrote']);
  });
});

describe('what is owed already', () => {
  it('gets the words, and no second promise is made', async () => {
    const world = await mailWorld(unhappy);

    await world.arrive({ text: 'The bell is broken too. When do you come?' });

    expect(typesOf(world)).toEqual(['wrote', 'said']);
    expect(entryOf(world, 'said')).toMatchObject({
      promise: 'resolve-1',
      private: { words: 'The bell is broken too. When do you come?' },
    });
  });

  it('is judged when the mail clearly says yes', async () => {
    const world = await mailWorld([...unhappy, told.proposed(at(9))]);

    await world.arrive({ text: 'It works now, thank you!' });

    expect(entryOf(world, 'judged')).toMatchObject({
      promise: 'resolve-1',
      isKept: true,
      private: { words: 'It works now, thank you!' },
    });
    expect(typesOf(world)).toEqual(['wrote', 'judged']);
  });

  it('is judged when the mail clearly says no', async () => {
    const world = await mailWorld([...unhappy, told.proposed(at(9))]);

    await world.arrive({ text: 'It is still leaking.' });

    expect(entryOf(world, 'judged')).toMatchObject({ promise: 'resolve-1', isKept: false });
  });

  it('goes on being talked about when the mail says neither', async () => {
    const world = await mailWorld([...unhappy, told.proposed(at(9))]);

    await world.arrive({ text: 'It works now but when do you collect the old pedal?' });

    expect(typesOf(world)).toEqual(['wrote', 'said']);
  });

  it('of several, the one whose mail was answered gets the word', async () => {
    const world = await mailWorld([
      ...unhappy,
      told.promised(at(8), 'call', { because: 'asked', by: 'nora' }),
    ]);
    await world.sent('0100cc', 'resolve-1/taken#1');

    await world.arrive({
      text: 'Friday suits us',
      headers: ['Message-ID: <f@x.example>', 'In-Reply-To: <0100cc@email.amazonses.com>'],
    });

    expect(entryOf(world, 'said')?.promise).toBe('resolve-1');
  });

  it('from the beginning is no answer to what is said now, unless its own mail was answered', async () => {
    const before = [later.visitPromised(at(3))];
    const asAnswer = await mailWorld(before);
    const asTalk = await mailWorld(before);
    await asTalk.sent('0100dd', 'visit-1/booked#1');

    await asAnswer.arrive({ text: 'The frame is broken.' });
    await asTalk.arrive({
      text: 'Perfect, see you then',
      headers: ['Message-ID: <v@x.example>', 'In-Reply-To: <0100dd@email.amazonses.com>'],
    });

    expect(repliedTo(asAnswer)).toMatchObject({ rating: 2 });
    expect(typesOf(asTalk)).toEqual(['wrote', 'said']);
  });
});

describe('after the answer', () => {
  it('a question becomes a promise to answer, and the mood stays what it was', async () => {
    const world = await mailWorld([told.replied(at(7), 5), told.ended(at(7))]);

    await world.arrive({ text: 'Where do I get a second bell?' });

    expect(typesOf(world)).toEqual(['wrote', 'promised']);
    expect(entryOf(world, 'promised')).toMatchObject({
      kind: 'answer',
      by: 'customer',
      private: { words: 'Where do I get a second bell?' },
    });
  });

  it('a wish to be rung leaves the mood as it was', async () => {
    const world = await mailWorld([told.replied(at(7), 4), told.ended(at(7))]);

    await world.arrive({ text: 'Please call me about a second bike.' });

    expect(repliedTo(world)).toEqual({ rating: 4, call: true });
  });
});

describe('a stop', () => {
  it.each([
    ['in one word', { text: 'Unsubscribe' }],
    ['to the address that stops', { text: '' }],
  ])('%s reaches the person and the sale', async (_, mail) => {
    const world = await mailWorld();
    const to = mail.text === '' ? { to: `u+${world.token}@${REPLY_DOMAIN}` } : {};

    await world.arrive({ ...mail, ...to });

    expect(entryOf(world, 'wrote')?.as).toBe('stop');
    expect(entryOf(world, 'stopped')).toMatchObject({ method: 'mail' });
    const person = personDigest(world.world.ports.ids, 'selma.aydin@example.org');
    expect((await world.world.ports.people.of(person)).suppressed['check-in']).toMatchObject({
      because: 'asked',
      method: 'mail',
    });
  });

  it('that a mail program sends by itself counts', async () => {
    const world = await mailWorld();

    await world.arrive({
      to: `u+${world.token}@${REPLY_DOMAIN}`,
      above: ['Auto-Submitted: auto-generated'],
      text: '',
    });

    expect(typesOf(world)).toContain('stopped');
  });

  it('among other words is read by a person', async () => {
    const world = await mailWorld();

    await world.arrive({ text: 'Please stop the squeaking of the brakes' });

    expect(typesOf(world)).not.toContain('stopped');
  });
});

describe('somebody else', () => {
  it.each(['Stop', 'It works now, thank you!', 'I love it!'])(
    '%s is filed and no more than that',
    async (text) => {
      const world = await mailWorld([...unhappy, told.proposed(at(9))]);

      await world.arrive({ from: 'Deniz <deniz@elsewhere.example>', text });

      expect(entryOf(world, 'wrote')).toMatchObject({ as: 'more', isFromOther: true });
      expect(typesOf(world)).toEqual(['wrote', 'promised']);
    },
  );

  it('whoever owes something reads it', async () => {
    const world = await mailWorld(unhappy);

    await world.arrive({ from: 'deniz@elsewhere.example', text: 'I am her husband, come on Friday.' });

    expect(entryOf(world, 'said')).toMatchObject({ promise: 'resolve-1' });
  });

  it('cannot stop by the address either', async () => {
    const world = await mailWorld();

    await world.arrive({ from: 'deniz@elsewhere.example', to: `u+${world.token}@${REPLY_DOMAIN}`, text: '' });

    expect(typesOf(world)).not.toContain('stopped');
  });

  it('is not the same person under a tag of their address', async () => {
    const world = await mailWorld();

    await world.arrive({ from: 'Selma.Aydin+bike@Example.org', text: 'I love it!' });

    expect(entryOf(world, 'wrote')?.isFromOther).toBeUndefined();
  });
});

describe('a machine in their name', () => {
  it('that says they are away puts off the next attempt, and is no answer', async () => {
    const world = await mailWorld();

    await world.arrive({
      subject: 'Automatic reply: Your touring bike',
      text: 'I am out of the office and back on 23 November.',
    });

    expect(typesOf(world)).toEqual(['wrote']);
    expect(entryOf(world, 'wrote')).toMatchObject({ as: 'away', returns: at(23, '08:00') });
  });

  it.each([
    ['automatic', ['Auto-Submitted: auto-replied']],
    ['list', ['List-Id: <x.example>']],
    ['report', ['Return-Path: <>', 'X-Failed-Recipients: selma.aydin@example.org']],
    ['loop', ['X-Aftercare-Sale: 12']],
  ])('is noted as %s', async (as, above) => {
    const world = await mailWorld();

    await world.arrive({ above, text: 'The frame is broken.' });

    expect(world.since()).toMatchObject([{ type: 'wrote', as }]);
  });

  it('is found by the mail that a report quotes', async () => {
    const world = await mailWorld();

    await world.arrive({
      from: 'MAILER-DAEMON@mx.example.org',
      to: 'bounces@mail.velowerk.example',
      subject: 'failure notice',
      text: `Not delivered.\n\nReply-To: r+${world.token}@${REPLY_DOMAIN}`,
    });

    expect(entryOf(world, 'wrote')).toMatchObject({ as: 'report' });
  });

  it('the twenty-first mail of a day does nothing, the fifty-first is not even noted', async () => {
    const world = await mailWorld();

    for (let n = 0; n < 55; n += 1) await world.arrive({ text: 'The frame is broken.' });

    const kinds = world.since().filter(({ type }) => type === 'wrote');
    expect(kinds).toHaveLength(50);
    expect(kinds.filter((entry) => entry.type === 'wrote' && entry.as === 'loop')).toHaveLength(30);
    await world.arrive({ text: 'Now the bell is broken.' }, { when: at(11, '10:00') });
    expect(world.since().at(-1)).not.toMatchObject({ as: 'loop' });
  });
});
