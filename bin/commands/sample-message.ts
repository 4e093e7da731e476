/** Any message as it would leave, with made-up people and the shop's own name: for looking at and for trying out. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../../functions/core/configuration.ts';
import { MessageName, messageNames, variantsOf } from '../../functions/messages/catalog.ts';
import { MissingMergeData, UnreadableMessage } from '../../functions/messages/errors.ts';
import { type RenderedMessage, renderMessage } from '../../functions/messages/render.ts';
import { sampleData } from '../../functions/messages/samples.ts';
import { CommandMistake } from './command-mistake.ts';

const CONTENT = join(import.meta.dirname, '..', '..', 'content');

const messagesFolder = (locale: string) => join(CONTENT, locale, 'messages');

export const localesThereAre = (): string[] =>
  readdirSync(CONTENT)
    .filter((locale) => existsSync(messagesFolder(locale)))
    .sort();

/** The shipped wordings and those the shop has added. */
export const variantsThereAre = (name: MessageName): string[] => {
  const files = localesThereAre().flatMap((locale) => readdirSync(messagesFolder(locale)));
  const own = files.flatMap((file) => {
    const [message, variant, ending] = file.split('.');
    return message === name && ending === 'md' && variant !== undefined ? [variant] : [];
  });
  const shipped = variantsOf(name);
  return [...shipped, ...[...new Set(own)].filter((variant) => !shipped.includes(variant)).sort()];
};

/** @throws CommandMistake that lists the names there are. */
export const messageNamed = (text: string | undefined): MessageName => {
  const name = MessageName.safeParse(text);
  if (name.success) return name.data;
  const what = text === undefined ? 'Say which message.' : `There is no message "${text}".`;
  throw new CommandMistake(`${what} There are:\n  ${messageNames.join('\n  ')}`);
};

const variantFor = (name: MessageName, asked: string | undefined): string | undefined => {
  const known = variantsThereAre(name);
  if (asked === undefined) return known[0];
  if (known.includes(asked)) return asked;
  const there = known.length === 0 ? 'It has one wording only.' : `There are: ${known.join(', ')}.`;
  throw new CommandMistake(`${name} has no variant "${asked}". ${there}`);
};

export type Wording = { name: MessageName; variant?: string | undefined; locale?: string | undefined };

/** `link`: where every link leads, instead of made-up addresses. @throws CommandMistake for words that cannot be shown. */
export const sampleMessage = (
  { shop }: Configuration,
  { name, variant: asked, locale: wanted }: Wording,
  link?: string,
): RenderedMessage => {
  const variant = variantFor(name, asked);
  const locale = wanted ?? shop.locale;
  const sample = sampleData(name, variant, locale);
  const links = Object.fromEntries(
    Object.entries(sample.links).map(([what, address]) => [what, link ?? address]),
  );
  const data = {
    ...sample,
    links,
    shop: { name: shop.name, address: shop.address, website: shop.website ?? null },
  };
  try {
    return renderMessage({ name, variant, locale, data, contentDir: CONTENT });
  } catch (error) {
    if (!(error instanceof MissingMergeData || error instanceof UnreadableMessage)) throw error;
    throw new CommandMistake(error.message, 2, { cause: error });
  }
};
