import { describe, expect, test } from 'vitest';
import { onePerSkeleton, skeletonOf } from '../../browser/skeleton.ts';

const page = (body: string, language = 'en') => `<html lang="${language}"><body>${body}</body></html>`;

const ONE = page('<a href="/r/1" title="Away">Go</a><p class="x">Hello</p><p>You</p>');

describe('two pages are one to a judge of structure', () => {
  test.each([
    ['in another language', page('<a href="/r/2" title="Fort">Los</a><p class="x">Hallo</p><p>Du</p>', 'de')],
    ['with other blanks', page('<a href="/r/1" title="Away"> Go</a>\n<p class="x">Hello\n </p> <p>You</p>')],
  ])('%s', (_, other) => {
    expect(skeletonOf(other)).toBe(skeletonOf(ONE));
  });
});

describe('two pages are two to it', () => {
  test.each([
    ['with another element', '<a href="/r/1" title="Away">Go</a><h2 class="x">Hello</h2><p>You</p>'],
    ['with another class', '<a href="/r/1" title="Away">Go</a><p class="y">Hello</p><p>You</p>'],
    ['with a text that is missing', '<a href="/r/1" title="Away"></a><p class="x">Hello</p><p>You</p>'],
    ['with a name that is missing', '<a href="/r/1" title="">Go</a><p class="x">Hello</p><p>You</p>'],
    ['with an attribute less', '<a href="/r/1">Go</a><p class="x">Hello</p><p>You</p>'],
    ['with one text twice', '<a href="/r/1" title="Away">Go</a><p class="x">Hello</p><p>Hello</p>'],
    ['with a link within', '<a href="#top" title="Away">Go</a><p class="x">Hello</p><p>You</p>'],
  ])('%s', (_, body) => {
    expect(skeletonOf(page(body))).not.toBe(skeletonOf(ONE));
  });

  test('when their links lead to two other places within', () => {
    expect(skeletonOf(page('<a href="#a">A</a>'))).not.toBe(skeletonOf(page('<a href="#b">A</a>')));
  });
});

test('the first page of each skeleton is kept', () => {
  const pages = [page('<p>A</p>'), page('<p>B</p>', 'de'), page('<h1>A</h1>')].map((body) => ({ body }));

  expect(onePerSkeleton(pages)).toEqual([pages[0], pages[2]]);
});
