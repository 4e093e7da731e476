import { expect, it } from 'vitest';
import { sweepWords } from '../../../bin/commands/sweep-words.ts';

it('What the sweeper found is said in sentences, and nothing that only the clock needs', () => {
  const words = sweepWords({ open: 13, late: 1, looked: 1, restsUntil: '2026-12-05T03:00:00.000Z' });

  expect(words.split('\n')).toEqual([
    '13  promises are open',
    '1   of them should have been told something by now',
    '1   was looked after',
  ]);
});

it('What the watch found is said in sentences, of one as of many', () => {
  const words = sweepWords({
    overdue: 1,
    silent: 2,
    restsUntil: null,
    notBefore: '2026-12-05T03:00:00.000Z',
  });

  expect(words.split('\n')).toEqual([
    '1  wait is more than ten minutes past its time',
    '2  shops are silent for three times their usual gap',
  ]);
});

it('A number without a sentence goes by its name, and an answer without numbers is nothing', () => {
  expect(sweepWords({ repaired: 3 })).toBe('3  repaired');
  expect(sweepWords(null)).toBe('It found nothing.');
});
