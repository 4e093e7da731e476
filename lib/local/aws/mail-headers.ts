/** The header section of a raw mail: enough to judge it as SES does and to replace two fields, byte for byte otherwise. */
export type HeaderField = {
  /** Lower-case. */
  name: string;
  value: string;
  /** As it stands in the mail, folded lines and line ends included. */
  raw: string;
};

export type RawMail = { fields: HeaderField[]; body: Buffer };

/** The header section, and everything from the end of its last line on; a mail without a blank line is all header. */
const splitAtBlankLine = (raw: Buffer): { head: string; rest: Buffer } => {
  const text = raw.toString('latin1');
  const end = /(?:^|\r?\n)\r?\n/.exec(text)?.index ?? text.length;
  return { head: text.slice(0, end), rest: raw.subarray(end) };
};

const nameOf = (field: string): string => (/^([^\s:]+)[ \t]*:/.exec(field)?.[1] ?? '').toLowerCase();

const fieldsOf = (head: string): string[] => (head === '' ? [] : head.split(/\r?\n(?![ \t])/));

/** The value of the first field of this name, unfolded; works on any bytes. */
export const headerOf = (raw: Buffer, name: string): string | undefined => {
  const field = fieldsOf(splitAtBlankLine(raw).head).find((one) => nameOf(one) === name);
  return field
    ?.slice(field.indexOf(':') + 1)
    .replace(/\r?\n/g, '')
    .trim();
};

/** Takes fields off, with the lines they are folded into, and answers them as they stood. */
export const takeFields = (
  raw: Buffer,
  isTaken: (name: string, field: string) => boolean,
): { taken: string[]; raw: Buffer } => {
  const { head, rest } = splitAtBlankLine(raw);
  const fields = fieldsOf(head);
  const lineEnd = head.includes('\r\n') || !head.includes('\n') ? '\r\n' : '\n';
  const taken = fields.filter((field) => isTaken(nameOf(field), field));
  const kept = fields.filter((field) => !isTaken(nameOf(field), field));
  return { taken, raw: Buffer.concat([Buffer.from(kept.join(lineEnd), 'latin1'), rest]) };
};

/** Undefined when there is no blank line between header and body, or a line in the header is no field. */
export const splitMail = (raw: Buffer): RawMail | undefined => {
  const end = /\r?\n\r?\n/.exec(raw.toString('latin1'));
  if (end === null) return undefined;
  const headerText = raw.subarray(0, end.index).toString('latin1');
  const fields: HeaderField[] = [];
  for (const text of headerText.split(/\r?\n(?![ \t])/)) {
    const match = /^([!-9;-~]+)[ \t]*:([\s\S]*)$/.exec(text);
    if (match === null) return undefined;
    const [, name = '', value = ''] = match;
    const unfolded = Buffer.from(value.replace(/\r?\n(?=[ \t])/g, ''), 'latin1');
    fields.push({ name: name.toLowerCase(), value: unfolded.toString('utf8').trim(), raw: text });
  }
  return { fields, body: raw.subarray(end.index + end[0].length) };
};

/** Puts the mail together again with these fields in place of any of the same name. */
export const withFields = (mail: RawMail, replaced: Readonly<Record<string, string>>): Buffer => {
  const names = new Set(Object.keys(replaced).map((name) => name.toLowerCase()));
  const kept = mail.fields.filter(({ name }) => !names.has(name)).map(({ raw }) => raw);
  const added = Object.entries(replaced).map(([name, value]) => `${name}: ${value}`);
  const lines = [...added, ...kept].map((line) => line.replace(/\r?\n/g, '\r\n'));
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), mail.body]);
};
