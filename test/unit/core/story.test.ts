import { describe, expect, it } from 'vitest';
import type { EntryType } from '../../../functions/core/journal.ts';
import { messageWords, tellStory } from '../../../functions/core/story.ts';
import { configuration } from '../../fixtures/configuration.ts';
import { oneOfEach } from '../../fixtures/entries.ts';
import { at, customer, told } from '../../fixtures/sales.ts';

const config = configuration();
/** The claim is only the lock of what follows. */
const SILENT: readonly EntryType[] = ['claimed'];

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

  it('tells staff mails by whom they went to', () => {
    const note = { ...told.sent('resolve-1/owner#2', at(9)), to: 'ines' };

    expect(tellStory([note], config)[0]?.what).toBe('We sent the note to the owner to Ines Roth.');
  });
});

describe('a message in words', () => {
  it.each([
    ['check-in', 'the check-in'],
    ['resolve-2/receipt', 'the note that somebody has it'],
    ['call-11/ask#2', 'the question whether it is put right'],
    ['unclear/resolve-1-ask-2', 'the note that a mail may be lost'],
  ])('%s is "%s"', (message, words) => {
    expect(messageWords(message)).toBe(words);
  });
});
