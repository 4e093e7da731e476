/** What a person wrote now, told from what their mail program put under it. */
import { describe, expect, it } from 'vitest';
import { parseMail } from '../../../functions/mail/parse-mail.ts';
import { newWords, saidNow, wholeText } from '../../../functions/mail/strip-quotes.ts';
import { LANGUAGES } from '../../fixtures/mails/languages.ts';
import { PROGRAMS, writeMail } from '../../fixtures/mails/write-mail.ts';

const PROGRAM_NAMES = ['gmail', 'outlook', 'apple', 'plain', 'original'] as const;

describe.each(LANGUAGES)('an answer in $language', (language) => {
  it.each(PROGRAM_NAMES)('from %s is told from the mail it answers', async (program) => {
    const mail = await parseMail(writeMail(PROGRAMS[program](language)));

    expect(saidNow(mail)).toEqual({ text: language.said, isWhole: false });
    expect(wholeText(mail)).toContain(language.asked);
  });

  it.each(PROGRAM_NAMES)('from %s is told apart without its HTML too', async (program) => {
    const { text } = PROGRAMS[program](language);

    const mail = await parseMail(writeMail({ text: text ?? '' }));

    expect(saidNow(mail).text).toBe(language.said);
  });

  it.each(['gmail', 'outlook', 'apple'] as const)(
    'from %s is told apart by its HTML alone',
    async (program) => {
      const { html } = PROGRAMS[program](language);

      const mail = await parseMail(writeMail({ html: html ?? '' }));

      expect(saidNow(mail).text).toBe(language.said);
    },
  );
});

describe('what is kept', () => {
  it('answers between the quotes stay, in their order', () => {
    const words = newWords(
      'On 11 Nov 2026, Nora <nora@velo.example> wrote:\n> How is the saddle?\n\nHard.\n\n> And the bell?\n\nLoud.',
    );

    expect(words).toBe('Hard.\n\nLoud.');
  });

  it('answers between the quotes of an HTML mail stay as well', async () => {
    const html =
      '<div>See below</div><div class="gmail_quote"><div class="gmail_attr">On Wed, Nora wrote:</div><blockquote class="gmail_quote">How is the saddle?</blockquote><div>Hard.</div><blockquote class="gmail_quote">And the bell?</blockquote><div>Loud.</div></div>';

    const said = saidNow(await parseMail(writeMail({ html })));

    expect(said.text.split(/\n+/)).toEqual(['See below', 'Hard.', 'Loud.']);
  });

  it('an answer under the quote stays', () => {
    expect(newWords('> How is the saddle?\n> Nora\n\nIt is hard.')).toBe('It is hard.');
  });

  it.each([
    'Two things:\n\n1. The bell is loud.\n2. The saddle is hard.',
    'I ordered on Monday at 10:30 and the man on the phone said:\nit comes on Friday.',
    'Pedal\n----\nclicks\n\n----\nand the bell too',
    'The number -- as I said -- is wrong.',
    'From: what I can see the pedal is loose.',
    'A colleague wrote that it is fine, and I think so too.',
  ])('a text that only looks like a quote stays whole: %j', (text) => {
    expect(newWords(text)).toBe(text);
  });

  it('a word above the head of a quote does not go with it', () => {
    expect(newWords('Hello\n11.11.2026 10:03 Nora <\nnora@velo.example> написал:\n\n> Hi')).toBe('Hello');
  });

  it('a quoted line that was broken loses its second half too', () => {
    const long = 'your order of the touring bike with the brass bell and the lamp was sent out today,';

    expect(newWords(`Thanks\n\n> ${long}\nand arrives tomorrow\n> Nora`)).toBe('Thanks');
  });
});

describe('what goes', () => {
  it.each([
    ['a signature', 'Fine\n\n-- \nSelma\nBern'],
    ['our own line', 'Fine\n\n##- Please write above this line -##\nHi Selma'],
    [
      'a forwarded mail',
      'Fine\n\n---------- Forwarded message ---------\nFrom: Nora <n@v.example>\nDate: today\nSubject: x\n\nHi',
    ],
    ['a telephone’s signature with a link', 'Fine\n\nGet Outlook for iOS<https://aka.example/o0ukef>'],
    ['a head nobody listed, above a quote', 'Fine\n\n2026.11.11. 10:03 keltezéssel, Nora kirjutas:\n> Hi'],
  ])('%s', (_, text) => {
    expect(newWords(text)).toBe('Fine');
  });

  it('a signature that HTML names', async () => {
    const html = '<div>Fine</div><div class="gmail_signature">Selma<br>Chief of bells</div>';

    expect(saidNow(await parseMail(writeMail({ html }))).text).toBe('Fine');
  });
});

describe('when nothing is left', () => {
  it.each([
    ['only a quote', '> How is the saddle?'],
    ['only a forwarded mail', '-----Original Message-----\nFrom: Nora\n\nHi'],
  ])('%s counts whole, and says so', async (_, text) => {
    const said = saidNow(await parseMail(writeMail({ text })));

    expect(said).toEqual({ text, isWhole: true });
  });

  it('a signature is better than nothing, and than the quote under it', () => {
    expect(newWords('-- \nSelma Aydin\n\n> How is the saddle?')).toBe('--\nSelma Aydin');
  });

  it('a picture of a thumb is something', () => {
    expect(newWords('👍\n\n> Is it fine?')).toBe('👍');
  });
});
