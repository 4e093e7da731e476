/** What every page keeps to, whatever it was asked. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { expect } from 'vitest';

/** What our pages are made of; anything else would have come from outside. */
const TAGS = new Set(
  (
    '!doctype html head meta title link style body header main footer p a h1 h2 h3 ul ol li dl dt dd div span strong em b i ' +
    'br hr form fieldset legend label input button textarea select option section article nav table thead tbody tr th td ' +
    'caption details summary blockquote pre code time small address figure figcaption svg path rect g text line circle datalist output mark kbd s del ins sub sup'
  ).split(' '),
);
/** No Lambda answers more. */
const MOST_BYTES = 6_000_000;
const HANDLER = /<[^>]*\son[a-z]+\s*=/i;

export const expectSafe = ({
  statusCode = 0,
  headers = {},
  body = '',
}: APIGatewayProxyStructuredResultV2): void => {
  expect(statusCode).toBeGreaterThanOrEqual(200);
  expect(statusCode).toBeLessThan(500);
  for (const value of Object.values(headers)) expect(String(value)).not.toMatch(/[\r\n\0]/);
  expect(Buffer.byteLength(body)).toBeLessThan(MOST_BYTES);
  if (!String(headers['content-type']).startsWith('text/html')) return;
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': expect.stringMatching(/^(no-referrer|same-origin)$/),
    'cache-control': 'no-store',
  });
  const strange = [...body.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].filter(
    ([, tag = '']) => !TAGS.has(tag.toLowerCase()),
  );
  expect(strange.map(([tag]) => tag)).toEqual([]);
  // What stands between quotation marks is text.
  expect(HANDLER.exec(body.replaceAll(/"[^"]*"/g, '""'))?.[0]).toBeUndefined();
  expect(body).not.toMatch(/(href|src|action)="\s*(javascript|data:text)/i);
};
