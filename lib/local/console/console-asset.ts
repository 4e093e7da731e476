/** The files of the console, the page a shop owner opens on this machine. Plain files: no build step, no framework. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ConsoleAsset = { contentType: string; body: string };

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
} as const;

const FILES = {
  'console.html': TYPES.html,
  'console.css': TYPES.css,
  'console.js': TYPES.js,
  'answer-mail.js': TYPES.js,
  'api.js': TYPES.js,
  'dom.js': TYPES.js,
  'guide.js': TYPES.js,
  'mailbox.js': TYPES.js,
  'meter.js': TYPES.js,
  'pages.js': TYPES.js,
  'sales.js': TYPES.js,
  'story.js': TYPES.js,
  'try-it.js': TYPES.js,
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

/** `/` is the page itself, `/_local/console/<file>` its parts; undefined for any other path. */
export const consoleAsset = (path: string): ConsoleAsset | undefined => {
  const name = path === '/' ? 'console.html' : path.replace(/^\/_local\/console\//, '');
  const contentType = typeOf.get(name);
  if (contentType === undefined) return undefined;
  return { contentType, body: readFileSync(join(import.meta.dirname, name), 'utf8') };
};
