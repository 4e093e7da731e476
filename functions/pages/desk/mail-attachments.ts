/** What came with a mail: each to be saved, none to be shown. */
import { html } from 'hono/html';
import type { Markup, PageWords } from '../words.ts';
import { sizeOf } from './mail-size.ts';

export type AttachmentView = { name: string; type: string; bytes: number; href: string };

const lineOf = (words: PageWords, { name, type, bytes, href }: AttachmentView, index: number): Markup => {
  const shown = name === '' ? words.say('desk.mail.attachment.nameless', { n: index + 1 }) : name;
  return html`<li><a href="${href}" download>${shown}</a> <span class="hint">${type}, ${sizeOf(words, bytes)}</span></li>`;
};

export const attachmentList = (words: PageWords, attachments: readonly AttachmentView[]): Markup | '' =>
  attachments.length === 0
    ? ''
    : html`<ul class="cases">${attachments.map((one, index) => lineOf(words, one, index))}</ul>`;
