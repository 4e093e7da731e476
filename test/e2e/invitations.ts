/** The calendar files that went out, read back by a real parser from the raw mails as they lie on disk. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import type { Mail, OpenWorld } from './world.ts';

export type Invitation = {
  method: string;
  uid: string;
  sequence: number;
  status: string;
  from: string;
  to: string;
  at: string;
};

const read = (ics: string, at: string): Invitation => {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const [event, ...more] = calendar.getAllSubcomponents('vevent');
  if (event === undefined || more.length > 0) throw new Error('It is not one event');
  const said = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
  const instant = (name: string) => new Date(said(name)).toISOString();
  return {
    method: String(calendar.getFirstPropertyValue('method') ?? ''),
    uid: said('uid'),
    sequence: Number(said('sequence')),
    status: said('status'),
    from: instant('dtstart'),
    to: instant('dtend'),
    at,
  };
};

/** Of these mails, in their order; a mail without a calendar file has none. */
export const invitationsIn = async (
  { dataDir }: Pick<OpenWorld, 'dataDir'>,
  mails: readonly Mail[],
): Promise<Invitation[]> => {
  const found = await Promise.all(
    mails.map(async ({ id, at }) => {
      const raw = readFileSync(join(dataDir, 'mails', `${id}.eml`));
      const { attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
      return attachments
        .filter(({ mimeType }) => mimeType === 'text/calendar')
        .map(({ content }) => read(String(content), at));
    }),
  );
  return found.flat();
};
