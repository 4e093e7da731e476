import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../functions/shops/json.ts';

const parse = (text: string) => parseJson(Buffer.from(text));

describe('parseJson', () => {
  it.each([
    ['an id beyond 2^53', '820982911946154508', '820982911946154508'],
    ['2^53 itself, which also stands for its neighbour', '9007199254740993', '9007199254740993'],
    ['the largest exact number', '9007199254740991', 9_007_199_254_740_991],
    ['a negative id', '-820982911946154508', '-820982911946154508'],
    ['more than a double holds', '1e400', '1e400'],
    ['a fraction', '129.90', 129.9],
    ['a long fraction', '0.1234567890123456', 0.1234567890123456],
    ['a text of digits', '"820982911946154508"', '820982911946154508'],
  ])('keeps every digit of %s', (_, json, value) => {
    expect(parse(`{"lines":[{"id":${json}}]}`)).toEqual({ isJson: true, value: { lines: [{ id: value }] } });
  });

  it.each([
    '820982911946154508',
    '[820982911946154508]',
    '{"a":1, "b" : 820982911946154508}',
    '[1,\n820982911946154508]',
  ])('keeps every digit wherever a number may stand: %j', (json) => {
    const parsed = parse(json);

    expect(JSON.stringify(parsed)).toContain('"820982911946154508"');
  });

  it('reads every other JSON value as JSON.parse does', () => {
    const json = fc.json({ maxDepth: 4 }).filter((text) => !/\d{16}|\d[eE]/.test(text));

    fc.assert(
      fc.property(json, (text) => {
        expect(parse(text)).toEqual({ isJson: true, value: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['an empty body', Buffer.alloc(0), 'the body is empty'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'the body is not UTF-8'],
    ['a raw NUL', Buffer.from('{"name":"a\0b"}'), 'the body is not JSON'],
    ['a form', Buffer.from('webhook_id=7'), 'the body is not JSON'],
    ['half of it', Buffer.from('{"email":"lea@example.org"'), 'the body is not JSON'],
  ])('refuses %s without quoting it', (_, body, reason) => {
    expect(parseJson(body)).toEqual({ isJson: false, reason });
  });

  it('refuses what is nested deeper than the stack instead of failing', () => {
    const depth = 200_000;

    const parsed = parse(`${'['.repeat(depth)}1e400${']'.repeat(depth)}`);

    expect(parsed).toEqual({ isJson: false, reason: 'the body is nested too deeply' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(parseJson(Buffer.from(bytes))).toHaveProperty('isJson');
      }),
    );
  });
});
