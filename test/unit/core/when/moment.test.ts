import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isOpen, toEpochMs, toInstant } from '../../../../functions/core/calendar.ts';
import { saleIdOf } from '../../../../functions/core/ids.ts';
import { customerOpening, staffOpening } from '../../../../functions/core/openings.ts';
import { askMoment, windowOf } from '../../../../functions/core/when/moment.ts';
import { configuration, configurationInput } from '../../../fixtures/configuration.ts';
import { at, record } from '../../../fixtures/sales.ts';

const config = configuration();

const ZONES = [
  'Europe/Zurich',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'Pacific/Auckland',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Tokyo',
];
/** Two years, with every change of a clock in them. */
const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }).map(toInstant);
const zones = fc.constantFrom(...ZONES);
const hoursIn = (zone: string, instant: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });

describe('the moment of a question', () => {
  it('is now when the customer may be written to and the shop is awake', () => {
    expect(askMoment(config, record(), at(13, '10:00'))).toEqual({
      at: at(13, '10:00'),
      isCustomersAlone: false,
    });
  });

  it('waits for the hours both have when only the customer is awake', () => {
    const { at: moment, isCustomersAlone } = askMoment(
      config,
      record({ zone: 'Asia/Kolkata' }),
      at(13, '05:00'),
    );

    expect(isCustomersAlone).toBe(false);
    expect(moment >= at(13, '08:00')).toBe(true);
    expect(moment < at(13, '08:45')).toBe(true);
  });

  it("is the customer's alone where the two never meet, as in New Zealand", () => {
    const auckland = record({ zone: 'Pacific/Auckland' });

    const { at: moment, isCustomersAlone } = askMoment(config, auckland, at(13, '10:00'));

    expect(isCustomersAlone).toBe(true);
    expect(hoursIn('Pacific/Auckland', moment) >= '09:30').toBe(true);
    expect(isOpen(moment, staffOpening(config))).toBe(false);
  });

  it('waits until the shop is back when it is closed for a week, and not when for longer', () => {
    const closed = (days: number) =>
      configuration({
        hours: {
          ...configurationInput().hours,
          holidays: {
            staff: Array.from({ length: days }, (_, day) => at(9 + day).slice(0, 10)),
            customers: [],
          },
        },
      });

    expect(askMoment(closed(7), record(), at(9)).at.slice(0, 10)).toBe('2026-11-16');
    expect(askMoment(closed(15), record(), at(9))).toEqual({ at: at(9), isCustomersAlone: true });
  });

  it('is a minute of the opening that is the same for a sale and another for another', () => {
    const moments = ['1001', '1002', '1003', '1004'].map(
      (orderId) => askMoment(config, record({ id: saleIdOf('shop', orderId) }), at(14)).at,
    );

    expect(askMoment(config, record(), at(14)).at).toBe(askMoment(config, record(), at(15)).at);
    expect(new Set(moments).size).toBeGreaterThan(1);
  });

  it('is never in the past, in the hours of the customer and of the shop, and stays what it is', () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const sale = record({ zone });

        const { at: moment, isCustomersAlone } = askMoment(config, sale, instant);

        expect(toEpochMs(moment)).toBeGreaterThanOrEqual(toEpochMs(instant));
        expect(isOpen(moment, customerOpening(config, sale))).toBe(true);
        expect(isCustomersAlone || isOpen(moment, staffOpening(config))).toBe(true);
        expect(hoursIn(zone, moment) >= '09:30' && hoursIn(zone, moment) < '16:30').toBe(true);
        expect(askMoment(config, sale, moment).at).toBe(moment);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps to the wall clock in the hour that a change skips or repeats', () => {
    const night = configuration({
      hours: {
        ...configurationInput().hours,
        staff: { sun: [['00:00', '23:00']] },
        customers: { sun: [['02:15', '03:30']] },
      },
    });
    const moment = (instant: string) => askMoment(night, record(), instant).at;

    /* 2027-03-28: from 02:00 straight to 03:00, so the window opens at 03:00 summer time. */
    expect(moment('2027-03-28T00:00:00Z') >= '2027-03-28T01:00:00.000Z').toBe(true);
    expect(moment('2027-03-28T00:00:00Z') < '2027-03-28T01:30:00.000Z').toBe(true);
    /* 2026-10-25: 02:15 comes twice; the first one opens. */
    expect(moment('2026-10-24T23:00:00Z').startsWith('2026-10-25T00:')).toBe(true);
  });

  it('is told with the hours of its day', () => {
    expect(windowOf(config, record(), at(13))).toBe('09:30-16:30');
    expect(windowOf(config, record(), at(14))).toBe('');
  });
});
