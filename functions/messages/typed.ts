import { Marked, type Token } from 'marked';
import { UnreadableMessage } from './errors.ts';
import { reveal } from './inert.ts';

/** What a mail may be made of. Not headings, images or raw HTML: a letter has none. */
type Writer = {
  words(text: string): string;
  lineEnd: string;
  link(address: string, label: string): string;
  paragraph(inner: string): string;
  quote(inner: string): string;
  list(items: string[]): string;
  between: string;
};

const asIs = (value: string) => value;

const typed: Writer = {
  words: (text) => reveal(text, asIs),
  lineEnd: '\n',
  link: (address, label) => (label === '' ? typed.words(address) : `${label}: ${typed.words(address)}`),
  paragraph: (inner) => inner,
  quote: (inner) => inner.replace(/^/gm, '> '),
  list: (items) => items.map((item) => `- ${item.replace(/\n/g, '\n  ')}`).join('\n'),
  between: '\n\n',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const markup: Writer = {
  words: (text) => reveal(escapeHtml(text), (value) => escapeHtml(value).replace(/\n/g, '<br>\n')),
  lineEnd: '<br>\n',
  link: (address, label) => {
    const href = reveal(escapeHtml(address), escapeHtml);
    return `<a href="${href}">${label || href}</a>`;
  },
  paragraph: (inner) => `<p>${inner}</p>`,
  quote: (inner) =>
    `<blockquote style="margin:0;padding-left:1em;border-left:3px solid #888">${inner}</blockquote>`,
  list: (items) => `<ul>${items.map((item) => `<li>${item}</li>`).join('\n')}</ul>`,
  between: '\n',
};

const refuse = (token: Token): never => {
  throw new UnreadableMessage(`a mail is typed text and cannot hold ${token.type}: ${token.raw.trim()}`);
};

const inline = (tokens: readonly Token[] = [], to: Writer): string =>
  tokens
    .map((token) => {
      switch (token.type) {
        case 'text':
        case 'escape':
          return to.words(token['text']);
        case 'br':
          return to.lineEnd;
        case 'em':
        case 'strong':
          return inline(token['tokens'], to);
        case 'link':
          return to.link(token['href'], inline(token['tokens'], to));
        default:
          return refuse(token);
      }
    })
    .join('');

const block = (token: Token, to: Writer): string[] => {
  switch (token.type) {
    case 'space':
      return [];
    case 'text':
      return [inline(token['tokens'], to)];
    case 'paragraph':
      return [to.paragraph(inline(token['tokens'], to))];
    case 'blockquote':
      return [to.quote(blocks(token['tokens'], to))];
    case 'list': {
      const items: { tokens: Token[] }[] = token['items'];
      return [to.list(items.map((item) => blocks(item.tokens, to)))];
    }
    default:
      return refuse(token);
  }
};

const blocks = (tokens: readonly Token[] = [], to: Writer): string =>
  tokens.flatMap((token) => block(token, to)).join(to.between);

/** Made for the first mail: a run that writes none need not load it. */
let reader: Marked | undefined;

/** Markdown with inert values, as a person would type it and as HTML. A new line in the source is a new line. */
export const typeOut = (markdown: string): { text: string; html: string } => {
  reader ??= new Marked({ gfm: true, breaks: true });
  const tokens = reader.lexer(markdown);
  return { text: blocks(tokens, typed), html: blocks(tokens, markup) };
};
