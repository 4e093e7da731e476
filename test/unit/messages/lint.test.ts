import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MessageKind } from '../../../functions/messages/catalog.ts';
import { bannedPhrases, lintMessage } from '../../../functions/messages/lint.ts';
import { readingGrade } from '../../../functions/messages/reading-grade.ts';

const GOOD = 'Hi Maya,\n\nDoes the kettle pour well? Reply, it comes to me.\n\nNora, 0113 496 0123';
const FOOTER =
  '\n\n-- \nYou bought from us.\nSee: https://shop.example/s/1\nNo more: https://shop.example/u/1\n';
const banned = bannedPhrases(resolve('content'), 'en');

const lint = (
  change: { body?: string; footer?: string; subject?: string; html?: string },
  kind: MessageKind = 'ask',
) =>
  lintMessage(
    {
      locale: 'en',
      subject: change.subject ?? 'Your kettle',
      text: `${change.body ?? GOOD}${change.footer ?? FOOTER}`,
      html: change.html ?? '<p>Hi</p>',
    },
    { kind, locale: 'en', banned },
  ).map(({ rule }) => rule);

describe('the copy rules', () => {
  it('pass a short letter with one question, a phone and a way out', () => {
    expect(lint({})).toEqual([]);
  });

  it.each([
    ['words', { body: `${GOOD} ${'and on. '.repeat(60)}` }],
    ['questions', { body: GOOD.replace('well?', 'well? Is it hot?') }],
    ['questions', { body: GOOD.replace('well?', 'well.') }],
    ['exclamation marks', { body: GOOD.replace('me.', 'me!!') }],
    ['banned phrase', { body: `${GOOD}\nWe value your time.` }],
    ['banned phrase', { subject: 'Rate your kettle' }],
    ['banned phrase', { body: `${GOOD}\nPlease don’t   hesitate.` }],
    ['links besides the footer', { body: `${GOOD} https://a.example https://b.example` }],
    ['links in the footer', { footer: '\n\n-- \nYou bought from us.\n' }],
    ['links in the footer', { footer: '\n\n-- \nNo more: https://shop.example/u/1\n' }],
    ['links in the footer', { footer: `${FOOTER}More: https://shop.example/more\n` }],
    ['phone', { body: GOOD.replace('0113 496 0123', 'kitchen') }],
    ['a hole', { body: GOOD.replace('Maya', '') }],
    ['a hole', { body: GOOD.replace('kettle', 'undefined') }],
    ['markup left over', { body: GOOD.replace('kettle', '**kettle**') }],
    ['markup left over', { subject: 'Your {{ item.title }}' }],
    ['nothing but words and links', { html: '<p><img src="https://x.example/p.gif"></p>' }],
    ['nothing but words and links', { html: '<p style="background:url(https://x.example)">Hi</p>' }],
    ['a subject that pretends', { subject: 'Re: Your kettle' }],
    [
      'reading grade',
      {
        body: `${GOOD} Notwithstanding considerable organisational complexities, satisfactory functionality necessitates comprehensive institutional communication regarding experiential deficiencies.`,
      },
    ],
  ])('find: %s', (rule, change) => {
    expect(lint(change)).toEqual([rule]);
  });

  it('find a banned phrase only as whole words', () => {
    expect(lint({ body: `${GOOD}\nThe wholesaler was ideal.` })).toEqual([]);
  });

  it('let a notice ask nothing and hold no way out', () => {
    const body = GOOD.replace('well?', 'well.');

    expect(lint({ body, footer: '\n\n-- \nHollins & Rye\n' }, 'notice')).toEqual([]);
    expect(lint({ footer: '\n\n-- \nHollins & Rye\n' }, 'notice')).toEqual(['questions']);
  });
});

describe('the copy rules in Spanish', () => {
  const spanish = (subject: string, body: string) =>
    lintMessage(
      { locale: 'es', subject, text: `${body}${FOOTER}`, html: '<p>Hola</p>' },
      { kind: 'ask', locale: 'es-MX', banned },
    );

  it('want a mark before every question, in the subject too', () => {
    const body = 'Hola, Maya:\n\n¿Vierte bien? Responda y me llega a mí.\n\nNora, 910 496 123';

    expect(spanish('Su hervidor', body)).toEqual([]);
    expect(spanish('Su hervidor', body.replace('¿', ''))).toEqual([
      { rule: 'opening question marks', found: '0 instead of 1' },
    ]);
    expect(spanish('Vierte bien?', body)).toEqual([
      { rule: 'opening question marks', found: '1 instead of 2' },
    ]);
  });
});

describe('a reading grade', () => {
  it('is low for short words and high for long ones, in each language', () => {
    expect(readingGrade('The cat sat on the mat. It was warm.', 'en')).toBeLessThan(2);
    expect(
      readingGrade('Organisational communication necessitates considerable experiential sensitivity.', 'en'),
    ).toBeGreaterThan(15);
    expect(readingGrade('Der Hund ist da. Er will raus.', 'de')).toBeLessThan(2);
    expect(
      readingGrade(
        'Kundenzufriedenheitsbefragungen erfordern organisatorische Kommunikationsfähigkeiten.',
        'de-AT',
      ),
    ).toBeGreaterThan(12);
  });

  it('is the one of the published Spanish table', () => {
    // 12 words, 18 syllables (hoy 1, guí-a 2, que 1, quie-re 2, dí-a 2, pa-ís 2), 2 sentences: an ease of 206.84 - 90 - 6.12.
    expect(readingGrade('Hoy la guía que quiere abre el día. El país es bueno.', 'es')).toBeCloseTo(
      14 - 110.72 / 10,
    );
    expect(readingGrade('El gato ve el pan. Es mi pan.', 'es-MX')).toBeLessThan(4);
    expect(
      readingGrade(
        'La comunicación institucional requiere consideraciones organizativas significativas.',
        'es',
      ),
    ).toBeGreaterThan(15);
  });

  it('is the one Kandel and Moles published for French', () => {
    // 10 words, 13 syllables (no-ra 2, a-ppelle 2, notre 1, toutes 1, heures 1), 2 sentences: an ease of 207 - 95.68 - 5.075.
    expect(readingGrade('Nora vous appelle demain. Notre train part à toutes heures.', 'fr')).toBeCloseTo(
      14 - 106.245 / 10,
    );
    expect(readingGrade('Le chat voit le pain. Il est là.', 'fr-CA')).toBeLessThan(2);
    expect(
      readingGrade('La communication institutionnelle nécessite des considérations significatives.', 'fr'),
    ).toBeGreaterThan(15);
  });

  it('is not guessed for a language without a formula', () => {
    expect(readingGrade('Kissa istui matolla.', 'fi')).toBeNull();
  });
});
