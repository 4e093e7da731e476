/** When somebody who is away says they will be back. */
import { describe, expect, it } from 'vitest';
import { returnDate } from '../../../functions/mail/return-date.ts';

/** Monday, 2 March 2026, at eleven in Zurich. */
const AT = '2026-03-02T10:00:00.000Z';
const dayOf = (text: string, subject = '') => returnDate(subject, text, AT, 'Europe/Zurich')?.slice(0, 10);

describe('the day somebody is back', () => {
  it.each([
    'I am out and will be back on 14 March.',
    'I am away until March 13 and back on March 14th.',
    'I will return to the office on March 14, 2026. Until then call 044 555 10 10.',
    'return date: 2026-03-14',
    'Ich bin am 14.03. wieder im Büro.',
    'Ich bin ab dem 14. März wieder erreichbar.',
    'Ich kehre am Samstag, den 14. März 2026 zurück.',
    'Je suis de retour le 14 mars.',
    'Vuelvo el 14 de marzo.',
    'Rientrerò il 14 marzo 2026.',
    'Ik ben terug op 14 maart.',
    'Estarei de volta a 14 de março.',
    'Wracam 14 marca.',
    'Jag är tillbaka den 14 mars.',
    'Вернусь 14 марта.',
    'back on 3/14',
    'back on 14/3/2026',
  ])('is read: %s', (text) => {
    expect(dayOf(text)).toBe('2026-03-14');
  });

  it.each([
    'I am on leave from March 2 through March 13.',
    'Ich bin bis einschließlich 13.3.2026 nicht im Haus.',
    'Je suis absente du 1er mars au 13 mars.',
    'Estaré ausente hasta el 13 de marzo.',
    'Ik ben afwezig t/m 13 maart.',
  ])('is the one after the last day away: %s', (text) => {
    expect(dayOf(text)).toBe('2026-03-14');
  });

  it('is read from the subject as well', () => {
    expect(dayOf('Hello', 'Out of office, back 14 March')).toBe('2026-03-14');
  });

  it('begins when they have read their mail, in their zone', () => {
    expect(returnDate('', 'Back on 14 March', AT, 'Europe/Zurich')).toBe('2026-03-14T08:00:00.000Z');
    expect(returnDate('', 'Back on 14 March', AT, 'America/New_York')).toBe('2026-03-14T13:00:00.000Z');
  });

  it('of a date without a year is the next such day', () => {
    expect(returnDate('', 'Back on 7 January', '2026-12-20T10:00:00.000Z', 'UTC')).toBe(
      '2027-01-07T09:00:00.000Z',
    );
  });
});

describe('nothing is guessed', () => {
  it.each([
    ['3 or 4 of March or April', 'back on 3/4'],
    ['a day of the week', 'Back on Monday'],
    ['two days', 'Returning 10 March, or back on 12 March'],
    ['the past', 'I was back on 1 March 2025'],
    ['today', 'I am back on 2 March 2026'],
    ['too far ahead', 'Back on 14 August'],
    ['no day of the calendar', 'Back on 30 February'],
    ['a date of something else', 'Your order of 14 March has been noted'],
    ['no date', 'I may be back some day'],
  ])('%s', (_, text) => {
    expect(dayOf(text)).toBeUndefined();
  });
});
