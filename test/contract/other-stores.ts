import { beforeEach, describe, expect, it } from 'vitest';
import type { ParkedEvent, ParkedStore } from '../../functions/adapters/forget-ports.ts';
import type { Link, LinkStore, PeopleStore } from '../../functions/adapters/ports.ts';
import { UNKNOWN } from '../../functions/core/person/standing.ts';
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

    it('forgets a link that is dropped', async () => {
      await store.keep('digest-3', link);

      await store.drop('digest-3');

      expect(await store.find('digest-3', at(9))).toBeUndefined();
    });

    it('keeps which mail it stands for', async () => {
      const sent: Link = { ...link, message: 'check-in', attempt: 1 };
      await store.keep('digest-4', sent);

      expect(await store.find('digest-4', at(9))).toEqual(sent);
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

    const asked = { since: at(9), because: 'asked', method: 'page' } as const;

    it('has nothing against writing to somebody it does not know', async () => {
      expect(await store.of('selma')).toEqual(UNKNOWN);
    });

    it('keeps a stop by class until it is taken back, and who took it back', async () => {
      await store.suppress('nadia', ['review'], asked);
      expect((await store.of('nadia')).suppressed).toEqual({ review: asked });

      await store.release('nadia', { at: at(10), by: 'nora', reason: 'she rang', classes: ['review'] });
      const after = await store.of('nadia');
      expect(after.suppressed).toEqual({});
      expect(after.releases).toEqual([{ at: at(10), by: 'nora', reason: 'she rang', classes: ['review'] }]);
    });

    it('keeps people apart', async () => {
      await store.suppress('omar', ['check-in'], asked);
      await store.release('lea', { at: at(9), by: 'customer', classes: ['check-in'] });

      expect((await store.of('lea')).suppressed).toEqual({});
      expect(Object.keys((await store.of('omar')).suppressed)).toEqual(['check-in']);
    });

    it('gives the next ask to one of two who saw the same', async () => {
      const touch = { at: at(9), message: 'check-in', saleId: SALE };
      const seen = await store.of('rosa');

      const [first, second] = [
        await store.touch('rosa', touch, seen),
        await store.touch('rosa', touch, seen),
      ];

      expect([first, second]).toEqual([true, false]);
      expect((await store.of('rosa')).touches).toEqual([touch]);
    });

    it('forgets who somebody is, but not which mails they do not want', async () => {
      await store.suppress('ivo', ['check-in'], { ...asked, evidence: 'Mozilla/5.0', saleId: SALE });
      await store.touch('ivo', { at: at(9), message: 'check-in', saleId: SALE }, await store.of('ivo'));

      await store.forget('ivo');

      const after = await store.of('ivo');
      expect(after.suppressed).toEqual({ 'check-in': asked });
      expect(after.touches).toEqual([]);
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
