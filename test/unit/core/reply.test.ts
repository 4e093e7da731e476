import { describe, expect, it } from 'vitest';
import { moodOf, owedFor, Reply } from '../../../functions/core/reply.ts';

const reply = (rating: number, more: object = {}) => Reply.parse({ rating, call: false, ...more });

describe('the mood of an answer', () => {
  it.each([
    [1, 'unhappy'],
    [2, 'unhappy'],
    [3, 'content'],
    [4, 'delighted'],
    [5, 'delighted'],
  ])('%i is %s', (rating, mood) => {
    expect(moodOf(reply(rating))).toBe(mood);
  });
});

describe('what an answer makes us owe', () => {
  it.each<[number, object, ReturnType<typeof owedFor>]>([
    [1, {}, 'resolve'],
    [2, { wish: 'listen' }, 'resolve'],
    [2, { call: true }, 'resolve'],
    [3, {}, undefined],
    [3, { wish: 'replace' }, 'resolve'],
    [3, { call: true }, 'call'],
    [3, { wish: 'listen' }, 'call'],
    [5, {}, undefined],
    [5, { wish: 'refund' }, 'resolve'],
    [5, { call: true }, 'call'],
    [5, { recommend: 'no', again: 'no' }, undefined],
  ])('rating %i with %o: %s', (rating, more, owed) => {
    expect(owedFor(reply(rating, more))).toBe(owed);
  });
});

describe('the shape of an answer', () => {
  it.each([
    { rating: 0 },
    { rating: 6 },
    { rating: '5' },
    { rating: 5, wish: 'party' },
    { rating: 5, name: 'x' },
  ])('refuses %o', (wrong) => {
    expect(Reply.safeParse({ call: false, ...wrong }).success).toBe(false);
  });
});
