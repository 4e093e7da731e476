/** What the providers' calendars keep to: in memory, and in DynamoDB as the real adapter uses it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBookings } from '../../functions/adapters/bookings.ts';
import type { Bookings } from '../../functions/adapters/ports.ts';
import { createMemoryBookings } from '../../lib/simulation/memory-lists.ts';
import { at } from '../fixtures/sales.ts';
import { type LocalSales, startLocalSales } from './local-sales.ts';

const MINE = 'shop/1#visit-1';
const YOURS = 'shop/2#visit-1';
const THEIRS = 'shop/3#visit-1';

const contract = (name: string, make: () => Bookings): void => {
  describe(`the calendars of providers, ${name}`, () => {
    let bookings: Bookings;
    let provider: string;
    let count = 0;

    beforeEach(() => {
      bookings = make();
      count += 1;
      provider = `provider-${count}`;
    });

    const reserve = (from: string, to: string, holder = MINE) =>
      bookings.reserve(provider, at(19, from), at(19, to), holder);
    const release = (from: string, to: string, holder = MINE) =>
      bookings.release(provider, at(19, from), at(19, to), holder);

    it('take a time that is free, and the same again for the same visit', async () => {
      expect(await reserve('09:00', '11:00')).toBe(true);
      expect(await reserve('09:00', '11:00')).toBe(true);
    });

    it.each([
      ['the same time', '09:00', '11:00', false],
      ['its end', '10:45', '12:00', false],
      ['its middle', '09:30', '10:00', false],
      ['all of it and more', '08:00', '12:00', false],
      ['the last quarter of an hour it touches', '10:59', '11:30', false],
      ['what follows at once', '11:00', '12:00', true],
      ['what ends when it begins', '08:00', '09:00', true],
    ])('give %s to another visit: %s to %s: %s', async (_, from, to, isGiven) => {
      await reserve('09:00', '11:00');

      expect(await reserve(from, to, YOURS)).toBe(isGiven);
    });

    it('let nobody else wait for a provider of their own', async () => {
      await reserve('09:00', '11:00');

      expect(await bookings.reserve(`${provider}-other`, at(19, '09:00'), at(19, '11:00'), YOURS)).toBe(true);
    });

    it('take nothing when they cannot take all of it', async () => {
      await reserve('10:00', '11:00', YOURS);

      expect(await reserve('09:00', '10:30')).toBe(false);
      expect(await reserve('09:00', '10:00', THEIRS)).toBe(true);
    });

    it('leave a visit the time it had when the new one is not free', async () => {
      await reserve('09:00', '11:00');
      await reserve('11:00', '12:00', YOURS);

      expect(await reserve('10:00', '12:00')).toBe(false);
      expect(await reserve('10:00', '11:00', THEIRS)).toBe(false);
      expect(await reserve('09:00', '10:00', THEIRS)).toBe(false);
    });

    it('give a time back to whoever comes next, all or a part of it', async () => {
      await reserve('09:00', '11:00');

      await release('10:00', '11:00');

      expect(await reserve('10:00', '11:00', YOURS)).toBe(true);
      expect(await reserve('09:00', '10:00', YOURS)).toBe(false);
    });

    it('give nothing back that is another visit’s, and nothing twice', async () => {
      await reserve('09:00', '11:00', YOURS);

      await release('09:00', '11:00');
      await release('12:00', '13:00');

      expect(await reserve('09:00', '11:00')).toBe(false);
    });

    it('give one of many who ask at once the whole time, and the others nothing of it', async () => {
      const holders = Array.from({ length: 6 }, (_, index) => `shop/${index}#visit-1`);

      const given = await Promise.all(holders.map((holder) => reserve('09:00', '11:00', holder)));

      expect(given.filter(Boolean).length).toBeLessThanOrEqual(1);
      for (const [index, holder] of holders.entries())
        if (given[index] === true) expect(await reserve('09:00', '11:00', holder)).toBe(true);
      if (!given.some(Boolean)) expect(await reserve('09:00', '11:00')).toBe(true);
    });
  });
};

contract('in memory', createMemoryBookings);

describe('in DynamoDB', () => {
  let local: LocalSales;

  beforeAll(async () => {
    local = await startLocalSales();
  });
  afterAll(() => local.stop());

  contract('in DynamoDB', () => createBookings(local.table));
});
