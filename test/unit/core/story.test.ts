import { describe, expect, it } from 'vitest';
import type { Entry, EntryType } from '../../../functions/core/journal.ts';
import { NoShow, PromiseCause, PromiseKind } from '../../../functions/core/promises/entries.ts';
import { messageWords, tellStory } from '../../../functions/core/story.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { oneOfEach } from '../../fixtures/entries.ts';
import { since } from '../../fixtures/promise-entries.ts';
import { at, customer, told } from '../../fixtures/sales.ts';

const config = configuration();
/** The claim is only the lock of what follows; that a mail arrived is what everybody expects. */
const SILENT: readonly EntryType[] = ['claimed', 'arrived'];

describe('the story of a sale', () => {
  it.each(oneOfEach.map((entry) => [entry.type, entry] as const))(
    'about %s is one sentence or none',
    (_, entry) => {
      const lines = tellStory([entry], config);

      expect(lines).toHaveLength(SILENT.includes(entry.type) ? 0 : 1);
      for (const { at: when, what } of lines) {
        expect(when).toBe(entry.at);
        expect(what).toMatch(/^[A-Z].*\.$/);
        expect(what).not.toMatch(/undefined|\[object/);
      }
    },
  );

  it('holds nothing the customer or staff wrote, and no name, address or number of theirs', () => {
    const text = JSON.stringify(tellStory(oneOfEach, config));

    for (const personal of [...Object.values(customer), 'frame is bent', 'cross', 'Selma', '555 03 31'])
      expect(text).not.toContain(personal);
  });

  it('names staff, also one who has left by their id', () => {
    const what = (by: string) => tellStory([told.taken(at(11), { by })], config)[0]?.what;

    expect(what('nora')).toBe('Nora Frei took it.');
    expect(what('zoe')).toBe('zoe took it.');
  });

  it.each([
    [told.escalated(at(9)), 'It went up from Nora Frei to Ines Roth, because the time had passed.'],
    [
      told.escalated(at(9), { from: 'urs', owner: 'urs', because: 'not-yet' }),
      'It went back to Urs Vogt, because it was not done yet.',
    ],
    [
      told.replied(at(9), 2, { wish: 'fix', call: true }),
      'The customer answered: not happy, wishes: fix, asks for a call.',
    ],
    [told.replied(at(9), 5, { n: 2 }), 'The customer changed the answer: delighted.'],
    [told.refunded(at(9), { isFull: false }), 'Part of the order was refunded.'],
    [told.sent('check-in', at(9)), 'We sent the check-in.'],
    [told.started(at(9), 2), 'A late answer opened a new short round.'],
    [told.judged(at(9), true), 'The customer says it is done.'],
  ])('says it in plain words: %o', (entry, what) => {
    expect(tellStory([entry], config)[0]?.what).toBe(what);
  });

  it.each(
    [...PromiseKind.values].flatMap((kind) =>
      [...PromiseCause.values].map((because) => [kind, because] as const),
    ),
  )('says why a %s is owed: %s', (kind, because) => {
    const what = tellStory([told.promised(at(9), kind, { because, dueAt: at(24) })], config)[0]?.what;

    expect(what).toMatch(
      /^Nora Frei owes the customer (a call|a visit|an answer|a solution) (because|as) .{10,}, by 2026/,
    );
  });

  it.each([
    [
      told.escalated(at(9), { because: 'missed' }),
      'It went up from Nora Frei to Ines Roth, because nobody came.',
    ],
    [told.handedOver(at(9), { because: 'left' }), 'Nora Frei works here no more; Lio Baur has it now.'],
    [since.moved(at(9), { by: 'system' }), `Another system of the shop moved it to ${at(27, '12:00')}.`],
    [since.moved(at(9)), `Nora Frei moved it to ${at(27, '12:00')}.`],
    [since.offered(at(9), { from: at(26) }), `Nora Frei offered another time: ${at(26)}.`],
    [since.answered(at(9), true), 'The customer took the time we offered.'],
    [since.answered(at(9), false), 'The time we offered does not suit the customer.'],
    [since.withdrawn(at(9)), 'The customer says it is no longer needed.'],
    [since.withdrawn(at(9), { by: 'ines' }), 'Ines Roth took it back.'],
    [since.withdrawn(at(9), { because: 'order-ended' }), 'It was taken back, because the order had ended.'],
    [since.missed(at(9), { who: 'provider', by: 'customer' }), 'The customer says that nobody came.'],
    [since.missed(at(9), { who: 'customer', by: 'nora' }), 'We came to the visit and nobody was at home.'],
    [since.accepted(at(9)), 'Urs Vogt answers for the visit.'],
    [
      since.booked(at(9), { n: 2, needsAcceptance: true }),
      `The visit was booked anew: Nora Frei goes there between ${at(19, '09:00')} and ${at(19, '11:00')}; somebody must answer for it by name first.`,
    ],
  ])('says it in plain words: %o', (entry, what) => {
    expect(tellStory([entry], config)[0]?.what).toBe(what);
  });

  it('tells apart who was not there', () => {
    const sentences = [...NoShow.values].map(
      (who) => tellStory([since.missed(at(9), { who })], config)[0]?.what,
    );

    expect(new Set(sentences).size).toBe(3);
  });

  it('tells staff mails by whom they went to', () => {
    const note: Entry = {
      type: 'sent',
      at: at(9),
      message: 'resolve-1/owner#2',
      attempt: 1,
      messageId: 'ses-1',
      to: 'ines',
    };

    expect(tellStory([note], config)[0]?.what).toBe('We sent the note to the owner to Ines Roth.');
  });
});

describe('a message in words', () => {
  it.each([
    ['check-in', 'the check-in'],
    ['resolve-2/receipt', 'the note that somebody has it'],
    ['call-11/ask#2', 'the question whether it is put right'],
    ['visit-2/nobody-on-the-way#3', 'the alarm that nobody is on the way'],
    ['call-1/sorry#1', 'the apology'],
    ['unclear/resolve-1-ask-2', 'the note that a mail may be lost'],
  ])('%s is "%s"', (message, words) => {
    expect(messageWords(message)).toBe(words);
  });
});
