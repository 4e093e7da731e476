/** The same messages in other circumstances than the samples': every branch of the words keeps the copy rules. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindOf, type MessageName, variantsOf } from '../../../functions/messages/catalog.ts';
import { bannedPhrases, lintMessage } from '../../../functions/messages/lint.ts';
import { renderMessage } from '../../../functions/messages/render.ts';
import { sampleData } from '../../../functions/messages/samples.ts';

const contentDir = resolve('content');

const merged = (data: object, change: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    [...new Set([...Object.keys(data), ...Object.keys(change)])].map((key) => {
      const before: unknown = Reflect.get(data, key);
      const after = change[key];
      const isDeep = typeof before === 'object' && before !== null && after?.constructor === Object;
      return [key, isDeep ? { ...before, ...after } : key in change ? after : before];
    }),
  );

const render = (name: MessageName, variant: string | undefined, locale: string, change: object) => {
  const data = merged(sampleData(name, variant, locale), { ...change });
  return renderMessage({ name, variant, locale, data, contentDir });
};

const bare = { place: null, bring: null };
const circumstances: [MessageName, Record<string, unknown>[]][] = [
  ['check-in', [{ item: { others: ['Walking boot Rigi', 'Wool socks'] } }]],
  ['reminder', [{ item: { others: ['Walking boot Rigi'] }, mayCall: false }]],
  ['we-owe-you', [{ promise: { words: null } }, { manager: null }]],
  ['at-risk', [{ manager: null }]],
  [
    'we-are-sorry',
    [
      { promise: { strikes: 2 } },
      { promise: { strikes: 3 } },
      { promise: { strikes: 4 } },
      { before: { name: 'Sam Okafor' } },
      { before: { name: 'Samir Okoye' } },
    ],
  ],
  ['new-time', [{ reason: null }]],
  ['offer-new-time', [{ reason: null }]],
  ['withdrawn', [{ by: 'customer' }, { by: 'order', reason: null }, { by: 'shop', reason: null }]],
  [
    'visit-booked',
    [
      { visit: { isNewTime: false, strikes: 0, ...bare } },
      { visit: { strikes: 1 } },
      { visit: { strikes: 3 } },
    ],
  ],
  ['visit-tomorrow', [{ visit: bare }]],
  [
    'nobody-came',
    [
      { call: null },
      { isToldByCustomer: true },
      { before: { name: 'Sam Okafor' } },
      { before: { name: 'Samir Okoye' } },
    ],
  ],
  ['staff-reminder', [{ left: 'little' }]],
  [
    'staff-visit-booked',
    [
      {
        visit: { isNewTime: false, ...bare },
        customer: { name: null, phone: null },
        promise: { strikes: 1 },
      },
    ],
  ],
  ['staff-on-your-way', [{ customer: { name: null, phone: null }, visit: bare }]],
  ['staff-nobody-on-the-way', [{ customer: { name: null, phone: null }, visit: bare }]],
  [
    'staff-visit-missed',
    [
      { backup: { name: 'Sam Okafor' }, customer: { phone: null } },
      { backup: { name: 'Samir Okoye' } },
      { before: { name: 'N' }, backup: { name: 'N' } },
    ],
  ],
  [
    'staff-accept-visit',
    [
      { backup: { name: 'Sam Okafor' } },
      { backup: { name: 'Samir Okoye' } },
      { backup: { name: 'Nora Whitlock' } },
      { backup: { name: 'Nora Weiß' } },
      { backup: { name: 'Nora Chevalier' } },
      { promise: { strikes: 4, level: 2 } },
    ],
  ],
  ['staff-wish', [{ wish: null }, { promise: { kind: 'call' } }, { promise: { kind: 'visit' } }]],
  [
    'staff-offer-answer',
    [
      { isAccepted: true, said: null },
      { isAccepted: null, said: null },
    ],
  ],
  [
    'staff-withdrawn',
    [
      { by: 'order', reason: null, promise: { kind: 'visit' } },
      { by: 'system', promise: { kind: 'answer' } },
      { by: 'colleague', promise: { kind: 'call' } },
    ],
  ],
  ['staff-cannot-write', [{ reason: 'too-late', missing: [] }]],
  ['staff-digest', [{ isDaily: false, more: 0 }, { more: 1 }]],
];

const cases = readdirSync(contentDir).flatMap((locale) =>
  circumstances.flatMap(([name, changes]) => {
    const variants = variantsOf(name);
    return (variants.length > 0 ? variants : [undefined]).flatMap((variant) =>
      changes.map((change) => ({ locale, name, variant, change })),
    );
  }),
);

describe('in other circumstances', () => {
  it.each(cases)(
    '$locale $name $variant keeps every copy rule: $change',
    ({ locale, name, variant, change }) => {
      const banned = bannedPhrases(contentDir, locale);

      const rendered = render(name, variant, locale, change);

      expect(lintMessage(rendered, { locale, kind: kindOf(name), banned })).toEqual([]);
      expect(rendered.text).not.toMatch(/\n{3,}| {2,}|\n \S|\(\)|, ,| ,/);
    },
  );
});

const text = (name: MessageName, change: object = {}, variant?: string) =>
  render(name, variant, 'en', change).text;

describe('what a customer is told', () => {
  it.each(['call', 'visit', 'answer', 'resolve'])(
    'before a %s may break: what was said, that it may not be kept, who has it, who gets it',
    (kind) => {
      const words = text('at-risk', {}, kind);

      expect(words).toMatch(/^Hi Maya,\n\nWe said Nora Whitlock would .*by Friday 27 November, 9:30/);
      expect(words).toContain('We may not make it');
      expect(words).toContain('Nora still has it: 0113 496 0123.');
      expect(words).toContain('If the time passes, Sam Okafor gets it by itself');
    },
  );

  it('after it broke is signed by who has it now, and says whose fault it was and by when', () => {
    const words = text('we-are-sorry', { promise: { strikes: 2 } }, 'call');

    expect(words).toContain('That is our fault, not yours');
    expect(words).toContain('It is the second time.');
    expect(words).toContain('I will call you by Tuesday 1 December, 15:00.');
    expect(words).toContain('\nSam\n\nSam Okafor\nHollins & Rye, 0113 496 0145\n');
  });

  it('by who had it all along does not speak of somebody else', () => {
    const words = text('we-are-sorry', { before: { name: 'Sam Okafor' } }, 'call');

    expect(words).toContain('We said I would call you by');
    expect(words).not.toContain('It is with me now');
  });

  it('with a booking is day, window, place, who comes, what is needed, and that they ring before', () => {
    const words = text('visit-booked');

    for (const fact of [
      'When: Friday 27 November, 10:00–12:00',
      'Where: 7 Mill Rise, Leeds LS6 2PT',
      'Who comes: Nora Whitlock, 0113 496 0123',
      'What is needed: the water turned off at the main tap',
      'Nora rings you half an hour before.',
    ])
      expect(words).toContain(fact);
  });

  it('when nobody came is asked whether that is so, unless they have just said it', () => {
    expect(text('nobody-came')).toContain('Or did somebody come after all?');
    expect(text('nobody-came', { isToldByCustomer: true })).not.toContain('after all');
  });

  it('when a promise is taken back depends on who took it back', () => {
    const [customer, order, shop] = ['customer', 'order', 'shop'].map((by) =>
      text('withdrawn', { by, reason: null }, 'visit'),
    );

    expect(customer).toContain('You told us you no longer need our visit.');
    expect(order).toContain('Your order was cancelled or paid back');
    expect(shop).toContain('We take that back');
    expect(shop).toContain('\nNora\n\nNora Whitlock');
  });
});

describe('a note to staff', () => {
  it('half an hour before a visit leads with the three buttons', () => {
    expect(text('staff-on-your-way')).toMatch(/^On my way, late, or cannot make it\. .*\/p\/2vb8f5yj4n\n/);
  });

  it('when nobody is on the way holds the number of both, and when the customer hears the truth', () => {
    const words = text('staff-nobody-on-the-way');

    expect(words).toContain('ring Nora Whitlock now: 0113 496 0123');
    expect(words).toContain(
      'ring Maya Lindqvist: 020 7946 0321. In ten minutes our mail tells them the truth',
    );
  });

  it('after a miss proposes somebody else by name, or says there is nobody', () => {
    expect(text('staff-visit-missed')).toContain('Ruth Hollins goes instead of Nora Whitlock');
    expect(text('staff-visit-missed', { backup: { name: 'Nora Whitlock' } })).toContain(
      'There is nobody else to send',
    );
  });

  it.each(['staff-reminder', 'staff-visit-missed', 'staff-wish', 'staff-offer-answer'] as const)(
    'names the customer and the time in the subject: %s',
    (name) => {
      const { subject } = render(name, undefined, 'en', {});

      expect(subject).toContain('Maya Lindqvist');
      expect(subject).toContain('due Friday 27 November, 9:30');
    },
  );
});
