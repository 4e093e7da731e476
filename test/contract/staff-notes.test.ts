/** What the notes that wait for the digest keep to: in memory, and in DynamoDB as the real adapter uses it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HeldNote, StaffNotes } from '../../functions/adapters/ports.ts';
import { createStaffNotes } from '../../functions/adapters/staff-notes.ts';
import { MessageKey } from '../../functions/core/conversation/entries.ts';
import { PromiseId } from '../../functions/core/promises/entries.ts';
import { createMemoryNotes } from '../../lib/simulation/memory-notes.ts';
import { at, SALE } from '../fixtures/sales.ts';
import { type LocalSales, startLocalSales } from './local-sales.ts';

const HOUR = '2026-11-17T10';
const NEXT_HOUR = '2026-11-17T11';

const note = (n: number): HeldNote => ({
  saleId: SALE,
  promise: PromiseId.parse('resolve-1'),
  message: MessageKey.parse(`resolve-1/owner#${n}`),
  at: at(17, '10:00'),
});
const notes = (count: number) => Array.from({ length: count }, (_, index) => note(index + 1));

const contract = (name: string, make: () => StaffNotes): void => {
  describe(`notes to staff, ${name}`, () => {
    let store: StaffNotes;
    let staff: string;
    let members = 0;

    beforeEach(() => {
      store = make();
      members += 1;
      staff = `member-${members}`;
    });

    const count = (hour = HOUR, most = 3) => store.count(staff, hour, most);
    const mine = async () => (await store.waiting()).find((one) => one.staff === staff);
    const names = async () => (await mine())?.notes.map(({ message }) => message).sort();

    it('are sent as long as there are few in the hour, and again in the next', async () => {
      expect([await count(), await count(), await count(), await count()]).toEqual([true, true, true, false]);
      expect(await count(NEXT_HOUR)).toBe(true);
    });

    it('of an hour that is over are counted in that hour, whatever the next one has', async () => {
      await count(NEXT_HOUR, 1);

      expect(await count(HOUR, 1)).toBe(true);
      expect(await count(HOUR, 1)).toBe(false);
      expect(await count(NEXT_HOUR, 1)).toBe(false);
    });

    it('are counted for each person', async () => {
      await count(HOUR, 1);

      expect(await count(HOUR, 1)).toBe(false);
      expect(await store.count(`${staff}-other`, HOUR, 1)).toBe(true);
    });

    it('counted by two at once never exceed the limit, and fill it', async () => {
      const counted = await Promise.all(Array.from({ length: 12 }, () => count(HOUR, 5)));

      expect(counted.filter(Boolean)).toHaveLength(5);
      expect(await count(HOUR, 5)).toBe(false);
    });

    it('counted by many at once at the turn of the hour never exceed the limit either', async () => {
      for (let n = 0; n < 5; n += 1) await count(HOUR, 5);

      const counted = await Promise.all(Array.from({ length: 12 }, () => count(NEXT_HOUR, 5)));

      expect(counted.filter(Boolean)).toHaveLength(5);
    });

    it('that are held wait, each once', async () => {
      await store.hold(staff, note(1));
      await store.hold(staff, note(2));
      await store.hold(staff, note(1));

      expect(await names()).toEqual(['resolve-1/owner#1', 'resolve-1/owner#2']);
      expect((await mine())?.notes).toContainEqual(note(1));
    });

    it('are released to one run only, and those that came since stay', async () => {
      await store.hold(staff, note(1));
      const found = (await mine())?.notes ?? [];
      await store.hold(staff, note(2));

      const released = await Promise.all([store.release(staff, found), store.release(staff, found)]);

      expect(released.filter(Boolean)).toHaveLength(1);
      expect(await names()).toEqual(['resolve-1/owner#2']);
    });

    it('are released all at once, however many there are', async () => {
      for (const one of notes(120)) await store.hold(staff, one);
      const found = (await mine())?.notes ?? [];

      expect(found).toHaveLength(120);
      expect(await store.release(staff, found)).toBe(true);
      expect(await names()).toEqual([]);
    });

    it('keep their count and their day while notes are held and released', async () => {
      await count(HOUR, 1);
      await store.claimDay(staff, at(17, '00:00'));
      await store.hold(staff, note(1));
      await store.release(staff, [note(1)]);

      expect(await count(HOUR, 1)).toBe(false);
      expect((await mine())?.listedOn).toBe(at(17, '00:00'));
    });

    it('of a morning go out once a day, also when two ask at once', async () => {
      const claimed = await Promise.all([1, 2, 3].map(() => store.claimDay(staff, at(17, '00:00'))));

      expect(claimed.filter(Boolean)).toHaveLength(1);
      expect(await store.claimDay(staff, at(16, '00:00'))).toBe(false);
      expect(await store.claimDay(staff, at(18, '00:00'))).toBe(true);
    });
  });
};

contract('in memory', createMemoryNotes);

describe('in DynamoDB', () => {
  let local: LocalSales;

  beforeAll(async () => {
    local = await startLocalSales();
  });
  afterAll(() => local.stop());

  contract('in DynamoDB', () => createStaffNotes(local.table));
});
