/** Where mails lie at the desk. */
import type { SaleId } from '../core/ids.ts';
import type { AttachmentView } from '../pages/desk/mail-attachments.ts';

export const mailHref = (id: string): string => `/desk/mail/${encodeURIComponent(id)}`;

/** Of the function that reads the archive; an address names the mail, never the archive's key. */
const originalHref = (place: string, ...path: readonly string[]): string =>
  `/desk/mails/${place}/${path.map(encodeURIComponent).join('/')}`;

export const boxHref = (id: string): string => originalHref('box', id);

export const saleMailHref = (id: SaleId, mail: string): string =>
  originalHref('sale', ...id.split('/'), mail);

export const wholeHref = (original: string): string => `${original}?part=original`;

export const attachmentViews = (
  original: string,
  attachments: readonly Omit<AttachmentView, 'href'>[] = [],
): AttachmentView[] =>
  attachments.map((one, index) => ({ ...one, href: `${original}?attachment=${index + 1}` }));
