import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CustomerPageView, customerPage } from '../../../functions/pages/customer-page.ts';
import { pageWords } from '../../../functions/pages/words.ts';
import { CARDS, card, customerView, settled, threePromises } from './customer-samples.ts';

const CONTENT = join(import.meta.dirname, '../../../content');
const words = pageWords('en', CONTENT);
const shown = (more: Partial<CustomerPageView>): string => customerPage({ ...customerView(words), ...more });
const formsOf = (page: string): string[] => page.match(/<form[\s\S]*?<\/form>/g) ?? [];
const actsIn = (markup: string): (string | undefined)[] =>
  [...markup.matchAll(/name="act" value="([\w-]+)"/g)].map(([, act]) => act);

describe('a card on the customer’s page', () => {
  it.each<[string, string[]]>([
    ['call-owed', ['another-time', 'yes', 'no-longer-needed']],
    ['call-late', ['yes', 'not-yet', 'no-longer-needed']],
    ['answer-asked', ['yes', 'not-yet']],
    ['resolve-asked', ['yes', 'not-yet']],
    ['resolve-refused', ['not-yet', 'yes']],
    ['call-offered', ['accept-offer', 'decline-offer', 'no-longer-needed']],
    ['visit-owed', ['another-time', 'yes', 'no-longer-needed']],
    ['visit-booked', ['suits', 'another-time', 'no-longer-needed']],
    ['visit-suits', ['another-time', 'no-longer-needed']],
    ['visit-begun', ['yes', 'nobody-came']],
    ['visit-suspected', ['yes', 'nobody-came']],
    ['visit-missed', ['another-time', 'yes', 'no-longer-needed']],
    ['visit-nobody-home', ['another-time', 'nobody-came', 'no-longer-needed']],
    ['visit-asked', ['yes', 'nobody-came', 'not-yet']],
  ])('in the state %s offers %j', (name, acts) => {
    const one = CARDS[name];

    const [form = ''] = formsOf(shown({ cards: one === undefined ? [] : [one] }));

    expect(actsIn(form)).toEqual(acts);
    expect(form).toContain(`<input type="hidden" name="promise" value="${one?.id}">`);
    expect(form).toContain(`<textarea id="words-${one?.id}" name="words"`);
  });

  it('of a visit says that it is on: day and window, place, who comes, what is needed', () => {
    const page = shown({ cards: [CARDS['visit-booked'] ?? card('visit')] });

    for (const fact of [
      'It is on.',
      'Friday 27 November, 09:00–11:00',
      'Rebgasse 3',
      'Mia Frei',
      'href="tel:+41445550108"',
      'A free wall socket',
    ])
      expect(page).toContain(fact);
  });

  it.each<[number, string | undefined]>([
    [0, undefined],
    [1, 'We broke our word about this once.'],
    [3, 'We broke our word about this 3 times.'],
  ])('after %i broken promises says so plainly', (strikes, sentence) => {
    const page = shown({ cards: [card('call', { kind: 'owed' }, { strikes })] });

    if (sentence === undefined) expect(page).not.toContain('broke our word');
    else expect(page).toContain(sentence);
  });

  it('says once, not twice, that nobody came', () => {
    const one = CARDS['visit-suspected'] ?? card('visit');

    expect(shown({ cards: [{ ...one, strikes: 1 }] })).not.toContain('broke our word');
    expect(shown({ cards: [{ ...one, strikes: 2 }] })).toContain('2 times');
  });

  it('quotes the sentence that was promised, and the question that was asked', () => {
    const page = shown({
      cards: [CARDS['call-owed'] ?? card('call'), CARDS['answer-owed'] ?? card('answer')],
    });

    expect(page).toContain('This is what we promised:</p><blockquote>A trainer rings you within a week');
    expect(page).toContain('You asked:</p><blockquote>Can I oil the oak myself?');
  });
});

describe('the customer’s page', () => {
  it.each(readdirSync(CONTENT))('with three promises is no larger than 15 kB in %s', (locale) => {
    const page = customerPage(threePromises(pageWords(locale, CONTENT)));

    expect(page.match(/class="card"/g)).toHaveLength(3);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(15_000);
  });

  it('shows what was settled short, each with a way to open it again', () => {
    const page = shown({ settled });

    const perItem = formsOf(page)
      .slice(0, settled.length)
      .map((form) => [/value="([\w-]+)"/.exec(form)?.[1], actsIn(form)]);

    expect(page).toContain('Nothing is open between us');
    expect(perItem).toEqual([
      ['resolve-2', ['yes', 'not-yet']],
      ['call-2', ['not-yet']],
      ['visit-2', ['not-yet']],
      ['answer-2', ['not-yet']],
    ]);
  });

  it('with nothing owed still takes a question, and leads to the form and to the stop that keeps appointments', () => {
    const page = shown({});

    expect(actsIn(page)).toEqual(['question', 'export-text', 'export-json', 'forget']);
    expect(page).toContain('href="/r/sample"');
    expect(page).toContain('href="/u/sample"');
    expect(page).toContain('Your appointments and all we owe you stay as they are');
  });

  it('shows a number that is on file for correction, and asks for one only where there is none', () => {
    const known = shown({ cards: [card('call')], phone: { onFile: '+41 79 555 12 34' } });
    const unknown = shown({ cards: [card('call')], phone: { onFile: undefined } });

    expect(known).toContain('We reach you on +41 79 555 12 34');
    expect(known).toContain('value="+41 79 555 12 34"');
    expect(unknown).toContain('Which number may we ring?');
    expect(shown({ cards: [card('answer')] })).not.toContain('name="phone"');
  });

  it('keeps a text that is refused in the field where it was typed, and in no other', () => {
    const long = `\n${'ü'.repeat(5_121)}`;

    const page = shown({
      cards: [card('call'), card('resolve', { kind: 'asked' })],
      error: { at: 'resolve-1', message: 'words-too-long' },
      values: { words: long },
    });

    expect(page.split(long)).toHaveLength(2);
    expect(page).toContain(
      `<textarea id="words-resolve-1" name="words" rows="2" aria-describedby="words-resolve-1-wrong" aria-invalid="true">\n${long}</textarea>`,
    );
    expect(page).toContain('<a href="#words-resolve-1">');
  });

  it('opens a folded field that has an error', () => {
    const page = shown({ cards: [card('call')], error: { at: 'call-1', message: 'words-missing' } });

    expect(formsOf(page)[0]).toContain('<details open>');
  });
});
