/**
 * HTML as the text a person would read, and as somebody would have quoted it: what a mail program marks as quoted gets
 * a `>`, and where it says that only the old mail follows, a line says so. Scripts and styles are no text.
 */
import { type HtmlToken, htmlTokens } from './html-tokens.ts';

/** A line of its own: from here on it is the mail that is answered. A private character nobody types. */
export const OLD_MAIL_FOLLOWS = '\ue000';

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** A paragraph of its own, with an empty line around it. */
const PARAGRAPH = new Set('p blockquote ul ol table h1 h2 h3 h4 h5 h6 pre'.split(' '));
const BLOCK = new Set(
  'div li tr section article header footer center dl dt dd form fieldset address body html hr title'.split(
    ' ',
  ),
);

/** Quotes by the name their mail program gives them: Gmail, Thunderbird, Yahoo, Proton, Tuta, GMX, Zimbra. */
const QUOTE =
  /(?:class|name|id)\s*=\s*["']?[^"'>]*\b(?:gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|cite-prefix)\b|\bname\s*=\s*["']?quote\b/i;
const SIGNATURE =
  /(?:class|id)\s*=\s*["']?[^"'>]*\b(?:gmail_signature|moz-signature|protonmail_signature_block|ms-outlook-mobile-signature|Signature)\b/;
/** Where Outlook in its many forms, and Zimbra, begin the mail that is answered. */
const OLD_MAIL =
  /\bid\s*=\s*["']?(?:divRplyFwdMsg|appendonsend|stopSpelling|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|zwchr|reply-intro)\b|\bclass\s*=\s*["']?[^"'>]*\b(?:OutlookMessageHeader|ms-outlook-mobile-reference-message)\b|\bborder:\s*none;\s*border-top:\s*solid\s+#(?:B5C4DF|E1E1E1)/i;

/** A tag longer than this carries data, not a name. */
const LONGEST_ATTRIBUTES = 2_000;

type Effect = 'quote' | 'omit' | 'pre' | undefined;

const effectOf = (name: string, attributes: string, isSignatureOmitted: boolean): Effect => {
  if (name === 'blockquote') return 'quote';
  if (name === 'pre') return 'pre';
  if (attributes.length > LONGEST_ATTRIBUTES) return undefined;
  if (QUOTE.test(attributes)) return 'quote';
  return isSignatureOmitted && SIGNATURE.test(attributes) ? 'omit' : undefined;
};

/** Lines of text with the quote marks they deserve. */
const createPage = () => {
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  const mark = () => (depth === 0 ? '' : `${'>'.repeat(Math.min(depth, 20))} `);
  const end = () => {
    /* A blank that does not break is how editors write an empty line. */
    if (line.trim() !== '' || line.includes('\u00a0')) lines.push(mark() + line.trim());
    line = '';
  };
  return {
    write: (text: string, isAsIs: boolean) => {
      if (!isAsIs) {
        const words = text.replace(/[ \t\r\n\f]+/g, ' ');
        line += line === '' ? words.trimStart() : words;
        return;
      }
      const [first = '', ...more] = text.split('\n');
      line += first;
      for (const next of more) {
        lines.push(mark() + line.trimEnd());
        line = next;
      }
    },
    breakLine: () => {
      lines.push(mark() + line.trim());
      line = '';
    },
    end,
    paragraph: () => {
      end();
      if (lines.length > 0 && lines.at(-1) !== '' && lines.at(-1) !== mark().trim())
        lines.push(mark().trim());
    },
    say: (whole: string) => {
      end();
      lines.push(whole);
    },
    quote: (change: 1 | -1) => {
      end();
      depth += change;
    },
    text: () => {
      end();
      return lines
        .join('\n')
        .replaceAll('\u00a0', ' ')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
    },
  };
};

/** Outlook's paragraphs have no space around them: each is a line. */
const isLine = (attributes: string): boolean =>
  attributes.length <= LONGEST_ATTRIBUTES && /\bMsoNormal\b/.test(attributes);

type Open = { name: string; effect: Effect };

/** Which elements are open, without believing that every one is closed. */
const createOpenElements = () => {
  const stack: Open[] = [];
  const count = new Map<string, number>();
  return {
    push: (element: Open) => {
      stack.push(element);
      count.set(element.name, (count.get(element.name) ?? 0) + 1);
    },
    /** The effects that end with this closing tag; none when nothing of the name is open. */
    close: (name: string): Effect[] => {
      const ended: Effect[] = [];
      if ((count.get(name) ?? 0) === 0) return ended;
      for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
        count.set(top.name, (count.get(top.name) ?? 1) - 1);
        ended.push(top.effect);
        if (top.name === name) break;
      }
      return ended;
    },
  };
};

const createReader = (isSignatureOmitted: boolean) => {
  const page = createPage();
  const elements = createOpenElements();
  let omitted = 0;
  let asIs = 0;
  const block = (name: string, attributes = '') => {
    if (name === 'p' && isLine(attributes)) page.end();
    else if (PARAGRAPH.has(name)) page.paragraph();
    else if (BLOCK.has(name)) page.end();
  };
  /* The next paragraph makes the empty line between the two. */
  const blockEnd = (name: string) => {
    if (name === 'p') page.end();
    else block(name);
  };
  const open = (name: string, attributes: string) => {
    if (name === 'br') page.breakLine();
    block(name, attributes);
    if (attributes.length <= LONGEST_ATTRIBUTES && OLD_MAIL.test(attributes)) page.say(OLD_MAIL_FOLLOWS);
    if (name === 'li') page.write('- ', false);
    if (VOID.has(name)) return;
    const effect = effectOf(name, attributes, isSignatureOmitted);
    elements.push({ name, effect });
    if (effect === 'quote') page.quote(1);
    if (effect === 'omit') omitted += 1;
    if (effect === 'pre') asIs += 1;
  };
  const close = (name: string) => {
    blockEnd(name);
    if (name === 'td' || name === 'th') page.write(' ', false);
    for (const effect of elements.close(name)) {
      if (effect === 'quote') page.quote(-1);
      if (effect === 'omit') omitted -= 1;
      if (effect === 'pre') asIs -= 1;
    }
    blockEnd(name);
  };
  return {
    read: (token: HtmlToken) => {
      if (token.kind === 'open') open(token.name, token.attributes);
      else if (token.kind === 'close') close(token.name);
      else if (omitted === 0) page.write(token.text, asIs > 0);
    },
    text: page.text,
  };
};

/** Without the signature when it is marked as one and `isSignatureOmitted`. */
export const textOfHtml = (html: string, isSignatureOmitted = false): string => {
  const reader = createReader(isSignatureOmitted);
  for (const token of htmlTokens(html.replaceAll(OLD_MAIL_FOLLOWS, ''))) reader.read(token);
  return reader.text();
};
