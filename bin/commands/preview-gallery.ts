/** All messages in all languages on one page, for a read through. */
import type { Configuration } from '../../functions/core/configuration.ts';
import { messageNames } from '../../functions/messages/catalog.ts';
import { escapeHtml } from '../../functions/messages/typed.ts';
import { CommandMistake } from './command-mistake.ts';
import { localesThereAre, sampleMessage, variantsThereAre, type Wording } from './sample-message.ts';

type Entry = Wording & { id: string; title: string };

const entriesFor = (locale: string): Entry[] =>
  messageNames.flatMap((name) => {
    const variants = variantsThereAre(name);
    return (variants.length === 0 ? [undefined] : variants).map((variant) => {
      const title = variant === undefined ? name : `${name}.${variant}`;
      return { name, variant, locale, title, id: `${locale}-${title}` };
    });
  });

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 0; display: grid; grid-template-columns: 15rem 1fr }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; box-sizing: border-box; font-size: 13px }
nav ul { list-style: none; padding: 0; margin: 0 0 1rem }
main { padding: 1rem 2rem; min-width: 0 }
article { margin-bottom: 2.5rem }
h2, h3 { margin: 0 0 .3rem }
iframe { width: 100%; max-width: 42rem; height: 30rem; border: 1px solid; background: Canvas; resize: vertical }
.trouble { color: #b00020 }
@media (max-width: 50rem) { body { display: block } nav { position: static; height: auto } }
`;

const article = (config: Configuration, entry: Entry): string => {
  const heading = `<article id="${entry.id}">\n<h3>${entry.title}</h3>`;
  try {
    const { subject, html, locale } = sampleMessage(config, entry);
    const isBorrowed = locale !== entry.locale;
    return `${heading}
<p><strong>${escapeHtml(subject)}</strong>${isBorrowed ? ` <span class="trouble">(not in ${entry.locale} yet: these are the words in ${locale})</span>` : ''}</p>
<iframe loading="lazy" sandbox title="${entry.id}" srcdoc="${escapeHtml(html)}"></iframe>
</article>`;
  } catch (error) {
    const why = error instanceof CommandMistake || error instanceof Error ? error.message : 'unknown trouble';
    return `${heading}\n<p class="trouble">${escapeHtml(why)}</p>\n</article>`;
  }
};

export type Gallery = { html: string; messages: number; locales: string[] };

/** `locale`: only this one. A message that cannot be rendered stands there with the reason. */
export const gallery = (config: Configuration, locale: string | undefined): Gallery => {
  const locales = locale === undefined ? localesThereAre() : [locale];
  const all = locales.map((each) => ({ locale: each, entries: entriesFor(each) }));
  const index = all.map(
    ({ locale: each, entries }) =>
      `<h2>${escapeHtml(each)}</h2>\n<ul>${entries.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`).join('\n')}</ul>`,
  );
  const body = all.map(
    ({ locale: each, entries }) =>
      `<section lang="${escapeHtml(each)}"><h2>${escapeHtml(each)}</h2>\n${entries.map((entry) => article(config, entry)).join('\n')}</section>`,
  );
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Messages of ${escapeHtml(config.shop.name)}</title><style>${STYLE}</style></head>
<body><nav aria-label="All messages">${index.join('\n')}</nav><main><h1>Messages of ${escapeHtml(config.shop.name)}</h1>
${body.join('\n')}</main></body></html>
`;
  return { html, locales, messages: all.reduce((sum, { entries }) => sum + entries.length, 0) };
};
