import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replyForm } from '../../../functions/pages/reply-form.ts';
import { thanks } from '../../../functions/pages/thanks.ts';
import { pageWords } from '../../../functions/pages/words.ts';
import { replyView } from './customer-samples.ts';

const words = pageWords('en', join(import.meta.dirname, '../../../content'));

describe('the reply form', () => {
  const view = replyView(words);
  const inputsOf = (page: string, name: string): string[] =>
    page.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`, 'g')) ?? [];

  it('asks one thing only that must be answered', () => {
    const page = replyForm(view);

    const names = new Set([...page.matchAll(/ name="(\w+)"[^>]* required/g)].map(([, name]) => name));

    expect([...names]).toEqual(['rating']);
  });

  it('keeps the agreed names and values', () => {
    const page = replyForm(view);

    const valuesOf = (name: string) =>
      inputsOf(page, name).map((input) => /value="([^"]*)"/.exec(input)?.[1]);

    expect(valuesOf('rating')).toEqual(['5', '4', '3', '2', '1']);
    expect(valuesOf('recommend')).toEqual(['yes', 'maybe', 'no']);
    expect(valuesOf('again')).toEqual(['yes', 'maybe', 'no']);
    expect(valuesOf('wish')).toEqual(['fix', 'replace', 'refund', 'listen']);
    expect(valuesOf('call')).toEqual(['yes']);
    expect(valuesOf('blocked')).toEqual(['yes']);
    expect(valuesOf('question')).toEqual(['yes']);
    expect(valuesOf('phone')).toEqual(['+41 79 555 12 34']);
    expect(page).toContain('name="words"');
  });

  it.each(['1', '2', '3', '4', '5'])('rating=%s in the link preselects and nothing more', (rating) => {
    const page = replyForm({ ...view, values: { rating } });

    const checked = page.match(/<input[^>]* checked[^>]*>/g) ?? [];

    expect(checked).toHaveLength(1);
    expect(checked[0]).toContain(`name="rating" value="${rating}"`);
    expect(page.includes('<details open>')).toBe(Number(rating) <= 3);
  });

  it.each(['0', '6', '04', 'delighted', ''])('rating=%s in the link preselects nothing', (rating) => {
    expect(replyForm({ ...view, values: { rating } })).not.toContain(' checked');
  });

  it('a number on file is shown for correction, and what the customer typed wins over it', () => {
    const onFile = replyForm(view);
    const typed = replyForm({ ...view, values: { phone: '044 555 99 99' } });

    expect(onFile).toContain('This is the number we have.');
    expect(inputsOf(typed, 'phone')[0]).toContain('value="044 555 99 99"');
  });

  it('a text that is refused for its length is still in the form, first line break and all', () => {
    const long = `\n${'ü'.repeat(5_121)}`;

    const page = replyForm({
      ...view,
      values: { words: long },
      error: { field: 'words', message: 'words-too-long' },
    });

    expect(page).toContain(`>\n${long}</textarea>`);
    expect(page).toContain('<a href="#words">');
    expect(page).toContain('aria-describedby="words-hint words-wrong" aria-invalid="true"');
  });

  it('a stored answer is shown as what the customer told us', () => {
    const page = replyForm({ ...view, isCorrection: true, values: { rating: '4', words: 'Fine.' } });

    expect(page).toContain('This is what you told us.');
    expect(page).toContain('Send the new version');
  });
});

describe('the thanks page', () => {
  const view = {
    words,
    shopName: 'Shop',
    signerFirstName: 'Jonas',
    signerPhone: '+41 44 555 01 07',
    correctUrl: '/r/x',
  };

  it('an unhappy customer reads who comes back to them, by when, and what if not', () => {
    const page = thanks({
      ...view,
      next: { kind: 'unhappy', ownerName: 'Mia Frei', by: 'Friday, 10 am', isByPhone: false },
      owedUrl: '/c/x',
    });

    expect(page).toContain('<strong>Mia Frei</strong>');
    expect(page).toContain('<strong>Friday, 10 am</strong>');
    expect(page).toContain('gets in touch with you');
    expect(page).toContain('one level up by itself');
    expect(page).toContain('<a href="/c/x">');
    expect(page).toContain('<a href="/r/x">');
  });

  it('a late answer counts and says by when somebody reads it', () => {
    const page = thanks({ ...view, next: { kind: 'late', ownerName: 'Mia Frei', by: 'Friday' } });

    expect(page).toContain('It is not too late');
    expect(page).toContain('<strong>Friday</strong>');
  });

  it('says that somebody rings where a mail is not enough', () => {
    const page = thanks({
      ...view,
      next: { kind: 'unhappy', ownerName: 'Mia Frei', by: 'Friday', isByPhone: true },
    });

    expect(page).toContain('rings you by');
    expect(page).not.toContain('gets in touch');
  });

  it('whoever asked something reads who answers, by when', () => {
    const page = thanks({ ...view, next: { kind: 'answer', ownerName: 'Mia Frei', by: 'Friday' } });

    expect(page).toContain('<strong>Mia Frei</strong> answers you by <strong>Friday</strong>.');
    expect(page).toContain('one level up by itself');
  });
});
