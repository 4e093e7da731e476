/** All words of a shop, in every language, held to the copy rules: what `aftercare lint` and `npm test` run. */
import type { Configuration } from '../../../functions/core/configuration.ts';
import { bannedIn, bannedPhrases } from '../../../functions/messages/lint.ts';
import type { ContentFinding } from './lint-finding.ts';
import { lintMessages } from './lint-messages.ts';
import { localesIn } from './lint-source.ts';
import { lintTranslation } from './lint-translations.ts';
import { reviewGating } from './lint-words.ts';

/** Sentences of aftercare.config.ts that customers read. */
const lintConfiguration = (config: Configuration, contentDir: string): ContentFinding[] => {
  const { locale } = config.shop;
  const banned = bannedPhrases(contentDir, locale);
  return Object.entries(config.journeys).flatMap(([name, { promises }]) =>
    promises.flatMap(({ says }) =>
      [...bannedIn(says, banned), ...reviewGating(says, locale, false)].map(({ rule, found }) => ({
        file: 'aftercare.config.ts',
        line: 1,
        rule,
        found: `journeys.${name}: ${found}`,
      })),
    ),
  );
};

export const lintContent = (config: Configuration, contentDir: string): ContentFinding[] => [
  ...lintConfiguration(config, contentDir),
  ...localesIn(contentDir).flatMap((locale) => [
    ...lintTranslation(contentDir, locale),
    ...lintMessages(contentDir, locale),
  ]),
];
