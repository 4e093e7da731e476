import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { buildCalendar } from '../../../functions/messages/ics.ts';

type Visit = Parameters<typeof buildCalendar>[0];

const visit: Visit = {
  method: 'REQUEST',
  uid: '4f2a9c@shop.example',
  sequence: 2,
  stampedAt: '2026-11-20T08:00:00.250Z',
  from: '2026-11-27T10:00:00.000Z',
  to: '2026-11-27T12:00:00.000Z',
  summary: 'Nora Whitlock, Hollins & Rye',
  description: 'About: Larkspur; new lid, please\nShe rings half an hour before: 0113 496 0123',
  place: '7 Mill Rise, Leeds',
  organizer: { name: 'Hollins & Rye', email: 'care@shop.example' },
  attendees: [
    { name: 'Maya "May" Lindqvist, jun.', email: 'maya@home.example' },
    { email: 'nora@shop.example' },
  ],
};

const read = (ics: string) => {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const [event, ...others] = calendar.getAllSubcomponents('vevent');
  if (event === undefined || others.length > 0) throw new Error('not one event');
  return { calendar, event, at: (name: string) => String(event.getFirstPropertyValue(name) ?? '') };
};

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom(
      'a',
      ' ',
      'ü',
      'ß',
      '🫖',
      '👩‍🔧',
      ',',
      ';',
      ':',
      '\\',
      '\n',
      '\r\n',
      '"',
      '^',
      'n',
      'BEGIN:VEVENT',
    ),
    maxLength: 120,
  }),
);
/** A calendar has no control characters but the line end, which it writes as one. */
const asWritten = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are dropped
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
// biome-ignore lint/suspicious/noControlCharactersInRegex: a name with a line end is refused, others are dropped
const names = words.map((text) => text.toWellFormed().replace(/[\u0000-\u001f\u007f]/g, ''));

const wholeCharacters = new TextDecoder('utf-8', { fatal: true });

/** Readers differ on a backslash in a name. */
const calledAs = (name: string) => name.replaceAll('\\', '/');

describe('a calendar file', () => {
  it('is read back word for word, whatever the words are', () => {
    fc.assert(
      fc.property(words, words, words, names, names, (summary, description, place, organizer, attendee) => {
        const { event, at } = read(
          buildCalendar({
            ...visit,
            summary,
            description,
            place,
            organizer: { ...visit.organizer, name: organizer },
            attendees: [{ name: attendee, email: 'maya@home.example' }],
          }),
        );

        expect(at('summary')).toBe(asWritten(summary));
        expect(at('description')).toBe(asWritten(description));
        expect(at('location')).toBe(place.trim() === '' ? '' : asWritten(place));
        expect(event.getFirstProperty('organizer')?.getFirstParameter('cn')).toBe(calledAs(organizer));
        expect(event.getFirstProperty('attendee')?.getFirstParameter('cn') ?? '').toBe(
          attendee.trim() === '' ? '' : calledAs(attendee),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('has lines of at most 75 octets, each ended by CRLF and cut between characters', () => {
    fc.assert(
      fc.property(words, names, (description, name) => {
        const ics = buildCalendar({ ...visit, description, organizer: { ...visit.organizer, name } });

        const bytes = Buffer.from(ics, 'utf8');
        expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true);
        expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of bytes.toString('latin1').split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(75);
          expect(() => wholeCharacters.decode(Buffer.from(line, 'latin1'))).not.toThrow();
        }
      }),
      {
        examples: [
          ['x'.repeat(400), 'y'.repeat(200)],
          ['🫖'.repeat(100), 'ü'.repeat(100)],
        ],
      },
    );
  });

  it('reads, as a whole, like this', () => {
    expect(buildCalendar(visit).replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
      "BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Aftercare//Aftercare//EN
      CALSCALE:GREGORIAN
      METHOD:REQUEST
      BEGIN:VEVENT
      UID:4f2a9c@shop.example
      SEQUENCE:2
      DTSTAMP:20261120T080000Z
      DTSTART:20261127T100000Z
      DTEND:20261127T120000Z
      SUMMARY:Nora Whitlock\\, Hollins & Rye
      DESCRIPTION:About: Larkspur\\; new lid\\, please\\nShe rings half an hour befo
       re: 0113 496 0123
      LOCATION:7 Mill Rise\\, Leeds
      STATUS:CONFIRMED
      ORGANIZER;CN="Hollins & Rye":mailto:care@shop.example
      ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE;PARTSTAT=NEEDS-ACTION;CN="Maya ^'Ma
       y^' Lindqvist, jun.":mailto:maya@home.example
      ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:nora@s
       hop.example
      END:VEVENT
      END:VCALENDAR
      "
    `);
  });

  it('is an invitation that asks for an answer, at the agreed instant whatever zone the reader is in', () => {
    const { calendar, event, at } = read(buildCalendar(visit));

    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(at('status')).toBe('CONFIRMED');
    expect([at('uid'), at('sequence')]).toEqual(['4f2a9c@shop.example', '2']);
    expect([at('dtstamp'), at('dtstart'), at('dtend')]).toEqual([
      '2026-11-20T08:00:00Z',
      '2026-11-27T10:00:00Z',
      '2026-11-27T12:00:00Z',
    ]);
    for (const attendee of event.getAllProperties('attendee')) {
      expect(attendee.getFirstParameter('rsvp')).toBe('TRUE');
      expect(attendee.getFirstParameter('partstat')).toBe('NEEDS-ACTION');
    }
    expect(event.getAllProperties('attendee').map((attendee) => attendee.getFirstValue())).toEqual([
      'mailto:maya@home.example',
      'mailto:nora@shop.example',
    ]);
  });

  it('that takes a visit back asks for nothing and keeps the id', () => {
    const { calendar, event, at } = read(buildCalendar({ ...visit, method: 'CANCEL', sequence: 3 }));

    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect([at('status'), at('uid'), at('sequence')]).toEqual(['CANCELLED', '4f2a9c@shop.example', '3']);
    expect(event.getFirstProperty('attendee')?.getFirstParameter('rsvp')).toBeFalsy();
  });

  it('without a place says nothing about one', () => {
    const { place: _, ...nowhere } = visit;

    expect(buildCalendar(nowhere)).not.toContain('LOCATION');
    expect(buildCalendar({ ...visit, place: ' ' })).not.toContain('LOCATION');
  });

  it("holds nothing of one vendor's own", () => {
    expect(buildCalendar(visit)).not.toMatch(/^X-/m);
  });

  it.each([
    ['a name', (bad: string) => ({ organizer: { name: `H${bad}ATTENDEE:x`, email: 'h@shop.example' } })],
    ['an attendee', (bad: string) => ({ attendees: [{ name: `M${bad}X:y`, email: 'm@home.example' }] })],
    ['an address', (bad: string) => ({ attendees: [{ email: `m@home.example${bad}X:y` }] })],
    ['the id', (bad: string) => ({ uid: `a@b${bad}X:y` })],
  ])('cannot get another line through %s', (_, hole) => {
    for (const end of ['\r', '\n', '\r\n', '\0'])
      expect(() => buildCalendar({ ...visit, ...hole(end) })).toThrow(
        expect.objectContaining({ name: 'HeaderRefused' }),
      );
  });

  it.each([-1, 1.5, Number.NaN])('does not count %d', (sequence) => {
    expect(() => buildCalendar({ ...visit, sequence })).toThrow(/^SEQUENCE: /);
  });
});
