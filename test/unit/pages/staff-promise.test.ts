import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { staffPromise } from '../../../functions/pages/staff-promise.ts';
import type { StaffNext } from '../../../functions/pages/staff-promise-view.ts';
import { pageWords } from '../../../functions/pages/words.ts';
import { staffPages, staffSentences, staffView } from './staff-samples.ts';

const CONTENT = join(import.meta.dirname, '../../../content');
const words = pageWords('en', CONTENT);
const view = staffView(words);
const pages = new Map(staffPages(words).map(({ name, page }) => [name, page]));
const pageOf = (name: string): string => pages.get(name) ?? '';

/** The form of the big button: everything else is folded away. */
const unfolded = (page: string): string => page.replace(/<details[\s\S]*?<\/details>/g, '');
const actsIn = (page: string) => [...page.matchAll(/name="act" value="([\w-]+)"/g)].map(([, act]) => act);

describe('the one next thing', () => {
  it.each(['take', 'done', 'book', 'accept', 'on-my-way'] as const)('%s has the only big button', (act) => {
    const page = staffPromise({ ...view, next: { kind: 'act', act }, more: ['hand-over'] });

    expect(actsIn(unfolded(page))).toEqual([act]);
    expect(page.match(/<button id="act"/g)).toHaveLength(1);
  });

  it.each<StaffNext>([
    { kind: 'visit-ahead' },
    { kind: 'on-the-way' },
    { kind: 'offered', when: 'Friday', until: 'Thursday' },
    { kind: 'unanswered' },
    { kind: 'not-yours' },
    { kind: 'proposed', what: 'Rang.' },
    { kind: 'closed', outcome: 'kept' },
  ])('$kind says so and has no big button', (next) => {
    const page = staffPromise({ ...view, next, more: [] });

    expect(page).toContain('<h2 id="act"');
    expect(page).not.toContain('<button');
  });

  it('after two misses is a name to give, with somebody else proposed', () => {
    const page = pageOf('staff-visit-two-misses');

    expect(page).toContain('I, Ruth Baumann, answer for this visit');
    expect(page).toContain('name="answers" value="yes"');
    expect(page).toContain('<option value="mia" selected>');
    expect(page).toContain('Jonas Brunner was to go before. Our proposal now: Mia Frei.');
  });

  it('after two misses lets a rep propose, and says who must answer', () => {
    const page = pageOf('staff-visit-two-misses-rep');

    expect(page).not.toContain('name="answers"');
    expect(page).toContain('Ruth Baumann, Mia Frei');
    expect(page).toContain('Propose this visit');
  });
});

describe('what is known before the call', () => {
  it('is the order, the promise, the strikes and the customer’s words, above every button', () => {
    const page = pageOf('staff-taken-late');

    for (const fact of [
      'Oak chest of drawers',
      '#1042',
      'Overdue',
      '3 h ago',
      'Jonas Brunner, Manager',
      '2 times',
      'I’m not happy',
      'Fix it',
      'A person rings within two working days',
    ])
      expect(page).toContain(fact);
    expect(page).toContain('href="tel:+41795551234"');
    expect(page.indexOf('The left drawer sticks')).toBeLessThan(page.indexOf('name="act"'));
  });

  it('is where the visit is, what to bring, whether it suits, and how the earlier ones went', () => {
    const page = pageOf('staff-visit-two-misses') + pageOf('staff-visit-begun');

    for (const fact of [
      'Lindenweg 4, 3012 Bern',
      'Two runners, oak varnish',
      'says the time suits',
      'Ruth Baumann',
      'Nobody came.',
      'We were there, Anna Keller was not.',
      'Nobody has said whether anybody came.',
    ])
      expect(page).toContain(fact);
  });

  it('is the question itself when one was asked', () => {
    const page = pageOf('staff-question');

    expect(page).toContain('Anna Keller asked');
    expect(page).toContain('Can I oil it instead?');
  });

  it('is the mail address where there is no number', () => {
    expect(pageOf('staff-bare')).toContain('anna@example.org');
  });
});

describe('a form with a mistake', () => {
  it.each(staffSentences(words).filter(({ name }) => name.startsWith('staff-error')))(
    '$name leads to something that is on the page and unfolded',
    ({ page }) => {
      const [, target = ''] = /<div class="alert"[\s\S]*?href="#([\w-]+)"/.exec(page) ?? [];
      const holder = page.split('<details').find((part) => part.includes(`id="${target}"`)) ?? '';

      expect(page).toContain(`id="${target}"`);
      expect(
        target === 'act' || holder.startsWith(' open') || unfolded(page).includes(`id="${target}"`),
      ).toBe(true);
    },
  );

  it('keeps what was typed', () => {
    const page = staffPromise({
      ...view,
      values: { act: 'hand-over', to: 'mia', note: 'Knows her well' },
      error: { field: 'to', message: 'to-unknown' },
    });

    expect(page).toContain('<option value="mia" selected>');
    expect(page).toContain('Knows her well');
  });

  it('keeps it in sight where the form is gone', () => {
    expect(pageOf('staff-error-gone')).toContain('Rang her and left a message.');
  });
});

describe('the times to pick', () => {
  it('name their zone only where shop and customer keep different time', () => {
    expect(pageOf('staff-visit-elsewhere')).toContain('Time in Lisbon');
    expect(pageOf('staff-visit-near')).not.toContain('Time in');
  });

  it('begin with the time that is booked, and with none where none is', () => {
    expect(pageOf('staff-visit-near')).toContain('name="book-from" value="2026-11-27T09:00"');
    expect(pageOf('staff-visit-to-book')).toContain('name="book-from" value=""');
  });
});
