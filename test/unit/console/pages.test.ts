import { expect, it } from 'vitest';
import { fromConsole } from './drawing.ts';

it('What rang on a phone is said as a person would say it', async () => {
  const pageWords = await fromConsole('pages.js', 'pageWords');
  const alarm = { AlarmName: 'Aftercare-12a-EscalationsUnanswered', AlarmDescription: 'A customer waits.' };

  expect(pageWords('Order #1: broken twice.')).toBe('Order #1: broken twice.');
  expect(pageWords(JSON.stringify({ ...alarm, NewStateValue: 'ALARM', Trigger: {} }))).toBe(
    'Alarm 12a escalations unanswered: A customer waits.',
  );
  expect(pageWords(JSON.stringify({ ...alarm, NewStateValue: 'OK' }))).toBe(
    'Alarm 12a escalations unanswered is over.',
  );
  expect(pageWords('x'.repeat(1000))).toHaveLength(301);
  expect(pageWords('null')).toBe('null');
});
