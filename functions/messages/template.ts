import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { UnreadableMessage } from './errors.ts';
import { inert } from './inert.ts';

export type MessageTemplate = {
  locale: string;
  subject: Template[];
  body: Template[];
  engine: Liquid;
};

/** `de-CH` -> de-CH, de, en. A locale comes from a shop's webhook: what is not a language tag is not looked for. */
export const localeChain = (locale: string): string[] => {
  const tag = locale.replaceAll('_', '-');
  const parts = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag.split('-') : [];
  const asked = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  return [...new Set([...asked, 'en'])];
};

const FRONT_MATTER = /^---\n(?<head>(?:[a-z]+: .+\n)+)---\n(?<body>[\s\S]+)$/;

const folderOf = (contentDir: string, locale: string) => join(contentDir, locale, 'messages');

/** For times and days in a mail: the asked locale where its language has words here, else English like the words. */
export const localeOfWords = (contentDir: string, locale: string): string => {
  const [asked = 'en', ...wider] = localeChain(locale);
  const spoken = [asked, ...wider].filter((each) => each.split('-')[0] === asked.split('-')[0]);
  return spoken.some((each) => existsSync(folderOf(contentDir, each))) ? asked : 'en';
};

/** `subject: ...` between two lines of dashes, then the words. Anything else is refused. */
const split = (source: string, path: string): { subject: string; body: string } => {
  const { head, body } = FRONT_MATTER.exec(source.replaceAll('\r\n', '\n'))?.groups ?? {};
  const subject = /^subject: (.+)\n$/.exec(head ?? '')?.[1];
  if (subject === undefined || body === undefined) {
    throw new UnreadableMessage(`${path} must begin with "---", "subject: ...", "---", then the words`);
  }
  return { subject, body };
};

const engines = new Map<string, Liquid>();

const engineFor = (folder: string): Liquid => {
  const known = engines.get(folder);
  if (known) return known;

  const parts = join(folder, 'parts');
  const engine = new Liquid({
    root: parts,
    partials: parts,
    extname: '.md',
    cache: true,
    strictVariables: true,
    strictFilters: true,
    outputEscape: (value: unknown) => {
      const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
      if (text.trim() === '')
        throw new Error('nothing to write here; put an {% if %} around an optional value');
      return inert(text);
    },
  });
  engine.registerFilter('raw', () => {
    throw new Error('"raw" would let a customer write markup');
  });
  engines.set(folder, engine);
  return engine;
};

const templates = new Map<string, MessageTemplate>();

const load = (folder: string, path: string, locale: string): MessageTemplate => {
  const known = templates.get(path);
  if (known) return known;

  const { subject, body } = split(readFileSync(path, 'utf8'), path);
  const engine = engineFor(folder);
  const template = { locale, engine, subject: engine.parse(subject, path), body: engine.parse(body, path) };
  templates.set(path, template);
  return template;
};

/** The words for a message (`check-in.goods`) in the nearest locale there is; read once per process. */
export const findTemplate = (contentDir: string, message: string, locale: string): MessageTemplate => {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)?$/.test(message)) throw new UnreadableMessage('not a message name');
  for (const candidate of localeChain(locale)) {
    const folder = folderOf(contentDir, candidate);
    const path = join(folder, `${message}.md`);
    if (templates.has(path) || existsSync(path)) return load(folder, path, candidate);
  }
  throw new UnreadableMessage(`no words for ${message} in ${localeChain(locale).join(', ')}`);
};
