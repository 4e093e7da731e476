import { HeaderRefused } from './errors.ts';

const PRINTABLE = /^[ -~]*$/;
// RFC 2047: a line with an encoded word has at most 76 characters, `=?UTF-8?B?` and `?=` among them.
const LINE = 76;
const WORD_FRAME = '=?UTF-8?B??='.length;

/** RFC 5322 allows 998 characters on a line; a header value must not end its own line at all. */
export const refuseInjection = (header: string, value: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these three could begin another header
  if (/[\r\n\u0000]/.test(value)) throw new HeaderRefused(header, 'holds a line end');
  return value;
};

const bytesOf = (text: string) => Buffer.byteLength(text, 'utf8');

/** Cuts text into pieces of whole characters; `room(n)` is how many bytes the n-th piece may have. */
const pieces = (text: string, room: (index: number) => number): string[] => {
  const cut: string[] = [];
  let piece = '';
  for (const character of text) {
    if (piece !== '' && bytesOf(piece) + bytesOf(character) > room(cut.length)) {
      cut.push(piece);
      piece = '';
    }
    piece += character;
  }
  return piece === '' ? cut : [...cut, piece];
};

const base64Room = (characters: number) => Math.max(4, Math.floor((characters - WORD_FRAME) / 4) * 3);

const encodedWords = (text: string, used: number): string =>
  pieces(text, (index) => base64Room(LINE - (index === 0 ? used : 1)))
    .map((piece) => `=?UTF-8?B?${Buffer.from(piece, 'utf8').toString('base64')}?=`)
    .join('\r\n ');

/** Readers differ on blanks at the ends, double blanks and what looks encoded already: those are encoded too. */
const isPlain = (text: string, used: number) =>
  PRINTABLE.test(text) && !/^ | $| {2}|=\?/.test(text) && used + text.length <= LINE;

/** Free text in a header (RFC 2047), folded; `used` is how much of the first line is taken. */
export const encodeText = (header: string, text: string, used: number): string => {
  const even = refuseInjection(header, text).toWellFormed();
  return isPlain(even, used) ? even : encodedWords(even, used);
};

/** A display name: a quoted string, or encoded words where ASCII does not do. */
export const encodeName = (header: string, name: string, used: number): string => {
  const even = refuseInjection(header, name).toWellFormed();
  const quoted = `"${even.replace(/["\\]/g, '\\$&')}"`;
  return isPlain(even, used) && used + quoted.length <= LINE ? quoted : encodedWords(even, used);
};

const hex = (byte: number) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;

const quotedCharacter = (character: string): string =>
  /^[ -<>-~\t]$/.test(character) ? character : [...Buffer.from(character, 'utf8')].map(hex).join('');

const NEEDS_NOTHING = /^(?:[ -<>-~]{0,75}[!-<>-~])?$/;

const quotedLine = (line: string): string => {
  if (NEEDS_NOTHING.test(line)) return line;
  const characters = [...line].map(quotedCharacter);
  const last = characters.at(-1);
  // A blank at the end of a line may be lost on the way (RFC 2045, 6.7 rule 3).
  if (last === ' ' || last === '\t') characters[characters.length - 1] = hex(last.charCodeAt(0));

  const lines: string[] = [];
  let current = '';
  for (const character of characters) {
    // 76 columns with the "=" of the soft break; a character's bytes stay together.
    if (current.length + character.length > LINE - 1) {
      lines.push(`${current}=`);
      current = '';
    }
    current += character;
  }
  return [...lines, current].join('\r\n');
};

/** Quoted-printable (RFC 2045), lines of at most 76, CRLF. Any line end in the text counts as one. */
export const quotedPrintable = (text: string): string =>
  text
    .toWellFormed()
    .split(/\r\n|\r|\n/)
    .map(quotedLine)
    .join('\r\n');
