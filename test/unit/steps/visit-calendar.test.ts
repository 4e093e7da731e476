import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import type { NoticeName, ToSay } from '../../../functions/core/promises/tidings.ts';
import { promiseOf } from '../../../functions/core/sale.ts';
import { noticeMail } from '../../../functions/steps/notice-mail.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { since } from '../../fixtures/promise-entries.ts';
import { at, begun, saleOf, told } from '../../fixtures/sales.ts';
import { mailsAt, readMail } from './read-mail.ts';

const { ports } = memoryWorld();
const SELMA = 'selma.aydin@example.org';
const NORA = 'nora@velowerk.example';
const LIO = 'lio@velowerk.example';
const NOON = at(17, '10:00');
const ofVisit = { promise: 'visit-1' } as const;
const visit = [
  since.visitPromised(at(10)),
  since.booked(at(10), { provider: 'lio', private: { place: 'Rebgasse 9', bring: 'the key' } }),
];
const rebooked = (with_: Parameters<typeof since.booked>[1] = {}) =>
  since.booked(NOON, { n: 2, from: at(24, '09:00'), to: at(24, '11:00'), dueAt: at(24, '11:15'), ...with_ });

const saleWith = (entries: Entry[]) => saleOf(begun(...entries));
const read = (entries: Entry[], promise: string, now: string) =>
  mailsAt(ports, saleWith(entries), promise, now);

describe('the calendar file of a visit', () => {
  const offered = since.offered(at(12), { ...ofVisit, from: at(24, '09:00'), to: at(24, '11:00') });

  it('is the same for both sides, and both are named in it', async () => {
    const mails = await read(visit, 'visit-1', at(10));

    const [theirs, ours] = [mails.booked?.invite, mails['booked-provider']?.invite];
    expect(theirs).toMatchObject({
      method: 'REQUEST',
      sequence: 0,
      status: 'CONFIRMED',
      place: 'Rebgasse 9',
    });
    expect([theirs?.from, theirs?.to]).toEqual(['2026-11-19T09:00:00Z', '2026-11-19T11:00:00Z']);
    expect(theirs?.attendees).toEqual([`mailto:${SELMA}`, `mailto:${LIO}`]);
    expect({ ...ours, summary: '' }).toEqual({ ...theirs, summary: '' });
  });

  it('keeps its UID and rises with everything that is said of it, through delays, a new time and its end', async () => {
    const life: Entry[] = [...visit];
    const files: { name: string; uid: string; sequence: number; method: string }[] = [];
    const happens = async (now: string, name: NoticeName, ...entries: Entry[]) => {
      life.push(...entries);
      const invite = (await read(life, 'visit-1', now))[name]?.invite;
      if (invite !== undefined) files.push({ name, ...invite });
    };

    await happens(at(10), 'booked');
    await happens(at(12), 'offer', offered);
    await happens(at(12, '11:00'), 'booked', rebooked());
    await happens(
      at(24, '08:40'),
      'late',
      since.delayed(at(24, '08:40'), { n: 1, from: at(24, '09:30'), to: at(24, '11:30') }),
    );
    await happens(at(24, '08:50'), 'withdrawn', since.withdrawn(at(24, '08:50'), ofVisit));
    await happens(
      at(25, '11:00'),
      'booked',
      told.escalated(at(25), { ...ofVisit, because: 'not-yet', dueAt: at(27) }),
      since.booked(at(25, '11:00'), {
        n: 3,
        from: at(26, '09:00'),
        to: at(26, '11:00'),
        dueAt: at(26, '11:15'),
      }),
    );

    expect(files.map(({ name, method }) => `${name} ${method}`)).toEqual([
      'booked REQUEST',
      'booked REQUEST',
      'late REQUEST',
      'withdrawn CANCEL',
      'booked REQUEST',
    ]);
    expect(new Set(files.map(({ uid }) => uid)).size).toBe(1);
    const sequences = files.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
  });

  it('is taken back from who no longer goes there, and above what they have', async () => {
    const mails = await read([...visit, rebooked({ provider: 'nora' })], 'visit-1', NOON);

    expect(mails['unbooked-provider']?.invite).toMatchObject({
      method: 'CANCEL',
      status: 'CANCELLED',
      sequence: 1,
      from: '2026-11-19T09:00:00Z',
    });
    expect(mails['booked-provider']).toMatchObject({ to: NORA, invite: { method: 'REQUEST', sequence: 1 } });
  });

  it('ends for everybody when the visit is taken back', async () => {
    const other = await read([...visit, since.withdrawn(NOON, ofVisit)], 'visit-1', NOON);
    const own = await read(
      [since.visitPromised(at(10)), since.booked(at(10)), since.withdrawn(NOON, ofVisit)],
      'visit-1',
      NOON,
    );

    expect(other.withdrawn?.invite).toMatchObject({ method: 'CANCEL', sequence: 1 });
    expect(other['withdrawn-provider']?.invite).toMatchObject({ method: 'CANCEL', sequence: 1 });
    expect(other['withdrawn-owner']?.invite).toBeUndefined();
    expect(own['withdrawn-owner']?.invite).toMatchObject({ method: 'CANCEL' });
  });

  it('goes to nobody while nobody answers for the visit', async () => {
    const pending = [since.visitPromised(at(10)), since.booked(at(10), { needsAcceptance: true })];

    const mails = [
      await read(pending, 'visit-1', at(10)),
      await read([...pending, since.withdrawn(NOON, ofVisit)], 'visit-1', NOON),
    ];

    for (const mail of mails.flatMap((one) => Object.values(one))) expect(mail.invite).toBeUndefined();
  });

  it('names the customer for who goes there, and who comes for the customer', async () => {
    const mails = await read(visit, 'visit-1', at(10));

    expect(mails.booked?.text).toContain('Lio Baur');
    expect(mails['booked-provider']?.text).toContain('Selma Aydin');
  });
});

describe('a mail read back', () => {
  it('is what was written: a control for the reader of these tests', async () => {
    const [raw = ''] = [saleWith(visit)].flatMap((sale) => {
      const promise = promiseOf(sale, 'visit-1');
      const booked: ToSay = { name: 'booked', to: 'customer', message: 'visit-1/booked#1' };
      return (
        (promise && noticeMail(ports, sale, promise, booked, at(10))?.compose('t'.repeat(32), 1).raw) ?? []
      );
    });

    expect(raw).toContain('METHOD:REQUEST');
    expect((await readMail(raw)).invite?.uid).toMatch(/^[0-9a-f]{32}@mail\.velowerk\.example$/);
  });
});
