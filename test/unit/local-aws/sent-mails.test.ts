import { expect, it } from 'vitest';
import { createSentMails } from '../../../lib/local/aws/sent-mails.ts';

const HOUR = 3_600_000;

it('Mails count towards the quota for a day of the clock, and no longer', () => {
  let now = Date.UTC(2026, 10, 20, 9, 30);
  const sent = createSentMails(() => now);

  sent.add(2);
  now += 10 * HOUR;
  sent.add(3);
  const sameDay = sent.lastDay();
  now += 13 * HOUR;
  const before = sent.lastDay();
  now += HOUR;
  const dayAfter = sent.lastDay();
  now += 30 * 24 * HOUR;

  expect([sameDay, before, dayAfter, sent.lastDay()]).toEqual([5, 5, 3, 0]);
});
