import { beforeEach, describe, expect, it } from 'vitest';
import type {
  Link,
  LinkStore,
  ParkedEvent,
  ParkedStore,
  PeopleStore,
} from '../../functions/adapters/ports.ts';
import { at, SALE } from '../fixtures/sales.ts';

/** What every link store keeps to. */
export const linkStoreContract = (name: string, make: () => LinkStore): void => {
  describe(`a link store, ${name}`, () => {
    let store: LinkStore;
    const link: Link = { saleId: SALE, audience: 'customer', expiresAt: at(20) };

    beforeEach(() => {
      store = make();
    });

    it('knows no link nobody made', async () => {
      expect(await store.find('nothing', at(9))).toBeUndefined();
    });

    it('finds a link by its digest until it expires', async () => {
      await store.keep('digest-1', link);

      expect(await store.find('digest-1', at(19))).toEqual(link);
      expect(await store.find('digest-1', at(20))).toBeUndefined();
      expect(await store.find('digest-1', at(25))).toBeUndefined();
    });

    it('keeps whose promise it is about and who it went to', async () => {
      const staff: Link = { ...link, audience: 'staff', promise: 'call-1', staff: 'nora' };
      await store.keep('digest-2', staff);

      expect(await store.find('digest-2', at(9))).toEqual(staff);
    });
  });
};

/** What every people store keeps to. */
export const peopleStoreContract = (name: string, make: () => PeopleStore): void => {
  describe(`a people store, ${name}`, () => {
    let store: PeopleStore;

    beforeEach(() => {
      store = make();
    });

    it('knows nobody who has not stopped', async () => {
      expect(await store.hasStopped('selma')).toBe(false);
    });

    it('keeps a stop until it is taken back', async () => {
      await store.stop('nadia', at(9));
      expect(await store.hasStopped('nadia')).toBe(true);

      await store.resume('nadia');
      expect(await store.hasStopped('nadia')).toBe(false);

      await store.stop('nadia', at(10));
      expect(await store.hasStopped('nadia')).toBe(true);
    });

    it('keeps people apart, and takes back what nobody said', async () => {
      await store.stop('omar', at(9));
      await store.resume('lea');

      expect(await store.hasStopped('lea')).toBe(false);
      expect(await store.hasStopped('omar')).toBe(true);
    });
  });
};

export type ReadableParkedStore = ParkedStore & {
  /** Bodies and reasons of what was parked for a source, by id. */
  parkedOf(source: string): Promise<{ id: string; reason: string; body: string }[]>;
};

/** What every store of parked events keeps to. */
export const parkedStoreContract = (name: string, make: () => ReadableParkedStore): void => {
  describe(`a store of parked events, ${name}`, () => {
    let store: ReadableParkedStore;
    const event: ParkedEvent = {
      source: 'shop',
      id: `${at(9)}#1`,
      reason: 'The order names no product.',
      topic: undefined,
      body: '{"id":1}',
      at: at(9),
    };

    beforeEach(() => {
      store = make();
    });

    it('keeps what the shop sent and why nobody could act on it', async () => {
      await store.park({ ...event, source: 'one' });

      expect(await store.parkedOf('one')).toEqual([{ id: event.id, reason: event.reason, body: event.body }]);
    });

    it('keeps the same message once, however often it comes', async () => {
      await store.park({ ...event, source: 'two' });
      await store.park({ ...event, source: 'two', topic: 'orders/paid' });
      await store.park({ ...event, source: 'two', id: `${at(9)}#2` });

      expect((await store.parkedOf('two')).map(({ id }) => id)).toEqual([`${at(9)}#1`, `${at(9)}#2`]);
    });
  });
};
