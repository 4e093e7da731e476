/** Cuts HTML into tags and text in one pass, whatever is wrong with it. Nothing is built, nothing is run. */
import { decodeEntities } from './html-entities.ts';

export type HtmlToken =
  | { kind: 'text'; text: string }
  | { kind: 'open'; name: string; attributes: string }
  | { kind: 'close'; name: string };

/** What stands in these is no text. */
const RAW = new Set(['script', 'style', 'title', 'textarea', 'xmp']);

/** Where the tag that begins at `from` ends: the first `>` that is not in a quoted value; -1 when it never does. */
const endOfTag = (html: string, from: number): number => {
  const marks = /[>"']/g;
  marks.lastIndex = from;
  for (let mark = marks.exec(html); mark !== null; mark = marks.exec(html)) {
    if (mark[0] === '>') return mark.index;
    if (!/=\s*$/.test(html.slice(Math.max(from, mark.index - 8), mark.index))) continue;
    const closing = html.indexOf(mark[0], mark.index + 1);
    if (closing < 0) return html.indexOf('>', from);
    marks.lastIndex = closing + 1;
  }
  return -1;
};

/** A tag name as it stands after `<` or `</`. */
const NAME = /^\/?([a-z][a-z0-9:-]*)/i;

const tagOf = (inside: string): HtmlToken | undefined => {
  const name = NAME.exec(inside.slice(0, 60))?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  return inside.startsWith('/')
    ? { kind: 'close', name }
    : { kind: 'open', name, attributes: inside.slice(name.length) };
};

const afterComment = (html: string, from: number): number => {
  const end = html.indexOf('-->', from + 4);
  return end < 0 ? html.length : end + 3;
};

/** Scripts, styles and their like end at their own closing tag only. */
const afterRaw = (html: string, name: string, from: number): number => {
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = from;
  return closing.exec(html)?.index ?? html.length;
};

type Step = { token: HtmlToken | undefined; next: number };

/** What the `<` at `open` begins, and where to read on. */
const stepAt = (html: string, open: number): Step => {
  if (html.startsWith('<!--', open)) return { token: undefined, next: afterComment(html, open) };
  if (!/[a-z/!?]/i.test(html[open + 1] ?? '')) return { token: { kind: 'text', text: '<' }, next: open + 1 };
  const end = endOfTag(html, open + 1);
  /* A tag that never ends is somebody's text. */
  if (end < 0) return { token: { kind: 'text', text: decodeEntities(html.slice(open)) }, next: html.length };
  const token = tagOf(html.slice(open + 1, end));
  const isRaw = token?.kind === 'open' && RAW.has(token.name);
  return { token, next: isRaw ? afterRaw(html, token.name, end + 1) : end + 1 };
};

export function* htmlTokens(html: string): Generator<HtmlToken> {
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const textEnd = open < 0 ? html.length : open;
    if (textEnd > at) yield { kind: 'text', text: decodeEntities(html.slice(at, textEnd)) };
    if (open < 0) return;
    const { token, next } = stepAt(html, open);
    if (token !== undefined) yield token;
    at = next;
  }
}
