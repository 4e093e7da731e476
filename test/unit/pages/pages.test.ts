import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Card, CardState } from '../../../functions/pages/customer-card.ts';
import { customerPage } from '../../../functions/pages/customer-page.ts';
import { pageHeaders } from '../../../functions/pages/layout.ts';
import { notFound } from '../../../functions/pages/not-found.ts';
import { problem } from '../../../functions/pages/problem.ts';
import { replyForm } from '../../../functions/pages/reply-form.ts';
import { staffPromise } from '../../../functions/pages/staff-promise.ts';
import { stop, stopDone } from '../../../functions/pages/stop.ts';
import { thanks } from '../../../functions/pages/thanks.ts';
import { pageWords } from '../../../functions/pages/words.ts';
import { CARDS, customerView, replyView } from './customer-samples.ts';
import { deskSamples, deskSentences } from './desk-samples.ts';
import { privacySentences } from './privacy-samples.ts';
import { samplePages } from './samples.ts';
import { hostileChoices, staffSentences, staffView } from './staff-samples.ts';

const CONTENT = join(import.meta.dirname, '../../../content');
const LOCALES = readdirSync(CONTENT);
const MAX_BYTES = 15_000;

const dictionaryOf = (locale: string): Record<string, string> => {
  const folder = join(CONTENT, locale, 'pages');
  const files = readdirSync(folder).map((file) =>
    z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  );
  return Object.assign({}, ...files);
};
const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

const words = pageWords('en', CONTENT);
const samples = LOCALES.flatMap((locale) =>
  samplePages(pageWords(locale, CONTENT)).map((sample) => ({ locale, ...sample })),
);
const formsOf = (page: string): string[] => page.match(/<form[\s\S]*?<\/form>/g) ?? [];
const bodyOf = (page: string): string => page.slice(page.indexOf('</head>'));

describe('the words', () => {
  it.each(readdirSync(CONTENT))('%s names no key that English does not have', (locale) => {
    const english = Object.keys(dictionaryOf('en'));

    const unknown = Object.keys(dictionaryOf(locale)).filter((key) => !english.includes(key));

    expect(unknown).toEqual([]);
  });

  it.each(LOCALES)('%s has every key, and the same placeholders in each', (locale) => {
    const english = dictionaryOf('en');

    const own = dictionaryOf(locale);

    for (const [key, text] of Object.entries(english)) {
      expect([key, placeholdersOf(own[key] ?? 'missing {all}')]).toEqual([key, placeholdersOf(text)]);
    }
  });

  it('every key is said on some page', () => {
    const said = new Set<string>();
    const listening = {
      ...words,
      say: (...[key, values]: Parameters<typeof words.say>) => {
        said.add(key);
        return words.say(key, values);
      },
      weave: (...[key, values]: Parameters<typeof words.weave>) => {
        said.add(key);
        return words.weave(key, values);
      },
    };

    samplePages(listening);
    const view = replyView(listening);
    replyForm({ ...view, error: { field: 'phone', message: 'phone-invalid' } });
    replyForm({ ...view, error: { field: 'rating', message: 'press-again' } });
    staffSentences(listening);
    deskSamples(listening);
    deskSentences(listening);
    privacySentences(listening);

    /* Said where a sale names no product, in mails as well: steps/item-name.ts. */
    said.add('item.unnamed');
    /* Said at the desk of a release by the customer: staff-desk/standing.ts. */
    said.add('standing.customer');
    /* Said where shop and customer keep different time: act-on-promise/staff-view.ts. */
    said.add('staff.visit.zoned');
    /* Said outside of pages, and tested there: calendar files, digests and pages to phones. */
    const isElsewhere = (key: string) => /^(calendar|digest|note|page)\./.test(key);
    const unsaid = Object.keys(dictionaryOf('en')).filter((key) => !said.has(key) && !isElsewhere(key));
    expect(unsaid).toEqual([]);
  });

  it('a region falls back to its language, an unknown language to English', () => {
    const locales = ['de-CH', 'de', 'DE-at', 'fi', 'en-GB', '', '../../etc'].map(
      (asked) => pageWords(asked, CONTENT).locale,
    );

    expect(locales).toEqual(['de', 'de', 'de', 'en', 'en', 'en', 'en']);
  });

  it('a missing value stops the sentence instead of leaving a hole', () => {
    expect(() => words.say('reply.send')).toThrow('{signer}');
  });

  it('a value that looks like a placeholder is not filled again', () => {
    expect(words.say('reply.title', { item: '{signer} $& $1' })).toContain('“{signer} $& $1”');
  });

  it('a Spanish question or exclamation opens with its own mark', () => {
    const count = (text: string, mark: string) => text.split(mark).length - 1;

    const halfSaid = Object.values(dictionaryOf('es')).filter(
      (text) => count(text, '¿') !== count(text, '?') || count(text, '¡') !== count(text, '!'),
    );

    expect(halfSaid).toEqual([]);
  });

  it('nobody is invited to rate, to value feedback or to take a survey', () => {
    const banned =
      /survey|feedback|rate us|rate your|opportunity|valued customer|inconvenience|Umfrage|Bewerten Sie|Gelegenheit|encuesta|valórenos|molestias|oportunidad/i;

    const found = LOCALES.flatMap((locale) => Object.values(dictionaryOf(locale))).filter((text) =>
      banned.test(text),
    );

    expect(found).toEqual([]);
  });
});

describe('every page', () => {
  it.each(samples)(
    '$locale $name is small, speaks its language, has one heading, and runs no script',
    ({ locale, page }) => {
      const addresses = [...page.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, address]) => address);

      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(MAX_BYTES);
      expect(page).toContain(`<html lang="${locale}">`);
      expect(page.match(/<h1/g)).toHaveLength(1);
      expect(page).not.toMatch(/<script|javascript:|\son\w+=|\sstyle=|\[object|undefined/i);
      expect(addresses.filter((address) => !/^(\/|#|tel:\+?\d+$|data:,$|$)/.test(address ?? ''))).toEqual([]);
    },
  );

  it.each(samples)('$locale $name has a button in every form, and every form is a POST', ({ page }) => {
    for (const form of formsOf(page)) {
      expect(form).toMatch(/^<form method="post" action="\//);
      expect(form).toContain('<button');
    }
    expect(
      bodyOf(page)
        .match(/ id="([^"]+)"/g)
        ?.sort() ?? [],
    ).toEqual([...new Set(bodyOf(page).match(/ id="([^"]+)"/g) ?? [])].sort());
  });

  it('carries headers that let its own style in and nothing else', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(replyForm(replyView(words)))?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');

    const headers = pageHeaders('de');

    expect(headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'de',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000',
      'x-robots-tag': 'noindex',
      'cross-origin-opener-policy': 'same-origin',
    });
  });
});

describe('hostile values', () => {
  const hostile = `</textarea></title><script>alert(1)</script>"'><img src=x onerror=alert(2)>{name}&amp;`;
  const escaped =
    '&lt;/textarea&gt;&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img src=x onerror=alert(2)&gt;{name}&amp;amp;';
  const evil = { words, shopName: hostile, shopPhone: hostile, itemTitle: hostile, action: hostile };
  const promise = { ownerName: hostile, ownerPhone: hostile, due: hostile };
  const hostileCard = (one: Card): string => {
    const texts = { id: hostile, ownerName: hostile, due: hostile, words: hostile };
    const state: CardState =
      'visit' in one.state
        ? {
            ...one.state,
            visit: {
              when: hostile,
              place: hostile,
              bring: hostile,
              providerName: hostile,
              providerPhone: hostile,
            },
          }
        : one.state.kind === 'asked'
          ? { ...one.state, said: hostile }
          : one.state.kind === 'offered'
            ? { kind: 'offered', time: hostile, reason: hostile }
            : one.state;
    return customerPage({ ...customerView(words, [{ ...one, ...texts, state }]), ...evil });
  };
  const pages = {
    reply: replyForm({
      ...evil,
      signerFirstName: hostile,
      signerPhone: hostile,
      customerFirstName: hostile,
      values: {
        rating: hostile,
        words: hostile,
        recommend: hostile,
        again: hostile,
        wish: hostile,
        phone: hostile,
      },
      phoneOnFile: hostile,
      isCorrection: false,
      stopUrl: hostile,
      hidden: { [hostile]: hostile },
    }),
    thanks: thanks({
      ...evil,
      signerFirstName: hostile,
      signerPhone: hostile,
      next: { kind: 'unhappy', ownerName: hostile, by: hostile, isByPhone: true },
      correctUrl: hostile,
      owedUrl: hostile,
    }),
    notFound: notFound(evil),
    staff: staffPromise({
      ...staffView(words),
      ...evil,
      orderNumber: hostile,
      readerName: hostile,
      customer: { name: hostile, phone: hostile },
      promise: { ...staffView(words).promise, ...promise, timeLeft: hostile, words: hostile },
      visit: {
        when: hostile,
        provider: hostile,
        place: hostile,
        bring: hostile,
        answeredBy: hostile,
        onTheWaySince: hostile,
        isConfirmed: false,
        isPending: false,
      },
      earlier: [{ when: hostile, provider: hostile, how: 'provider' }],
      reply: { words: hostile },
      story: [{ at: hostile, what: hostile }],
      next: { kind: 'act', act: 'book' },
      choices: hostileChoices(hostile),
      notice: { kind: 'hand-over', name: hostile },
      values: { act: hostile, what: hostile, to: hostile, note: hostile, 'more-due': hostile },
      error: { field: 'what', message: 'what-missing' },
    }),
    proposed: staffPromise({
      ...staffView(words),
      ...evil,
      promise: { ...staffView(words).promise, ...promise, timeLeft: hostile },
      next: { kind: 'proposed', what: hostile },
      more: [],
      values: { act: 'done', what: hostile },
    }),
    ...Object.fromEntries(
      Object.values(CARDS).map((one) => [`customer ${one.kind} ${one.state.kind}`, hostileCard(one)]),
    ),
    customer: customerPage({
      ...customerView(words),
      ...evil,
      customerFirstName: hostile,
      signerFirstName: hostile,
      signerPhone: hostile,
      phone: { onFile: hostile },
      settled: [{ id: hostile, kind: 'call', how: 'kept', day: hostile }],
      notice: { kind: 'question', ownerName: hostile, by: hostile },
      error: { at: 'question', message: 'words-too-long' },
      values: { words: hostile },
      replyUrl: hostile,
      stopUrl: hostile,
    }),
    stop: stop(evil),
    stopDone: stopDone(evil),
    problem: problem({
      ...evil,
      sent: { action: hostile, text: { name: hostile, value: hostile }, fields: { [hostile]: hostile } },
    }),
  };

  it.each(Object.entries(pages))('are text and nothing else on the %s page', (_, page) => {
    expect(page).toContain(escaped);
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
    expect(page).not.toContain(hostile);
    expect(page.match(/<\/title>/g)).toHaveLength(1);
    expect(page.match(/<\/textarea>/g)?.length ?? 0).toBe(page.match(/<textarea/g)?.length ?? 0);
  });

  it('a phone number dials digits only', () => {
    const page = notFound({ words, shopName: 'Shop', shopPhone: '+41 (0)44 555;ext=1" onclick="x' });

    expect(page).toContain('href="tel:+410445551"');
  });
});

describe('a page with something to put right', () => {
  it.each(samples.filter(({ name }) => name.includes('error')))(
    '$locale $name: the summary leads to something on the page',
    ({ page }) => {
      const [, target] = /<div class="alert"[\s\S]*?href="#([\w-]+)"/.exec(page) ?? [];

      expect(page).toContain(`id="${target}"`);
    },
  );
});
