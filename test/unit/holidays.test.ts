import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../functions/core/calendar.ts';
import { Configuration } from '../../functions/core/configuration.ts';
import { publicHolidays } from '../../lib/holidays.ts';
import { configurationInput } from '../fixtures/configuration.ts';

const of = (country: string, region: string | undefined, year: number) =>
  publicHolidays(country, region, { from: year, to: year });

describe('the public holidays of a country', () => {
  it('are the days that are public in the region, and no half or optional ones', () => {
    expect(of('CH', 'ZH', 2031)).toEqual([
      '2031-01-01',
      '2031-04-11',
      '2031-04-13',
      '2031-04-14',
      '2031-05-01',
      '2031-05-22',
      '2031-06-01',
      '2031-06-02',
      '2031-08-01',
      '2031-09-21',
      '2031-12-25',
      '2031-12-26',
    ]);
  });

  it('differ by region', () => {
    expect(of('CH', 'TI', 2031)).toContain('2031-01-06');
    expect(of('CH', 'ZH', 2031)).not.toContain('2031-01-06');
  });

  it('count a holiday that begins on the day of a clock change', () => {
    expect(of('CH', undefined, 2027)).toContain('2027-03-28');
  });

  it('leave out those that begin at noon', () => {
    expect(of('IS', undefined, 2027)).not.toContain('2027-12-24');
    expect(of('IS', undefined, 2027)).toContain('2027-12-25');
  });

  it('name every day of a feast of several days', () => {
    expect(of('EG', undefined, 2027)).toEqual(
      expect.arrayContaining(['2027-03-09', '2027-03-10', '2027-03-11']),
    );
    expect(of('EG', undefined, 2027)).not.toContain('2027-03-12');
  });

  it('name a substitute day', () => {
    expect(of('GB', 'ENG', 2027)).toContain('2027-12-27');
  });

  it('are sorted, each once, from 2024 to 2045, whatever the clock says', () => {
    const days = publicHolidays('AT');

    expect(days).toEqual([...new Set(days)].sort());
    expect([days[0], days.at(-1)]).toEqual(['2024-01-01', '2045-12-26']);
  });

  it('fit the configuration', () => {
    const input = configurationInput();
    const days = publicHolidays('CH', 'ZH');

    const checked = Configuration.parse({
      ...input,
      hours: { ...input.hours, holidays: { staff: days, customers: days } },
    });

    expect(checked.hours.holidays.staff).toEqual(days);
    expect(Object.keys(checked.hours.staff).every((day) => WEEKDAYS.some((one) => one === day))).toBe(true);
  });

  it('are refused for a country or region nobody knows, instead of silently being none', () => {
    expect(() => publicHolidays('XX')).toThrow('No holidays are known for "XX"');
    expect(() => publicHolidays('CH', 'QQ')).toThrow('No holidays are known for "QQ" in CH');
  });
});
