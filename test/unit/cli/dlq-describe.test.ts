import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import config from '../../../aftercare.config.ts';
import { columns, span } from '../../../bin/commands/columns.ts';
import { describeLetter } from '../../../bin/commands/dlq/dlq-describe.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';

const checked = checkConfiguration(config);
const about = (queue: string, body: unknown) =>
  describeLetter(checked, queue, typeof body === 'string' ? body : JSON.stringify(body));

const webhook = (more: object) => ({
  ...{ v: 1, source: 'shopify', topic: 'orders/paid', receivedAt: '2031-03-03T08:00:00.000Z' },
  ...{ body: '{}', encoding: 'text', ...more },
});
const PERSON = 'ann@customer.example';

describe('A dead letter', () => {
  it.each([
    ['intake', webhook({ source: 'gone' }), 'a webhook of gone, which is no source in aftercare.config.ts'],
    ['intake', webhook({ body: `{"email":"${PERSON}"` }), 'a webhook of shopify: no JSON'],
    ['intake', webhook({ body: `{"email":"${PERSON}"}` }), 'a webhook of shopify: orders/paid (parked)'],
    ['intake', webhook({ encoding: 'gzip', body: 'AAAA' }), /^broken \(\d+ bytes\)$/],
    ['intake', { email: PERSON }, /^not a message of this queue \(\d+ bytes\)$/],
    ['intake', PERSON, /^not a message of this queue \(20 bytes\)$/],
    [
      'mails',
      { Records: [{ eventTime: '2031-03-03T08:00:00.000Z', s3: { object: { key: 'mail/abc' } } }] },
      'a mail: mail/abc',
    ],
    ['mails', { Event: 's3:TestEvent' }, 'the test message of S3'],
    [
      'mail-events',
      { eventType: 'Delivery', mail: { messageId: 'm-1', destination: [PERSON] } },
      'delivery of our mail m-1',
    ],
    [
      'forget',
      {
        ...{ v: 1, kind: 'sale', receipt: 'ABCD-EFGH-2345', by: 'customer', eventId: 'e' },
        ...{ at: '2031-03-03T08:00:00.000Z', sale: 'shopify/1001', people: [] },
      },
      'forgetting the customer of shopify/1001, receipt ABCD-EFGH-2345',
    ],
    ['something-new', { email: PERSON }, /^not a message of this queue/],
  ])('of %s, %j, is "%s"', (queue, body, told) => {
    const said = about(queue, body);

    expect(said).toEqual(typeof told === 'string' ? told : expect.stringMatching(told));
    expect(said).not.toContain(PERSON);
  });

  it('is read when it was compressed', () => {
    const body = gzipSync('{"id":1}').toString('base64');

    expect(about('intake', webhook({ encoding: 'gzip', body }))).toBe(
      'a webhook of shopify: orders/paid (parked)',
    );
  });
});

describe('A list on a terminal', () => {
  it('has columns as wide as their widest text', () => {
    expect(
      columns([
        ['a', 'long', 'x'],
        ['longer', 'b', ''],
      ]),
    ).toEqual(['a       long  x', 'longer  b']);
  });

  it.each([
    [59_999, 'under a minute'],
    [7_199_000, '119 min'],
    [7_200_000, '2 h'],
    [172_800_000, '2 days'],
  ])('tells %i ms as %s', (ms, told) => {
    expect(span(ms)).toBe(told);
  });
});
