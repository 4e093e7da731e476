/** Markdown, cut into tokens by marked's Lexer, as shapes. Raw HTML in it is shown as the text it is. */
import { shape } from './shape.js';

const SAFE = /^(https?:\/\/|mailto:|\/_local\/console\/|#)/;
/** CloudWatch's own links between dashboards. */
const DASHBOARD = /^#dashboards(?::name=|\/dashboard\/)([\w-]+)/;
/** CloudWatch draws `[button:primary:Words](…)` as a button. */
const BUTTON = /^button:(?:primary:)?/;
/** The runbook is on this machine too. */
const RUNBOOK = /^(?:\.\/)?docs\/runbook\.md(#[\w-]+)?$/;

const addressOf = (href) => {
  const runbook = RUNBOOK.exec(href);
  if (runbook) return `/_local/console/runbook${runbook[1] ?? ''}`;
  const name = DASHBOARD.exec(href)?.[1];
  if (name !== undefined) return `#${name}`;
  return SAFE.test(href) ? href : undefined;
};

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ' };
const plain = (text) => text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity]);

const linkOf = ({ href, text, tokens }) => {
  const address = addressOf(href);
  const words = BUTTON.test(text) ? [text.replace(BUTTON, '')] : inlineOf(tokens);
  if (address === undefined) return shape('span', {}, words);
  return shape('a', { href: address, class: BUTTON.test(text) && 'button' }, words);
};

const INLINE = {
  strong: ({ tokens }) => shape('strong', {}, inlineOf(tokens)),
  em: ({ tokens }) => shape('em', {}, inlineOf(tokens)),
  del: ({ tokens }) => shape('del', {}, inlineOf(tokens)),
  codespan: ({ text }) => shape('code', {}, text),
  link: linkOf,
  br: () => shape('br'),
};

const inlineOf = (tokens = []) =>
  tokens.flatMap((token) => {
    const draw = INLINE[token.type];
    if (draw) return [draw(token)];
    return token.tokens ? inlineOf(token.tokens) : [plain(token.text ?? token.raw)];
  });

const slugOf = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');

const itemOf = ({ tokens, tight, loose }) =>
  shape('li', { class: loose && !tight && 'loose' }, blocksOf(tokens, 0));

const tableOf = ({ header, rows }) =>
  shape(
    'div',
    {
      class: 'scroll',
      tabindex: '0',
      role: 'group',
      'aria-label': header.map(({ text }) => text).join(', '),
    },
    shape(
      'table',
      {},
      shape(
        'thead',
        {},
        shape(
          'tr',
          {},
          header.map(({ tokens }) => shape('th', { scope: 'col' }, inlineOf(tokens))),
        ),
      ),
      shape(
        'tbody',
        {},
        rows.map((row) =>
          shape(
            'tr',
            {},
            row.map(({ tokens }) => shape('td', {}, inlineOf(tokens))),
          ),
        ),
      ),
    ),
  );

const BLOCKS = {
  space: () => undefined,
  heading: ({ depth, tokens, text }, top) =>
    shape(
      `h${Math.max(top, depth)}`,
      { class: `depth-${depth}`, id: top === 1 && slugOf(text) },
      inlineOf(tokens),
    ),
  paragraph: ({ tokens }) => shape('p', {}, inlineOf(tokens)),
  text: (token) => shape('span', {}, inlineOf([token])),
  list: ({ ordered, items }) => shape(ordered ? 'ol' : 'ul', {}, items.map(itemOf)),
  code: ({ text }) => shape('pre', { class: 'scroll', tabindex: '0' }, shape('code', {}, text)),
  blockquote: ({ tokens }, top) => shape('blockquote', {}, blocksOf(tokens, top)),
  hr: () => shape('hr'),
  table: tableOf,
};

const blocksOf = (tokens, top) =>
  tokens.map(
    (token) =>
      BLOCKS[token.type]?.(token, top) ?? (token.type === 'space' ? undefined : shape('p', {}, token.raw)),
  );

/** Of a page of its own, whose headings can be led to. */
export const markdownPage = (tokens) => blocksOf(tokens, 1);

/** Inside a page: its headings are all of the second rank, whatever their size, since widgets stand side by side. */
export const markdownOf = (tokens) =>
  markdownPage(tokens).map((piece) =>
    piece !== undefined && /^h\d$/.test(piece.tag)
      ? { ...piece, tag: 'h2', attributes: { class: piece.attributes.class } }
      : piece,
  );
