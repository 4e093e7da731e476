import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import type { NoticeName, ToSay } from '../../../functions/core/promises/tidings.ts';
import { promiseOf, type Sale } from '../../../functions/core/sale.ts';
import { noticeMail } from '../../../functions/steps/notice-mail.ts';
import { withAbsent } from '../../fixtures/configuration.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { since } from '../../fixtures/promise-entries.ts';
import { at, begun, customer, saleOf, told } from '../../fixtures/sales.ts';
import { mailsAt } from './read-mail.ts';

const { ports } = memoryWorld();
const SELMA = 'selma.aydin@example.org';
const [NORA, LIO, INES] = ['nora', 'lio', 'ines'].map((id) => `${id}@velowerk.example`);
const NOON = at(17, '10:00');

const resolve = told.promised(NOON, 'resolve', { reply: 1, dueAt: at(20, '14:00') });
const published = told.promised(NOON, 'call', {
  because: 'published',
  dueAt: at(20, '14:00'),
  private: { words: 'A trainer rings you within a week.' },
});
const question = told.promised(NOON, 'answer', {
  because: 'question',
  dueAt: at(20, '14:00'),
  private: { words: 'May the chain be waxed?' },
});
const visit = [
  since.visitPromised(at(10)),
  since.booked(at(10), { provider: 'lio', private: { place: 'Rebgasse 9', bring: 'the key' } }),
];
const ofVisit = { promise: 'visit-1' } as const;
const rebooked = (with_: Parameters<typeof since.booked>[1] = {}) =>
  since.booked(NOON, { n: 2, from: at(24, '09:00'), to: at(24, '11:00'), dueAt: at(24, '11:15'), ...with_ });
const missedBy = (who: 'unknown' | 'provider', by: string) => [
  ...visit,
  since.missed(at(19, '11:15'), { who, by }),
  told.promised(at(19, '11:15'), 'call', {
    because: 'missed',
    after: 'visit-1',
    dueAt: at(19, '16:00'),
    owner: 'ines',
  }),
  told.escalated(at(19, '11:15'), { ...ofVisit, because: 'missed', dueAt: at(20, '11:15') }),
];

const saleWith = (entries: Entry[]): Sale => saleOf(begun(...entries));
const read = (entries: Entry[], promise: string, now: string) =>
  mailsAt(ports, saleWith(entries), promise, now);

type Case = [
  NoticeName,
  entries: Entry[],
  promise: string,
  now: string,
  to: string | undefined,
  words: RegExp,
];

const CASES: Case[] = [
  ['owner', [resolve], 'resolve-1', NOON, NORA, /Selma/],
  ['receipt', [published], 'call-1', NOON, SELMA, /A trainer rings you within a week\./],
  ['sorry', [resolve, told.escalated(NOON)], 'resolve-1', NOON, SELMA, /Nora/],
  [
    'new-time',
    [resolve, since.moved(NOON, { private: { reason: 'The part is late.' } })],
    'resolve-1',
    NOON,
    SELMA,
    /The part is late\./,
  ],
  ['late', [...visit, since.delayed(at(19, '08:20'))], 'visit-1', at(19, '08:20'), SELMA, /10:40/],
  ['offer', [resolve, since.offered(NOON)], 'resolve-1', NOON, SELMA, /suit you\?/],
  ['booked', visit, 'visit-1', at(10), SELMA, /Rebgasse 9/],
  ['booked-provider', visit, 'visit-1', at(10), LIO, /Rebgasse 9/],
  ['unbooked-provider', [...visit, rebooked({ provider: 'nora' })], 'visit-1', NOON, LIO, /Rebgasse 9/],
  ['accept', [...visit, rebooked({ needsAcceptance: true })], 'visit-1', NOON, NORA, /Selma/],
  [
    'withdrawn',
    [resolve, since.withdrawn(NOON, { by: 'nora', private: { reason: 'You have it back.' } })],
    'resolve-1',
    NOON,
    SELMA,
    /You have it back\./,
  ],
  ['withdrawn-owner', [resolve, since.withdrawn(NOON)], 'resolve-1', NOON, NORA, /Selma/],
  ['withdrawn-provider', [...visit, since.withdrawn(NOON, ofVisit)], 'visit-1', NOON, LIO, /Selma/],
  ['new-person', [resolve, told.handedOver(NOON, { because: 'left' })], 'resolve-1', NOON, SELMA, /Lio/],
  ['wish', [resolve, since.wished(NOON)], 'resolve-1', NOON, NORA, /Rather in the evening/],
  [
    'offer-answer',
    [resolve, since.offered(NOON), since.answered(NOON, false, { private: { words: 'Fridays only' } })],
    'resolve-1',
    NOON,
    NORA,
    /Fridays only/,
  ],
  [
    'nobody-home',
    [...visit, since.missed(at(19, '09:30'), { who: 'customer', dueAt: at(20) })],
    'visit-1',
    at(19, '09:30'),
    SELMA,
    /Lio/,
  ],
  ['half', [resolve], 'resolve-1', at(19, '09:00'), NORA, /half/i],
  ['most', [resolve], 'resolve-1', at(20, '10:00'), NORA, /Selma/],
  ['at-risk', [resolve], 'resolve-1', at(20, '13:00'), SELMA, /Nora/],
  ['tomorrow', visit, 'visit-1', at(18, '09:00'), SELMA, /Rebgasse 9/],
  ['tomorrow-provider', visit, 'visit-1', at(18, '09:00'), LIO, /Rebgasse 9/],
  ['on-your-way', visit, 'visit-1', at(19, '08:31'), LIO, /Selma/],
  ['nobody-on-the-way', visit, 'visit-1', at(19, '08:36'), INES, /Lio/],
  ['may-be-late', visit, 'visit-1', at(19, '08:46'), SELMA, /Lio/],
  [
    'did-anyone-come',
    [...visit, since.onMyWay(at(19, '08:30'), { by: 'lio' })],
    'visit-1',
    at(19, '11:20'),
    SELMA,
    /\?/,
  ],
];

describe('a notice about a promise', () => {
  it.each(CASES)('%s reaches whom it concerns, in words', async (name, entries, promise, now, to, words) => {
    const mail = (await read(entries, promise, now))[name];

    expect(mail?.to).toBe(to);
    expect(mail?.text).toMatch(words);
    expect(mail?.from).toBe('hello@mail.velowerk.example');
    expect(mail?.replyTo).toMatch(/@velowerk\.example$/);
    expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/undefined|null|NaN|\[object|\{\{|\{%/);
  });

  it('is signed by whoever owes it now, and says who had it', async () => {
    const { sorry } = await read([resolve, told.escalated(NOON)], 'resolve-1', NOON);

    expect(sorry).toMatchObject({ signedBy: 'Ines Roth, Velowerk', replyTo: INES });
    expect(sorry?.text).toContain('Nora Frei');
  });

  it('goes to whoever stands in for an owner who is away', async () => {
    const world = memoryWorld(withAbsent('nora'));

    expect((await mailsAt(world.ports, saleWith([resolve]), 'resolve-1', NOON)).owner?.to).toBe(LIO);
  });

  it.each(['booked-provider', 'tomorrow-provider', 'on-your-way'] as const)(
    '%s goes to the owner of a visit whose provider will not be there, so that somebody hears it',
    (name) => {
      const away = memoryWorld(withAbsent('lio')).ports;
      const sale = saleWith(visit);
      const promise = promiseOf(sale, 'visit-1');
      if (promise === undefined) throw new Error('There is no visit');
      const toSay: ToSay = { name, to: 'provider', message: `visit-1/${name}#1` };

      expect(noticeMail(ports, sale, promise, toSay, NOON)?.to).toBe('lio');
      expect(noticeMail(away, sale, promise, toSay, NOON)?.to).toBe('nora');
    },
  );

  it('carries a question to whoever owes the answer', async () => {
    const { owner, receipt } = await read([question], 'answer-1', NOON);

    expect(owner?.text).toContain('May the chain be waxed?');
    expect(receipt?.text).toContain('May the chain be waxed?');
  });

  it('is none for a customer without an address', () => {
    const { email: _, ...nameless } = customer;
    const sale = saleOf(begun(published), { customer: nameless });
    const promise = promiseOf(sale, 'call-1');
    const receipt: ToSay = { name: 'receipt', to: 'customer', message: 'call-1/receipt' };

    expect(promise && noticeMail(ports, sale, promise, receipt, NOON)).toBeUndefined();
  });

  it.each<[string, Entry, boolean]>([
    ['another time was booked', rebooked(), false],
    ['it was taken back', since.withdrawn(NOON, ofVisit), false],
    ['the customer says the time suits', since.suits(NOON), true],
  ])('is asked again right before it leaves: when %s', (_, entry, leaves) => {
    const sale = saleWith(visit);
    const promise = promiseOf(sale, 'visit-1');
    const booked: ToSay = { name: 'booked', to: 'customer', message: 'visit-1/booked#1' };
    const mail = promise && noticeMail(ports, sale, promise, booked, NOON);

    expect(mail?.mayStillLeave(saleWith([...visit, entry])) === undefined).toBe(leaves);
  });
});

describe('an apology', () => {
  it('for a visit nobody came to asks once whether somebody did, and says by when somebody rings', async () => {
    const { sorry } = await read(missedBy('unknown', 'clock'), 'visit-1', at(19, '11:15'));

    expect(sorry?.text).toMatch(/Lio Baur was to come/);
    expect(sorry?.text).toMatch(/Or did somebody come after all\?/);
    expect(sorry?.text).toMatch(/I will ring you by .*17:00/);
  });

  it('does not ask back the customer who told us so', async () => {
    const { sorry } = await read(missedBy('provider', 'customer'), 'visit-1', at(19, '11:15'));

    expect(sorry?.text).toContain('You tell us that nobody did');
    expect(sorry?.text).not.toContain('Or did somebody come after all?');
  });

  it.each<[string, Entry[], string]>([
    [
      'what was owed after the visit was missed',
      [
        ...missedBy('unknown', 'clock'),
        told.escalated(at(20, '11:15'), {
          ...ofVisit,
          strike: 2,
          from: 'ines',
          owner: 'urs',
          level: 2,
          dueAt: at(24),
        }),
      ],
      at(20, '11:15'),
    ],
    [
      'a visit where nobody was at home',
      [
        ...visit,
        since.missed(at(19, '09:30'), { who: 'customer', by: 'lio', dueAt: at(20) }),
        told.escalated(at(20), { ...ofVisit, dueAt: at(24) }),
      ],
      at(20),
    ],
  ])('does not say that nobody came when it is about %s', async (_, entries, now) => {
    const { sorry } = await read(entries, 'visit-1', now);

    expect(sorry?.to).toBe(SELMA);
    expect(sorry?.text).not.toMatch(/nobody (did|came)/);
  });
});
