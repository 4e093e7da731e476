/** The sheet of every desk page: where one can go, who one is, the way out; and the headers that go with it. */
import { html, raw } from 'hono/html';
import { hiddenFields } from '../form-parts.ts';
import { pageHeaders } from '../layout.ts';
import type { Markup, PageWords, WordKey } from '../words.ts';
import { DESK_STYLESHEET, deskStyleHash } from './style.ts';

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${deskStyleHash}'`,
  'img-src data:',
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** For a page in the plain style of all others. */
export const plainHeaders = (locale: string): Record<string, string> => ({
  ...pageHeaders(locale),
  'referrer-policy': 'same-origin',
});

/**
 * As every page, but our own pages are told where a press came from: with `no-referrer` a browser sends `Origin: null`,
 * and nobody could tell our form from a stranger's.
 */
export const deskHeaders = (locale: string): Record<string, string> => ({
  ...plainHeaders(locale),
  'content-security-policy': POLICY,
});

const PLACES = [
  ['today', '/desk'],
  ['overdue', '/desk/overdue'],
  ['silent', '/desk/silent'],
  ['search', '/desk/search'],
  ['kept', '/desk/kept'],
  ['back', '/desk/coming-back'],
] as const satisfies readonly (readonly [string, string])[];

export type DeskPlace = (typeof PLACES)[number][0];

/** Who is at the desk. `csrf` goes into every form. */
export type DeskSeat = {
  words: PageWords;
  shopName: string;
  memberName: string;
  csrf: string;
  /** Pauses in force; none when left out. */
  paused?: readonly DeskPause[];
};

/** `of` what no mail leaves, until when, and why. */
export type DeskPause = { of: 'all' | 'source' | 'journey'; name: string; until: string; reason: string };

const pausedLine = (words: PageWords, { of, name, until, reason }: DeskPause): Markup =>
  html`<p>${words.say(`desk.paused.${of}`, { name, until, reason })}</p>`;

const pausedNote = (words: PageWords, paused: readonly DeskPause[]): Markup | '' =>
  paused.length === 0
    ? ''
    : html`<div class="paused" role="status">${paused.map((one) => pausedLine(words, one))}<p>${words.say('desk.paused.so')}</p></div>`;

type Sheet = {
  note?: Markup | '';
  words: PageWords;
  shopName: string;
  title: string;
  body: Markup;
  nav?: Markup;
  footer?: Markup;
};

const sheet = ({ words, shopName, title, body, nav, footer, note }: Sheet): string => {
  const page = html`<!doctype html>
<html lang="${words.locale}"><head><meta charset="utf-8"><title>${title} – ${shopName}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="format-detection" content="telephone=no">
<link rel="icon" href="data:,"><style>${raw(DESK_STYLESHEET)}</style></head>
<body><header><p class="shop">${shopName}</p>${nav ?? ''}${note ?? ''}</header>
<main>${body}</main>
${footer ? html`<footer>${footer}</footer>` : ''}</body></html>`;
  if (page instanceof Promise) throw new Error('A page is text: no value in it may be a promise');
  return page.toString();
};

const linkTo = (words: PageWords, [name, href]: (typeof PLACES)[number], here: DeskPlace | undefined) => {
  const key: WordKey = `desk.nav.${name}`;
  return html`<li><a href="${href}"${name === here ? html` aria-current="page"` : ''}>${words.say(key)}</a></li>`;
};

/** A page for whoever is signed in. */
export const deskSheet = (
  seat: DeskSeat,
  { title, here, body }: { title: string; here?: DeskPlace | undefined; body: Markup },
): string => {
  const { words, shopName, memberName, csrf, paused = [] } = seat;
  return sheet({
    words,
    shopName,
    title,
    body,
    note: pausedNote(words, paused),
    nav: html`<nav aria-label="${words.say('desk.nav')}"><ul>${PLACES.map((place) => linkTo(words, place, here))}</ul></nav>`,
    footer: html`<form class="out" method="post" action="/desk/sign-out">${hiddenFields({ csrf })}<p>${words.say('desk.signed-in', { name: memberName })}</p><button class="plain">${words.say('desk.sign-out')}</button></form>`,
  });
};

/** A page for whoever is not. */
export const doorSheet = (words: PageWords, shopName: string, title: string, body: Markup): string =>
  sheet({ words, shopName, title, body });
