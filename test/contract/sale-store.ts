import { beforeEach, describe, expect, it } from 'vitest';
import type { SaleStore } from '../../functions/adapters/ports.ts';
import { type SaleId, saleIdOf } from '../../functions/core/ids.ts';
import { type EntryOf, inOrder } from '../../functions/core/journal.ts';
import { oneOfEach } from '../fixtures/entries.ts';
import { at, customer, order, record, told } from '../fixtures/sales.ts';

const ordered = (occurredAt: string, tags: string[] = []): EntryOf<'ordered'> => ({
  type: 'ordered',
  at: occurredAt,
  eventId: `ordered-${occurredAt}`,
  occurredAt,
  order: order({ tags }),
});

/** What every sale store keeps to. `make` gives one that may hold other sales already. */
export const saleStoreContract = (name: string, make: () => SaleStore): void => {
  let store: SaleStore;
  let id: SaleId;
  let count = 0;

  beforeEach(() => {
    store = make();
    count += 1;
    id = saleIdOf('shop', `${name.replace(/\W/g, '')}-${count}`);
  });

  describe(`a sale store, ${name}`, () => {
    it('knows nothing of a sale nobody wrote about', async () => {
      expect(await store.load(id)).toBeUndefined();
    });

    it('writes the guard row once, and the first stays', async () => {
      const first = await store.open(record({ id }));
      const second = await store.open(record({ id, owner: 'lio' }));

      expect([first, second]).toEqual([true, false]);
      expect((await store.load(id))?.record).toEqual(record({ id }));
    });

    it('gives the guard row to one of many at once', async () => {
      const results = await Promise.all(Array.from({ length: 8 }, () => store.open(record({ id }))));

      expect(results.filter(Boolean)).toHaveLength(1);
    });

    it('keeps every kind of entry as it was written', async () => {
      for (const entry of oneOfEach) await store.append(id, entry);

      const stored = (await store.load(id))?.entries ?? [];
      expect(inOrder(stored)).toEqual(inOrder(oneOfEach.map((entry) => JSON.parse(JSON.stringify(entry)))));
    });

    it('appends an entry once, and the first stays', async () => {
      const first = await store.append(id, told.claimed('check-in', at(9)));
      const second = await store.append(id, told.claimed('check-in', at(10)));

      expect([first, second]).toEqual([true, false]);
      expect((await store.load(id))?.entries).toEqual([told.claimed('check-in', at(9))]);
    });

    it('gives a claim to one of many at once', async () => {
      const results = await Promise.all(
        Array.from({ length: 8 }, () => store.append(id, told.claimed('check-in', at(9)))),
      );

      expect(results.filter(Boolean)).toHaveLength(1);
    });

    it('reads what was just written', async () => {
      for (let n = 1; n <= 10; n += 1) {
        await store.append(id, told.replied(at(9), 5, { n }));
        expect((await store.load(id))?.entries).toHaveLength(n);
      }
    });

    it('hands over journals larger than one answer of the database', async () => {
      const wide = order({ tags: Array.from({ length: 250 }, (_, index) => `${index} `.padEnd(200, 'x')) });
      for (let day = 1; day <= 28; day += 1) await store.append(id, told.ordered(at(day), { order: wide }));

      expect((await store.load(id))?.entries).toHaveLength(28);
    });

    it('keeps sales apart', async () => {
      const other = saleIdOf('shop', `${id.slice(5)}-other`);
      await store.append(id, told.delivered(at(5)));

      expect(await store.load(other)).toBeUndefined();
    });

    it('keeps the newest the shop says of a person, also when it comes first', async () => {
      await store.saveCustomer(id, { ...customer, name: 'Selma Kaya' }, at(5), at(5));
      await store.saveCustomer(id, customer, at(3), at(3));

      expect((await store.load(id))?.customer?.name).toBe('Selma Kaya');
    });

    it('replaces the person as a whole: what the shop no longer says is gone', async () => {
      await store.saveCustomer(id, customer, at(3), at(3));
      await store.saveCustomer(id, { email: customer.email }, at(4), at(4));

      expect((await store.load(id))?.customer).toEqual({ email: customer.email });
    });

    it('holds a corrected number against everything the shop says before and after', async () => {
      await store.saveCustomer(id, customer, at(3), at(3));
      await store.correctPhone(id, '+41 79 555 03 99');
      await store.saveCustomer(id, { ...customer, firstName: 'Sel' }, at(9), at(9));

      expect((await store.load(id))?.customer).toEqual({
        ...customer,
        firstName: 'Sel',
        phone: '+41 79 555 03 99',
      });
    });

    it('takes a corrected number before the shop has said anything', async () => {
      await store.correctPhone(id, '+41 79 555 03 99');

      expect((await store.load(id))?.customer).toEqual({ phone: '+41 79 555 03 99' });
    });

    it('takes nothing personal any more once the person is forgotten, and what was said twice stays so', async () => {
      const said = told.replied(at(9), 2, { words: 'It squeaks.', phone: '+41 79 555 03 30' });
      await store.saveCustomer(id, customer, at(3), at(3));
      await store.append(id, said);
      await store.erase(id);

      expect(await store.append(id, said)).toBe(false);
      expect(await store.append(id, told.replied(at(10), 1, { n: 2, words: 'It rattles.' }))).toBe(true);
      await store.saveCustomer(id, customer, at(12), at(12));
      await store.correctPhone(id, '+41 79 555 03 99');

      const loaded = await store.load(id);
      expect(loaded?.customer).toEqual({});
      expect(loaded?.entries).toHaveLength(2);
      expect(JSON.stringify(loaded?.entries)).not.toMatch(/squeaks|rattles|555/);
    });

    it('appends and hands over the sale with the entry in it, and says whether it was new', async () => {
      await store.append(id, told.delivered(at(5)));

      const first = await store.appendThenLoad(id, told.claimed('check-in', at(9)));
      const second = await store.appendThenLoad(id, told.claimed('check-in', at(10)));

      expect([first.isNew, second.isNew]).toEqual([true, false]);
      expect(first.stored).toEqual(await store.load(id));
      expect(second.stored).toEqual(first.stored);
    });

    it('of a person who was forgotten keeps nothing personal, also where the sale is handed over', async () => {
      await store.saveCustomer(id, customer, at(3), at(3));
      await store.erase(id);

      const { stored } = await store.appendThenLoad(id, told.replied(at(10), 1, { words: 'It rattles.' }));
      await store.keepOrder(id, ordered(at(11), ['for Selma']), customer);

      const kept = await store.load(id);
      expect(JSON.stringify([stored, kept])).not.toMatch(/rattles|Selma/);
      expect(kept?.customer).toEqual({});
      expect(kept?.entries).toHaveLength(2);
    });

    it('keeps an order, and the person only when nothing newer was said of them', async () => {
      await store.keepOrder(id, ordered(at(5)), { ...customer, name: 'Selma Kaya' });
      await store.keepOrder(id, ordered(at(3)), customer);

      const kept = await store.load(id);
      expect(kept?.entries).toHaveLength(2);
      expect(kept?.customer?.name).toBe('Selma Kaya');
    });

    it('keeps one waiter per key, the last', async () => {
      const waiter = { key: 'FollowUp', position: 'use', token: 'first', until: at(9) };
      await store.wait(id, waiter);
      await store.wait(id, { ...waiter, position: 'ask', token: 'second' });
      await store.wait(id, { ...waiter, key: 'resolve-1', position: 'owner', turn: 2 });

      const waiters = (await store.load(id))?.waiters ?? [];
      expect(waiters.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
        { key: 'FollowUp', position: 'ask', token: 'second', until: at(9) },
        { key: 'resolve-1', position: 'owner', token: 'first', until: at(9), turn: 2, isOff: true },
      ]);
    });

    it('gives no place back to a run of a state that has gone on, and takes none from who waits', async () => {
      const waiter = { key: 'FollowUp', position: 'review', token: 'first', until: at(9) };
      const waits = async () => (await store.load(id))?.waiters.map(({ token, isOff }) => ({ token, isOff }));
      await store.wait(id, waiter);
      await store.wait(id, { ...waiter, position: 'promise', token: 'second' });
      await store.wait(id, { ...waiter, position: 'promise', token: 'second' });

      await store.wait(id, waiter);
      expect(await waits()).toEqual([{ token: 'second', isOff: true }]);

      await store.wait(id, { ...waiter, token: 'third' });
      expect(await waits()).toEqual([{ token: 'third', isOff: undefined }]);
    });

    it('keeps the wait of a later workflow of a promise, whatever an earlier one says', async () => {
      const waiter = { key: 'resolve-1', position: 'owner', until: at(9), turn: 1 };
      const tokens = async () => (await store.load(id))?.waiters.map(({ token }) => token);

      expect(await store.wait(id, { ...waiter, token: 'first', cycle: 1 })).toBe(true);
      expect(await store.wait(id, { ...waiter, token: 'second', cycle: 2 })).toBe(true);
      expect(await store.wait(id, { ...waiter, token: 'redriven', cycle: 1 })).toBe(false);
      expect(await tokens()).toEqual(['second']);

      expect(await store.wait(id, { ...waiter, token: 'next', cycle: 2 })).toBe(true);
      expect(await tokens()).toEqual(['next']);
    });

    it('says of a wait that has ended for good that it is over, and of a later one that it is not', async () => {
      const waiter = { key: 'FollowUp', position: 'ask', token: 'first', until: at(9) };
      const isOff = async () => (await store.load(id))?.waiters.map((one) => one.isOff);
      await store.wait(id, waiter);
      await store.endWait(id, 'FollowUp', 'another token');
      expect(await isOff()).toEqual([undefined]);

      await store.endWait(id, 'FollowUp', 'first');
      expect(await isOff()).toEqual([true]);
      await store.wait(id, { ...waiter, token: 'second' });
      expect(await isOff()).toEqual([undefined]);

      await store.endWait(id, 'FollowUp');
      expect(await isOff()).toEqual([true]);
    });

    it('leaves waits for what is owed to the sweeper, unless they are hastened', async () => {
      const waiter = { key: 'FollowUp', position: 'ask', token: 'first', until: at(9) };
      const isOff = async () => (await store.load(id))?.waiters.map((one) => one.isOff);
      await store.wait(id, waiter);
      await store.wait(id, { ...waiter, position: 'promise', token: 'second' });
      await store.wait(id, { ...waiter, key: 'resolve-1' });
      expect(await isOff()).toEqual([true, true]);

      await store.hastenWait(id, 'resolve-1', at(8));
      await store.hastenWait(id, 'FollowUp', at(8));
      expect(await isOff()).toEqual([undefined, undefined]);
    });

    it('ends and hastens no wait that was never begun', async () => {
      await store.endWait(id, 'resolve-1');
      await store.hastenWait(id, 'resolve-1', at(9));

      expect(await store.load(id)).toBeUndefined();
    });

    it('finds a sale under another name, and itself under its own', async () => {
      const alias = saleIdOf('shop', `${id.slice(5)}-alias`);
      await store.alias(alias, id);

      expect(await store.resolve(alias)).toBe(id);
      expect(await store.resolve(id)).toBe(id);
    });

    it('keeps the sale an alias was given to first', async () => {
      const alias = saleIdOf('shop', `${id.slice(5)}-alias`);
      await store.alias(alias, id);
      await store.alias(alias, saleIdOf('shop', 'thief'));

      expect(await store.resolve(alias)).toBe(id);
    });

    it('keeps what was told under another name beside the alias', async () => {
      const alias = saleIdOf('shop', `${id.slice(5)}-alias`);
      await store.append(alias, told.refunded(at(6)));
      await store.alias(alias, id);

      expect(await store.load(alias)).toMatchObject({ record: undefined, entries: [told.refunded(at(6))] });
    });
  });
};
