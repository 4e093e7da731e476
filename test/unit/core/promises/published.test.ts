import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDelay, isBefore, isOpen, toEpochMs, toInstant } from '../../../../functions/core/calendar.ts';
import { keyOf } from '../../../../functions/core/journal.ts';
import type { PublishedPromise } from '../../../../functions/core/journey.ts';
import { staffOpening } from '../../../../functions/core/openings.ts';
import { answerDue } from '../../../../functions/core/promises/deadlines.ts';
import { publishedPromises } from '../../../../functions/core/promises/published.ts';
import type { OrderedVisit } from '../../../../functions/core/shop-event.ts';
import { configuration } from '../../../fixtures/configuration.ts';
import { WINDOW } from '../../../fixtures/promise-entries.ts';
import { at, record } from '../../../fixtures/sales.ts';

const config = configuration();
const hours = staffOpening(config);
const CALL: PublishedPromise = {
  kind: 'call',
  within: { days: 7 },
  says: 'A trainer rings you within a week.',
};

const owed = (
  promises: PublishedPromise[],
  {
    placedAt = at(2, '09:00'),
    now = at(2, '09:02'),
    visit,
  }: { placedAt?: string; now?: string; visit?: OrderedVisit } = {},
  owner = 'nora',
) =>
  publishedPromises(
    config,
    record({ owner, journey: { ...record().journey, promises } }),
    { placedAt, visit },
    now,
  );

/** The last instant of a working day counts as one of it. */
const isWorking = (instant: string) =>
  isOpen(instant, hours) || isOpen(toInstant(toEpochMs(instant) - 1), hours);

describe('what the shop has published', () => {
  it('is owed by whoever looks after the sale from the moment of the order, in its own words', () => {
    expect(owed([CALL])).toEqual([
      {
        type: 'promised',
        at: at(2, '09:02'),
        promise: 'call-1',
        kind: 'call',
        because: 'published',
        by: 'shop',
        owner: 'nora',
        level: 0,
        dueAt: at(9, '09:00'),
        clock: 'calendar',
        private: { words: 'A trainer rings you within a week.' },
      },
    ]);
  });

  it('is owed at the level of its owner', () => {
    expect(owed([CALL], {}, 'ines')).toMatchObject([{ owner: 'ines', level: 1 }]);
  });

  it.each<[string, PublishedPromise['within'], string]>([
    ['a week after a Monday', { days: 7 }, at(9, '09:00')],
    ['five days after a Monday, on the Friday before', { days: 5 }, at(6, '15:59')],
    ['three business days', { businessDays: 3 }, at(5, '09:00')],
    ['thirty hours, in the middle of the day', { hours: 30 }, at(3, '15:00')],
    ['thirty-six hours, on the evening before they are over', { hours: 36 }, at(3, '15:59')],
  ])('is due in working hours, earlier rather than later: %s', (_, within, dueAt) => {
    expect(owed([{ ...CALL, within }])).toMatchObject([{ dueAt }]);
  });

  it('leaves at least the answering time when the word was too short or the order came late', () => {
    const soon = owed([{ ...CALL, within: { hours: 1 } }]);
    const late = owed([CALL], { now: at(20, '10:00') });

    expect(soon).toMatchObject([{ dueAt: answerDue(config, 'call', at(2, '09:02')) }]);
    expect(late).toMatchObject([{ dueAt: answerDue(config, 'call', at(20, '10:00')) }]);
  });

  it('runs in days only when it was given in days', () => {
    expect(owed([{ ...CALL, within: { businessDays: 2 } }])[0]).not.toHaveProperty('clock');
  });

  it('is never due outside working hours and never in the past, whenever the order is placed', () => {
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }).map(toInstant);
    const within = fc.oneof(
      fc.integer({ min: 1, max: 60 }).map((days) => ({ days })),
      fc.integer({ min: 1, max: 30 }).map((businessDays) => ({ businessDays })),
      fc.integer({ min: 1, max: 500 }).map((span) => ({ hours: span })),
    );

    fc.assert(
      fc.property(moments, within, (placedAt, delay) => {
        const [promise] = owed([{ ...CALL, within: delay }], { placedAt, now: placedAt });
        const dueAt = promise !== undefined && 'dueAt' in promise ? (promise.dueAt ?? '') : '';

        expect(isWorking(dueAt)).toBe(true);
        expect(isBefore(dueAt, answerDue(config, 'call', placedAt))).toBe(false);
        const word = addDelay(placedAt, delay, hours);
        const isKept = !isBefore(word, dueAt) || dueAt === answerDue(config, 'call', placedAt);
        expect(isKept).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('may be several things, each with a number of its kind', () => {
    const answer: PublishedPromise = {
      kind: 'answer',
      within: { businessDays: 1 },
      says: 'A person answers.',
    };

    const ids = owed([CALL, answer, CALL]).map((entry) => entry.promise);

    expect(ids).toEqual(['call-1', 'answer-1', 'call-2']);
  });

  it('is the same however often the order is delivered', () => {
    const visit = { ...WINDOW };
    const keys = (now: string) => owed([CALL, CALL], { now, visit }).map(keyOf);

    expect(keys(at(2, '09:02'))).toEqual(keys(at(3, '17:00')));
    expect(new Set(keys(at(2, '09:02'))).size).toBe(4);
  });

  it('is nothing where nothing was published and no visit booked', () => {
    expect(owed([])).toEqual([]);
  });
});

describe('a visit booked with the order', () => {
  const VISIT: PublishedPromise = { kind: 'visit', within: { days: 10 }, says: 'We come and fit it.' };

  it('is owed with its window, and who goes there is who looks after the sale', () => {
    expect(owed([], { visit: { ...WINDOW, place: 'Rebgasse 9', bring: 'the key' } })).toMatchObject([
      { type: 'promised', promise: 'visit-1', kind: 'visit', because: 'booked', dueAt: at(19, '11:15') },
      {
        type: 'booked',
        promise: 'visit-1',
        n: 1,
        by: 'shop',
        ...WINDOW,
        zone: 'Europe/Zurich',
        provider: 'nora',
        dueAt: at(19, '11:15'),
        needsAcceptance: false,
        private: { place: 'Rebgasse 9', bring: 'the key' },
      },
    ]);
  });

  it('is made by whom the shop names, where they work here, in the zone of the place', () => {
    const named = owed([], { visit: { ...WINDOW, provider: 'lio', zone: 'Europe/Lisbon' } });
    const unknown = owed([], { visit: { ...WINDOW, provider: 'zoe' } });

    expect(named[1]).toMatchObject({ provider: 'lio', zone: 'Europe/Lisbon' });
    expect(unknown[1]).toMatchObject({ provider: 'nora' });
  });

  it('is the visit that was published, with its words, and not a second one', () => {
    const entries = owed([VISIT, CALL], { visit: { ...WINDOW } });

    expect(entries).toMatchObject([
      { promise: 'call-1' },
      { promise: 'visit-1', because: 'booked', private: { words: 'We come and fit it.' } },
      { type: 'booked', promise: 'visit-1' },
    ]);
  });

  it('that is over already is not owed, and what was published is', () => {
    const entries = owed([VISIT], { visit: { from: at(1, '09:00'), to: at(1, '10:00') } });

    expect(entries).toMatchObject([{ promise: 'visit-1', because: 'published' }]);
  });
});
