import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { askedQuestion } from '../../../../functions/core/promises/customer-acts.ts';
import { answerDue } from '../../../../functions/core/promises/deadlines.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { at, begun, saleOf } from '../../../fixtures/sales.ts';

const config = configuration();
const NOW = at(18);
const ask = (words: string, since: Entry[] = []) =>
  askedQuestion(config, saleOf(begun(...since)), words, NOW);
const asked = (words: string, since: Entry[] = []): Entry[] => {
  const decided = ask(words, since);
  return 'refusal' in decided ? [] : decided.entries;
};

describe('a question', () => {
  it('is owed an answer by the sale’s owner, in the words it was asked', () => {
    expect(asked('  Can I oil it?\n')).toEqual([
      {
        type: 'promised',
        at: NOW,
        promise: 'answer-1',
        kind: 'answer',
        because: 'question',
        by: 'customer',
        owner: 'nora',
        level: 0,
        dueAt: answerDue(config, 'answer', NOW),
        private: { words: 'Can I oil it?' },
      },
    ]);
  });

  it('sent twice is asked once; another one is another promise', () => {
    const first = asked('Can I oil it?');

    expect(asked('Can I oil it?', first)).toEqual([]);
    expect(asked('How often?', first)).toMatchObject([{ promise: 'answer-2' }]);
  });

  it.each([
    ['', 'words-missing'],
    [' \n ', 'words-missing'],
    ['ü'.repeat(5_121), 'words-too-long'],
  ])('of %j is refused', (words, refusal) => {
    expect(ask(words)).toEqual({ refusal });
  });

  it('may be 10,240 bytes long', () => {
    expect(asked('ü'.repeat(5_120))).toHaveLength(1);
  });
});
