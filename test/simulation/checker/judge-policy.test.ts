/** Runs in which the policy, the review ask, a signature or a name is not as it should be. */
import { describe, expect, it } from 'vitest';
import { aRun, DUE, entry, ITEMS, mail, OWED, owedRun, RECORD, SALE, told, without } from './a-run.ts';
import { judge } from './judge.ts';
import type { Item, Seen } from './seen.ts';

const laws = (seen: Seen): string[] => judge(seen).map(({ law, what }) => `${law} ${what}`);

const STAFF = [
  { id: 'mia', name: 'Mia Moss', isActive: true },
  { id: 'tom', name: 'Tom Tarn', isActive: true },
  { id: 'old', name: 'Ole Old', isActive: false },
];
const from = (name: string) => `From: "${name}, The Shop" <hello@shop.example>\r\n\r\nHow is it?`;

describe('the policy of a sale', () => {
  const record: Item = { ...RECORD, data: { id: SALE, owner: 'mia', journey: { reminder: 'P3D' } } };
  const sales = [record, ...without(ITEMS, 'record')];

  it('is the one it was opened with', () => {
    expect(laws(aRun({ sales, pinned: { [SALE]: '{"reminder":"P3D"}' } }))).toEqual([]);
    expect(laws(aRun({ sales, pinned: { [SALE]: '{"reminder":"P9D"}' } }))).toContain(
      'L8 its journey is not the one it was opened with',
    );
  });
});

describe('the review ask', () => {
  const OTHER = 'standard/1002';
  const text = (words: string) => `Content-Type: text/plain; charset=utf-8\r\n\r\n${words}\r\n--=_x`;
  const ask = (sale: string, words: string) =>
    mail({ sale, message: 'review-ask', at: '2026-11-09T09:00:00.000Z', raw: text(words) });
  const ofOther = (item: Item): Item => ({ ...item, sale: OTHER });

  const asked = (one: string, other: string) =>
    laws(
      aRun({
        sales: [...ITEMS, ofOther(RECORD)],
        mails: [ask(SALE, one), ask(OTHER, other)],
        needles: [{ text: 'Anna', sale: SALE }],
      }),
    ).filter((law) => law.startsWith('L11'));

  it('has the same words for everybody but their names, orders and links', () => {
    const [one, other] = ['a'.repeat(32), 'b'.repeat(32)];

    expect(asked(`Dear Anna, 1001 /r/${one}`, `Dear …, 1002 /r/${other}`)).toEqual([]);
    expect(asked('Write a line.', 'You were so happy: write a line.')).toEqual([
      'L11 was asked for a review in other words than others',
    ]);
  });

  it('waits for what is owed, and not for ever', () => {
    const run = (reviewHeldDays: number) =>
      laws(owedRun({ mails: [mail(), ask(SALE, 'Write a line.')], reviewHeldDays }));
    const what = 'L11 was asked for a review while something was owed';

    expect(run(30)).toContain(what);
    expect(run(5)).not.toContain(what);
  });
});

describe('a signature', () => {
  const signed = (name: string, message = 'check-in') =>
    laws(owedRun({ staff: STAFF, mails: [mail({ message, raw: from(name) })] })).filter((law) =>
      law.startsWith('L12'),
    );

  it('is that of somebody who works here and owns it', () => {
    expect(signed('Mia Moss')).toEqual([]);
    expect(signed('Tom Tarn')).toEqual(['L12 check-in is signed by Tom Tarn, who does not own it']);
    expect(signed('Ole Old')).toEqual(['L12 check-in is signed by Ole Old, who does not work here']);
  });

  it('may be that of who owned it a moment ago only where something went wrong', () => {
    const at = '2026-11-05T08:59:50.000Z';
    const handed = entry('handed', { type: 'handed-over', promise: 'call-1', at, to: 'tom', dueAt: DUE });
    const sales = [...OWED, handed];
    const mails = [mail({ message: 'call-1/ask#1', at: '2026-11-05T09:00:00.000Z', raw: from('Mia Moss') })];
    const found = (troubles: Seen['troubles'] = []) =>
      laws({ ...owedRun({ sales, staff: STAFF, mails }), troubles }).filter((law) => law.startsWith('L12'));

    expect(found()).toEqual(['L12 call-1/ask#1 is signed by Mia Moss, who does not own it']);
    expect(found([{ from: '2026-11-05T09:00:00.000Z', until: '2026-11-05T09:00:00.000Z' }])).toEqual([]);
  });

  it.each([
    ['told', 'call-1/told#1'],
    ['proposed', 'call-1/ask#1'],
  ])('under what somebody has %s is theirs', (type, message) => {
    const words = entry('words', { type, promise: 'call-1', n: 1, by: 'tom' });
    const run = laws(
      owedRun({
        sales: [...OWED, words],
        staff: STAFF,
        mails: [mail({ message, raw: from('Tom Tarn') })],
      }),
    );

    expect(run.filter((law) => law.startsWith('L12'))).toEqual([]);
    expect(signed('Tom Tarn', message)).toHaveLength(1);
  });
});

describe('a note to staff about somebody who has been forgotten', () => {
  const erase = told({ word: 'erase', event: 'e-2', doneAt: { at: '2026-11-03T09:00:00.000Z', seq: 20 } });
  const noted = (decided: number) =>
    laws(
      aRun({
        told: [told(), erase],
        mails: [mail(), mail({ message: 'call-1/owner#1', to: 'staff', decided, raw: 'Call Anna Ames' })],
        needles: [{ text: 'Anna Ames', sale: SALE }],
      }),
    );

  it('does not name them', () => {
    const what = 'I9 forgotten: "Anna Ames" was named in call-1/owner#1';

    expect(noted(30)).toContain(what);
    expect(noted(10)).not.toContain(what);
  });
});
