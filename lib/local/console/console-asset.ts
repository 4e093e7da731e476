/** The files of the console, the page a shop owner opens on this machine. Plain files: no build step, no framework. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export type ConsoleAsset = { contentType: string; body: string };

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
} as const;

const FILES = {
  'console.html': TYPES.html,
  'console.css': TYPES.css,
  'console.js': TYPES.js,
  'dashboards.html': TYPES.html,
  'dashboards.css': TYPES.css,
  'dashboards.js': TYPES.js,
  'runbook.html': TYPES.html,
  'runbook.js': TYPES.js,
  'alarms.js': TYPES.js,
  'answer-mail.js': TYPES.js,
  'api.js': TYPES.js,
  'board-view.js': TYPES.js,
  'chart.js': TYPES.js,
  'contact.js': TYPES.js,
  'dom.js': TYPES.js,
  'figures.js': TYPES.js,
  'guide.js': TYPES.js,
  'mailbox.js': TYPES.js,
  'markdown.js': TYPES.js,
  'meter.js': TYPES.js,
  'pages.js': TYPES.js,
  'pauses.js': TYPES.js,
  'sales.js': TYPES.js,
  'scales.js': TYPES.js,
  'shape.js': TYPES.js,
  'story.js': TYPES.js,
  'try-it.js': TYPES.js,
  'widget.js': TYPES.js,
} satisfies Record<string, string>;

const typeOf = new Map<string, string>(Object.entries(FILES));

/**
 * Headers for every console asset. Mails bring their own inline style and are shown in a sandboxed frame that inherits
 * this policy, hence 'unsafe-inline' for style and for nothing else; pictures from elsewhere stay unloaded.
 */
export const CONSOLE_HEADERS = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'self'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** Pages have addresses without an ending. */
const PAGES = new Map([
  ['dashboards', 'dashboards.html'],
  ['runbook', 'runbook.html'],
]);

/** What lies elsewhere: the reader of Markdown as it was installed, and the runbook that alarms lead to. */
const ELSEWHERE = new Map([
  ['marked.js', { contentType: TYPES.js, file: createRequire(import.meta.url).resolve('marked') }],
  ['runbook.md', { contentType: TYPES.md, file: join(import.meta.dirname, '../../../docs/runbook.md') }],
]);

const nameOf = (path: string): string => {
  const name = path === '/' ? 'console.html' : path.replace(/^\/_local\/console\//, '');
  return PAGES.get(name) ?? name;
};

/** `/` is the first page, `/_local/console/<file>` its parts and the other pages; undefined for any other path. */
export const consoleAsset = (path: string): ConsoleAsset | undefined => {
  const name = nameOf(path);
  const contentType = typeOf.get(name);
  if (contentType !== undefined)
    return { contentType, body: readFileSync(join(import.meta.dirname, name), 'utf8') };
  const elsewhere = ELSEWHERE.get(name);
  if (elsewhere === undefined || !existsSync(elsewhere.file)) return undefined;
  return { contentType: elsewhere.contentType, body: readFileSync(elsewhere.file, 'utf8') };
};
