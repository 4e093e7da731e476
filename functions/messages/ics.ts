import { Temporal } from 'temporal-polyfill';
import { HeaderRefused } from './errors.ts';
import { addressOf } from './mail-address.ts';
import { refuseInjection } from './mime-encoding.ts';

/** iTIP (RFC 5546): `REQUEST` invites or moves, `CANCEL` takes it back. */
export type CalendarMethod = 'REQUEST' | 'CANCEL';

type Organizer = { name: string; email: string };
type Attendee = { name?: string | undefined; email: string };

type CalendarEvent = {
  method: CalendarMethod;
  /** The same for every change of the same visit: it is how calendars find the entry again. */
  uid: string;
  /** One more with every change; a calendar ignores what is older than what it has. */
  sequence: number;
  /** ISO UTC, as are `from` and `to`. */
  stampedAt: string;
  from: string;
  to: string;
  summary: string;
  description: string;
  place?: string | undefined;
  organizer: Organizer;
  attendees: readonly Attendee[];
};

// RFC 5545, 3.1: octets, the line end not among them. A line that goes on begins with a blank, which counts.
const LINE = 75;

const fold = (line: string): string => {
  let folded = '';
  let used = 0;
  for (const character of line) {
    const octets = Buffer.byteLength(character, 'utf8');
    if (used + octets > LINE) {
      folded += '\r\n ';
      used = 1;
    }
    folded += character;
    used += octets;
  }
  return folded;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545 allows no control character but the tab
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f]/g;

/** TEXT (RFC 5545, 3.3.11). A line end of any kind is one `\n`; other control characters are dropped. */
const text = (value: string): string =>
  value
    .toWellFormed()
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(CONTROLS, '').replace(/[\\;,]/g, '\\$&'))
    .join('\\n');

/**
 * A quoted parameter: it cannot hold a quotation mark, so RFC 6868 spells one with a caret. Readers differ on what a
 * backslash means here, so none is written.
 */
const commonName = (property: string, name: string): string => {
  const even = refuseInjection(property, name).toWellFormed().replace(CONTROLS, '').replaceAll('\\', '/');
  return `CN="${even.replaceAll('^', '^^').replaceAll('"', "^'")}"`;
};

/** "20261127T100000Z": UTC, so the visit stays where it was agreed and no time zone table has to travel along. */
const utc = (iso: string): string =>
  Temporal.Instant.from(iso).toString({ fractionalSecondDigits: 0 }).replace(/[-:]/g, '');

const uidOf = (uid: string): string => {
  if (!/^[!-~]{1,200}$/.test(uid)) throw new HeaderRefused('UID', 'not an id');
  return text(uid);
};

const sequenceOf = (sequence: number): string => {
  if (!Number.isSafeInteger(sequence) || sequence < 0) throw new HeaderRefused('SEQUENCE', 'not a count');
  return String(sequence);
};

const attendeeLine = (method: CalendarMethod, { name, email }: Attendee): string => {
  const called = name === undefined || name.trim() === '' ? [] : [commonName('ATTENDEE', name)];
  const asked = method === 'REQUEST' ? ['RSVP=TRUE', 'PARTSTAT=NEEDS-ACTION'] : [];
  const address = addressOf('ATTENDEE', email);
  return `${['ATTENDEE', 'ROLE=REQ-PARTICIPANT', ...asked, ...called].join(';')}:mailto:${address}`;
};

const organizerLine = ({ name, email }: Organizer): string =>
  `ORGANIZER;${commonName('ORGANIZER', name)}:mailto:${addressOf('ORGANIZER', email)}`;

const placeLines = (place: string | undefined): string[] =>
  place === undefined || place.trim() === '' ? [] : [`LOCATION:${text(place)}`];

/**
 * One visit as an iCalendar file (RFC 5545, 5546), without anything of one vendor. The same input gives the same bytes.
 * Throws `HeaderRefused` for a name or address that would not stay in its line.
 */
export const buildCalendar = (event: CalendarEvent): string => {
  const { method } = event;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Aftercare//Aftercare//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uidOf(event.uid)}`,
    `SEQUENCE:${sequenceOf(event.sequence)}`,
    `DTSTAMP:${utc(event.stampedAt)}`,
    `DTSTART:${utc(event.from)}`,
    `DTEND:${utc(event.to)}`,
    `SUMMARY:${text(event.summary)}`,
    `DESCRIPTION:${text(event.description)}`,
    ...placeLines(event.place),
    `STATUS:${method === 'REQUEST' ? 'CONFIRMED' : 'CANCELLED'}`,
    organizerLine(event.organizer),
    ...event.attendees.map((attendee) => attendeeLine(method, attendee)),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(fold)
    .join('\r\n');
};
