import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import config from '../../../aftercare.config.ts';
import { registerLint } from '../../../bin/commands/lint/lint.ts';
import { lintContent } from '../../../bin/commands/lint/lint-content.ts';
import { type ContentFinding, whatToDo } from '../../../bin/commands/lint/lint-finding.ts';
import { lintMessages } from '../../../bin/commands/lint/lint-messages.ts';
import { lintTranslation } from '../../../bin/commands/lint/lint-translations.ts';
import { fakeHuman, reviewGating } from '../../../bin/commands/lint/lint-words.ts';
import { checkConfiguration } from '../../../functions/core/configuration.ts';
import { cliConfig } from './cli-config.ts';
import { runCommand } from './run-command.ts';

const CONTENT = resolve('content');

/** The words of a language, but of its messages only those that are named. */
const someWords = (locale: string, ...messages: string[]): string => {
  const folder = join(mkdtempSync(join(tmpdir(), 'aftercare-lint-')), 'content');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, locale, 'messages'), { recursive: true });
  for (const each of [
    'banned.txt',
    'messages/parts',
    'pages',
    ...messages.map((name) => `messages/${name}.md`),
  ])
    cpSync(join(CONTENT, locale, each), join(folder, locale, each), { recursive: true });
  return folder;
};

const edit = (folder: string, file: string, change: (text: string) => string): void => {
  const before = readFileSync(join(folder, file), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, file), after);
};

/** What is found after one message of a language was changed. */
const found = (locale: string, message: string, change: (text: string) => string): ContentFinding[] => {
  const folder = someWords(locale, message);
  edit(folder, `${locale}/messages/${message}.md`, change);
  return lintMessages(folder, locale);
};
const rulesOf = (findings: readonly ContentFinding[]) => [...new Set(findings.map(({ rule }) => rule))];

it('every word of this shop keeps the rules', () => {
  const findings = lintContent(checkConfiguration(config), CONTENT);

  expect(findings.map(({ file, line, rule, found: what }) => `${file}:${line} ${rule}: ${what}`)).toEqual([]);
});

describe('A message', () => {
  const paragraph = (words: string) => (text: string) =>
    text.replace("\n{% include 'signature' %}", `\n${words}\n\n{% include 'signature' %}`);

  it.each([
    ['words', paragraph('And on and on. '.repeat(30))],
    ['questions', paragraph('Is that all?')],
    ['banned phrase', paragraph('We value your opinion matters.')],
    ['banned phrase', paragraph('There is a discount on wax this week.')],
    ['links besides the footer', paragraph('More: https://shop.example/more')],
    ['exclamation marks', paragraph('Wonderful!!')],
    ['pretends to be typed just now', paragraph('I just read your order.')],
    ['pretends to be typed just now', paragraph('Sent from my iPhone')],
    ['signed by nobody', (text: string) => text.replace("{% include 'signature' %}", 'Emma, 0113 496 0123')],
    ['phone', (text: string) => text.replace("{% include 'signature' %}", '{{ signer.name }}')],
    ['unknown data', paragraph('{{ customer.nickname }}')],
    ['Liquid that cannot be read', paragraph('{% if question %}')],
    ['not a message', (text: string) => text.replace('subject:', 'Subject is')],
    ['not a message', paragraph('<b>Yours</b>')],
    ['markup left over', (text: string) => text.replace('subject: ', 'subject: **')],
  ])('is found to have: %s', (rule, change) => {
    const findings = found('en', 'check-in.goods', change);

    expect(rulesOf(findings)).toContain(rule);
    for (const finding of findings) expect(whatToDo(finding)).not.toBe('Change it.');
  });

  it('is named with its file and the line that has it', () => {
    const findings = found('en', 'check-in.goods', (text) =>
      text.replace('Just hit reply', 'Click here or hit reply'),
    );

    expect(findings).toEqual([
      { file: 'content/en/messages/check-in.goods.md', line: 10, rule: 'banned phrase', found: 'click here' },
    ]);
  });

  it('with Liquid that cannot be read is named with the line of the tag', () => {
    const findings = found('en', 'check-in.goods', (text) =>
      text.replace('Just hit reply', '{% unles x %}Just hit reply'),
    );

    expect(findings).toMatchObject([
      { file: 'content/en/messages/check-in.goods.md', line: 10, rule: 'Liquid that cannot be read' },
    ]);
  });

  it('that a shop has added is held to the rules as well, in a language of its own too', () => {
    const folder = someWords('en', 'check-in.goods');
    const messages = join(folder, 'en', 'messages');
    cpSync(join(messages, 'check-in.goods.md'), join(messages, 'check-in.rental.md'));
    edit(folder, 'en/messages/check-in.rental.md', paragraph('Take our survey.'));
    cpSync(join(folder, 'en'), join(folder, 'it'), { recursive: true });

    const findings = [...lintMessages(folder, 'en'), ...lintMessages(folder, 'it')];

    expect(findings.map(({ file, found: what }) => `${file} ${what}`)).toEqual([
      'content/en/messages/check-in.rental.md survey',
      'content/it/messages/check-in.rental.md survey',
    ]);
  });

  it('that nobody sends is named', () => {
    const folder = someWords('en');
    writeFileSync(join(folder, 'en/messages/chek-in.md'), '---\nsubject: x\n---\nx');

    expect(lintMessages(folder, 'en')).toMatchObject([{ rule: 'no such message', found: 'chek-in' }]);
  });

  it('that goes out by itself does not say I', () => {
    const findings = found('en', 'visit-tomorrow', (text) =>
      text.replace(/\n\n/, '\n\nI thought of you.\n\n'),
    );

    expect(rulesOf(findings)).toContain('an automatic note that says I');
  });
});

describe('A review that depends on how the customer feels', () => {
  const asks: [string, string][] = [
    ['en', 'If you were happy with it, would you leave a review?'],
    ['en', 'When everything went well, please write a few lines.'],
    ['en', 'If you are disappointed, tell me first.'],
    ['en', 'We would love a five star review.'],
    ['de', 'Wenn Sie zufrieden waren, schreiben Sie eine Bewertung.'],
    ['de', 'Falls es Ihnen gefallen hat, sagen Sie es weiter.'],
    ['de', 'Sollten Sie enttäuscht sein, melden Sie sich erst bei uns.'],
    ['es', 'Si está contento, escriba una reseña.'],
    ['es', 'Si algo le ha gustado, cuéntelo ahí.'],
    ['fr', 'Si vous êtes satisfait, laissez un avis.'],
    ['fr', "S'il vous a plu, écrivez quelques lignes."],
    ['it', 'If you are happy, lascia una recensione.'],
  ];

  it.each(asks)('is found in a review ask: %s "%s"', (locale, sentence) => {
    expect(reviewGating(`Hello,\n\n${sentence} Thank you.`, locale, true)).toEqual([
      { rule: 'review gating', found: sentence.replace(/[.]$/, (end) => end) },
    ]);
  });

  it('is found in any other text where it asks for a review', () => {
    expect(reviewGating('If you like it, leave us a review.', 'en', false)).toHaveLength(1);
    expect(reviewGating('If you like it, keep it.', 'en', false)).toEqual([]);
  });

  it.each(['en', 'de', 'es', 'fr'])(
    'is found in the file of a review ask in %s, and not as it is shipped',
    (locale) => {
      const sentence = asks.find(([each]) => each === locale)?.[1] ?? '';

      const shipped = lintMessages(someWords(locale, 'review-ask'), locale);
      const findings = found(locale, 'review-ask', (text) =>
        text.replace("\n{% include 'signature' %}", `\n${sentence}\n\n{% include 'signature' %}`),
      );

      expect(shipped).toEqual([]);
      expect(rulesOf(findings)).toContain('review gating');
    },
  );

  it('is found in the template, also in a part that it includes', () => {
    const inFile = found('en', 'review-ask', (text) =>
      text.replace('Good or bad', '{% if item.more > 0 %}Good{% endif %} or bad'),
    );
    const folder = someWords('en', 'review-ask');
    edit(folder, 'en/messages/parts/greeting.md', (text) => `{% if customer.rating %}Hi{% endif %}${text}`);

    expect(inFile).toEqual([
      {
        file: 'content/en/messages/review-ask.md',
        line: 8,
        rule: 'review words with a condition',
        found: '{% if item.more > 0 %}',
      },
    ]);
    expect(lintMessages(folder, 'en')).toContainEqual({
      ...{ file: 'content/en/messages/parts/greeting.md', line: 1 },
      ...{ rule: 'review words with a condition', found: '{% if customer.rating %}' },
    });
  });

  it('is found in what a journey publishes', () => {
    const says = 'If you are happy, we call you and ask for a review.';
    const journeys = {
      ...cliConfig.journeys,
      goods: { ...cliConfig.journeys.goods, promises: [{ kind: 'call', within: { days: 2 }, says }] },
    };

    const findings = lintContent(checkConfiguration({ ...cliConfig, journeys }), someWords('en'));

    expect(findings).toContainEqual({
      file: 'aftercare.config.ts',
      line: 1,
      rule: 'review gating',
      found: `journeys.goods: ${says}`,
    });
  });
});

describe('A claim of having just done something', () => {
  it.each([
    ['en', "I've just looked at your order."],
    ['en', 'I noticed that you bought a kettle.'],
    ['de', 'Ich habe gerade Ihre Bestellung gelesen.'],
    ['es', 'Acabo de ver su pedido.'],
    ['fr', 'Je viens de voir votre commande.'],
  ])('is found: %s "%s"', (locale, sentence) => {
    expect(fakeHuman(sentence, locale)).toHaveLength(1);
  });

  it('is not found where the customer has just done it', () => {
    expect(fakeHuman("You've just started with Tillbook.", 'en')).toEqual([]);
  });
});

describe('A translation', () => {
  const translated = (): string => {
    const folder = someWords('en', 'review-ask', 'we-are-on-it');
    cpSync(join(folder, 'en'), join(folder, 'pt'), { recursive: true });
    return folder;
  };

  it('that lacks a file, or has one that English lacks, is named', () => {
    const folder = translated();
    rmSync(join(folder, 'pt/messages/we-are-on-it.md'));
    rmSync(join(folder, 'pt/banned.txt'));
    cpSync(join(folder, 'pt/messages/review-ask.md'), join(folder, 'pt/messages/review-ask.rental.md'));

    expect(lintTranslation(folder, 'pt').map(({ rule, file }) => `${rule}: ${file}`)).toEqual([
      'missing file: content/pt/messages/we-are-on-it.md',
      'extra file: content/pt/messages/review-ask.rental.md',
      'missing file: content/pt/banned.txt',
    ]);
  });

  it('that lacks words, has others, or other placeholders is named with the line', () => {
    const folder = translated();
    edit(folder, 'pt/pages/reply.json', (text) =>
      text.replace('"rating.5"', '"rating.6"').replace('“{item}”', '“{thing}”'),
    );

    const findings = lintTranslation(folder, 'pt');

    expect(findings.map(({ rule, line, found: what }) => `${line} ${rule}: ${what}`)).toEqual([
      '1 missing words: rating.5',
      '2 extra words: rating.6',
      expect.stringMatching(/^\d+ placeholders: reply\.title has \{thing\}, English has \{item\}$/),
    ]);
  });

  it('that is no JSON is named', () => {
    const folder = translated();
    edit(folder, 'pt/pages/reply.json', (text) => text.slice(0, -3));

    expect(rulesOf(lintTranslation(folder, 'pt'))).toEqual(['not a page file']);
  });

  it('of a region says only what is said differently there', () => {
    const folder = translated();
    mkdirSync(join(folder, 'pt-BR/pages'), { recursive: true });
    writeFileSync(join(folder, 'pt-BR/pages/reply.json'), '{"rating.5":"Adorei"}');

    expect(lintTranslation(folder, 'pt-BR')).toEqual([]);
  });
});

describe('The command', () => {
  const lint = (...args: string[]) => runCommand(registerLint, cliConfig, ['lint', ...args]);
  const broken = (): string => {
    const folder = someWords('en', 'review-ask');
    edit(folder, 'en/messages/review-ask.md', (text) => text.replace('It goes here', 'Click here'));
    return folder;
  };

  it('says where, what, and what to do, and ends with 1', async () => {
    const { out, err, exitCode } = await lint('--content', broken());

    expect(out).toBe(
      'content/en/messages/review-ask.md:10  banned phrase: click here\n    Say it in your own plain words. The phrases stand in banned.txt of the language.',
    );
    expect({ err, exitCode }).toEqual({ err: '1 finding in 1 file.\n', exitCode: 1 });
  });

  it('says it to programs as well', async () => {
    const { out, exitCode } = await lint('--content', broken(), '--json');

    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { line: 10, rule: 'banned phrase', whatToDo: expect.any(String) },
    ]);
  });

  it('says that all is well, in which languages', async () => {
    const { out, exitCode } = await lint('--content', someWords('en', 'review-ask'));

    expect({ out, exitCode }).toEqual({ out: 'All words keep the rules, in en.', exitCode: 0 });
  });

  it('refuses a folder that is not there', async () => {
    const { err, exitCode } = await lint('--content', '/nowhere');

    expect({ err, exitCode }).toEqual({ err: 'There is no folder /nowhere.\n', exitCode: 2 });
  });
});
