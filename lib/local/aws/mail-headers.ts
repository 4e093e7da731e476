/** The header section of a raw mail: enough to judge it as SES does and to replace two fields, byte for byte otherwise. */
export type HeaderField = {
  /** Lower-case. */
  name: string;
  value: string;
  /** As it stands in the mail, folded lines and line ends included. */
  raw: string;
};

export type RawMail = { fields: HeaderField[]; body: Buffer };

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
