import { describe, expect, it } from 'vitest';
import {
  asksSomething,
  isPhoneNumber,
  moodOf,
  owedFor,
  Reply,
  severityOf,
} from '../../../functions/core/reply.ts';

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
    [5, { blocked: true }, 'resolve'],
    [5, { question: true }, 'answer'],
    [5, { question: true, call: true }, 'call'],
    [2, { question: true }, 'resolve'],
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

describe('a question', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['', false],
    ['All is well.', false],
    ['Where is the pump?', true],
    ['Really?!', true],
    ['Where is it?Thanks', true],
    ['いつ届きますか？', true],
    ['متى يصل؟', true],
    ['I saw https://velowerk.example/?size=3 and liked it', false],
    ['I saw velowerk.example/pumps?size=3', false],
    ['Do you mean https://velowerk.example/pumps?', true],
  ])('is in %j: %s', (words, isThere) => {
    expect(asksSomething(words)).toBe(isThere);
  });
});

describe('how bad it is', () => {
  it.each<[number, object, string]>([
    [5, {}, 'normal'],
    [2, {}, 'normal'],
    [1, {}, 'high'],
    [4, { blocked: true }, 'urgent'],
    [1, { blocked: true }, 'urgent'],
    [1, { wish: 'listen' }, 'high'],
    [1, { wish: 'refund' }, 'high'],
  ])('rating %i with %o: %s', (rating, more, severity) => {
    expect(severityOf(reply(rating, more))).toBe(severity);
  });
});

describe('a phone number', () => {
  it.each([
    ['+41 79 555 03 30', true],
    ['(061) 555-02-01', true],
    ['044/555 99 99', true],
    ['at work', false],
    ['12', false],
    ['+41<script>', false],
  ])('%s: %s', (text, isOne) => {
    expect(isPhoneNumber(text)).toBe(isOne);
  });
});
