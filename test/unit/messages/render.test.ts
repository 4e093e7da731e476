import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { renderMessage } from '../../../functions/messages/render.ts';
import { sampleData } from '../../../functions/messages/samples.ts';
import { localeChain, localeOfWords } from '../../../functions/messages/template.ts';

const contentDir = resolve('content');
const checkIn = sampleData('check-in', 'goods', 'en');
const promise = sampleData('staff-promise', 'resolve', 'en');

const goods = (data: unknown, locale = 'en') =>
  renderMessage({ name: 'check-in', variant: 'goods', locale, data, contentDir });
const toStaff = (said: string) =>
  renderMessage({
    name: 'staff-promise',
    variant: 'resolve',
    locale: 'en',
    data: { ...promise, story: { ...promise.story, said } },
    contentDir,
  });

describe('a check-in', () => {
  it('reads like a person wrote it', () => {
    const { subject, text } = goods(checkIn);

    expect(`${subject}\n\n${text}`).toMatchInlineSnapshot(`
      "Your Larkspur pour-over kettle

      Hi Maya,

      Nora from Hollins & Rye. It's been about 6 days since your Larkspur pour-over kettle and 2 other things arrived.

      Now that you've used it, does it do what you bought it for? If something is off, even a small thing, tell me and I'll see to it.

      Just hit reply, it comes to me. If all is well you needn't answer. I only didn't want you left alone with a problem.

      If a form is easier: https://care.hollins-and-rye.example/r/3kq7m2pt9w

      Nora

      Nora Whitlock, kitchen counter
      Hollins & Rye, 0113 496 0123

      -- 
      You get this because you bought from us. Hollins & Rye writes after every order, and Nora reads what comes back.
      Hollins & Rye, 14 Canal Row, Leeds LS1 4AB
      See where things stand: https://care.hollins-and-rye.example/s/5rw9c3kz7q
      No more of these: https://care.hollins-and-rye.example/u/8hd4n6xv1c
      "
    `);
  });

  it('says "Hello," to somebody without a name', () => {
    for (const firstName of [
      null,
      undefined,
      'WIN http://x.example',
      'a@b.example',
      'www.x.example',
      'Guest',
      '4711',
    ]) {
      const { text, html } = goods({ ...checkIn, customer: { firstName } });

      expect(text).toMatch(/^Hello,\n/);
      expect(html).toContain('<p>Hello,</p>');
    }
  });

  it.each(['Zoë', "D'Arcy", 'Jean-Luc', 'Đorđe', '美咲', 'Mary Ann', 'J.'])(
    'greets %s by name',
    (firstName) => {
      expect(goods({ ...checkIn, customer: { firstName } }).text).toMatch(`Hi ${firstName},\n`);
    },
  );

  it("asks the shop's own question about the product instead of the shipped one", () => {
    const { text } = goods({ ...checkIn, question: 'Did the drawer fit the gap you measured?' });

    expect(text).toContain('Did the drawer fit the gap you measured? If something is off');
    expect(text.split('-- \n')[0]?.match(/\?/g)).toHaveLength(1);
  });

  it('does not count days nobody knows', () => {
    const { text } = goods({ ...checkIn, item: { ...checkIn.item, days: null } });

    expect(text).toContain('By now you should have your Larkspur pour-over kettle and 2 other things.');
  });
});

describe('a reminder', () => {
  it('speaks for a colleague who wrote first, and announces a call only where one may come', () => {
    const reminder = sampleData('reminder', 'goods', 'en');

    const { text } = renderMessage({
      name: 'reminder',
      variant: 'goods',
      locale: 'en',
      data: { ...reminder, asked: { dayText: 'Monday 2 November', by: 'Sam Okafor' }, mayCall: false },
      contentDir,
    });

    expect(text).toContain('Sam Okafor wrote to you on Monday 2 November about');
    expect(text).not.toContain('may ring');
  });
});

describe('merge data', () => {
  const without: [string, unknown][] = [
    ['signer.phone', { ...checkIn, signer: { ...checkIn.signer, phone: '   ' } }],
    ['signer.firstName', { ...checkIn, signer: { ...checkIn.signer, firstName: '' } }],
    ['item.title', { ...checkIn, item: { ...checkIn.item, title: '\u200b' } }],
    ['item.title', { ...checkIn, item: { ...checkIn.item, title: undefined } }],
    ['shop.address', { ...checkIn, shop: { name: 'Hollins & Rye' } }],
    ['customer.name', { ...checkIn, customer: { name: '[object Object]' } }],
    ['links.form', { ...checkIn, links: { ...checkIn.links, form: 'javascript:alert(1)' } }],
    ['links.stop', { ...checkIn, links: { form: checkIn.links.form, page: checkIn.links.page } }],
    ['links.page', { ...checkIn, links: { form: checkIn.links.form, stop: checkIn.links.stop } }],
    ['question', { ...checkIn, question: 'Is it good? Is it bad?' }],
    ['coupon (unknown)', { ...checkIn, coupon: 'SAVE10' }],
  ];

  it.each(without)('with a hole at %s stops the mail and names the hole', (field, data) => {
    expect(() => goods(data)).toThrow(expect.objectContaining({ name: 'MissingMergeData', fields: [field] }));
  });

  it('is never quoted in the error, which goes to the log', () => {
    const data = { ...checkIn, signer: { ...checkIn.signer, email: 'nora at home' } };

    expect(() => goods(data)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('nora') }),
    );
  });
});

describe("a customer's words", () => {
  const nasty =
    '[gift](https://evil.example) **bold** <img src=x> https://evil.example {{ shop.name }}\n\n# Big\n- a';

  it('reach staff exactly as written, as a quotation', () => {
    const { text } = toStaff(nasty);

    expect(text).toContain(`What they said:\n\n${nasty.replace(/^/gm, '> ')}\n\n`);
  });

  it('never become markup or a link', () => {
    const { html } = toStaff(nasty);

    expect([...html.matchAll(/<a /g)]).toHaveLength(1);
    expect(html).not.toMatch(/<(?:img|h1|strong)/);
    expect(html).toContain('[gift](https://evil.example) **bold** &#60;img src=x&#62;');
  });

  it('add no tag to the HTML and lose no word of the text, whatever they are', () => {
    const tags = (html: string) => html.replaceAll('<br>\n', '').match(/<[^>]*>/g);
    const plain = tags(toStaff('fine').html);
    const visible = fc.stringMatching(/^[a-z][ -~€🫖\uE000\uE001\n]{0,60}[a-z]$/u);

    fc.assert(
      fc.property(visible, (said) => {
        const { text, html } = toStaff(said);

        expect(tags(html)).toEqual(plain);
        expect(text).toContain(said.replace(/^/gm, '> '));
      }),
    );
  });

  it('cannot turn the reading direction or ring a bell', () => {
    expect(toStaff('good \u202Edab\u0007 day').text).toContain('> good  dab  day');
  });
});

describe('a subject', () => {
  it('stays one line whatever the shop calls its wares', () => {
    const { subject } = goods({ ...checkIn, item: { ...checkIn.item, title: 'Kettle\r\nBcc: x@y.example' } });

    expect(subject).toBe('Your Kettle Bcc: x@y.example');
  });
});

describe('a locale', () => {
  it.each([
    ['de-CH', ['de-CH', 'de', 'en']],
    ['de_AT', ['de-AT', 'de', 'en']],
    ['zh-Hant-TW', ['zh-Hant-TW', 'zh-Hant', 'zh', 'en']],
    ['en-US', ['en-US', 'en']],
    ['../../etc', ['en']],
    ['', ['en']],
  ])('%s is looked for as %j', (locale, chain) => {
    expect(localeChain(locale)).toEqual(chain);
  });

  it('without words of its own gets the nearest, and says which', () => {
    expect(goods(checkIn, 'de-CH')).toMatchObject({
      locale: 'de',
      html: expect.stringContaining('lang="de"'),
    });
    expect(goods(checkIn, 'fi').locale).toBe('en');
  });

  it('for times is the asked one where its language has words, so that a mail never speaks two', () => {
    expect(localeOfWords(contentDir, 'de-CH')).toBe('de-CH');
    expect(localeOfWords(contentDir, 'en_US')).toBe('en-US');
    expect(localeOfWords(contentDir, 'fi-FI')).toBe('en');
    expect(localeOfWords(contentDir, '../../etc')).toBe('en');
  });
});

describe('words written by a shop', () => {
  const own = mkdtempSync(join(tmpdir(), 'aftercare-words-'));
  const folder = join(own, 'en', 'messages');
  mkdirSync(join(folder, 'parts'), { recursive: true });
  writeFileSync(join(folder, 'parts', 'footer-ask.md'), '{{ shop.name }}\n');
  afterAll(() => rmSync(own, { recursive: true }));

  const write = (variant: string, words: string) => {
    writeFileSync(join(folder, `check-in.${variant}.md`), words);
    return () => renderMessage({ name: 'check-in', variant, locale: 'en', data: checkIn, contentDir: own });
  };

  it('are used for a variant of its own', () => {
    const render = write('tea', '---\nsubject: Tea\n---\nIs *it* hot?\nSay so: [here]({{ links.form }})\n');

    expect(render().text).toBe(`Is it hot?\nSay so: here: ${checkIn.links.form}\n\n-- \nHollins & Rye\n`);
  });

  it.each([
    ['no subject', '---\ntitle: x\n---\nHi\n'],
    ['a key we do not know', '---\nsubject: x\nbcc: y\n---\nHi\n'],
    ['no words', '---\nsubject: x\n---\n'],
    ['an image', '---\nsubject: x\n---\n![a](https://x.example/a.png)\n'],
    ['raw HTML', '---\nsubject: x\n---\n<b>Hi</b>\n'],
    ['a headline', '---\nsubject: x\n---\n# Hi\n'],
  ])('with %s are refused', (what, words) => {
    expect(write(`bad-${what.length}${words.length}`, words)).toThrow(
      expect.objectContaining({ name: 'UnreadableMessage' }),
    );
  });

  it.each([
    ['customer.nickname', '{{ customer.nickname }}'],
    ['order', '{% if order %}x{% endif %}'],
  ])('that use the unknown %s are stopped by name', (field, words) => {
    expect(write(`unknown-${field.length}`, `---\nsubject: x\n---\n${words}\n`)).toThrow(
      expect.objectContaining({ name: 'MissingMergeData', fields: [field] }),
    );
  });

  it('that show an absent value without asking for it first are stopped', () => {
    expect(write('hole', '---\nsubject: x\n---\nDear {{ question }},\n')).toThrow(
      expect.objectContaining({
        name: 'MissingMergeData',
        fields: [expect.stringContaining('{% if %}')],
      }),
    );
  });

  it('cannot switch the escaping off', () => {
    expect(write('raw', '---\nsubject: x\n---\n{{ shop.name | raw }}\n')).toThrow(
      expect.objectContaining({ name: 'MissingMergeData' }),
    );
  });
});
