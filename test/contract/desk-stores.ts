import { beforeEach, describe, expect, it } from 'vitest';
import type { DeskStore } from '../../functions/adapters/ports.ts';
import type { PersonSearch } from '../../functions/adapters/search-ports.ts';
import type { SearchKey } from '../../functions/core/desk/search-keys.ts';
import { type SaleId, saleIdOf } from '../../functions/core/ids.ts';
import { at } from '../fixtures/sales.ts';

/** What every store of the desk's ways in keeps to. `make` may give one that is in use already. */
export const deskStoreContract = (name: string, make: () => DeskStore): void => {
  describe(`a desk store, ${name}`, () => {
    let store: DeskStore;
    let digest: string;
    let count = 0;
    const pass = { member: 'nora', expiresAt: at(20) };

    beforeEach(() => {
      store = make();
      count += 1;
      digest = `${name}-${count}`;
    });

    it('knows a way in until it expires', async () => {
      await store.keepWayIn(digest, pass);

      expect(await store.findWayIn('nothing', at(9))).toBeUndefined();
      expect(await store.findWayIn(digest, at(19))).toBe('nora');
      expect(await store.findWayIn(digest, at(20))).toBeUndefined();
      expect(await store.spendWayIn(digest, at(20))).toBeUndefined();
    });

    it('gives a way in to one of many at once, and to nobody after', async () => {
      await store.keepWayIn(digest, pass);

      const spent = await Promise.all(Array.from({ length: 8 }, () => store.spendWayIn(digest, at(9))));

      expect(spent.filter((member) => member === 'nora')).toHaveLength(1);
      expect(await store.spendWayIn(digest, at(9))).toBeUndefined();
      expect(await store.findWayIn(digest, at(9))).toBeUndefined();
    });

    it('spends no way in that nobody kept', async () => {
      expect(await store.spendWayIn(digest, at(9))).toBeUndefined();
      expect(await store.findWayIn(digest, at(9))).toBeUndefined();
    });

    it('knows a session until it expires or is ended, and takes no way in for one', async () => {
      await store.keepWayIn(digest, pass);
      expect(await store.findSession(digest, at(9))).toBeUndefined();

      await store.openSession(digest, pass);
      expect(await store.findSession(digest, at(19))).toBe('nora');
      expect(await store.findSession(digest, at(20))).toBeUndefined();

      await store.endSession(digest, at(10));
      await store.endSession('nothing', at(10));
      expect(await store.findSession(digest, at(11))).toBeUndefined();
      expect(await store.findWayIn(digest, at(11))).toBe('nora');
    });

    it('grants five mails within any hour, to each member their own', async () => {
      const times = ['10:00', '10:10', '10:20', '10:30', '10:40', '10:59', '11:00', '11:05', '11:10'];

      const granted: boolean[] = [];
      for (const time of times) granted.push(await store.takeMail(`${digest}-a`, at(9, time)));

      expect(granted).toEqual([true, true, true, true, true, false, true, false, true]);
      expect(await store.takeMail(`${digest}-b`, at(9, '10:59'))).toBe(true);
    });

    it('grants five of many mails asked for at once', async () => {
      const granted = await Promise.all(Array.from({ length: 12 }, () => store.takeMail(digest, at(9))));

      expect(granted.filter(Boolean)).toHaveLength(5);
    });
  });
};

/** What every search index keeps to. */
export const personSearchContract = (name: string, make: () => PersonSearch): void => {
  describe(`a search for people, ${name}`, () => {
    let search: PersonSearch;
    let partition: string;
    let count = 0;

    beforeEach(() => {
      search = make();
      count += 1;
      partition = `name#${name.replace(/\W/g, '')}${count}`;
    });

    const saleOf = (n: number | string): SaleId => saleIdOf('shop', `${partition.replace('#', '')}-${n}`);
    const named = (id: SaleId, ...words: string[]): SearchKey[] =>
      words.map((word) => ({ partition, sort: `${word}#${id}`, words }));
    const index = (id: SaleId, ...words: string[]) => search.index(id, named(id, ...words));

    it('finds nothing where nothing is', async () => {
      expect(await search.find(partition, { prefix: 'se', limit: 25 })).toEqual({
        items: [],
        next: undefined,
      });
      expect(await search.keysOf(saleOf(1))).toEqual([]);
    });

    it('finds a sale by the beginning of any word of its name', async () => {
      await index(saleOf(1), 'selma', 'selig');
      await index(saleOf(2), 'sera');

      const find = async (prefix: string) => (await search.find(partition, { prefix, limit: 25 })).items;

      expect(await find('sel')).toEqual([saleOf(1)]);
      expect(await find('se')).toEqual([saleOf(1), saleOf(2)]);
      expect(await find('sera')).toEqual([saleOf(2)]);
      expect(await find('selmas')).toEqual([]);
    });

    it('narrows by the beginning of a second word', async () => {
      await index(saleOf(1), 'selma', 'aydin');
      await index(saleOf(2), 'selma', 'kaya');

      const { items } = await search.find(partition, { prefix: 'selm', also: ['ka'], limit: 25 });

      expect(items).toEqual([saleOf(2)]);
    });

    it('hands over page after page, each sale once, and begins anew with a cursor nobody made', async () => {
      for (let n = 10; n < 40; n += 1) await index(saleOf(n), n % 2 === 0 ? 'selma' : 'selim', 'x');
      const all: SaleId[] = [];
      let after: string | undefined;
      let pages = 0;
      do {
        const page = await search.find(partition, { prefix: 'sel', limit: 7, after });
        all.push(...page.items);
        after = page.next;
        pages += 1;
      } while (after !== undefined);
      const first = await search.find(partition, { prefix: 'sel', limit: 7 });

      expect(all).toHaveLength(30);
      expect(new Set(all).size).toBe(30);
      expect(pages).toBe(5);
      for (const garbage of ['', 'zzz', '{"sale":"x"}', '\u0000', 'se', 'x'.repeat(3000)])
        expect(await search.find(partition, { prefix: 'sel', limit: 7, after: garbage })).toEqual(first);
    });

    it('ends with the last page, not with an empty one', async () => {
      for (let n = 1; n <= 4; n += 1) await index(saleOf(n), 'selma');

      expect((await search.find(partition, { prefix: 'sel', limit: 4 })).next).toBeUndefined();
      expect((await search.find(partition, { prefix: 'sel', limit: 3 })).next).toBeDefined();
    });

    it('knows every key a sale was ever found under, and is found under all of them', async () => {
      await index(saleOf(1), 'selma', 'aydin');
      await index(saleOf(1), 'selma', 'aydin');
      await index(saleOf(1), 'selma', 'kaya');

      expect((await search.keysOf(saleOf(1))).map(({ sort }) => sort)).toEqual([
        `aydin#${saleOf(1)}`,
        `kaya#${saleOf(1)}`,
        `selma#${saleOf(1)}`,
      ]);
      expect((await search.find(partition, { prefix: 'ay', limit: 25 })).items).toEqual([saleOf(1)]);
    });
  });
};
