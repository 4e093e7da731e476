/** The sheet every page is written on, and the headers that go with it. */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { STYLESHEET } from './stylesheet.ts';
import type { Markup, PageWords } from './words.ts';

const styleHash = createHash('sha256').update(STYLESHEET).digest('base64');

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  'img-src data:',
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Headers of a page response; names are lower-case, as API Gateway's HTTP API sends them. */
export const pageHeaders = (locale: string): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-language': locale,
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=31536000',
  'x-robots-tag': 'noindex',
  'cross-origin-opener-policy': 'same-origin',
});

export type Sheet = {
  words: PageWords;
  shopName: string;
  title: string;
  body: Markup;
  /** One quiet line at the end. */
  footer?: Markup | undefined;
};

export const layout = ({ words, shopName, title, body, footer }: Sheet): string => {
  const page = html`<!doctype html>
<html lang="${words.locale}"><head><meta charset="utf-8"><title>${title} – ${shopName}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="format-detection" content="telephone=no">
<link rel="icon" href="data:,"><style>${raw(STYLESHEET)}</style></head>
<body><header><p class="shop">${shopName}</p></header>
<main>${body}</main>
${footer ? html`<footer><p>${footer}</p></footer>` : ''}</body></html>`;
  if (page instanceof Promise) throw new Error('A page is text: no value in it may be a promise');
  return page.toString();
};

/** A number one can tap: what is shown is what the shop wrote, what is dialled is digits. */
export const phoneLink = (phone: string, as?: { label: string; className: string }): Markup =>
  html`<a href="tel:${phone.replace(/[^\d+]/g, '')}"${as ? html` class="${as.className}"` : ''}>${as?.label ?? phone}</a>`;
