import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindOf, messageNames, variantsOf } from '../../../functions/messages/catalog.ts';
import { bannedPhrases, lintMessage } from '../../../functions/messages/lint.ts';
import { renderMessage } from '../../../functions/messages/render.ts';
import { sampleData } from '../../../functions/messages/samples.ts';

const contentDir = resolve('content');
const locales = readdirSync(contentDir);

const everyMessage = locales.flatMap((locale) =>
  messageNames.flatMap((name) => {
    const variants = variantsOf(name);
    return (variants.length > 0 ? variants : [undefined]).map((variant) => ({ locale, name, variant }));
  }),
);

describe.each(everyMessage)('$locale $name $variant', ({ locale, name, variant }) => {
  const data = sampleData(name, variant, locale);
  const render = (given: unknown = data) => renderMessage({ name, variant, locale, data: given, contentDir });

  it('has its own words in this language', () => {
    expect(render().locale).toBe(locale);
  });

  it('keeps every copy rule', () => {
    const banned = bannedPhrases(contentDir, locale);

    expect(lintMessage(render(), { locale, kind: kindOf(name), banned })).toEqual([]);
  });

  it('keeps every copy rule with nothing known but the least, and with a title as long as shops write them', () => {
    const banned = bannedPhrases(contentDir, locale);
    const title =
      'Larkspur Professional pour-over kettle with goose neck, brushed steel, 1.2 l, 230 V, boxed';
    const least = {
      ...data,
      ...('customer' in data ? { customer: {} } : {}),
      ...('item' in data ? { item: { title, more: 1, days: null } } : {}),
      ...('manager' in data ? { manager: null } : {}),
      ...('mayCall' in data ? { mayCall: false } : {}),
    };

    expect(lintMessage(render(least), { locale, kind: kindOf(name), banned })).toEqual([]);
  });

  it('shows every link and no other in both parts', () => {
    const links = Object.values(data.links).sort();

    const { text, html } = render();

    expect((text.match(/https?:\/\/\S+/g) ?? []).sort()).toEqual(links);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href).sort()).toEqual(links);
  });
});

describe('the words of a language', () => {
  it.each(locales)('%s exist for every message that English has', (locale) => {
    const filesOf = (language: string) =>
      readdirSync(join(contentDir, language, 'messages'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md') && !file.startsWith('parts'))
        .sort();

    expect(filesOf(locale)).toEqual(filesOf('en'));
  });

  it('ask for a review alike whatever the customer said: nothing in the file branches on an answer', () => {
    for (const locale of locales) {
      const source = readFileSync(join(contentDir, locale, 'messages', 'review-ask.md'), 'utf8');
      expect(source).not.toMatch(/\{%-?\s*(?:if|case|unless)/);
    }
  });

  it('say who really writes: a person signs, or the mail names itself automatic', () => {
    for (const { name, variant } of everyMessage.filter(({ locale }) => locale === 'en')) {
      if (kindOf(name) === 'staff') continue;
      const data = sampleData(name, variant, 'en');
      const writer = 'signer' in data ? data.signer : 'owner' in data ? data.owner : undefined;
      const { text } = renderMessage({ name, variant, locale: 'en', data, contentDir });

      const isAutomatic = text.includes('This is an automatic note');
      const isSigned = text.includes(`\n${writer?.firstName}\n\n${writer?.name}`);
      expect([isAutomatic, isSigned].filter(Boolean), name).toHaveLength(1);
      if (isAutomatic) expect(text, name).not.toMatch(/\b(?:I|I'm|I'll|my)\b/);
    }
  });
});
