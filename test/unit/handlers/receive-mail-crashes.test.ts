/** Whatever fails, and whenever: the same mail again ends in the journal it would have ended in. */
import { describe, expect, it } from 'vitest';
import { type Entry, inOrder } from '../../../functions/core/journal.ts';
import { loadSale } from '../../../functions/steps/load.ts';
import { takeBackStop } from '../../../functions/steps/stop-person.ts';
import type { MailParts } from '../../fixtures/mails/write-mail.ts';
import { at, SALE, told } from '../../fixtures/sales.ts';
import { type MailWorld, mailWorld, NOW, REPLY_DOMAIN, type Wrap } from './mail-world.ts';
import { shaky } from './promise-sender.ts';
import { putLink } from './sale-on-file.ts';

const unhappy = [told.replied(at(7), 2), told.promised(at(7), 'resolve', { reply: 1 })];
const question = [told.replied(at(7), 5), told.promised(at(7), 'answer', { because: 'asked', reply: 1 })];

/** What was there before, and the mail. `staff`: the mail answers a note to Nora. */
const CASES: [string, Entry[], MailParts, 'customer' | 'staff'][] = [
  ['an unhappy answer', [], { text: 'The frame is broken.' }, 'customer'],
  ['a happy answer', [], { text: 'I love it!' }, 'customer'],
  ['a mail only a person understands', [], { text: 'It stands in the cellar.' }, 'customer'],
  [
    'an answer after the round',
    [told.replied(at(7), 5), told.ended(at(7))],
    { text: 'Now it is broken.' },
    'customer',
  ],
  [
    'a question after the round',
    [told.replied(at(7), 5), told.ended(at(7))],
    { text: 'Where is the bell?' },
    'customer',
  ],
  ['words about a promise', unhappy, { text: 'The bell is broken too.' }, 'customer'],
  [
    'words about a promise we call done',
    [...unhappy, told.proposed(at(9))],
    { text: 'Who pays?' },
    'customer',
  ],
  ['a yes', [...unhappy, told.proposed(at(9))], { text: 'It works now, thank you.' }, 'customer'],
  ['a no', [...unhappy, told.proposed(at(9))], { text: 'It is still leaking.' }, 'customer'],
  ['a stop', [], { text: 'Unsubscribe' }, 'customer'],
  ['thanks', unhappy, { text: 'Thanks!' }, 'customer'],
  ['an out-of-office note', [], { subject: 'Automatic reply', text: 'Back on 23 November.' }, 'customer'],
  ['somebody else’s mail', [], { from: 'a@b.example', text: 'Please ring her.' }, 'customer'],
  ['staff’s answer', question, { from: 'nora@velowerk.example', text: 'To the left.' }, 'staff'],
];

const worldWith = async (before: Entry[], audience: 'customer' | 'staff') => {
  const world = await mailWorld(before);
  if (audience === 'customer') return { world, to: {} };
  const token = await putLink(world.world, 'staff', { promise: 'answer-1', staff: 'nora' });
  return { world, to: { to: `r+${token}@${REPLY_DOMAIN}` } };
};

const isAboutThanks = (entry: Entry): boolean =>
  'message' in entry && (entry.message === 'thank-you' || entry.message === 'unclear/thank-you');

const stateOf = async ({ world, box }: MailWorld) => ({
  journal: inOrder(world.sales.entries(SALE)).filter((entry) => !isAboutThanks(entry)),
  open: world.lists.open().map(({ promise, owner, dueAt }) => ({ promise, owner, dueAt })),
  executions: world.workflows.executions.map(({ machine, name }) => `${machine} ${name}`),
  /* How often it was written does not matter. */
  people: world.people.dump().replace(/"version":\d+/g, ''),
  aside: box.all(),
});

/** Sent, or unclear and never sent again: how the thank-you ended. */
const thanksOf = ({ world }: MailWorld) => ({
  ends: world.sales
    .entries(SALE)
    .filter((entry) => isAboutThanks(entry) && 'message' in entry && entry.message === 'thank-you')
    .filter(({ type }) => type === 'sent' || type === 'unclear').length,
  isSentOnce: world.mails().filter((mail) => mail.startsWith('thank-you ')).length <= 1,
});

const through = (shakes: ReturnType<typeof shaky>): Wrap => {
  return (ports) => ({ ...ports, ...shakes.wrap(ports) });
};

describe.each(CASES)('%s', (_, before, mail, audience) => {
  it('any failure, before or after it took effect, is mended by the same mail', async () => {
    const smooth = await worldWith(before, audience);
    const counting = shaky(undefined);
    await smooth.world.arrive({ ...mail, ...smooth.to }, { wrap: through(counting), key: 'mail/one' });
    const wanted = await stateOf(smooth.world);
    const thanks = thanksOf(smooth.world);
    expect(counting.names.length).toBeGreaterThan(0);

    for (const [index, name] of counting.names.entries())
      for (const when of ['before', 'after'] as const) {
        const { world, to } = await worldWith(before, audience);
        const broken = through(shaky(index + 1, when));

        const failed = await world.arrive({ ...mail, ...to }, { wrap: broken, key: 'mail/one' });
        const again = await world.again('mail/one', NOW);

        const where = `${when} operation ${index + 1}, ${name}`;
        /* Staff's words are told in any case: what cannot be told now is told by whoever waits. */
        if (audience === 'customer')
          expect({ where, failed: failed.batchItemFailures.length }).toEqual({ where, failed: 1 });
        expect({ where, again }).toEqual({ where, again: { batchItemFailures: [] } });
        expect({ where, ...(await stateOf(world)) }).toEqual({ where, ...wanted });
        expect({ where, ...thanksOf(world) }).toEqual({ where, ...thanks });
      }
  });

  it('delivered three times it is one mail', async () => {
    const { world, to } = await worldWith(before, audience);
    await world.arrive({ ...mail, ...to }, { key: 'mail/one' });
    const once = await stateOf(world);

    await world.again('mail/one', NOW);
    await world.again('mail/one', NOW);

    expect(await stateOf(world)).toEqual(once);
  });
});

describe('a mail that is set aside', () => {
  it.each(['before', 'after'] as const)(
    'lies there once when keeping it failed %s it took effect',
    async (when) => {
      const { world } = await worldWith([], 'customer');
      const wrap: Wrap = (ports) => ({
        ...ports,
        box: {
          ...ports.box,
          keep: async (mail) => {
            if (when === 'after') await ports.box.keep(mail);
            throw new Error(`the network failed ${when}`);
          },
        },
      });

      const failed = await world.arrive({ to: 'hello@x.example', text: 'Hi' }, { wrap, key: 'mail/one' });
      const again = await world.again('mail/one', NOW);

      expect([failed.batchItemFailures.length, again.batchItemFailures.length]).toEqual([1, 0]);
      expect(world.box.all()).toHaveLength(1);
    },
  );
});

describe('a stop that was taken back', () => {
  it('is not said again by a late copy of the same mail', async () => {
    const { world } = await worldWith([], 'customer');
    await world.arrive({ text: 'Unsubscribe' }, { key: 'mail/one' });
    await takeBackStop(world.world.ports, (await loadSale(world.world.ports, SALE)).sale, at(10, '11:00'));

    await world.again('mail/one', NOW);

    expect((await loadSale(world.world.ports, SALE)).sale.isStopped).toBe(false);
    expect(world.world.people.dump()).not.toContain('"check-in":');
  });
});

describe('two mails at once', () => {
  it('are two answers, and both are kept', async () => {
    const { world } = await worldWith([], 'customer');

    await Promise.all([
      world.arrive({ text: 'The frame is broken.' }),
      world.arrive({ text: 'The bell is missing.' }),
    ]);

    const words = world.since().flatMap((entry) => (entry.type === 'wrote' ? [entry.private?.words] : []));
    expect(words.sort()).toEqual(['The bell is missing.', 'The frame is broken.']);
  });
});
