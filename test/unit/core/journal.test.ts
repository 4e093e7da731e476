import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageKey } from '../../../functions/core/conversation/entries.ts';
import { Entry, entriesOf, inOrder, keyOf } from '../../../functions/core/journal.ts';
import { PromiseId } from '../../../functions/core/promises/entries.ts';
import { oneOfEach } from '../../fixtures/entries.ts';
import { at, told } from '../../fixtures/sales.ts';

describe('the key of an entry', () => {
  it('differs between any two kinds', () => {
    const kinds = new Set(oneOfEach.map(({ type }) => type));
    const keys = new Set(oneOfEach.map(keyOf));

    expect(kinds.size).toBe(Entry.options.length);
    expect(keys.size).toBe(oneOfEach.length);
  });

  it.each<[string, Entry, Entry]>([
    ['two announcements', told.delivered(at(5)), told.delivered(at(6))],
    ['two attempts', told.claimed('check-in', at(9)), told.claimed('check-in', at(9), 2)],
    ['two messages', told.claimed('check-in', at(9)), told.claimed('reminder', at(9))],
    ['two rounds', told.started(at(2)), told.started(at(2), 2)],
    ['two answers', told.replied(at(9), 5), told.replied(at(9), 5, { n: 2 })],
    ['two strikes', told.escalated(at(9)), told.escalated(at(9), { strike: 2 })],
    ['two promises', told.promised(at(9)), told.promised(at(9), 'resolve', { promise: 'resolve-2' })],
    ['two turns of the same owner', told.taken(at(9)), told.taken(at(9), { n: 3 })],
    ['two verdicts', told.judged(at(9), true), told.judged(at(9), true, { n: 2 })],
  ])('tells apart %s', (_, one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });

  it.each<[string, Entry, Entry]>([
    ['one announcement told later', told.delivered(at(5)), { ...told.delivered(at(5)), at: at(8) }],
    ['one claim', told.claimed('check-in', at(9)), told.claimed('check-in', at(10))],
    ['one skipped message', told.skipped('reminder', at(9)), told.skipped('reminder', at(10), 'else')],
    ['one end of a round', told.ended(at(9)), told.ended(at(10))],
    ['one turn taken by two people', told.taken(at(9)), told.taken(at(10), { by: 'lio' })],
    ['two verdicts that want the same number', told.judged(at(9), true), told.judged(at(9), false)],
  ])('is the same for %s', (_, one, other) => {
    expect(keyOf(one)).toBe(keyOf(other));
  });
});

const mixed = fc.shuffledSubarray([...oneOfEach], { minLength: 2 });
const sameInstant = mixed.map((entries) => entries.map((entry) => ({ ...entry, at: at(9) })));

describe('the order of a journal', () => {
  it('does not depend on the order of reading', () => {
    const twoReadings = fc
      .oneof(mixed, sameInstant)
      .chain((entries) =>
        fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
      );

    fc.assert(
      fc.property(twoReadings, ([one, other]) => {
        expect(inOrder(other)).toEqual(inOrder(one));
      }),
    );
  });

  it('is that of time, and orders what was ordered already the same', () => {
    fc.assert(
      fc.property(mixed, (entries) => {
        const ordered = inOrder(entries);

        expect(ordered.map((entry) => entry.at)).toEqual(entries.map((entry) => entry.at).sort());
        expect(inOrder(ordered)).toEqual(ordered);
      }),
    );
  });

  it('does not change with keys a collator finds equal', () => {
    const visible = told.delivered(at(5), { eventId: 'a', occurredAt: at(4) });
    const invisible = told.delivered(at(5), { eventId: 'a\u00ad', occurredAt: at(3) });

    expect(inOrder([visible, invisible])).toEqual(inOrder([invisible, visible]));
  });

  it('puts causes before effects of the same instant', () => {
    const instant = at(9);
    const effects = [told.escalated(instant), told.judged(instant, false), told.proposed(instant)];

    expect(inOrder(effects).map(({ type }) => type)).toEqual(['proposed', 'judged', 'escalated']);
  });
});

describe('the shape of a journal', () => {
  it('finds the entries of one type', () => {
    expect(entriesOf(oneOfEach, 'replied').map(({ n }) => n)).toEqual([1]);
  });

  it.each(oneOfEach.map((entry) => [entry.type, entry] as const))(
    'accepts %s as it is written',
    (_, entry) => {
      expect(Entry.parse(JSON.parse(JSON.stringify(entry)))).toEqual(JSON.parse(JSON.stringify(entry)));
    },
  );

  it('refuses a field nobody wrote', () => {
    expect(Entry.safeParse({ ...told.ended(at(9)), note: 'x' }).success).toBe(false);
  });

  it.each([
    'check-in',
    'reminder',
    'review-ask',
    'resolve-1/ask#2',
    'call-12/owner#1',
    'unclear/resolve-1-ask-2',
  ])('knows %s as a message', (key) => {
    expect(MessageKey.safeParse(key).success).toBe(true);
  });

  it.each(['', 'Check-in', 'a/b/c', 'check-in#x', 'check in'])('refuses "%s" as a message', (key) => {
    expect(MessageKey.safeParse(key).success).toBe(false);
  });

  it.each(['chat-1', 'visit', 'visit-', 'resolve-1-2', 'Call-1'])('refuses "%s" as a promise', (id) => {
    expect(PromiseId.safeParse(id).success).toBe(false);
  });
});
