import { describe, expect, it } from 'vitest';
import { anonymous, FATES, isPersonal } from '../../../functions/core/erasure.ts';
import { Entry } from '../../../functions/core/journal.ts';
import { isAbout } from '../../../functions/core/privacy/about.ts';
import { receiptNumberOf } from '../../../functions/core/privacy/request.ts';
import { entryKeptUntil, keptUntil, renewedUntil } from '../../../functions/core/retention.ts';
import { at, order, SALE, told } from '../../fixtures/sales.ts';

describe('a journal without its person', () => {
  it('has decided about every kind of entry there is', () => {
    const types = Entry.options.map(({ shape }) => shape.type.value);

    expect(Object.keys(FATES).sort()).toEqual([...types].sort());
  });

  it('keeps what an order is, and neither tags, seller nor a name in place of a number', () => {
    const entry = told.ordered(at(2), {
      order: order({ number: 'for Selma', tags: ['birthday of Selma'], soldBy: 'Selma Aydin' }),
    });

    expect(JSON.stringify(anonymous(entry))).not.toContain('Selma');
    expect(anonymous(entry)).toMatchObject({ type: 'ordered', order: { lines: order().lines } });
  });

  it.each(['#204', '1001', 'DE-2041', '#AB-12/3'])('keeps %s, which shops count by', (number) => {
    expect(anonymous(told.ordered(at(2), { order: order({ number }) }))).toMatchObject({ order: { number } });
  });

  it('is the same when it is made twice', () => {
    const entry = told.ordered(at(2), { order: order({ tags: ['a'] }) });

    expect(anonymous(anonymous(entry))).toEqual(anonymous(entry));
    expect(isPersonal(entry)).toBe(true);
    expect(isPersonal(anonymous(entry))).toBe(false);
  });
});

describe('how long it is kept', () => {
  const promised: Entry = {
    ...{ type: 'promised', at: at(2), promise: 'visit-1', kind: 'visit', because: 'staff' },
    ...{ owner: 'nora', level: 0, dueAt: '2027-11-02T10:00:00.000Z' },
  };

  it('is so many months by the calendar', () => {
    expect(keptUntil('2026-08-31T10:00:00.000Z', 6)).toBe('2027-02-28T10:00:00.000Z');
  });

  it('counts from when a promise is due', () => {
    expect(entryKeptUntil(promised, 1)).toBe('2027-12-02T10:00:00.000Z');
  });

  it('is renewed by what is owed beyond half of the time that is left', () => {
    expect(renewedUntil(promised, keptUntil(at(2), 24), 24)).toBeUndefined();
    expect(renewedUntil(promised, keptUntil(at(2), 6), 6)).toBe('2028-05-02T10:00:00.000Z');
  });

  it('is not renewed by what only happens', () => {
    expect(renewedUntil(told.delivered(at(20)), at(21), 24)).toBeUndefined();
  });
});

describe('a webhook nobody understood', () => {
  const digestOf = (email: string) => `digest of ${email.toLowerCase()}`;
  const sought = { people: new Set(['digest of selma@example.org']), sales: new Set([SALE]) };
  const about = (body: unknown) =>
    isAbout({ source: 'shop', text: JSON.stringify(body), json: body }, sought, digestOf);

  it.each([
    { customer: { email: 'Selma@example.org' } },
    { note: 'write to <selma@example.org>, please' },
    { id: 'B-204' },
    { order_id: 'B-204' },
    { data: { orderId: 'B-204' } },
    { data: { object: { id: 'B-204' } } },
    { orders_to_redact: ['A', 'B-204'] },
  ])('is about somebody by their address or their order: %j', (body) => {
    expect(about(body)).toBe(true);
  });

  it.each([
    { lines: [{ id: 'B-204' }] },
    { email: 'other@example.org' },
    { text: 'B-204' },
    {},
    null,
    [1, 2],
  ])('is not about them by chance: %j', (body) => {
    expect(about(body)).toBe(false);
  });
});

describe('the number of a receipt', () => {
  it('is short, the same for the same request and another for another', () => {
    const number = receiptNumberOf('00ff10'.repeat(11));

    expect(number).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$/);
    expect(receiptNumberOf('01ff10'.repeat(11))).not.toBe(number);
  });
});
