import { beforeEach, describe, expect, it } from 'vitest';
import type { ForgettingPorts } from '../../../functions/adapters/ports.ts';
import { saleIdOf } from '../../../functions/core/ids.ts';
import { foldSale } from '../../../functions/core/sale.ts';
import { personDigest } from '../../../functions/steps/digests.ts';
import { forgetPerson, forgetShop } from '../../../functions/steps/erase-person.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, customer } from '../../fixtures/sales.ts';
import {
  A1,
  A2,
  EMAIL,
  everything,
  hasNeedle,
  NEEDLES,
  NOW,
  OTHER,
  park,
  plant,
  workOff,
  workOn,
} from './forget-planted.ts';

const somebody = { name: 'Ida Lund', email: 'ida.lund@example.org' };
const asked = { sales: [A1], emails: [], by: 'customer', eventId: 'customer:A-1' } as const;

let world: MemoryWorld;
const saleOf = async (id = A1) => {
  const stored = await world.sales.load(id);
  return stored === undefined ? undefined : foldSale(stored);
};

beforeEach(async () => {
  world = memoryWorld();
  await plant(world, A1);
  await plant(world, A2);
  await plant(world, OTHER, somebody);
  await park(world);
});

/** Ida Lund said the same in the same words, and stays. */
const withoutOther = (text: string) => text.replaceAll(/^shop\/B-9.*$/gm, '');

describe('asking to be forgotten', () => {
  it('plants every needle to begin with', () => {
    expect(hasNeedle(everything(world))).toEqual(NEEDLES);
  });

  it('marks every sale of the person at once, also those that were not named', async () => {
    const receipt = await forgetPerson(world.ports, asked, NOW);

    expect((await saleOf(A1))?.isErased).toBe(true);
    expect((await saleOf(A2))?.isErased).toBe(true);
    expect((await saleOf(OTHER))?.isErased).toBe(false);
    expect(receipt).toMatchObject({
      at: NOW,
      by: 'customer',
      dropped: { sales: 2, links: 2, mails: 2, words: 10 },
    });
  });

  it('marks nobody for whom the work could not be asked for', async () => {
    world.failOnce('forget.send people');

    await expect(forgetPerson(world.ports, asked, NOW)).rejects.toThrow();

    expect((await saleOf(A1))?.isErased).toBe(false);
    expect((await saleOf(A2))?.isErased).toBe(false);
  });

  it('puts one message on the queue, and nobody can be told from it', async () => {
    await forgetPerson(world.ports, { ...asked, emails: [EMAIL] }, NOW);

    expect(world.forget.waiting).toHaveLength(1);
    expect(hasNeedle(JSON.stringify(world.forget.waiting))).toEqual([]);
  });

  it('gives the same receipt however often it is asked', async () => {
    const first = await forgetPerson(world.ports, asked, NOW);
    const again = await forgetPerson(world.ports, asked, at(25));

    expect(again.number).toBe(first.number);
    expect(first.number).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$/);
  });

  it('remembers an order that has not come yet', async () => {
    const id = saleIdOf('web', '4711');
    await forgetPerson(world.ports, { ...asked, sales: [id], by: 'shop' }, NOW);
    await workOff(world);

    expect(world.sales.entries(id)).toMatchObject([{ type: 'erased', by: 'shop' }]);
  });
});

describe('the work of forgetting', () => {
  it('leaves nothing of the person anywhere, and all of everybody else', async () => {
    const before = world.sales.entries(OTHER);
    await forgetPerson(world.ports, asked, NOW);

    await workOff(world);

    expect(hasNeedle(withoutOther(everything(world)))).toEqual([]);
    expect(world.sales.entries(OTHER)).toEqual(before);
    expect(world.parked.all().map(({ id }) => id)).toEqual(['4']);
    expect(world.box.all().map(({ id }) => id)).toEqual(['m4']);
    expect(world.archive.keys()).toEqual(['mail/B-9', 'mail/u4']);
    expect(world.links.all().map(({ saleId }) => saleId)).toEqual([OTHER, OTHER]);
  });

  it('ends the waits and takes back what is owed', async () => {
    await forgetPerson(world.ports, asked, NOW);
    await workOff(world);

    expect(world.workflows.told.map(({ token }) => token).sort()).toEqual(['token-A-1', 'token-A-2']);
    expect((await saleOf())?.promises).toMatchObject([{ status: 'withdrawn' }]);
  });

  it('leaves what happened and when', async () => {
    const before = world.sales.entries(A1).map(({ type, at }) => `${at} ${type}`);
    await forgetPerson(world.ports, asked, NOW);
    await workOff(world);

    const after = world.sales.entries(A1).map((entry) => `${entry.at} ${entry.type}`);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('keeps which mails they do not want, and nothing else about them', async () => {
    const person = personDigest(world.ids, EMAIL);
    await world.people.suppress(person, ['check-in'], {
      ...{ since: at(5), because: 'asked', method: 'page', evidence: 'Firefox' },
      saleId: A1,
    });
    await forgetPerson(world.ports, asked, NOW);
    await workOff(world);

    const { touches, suppressed } = await world.people.of(person);
    expect(touches).toEqual([]);
    expect(suppressed).toEqual({ 'check-in': { since: at(5), because: 'asked', method: 'page' } });
  });

  it('counts on the receipt what was dropped', async () => {
    const { number } = await forgetPerson(world.ports, asked, NOW);
    await workOff(world);

    expect(await world.ports.receipts.find(number)).toEqual({
      ...{ number, at: NOW, by: 'customer' },
      dropped: { sales: 2, links: 2, mails: 5, words: 10, webhooks: 3 },
    });
  });

  it('writes the number of the receipt into the journal of each sale', async () => {
    const { number } = await forgetPerson(world.ports, asked, NOW);
    await workOff(world);

    for (const id of [A1, A2])
      expect(world.sales.entries(id)).toContainEqual({
        ...{ type: 'erased', at: NOW, by: 'customer', receipt: number },
        eventId: asked.eventId,
      });
  });

  it('lets nothing personal back into the journal', async () => {
    await forgetPerson(world.ports, asked, NOW);
    await workOff(world);
    await world.sales.append(A1, {
      ...{ type: 'replied', at: at(25), n: 2, reply: { call: false } },
      evidence: { agent: 'Firefox' },
      private: { words: 'It squeaks.' },
    });
    await world.sales.saveCustomer(A1, customer, at(26), at(26));

    expect(JSON.stringify(await world.sales.load(A1))).not.toMatch(/squeaks|Firefox|Selma/);
  });

  it('refuses what is no message of its queue', async () => {
    const { batchItemFailures } = await workOn(world.ports, JSON.parse('{"v":1,"kind":"people"}'));

    expect(batchItemFailures).toHaveLength(1);
  });
});

describe('a shop that is gone', () => {
  it('is forgotten with everybody in it, a page at a time', async () => {
    await forgetShop(world.ports, { source: 'shop', eventId: 'gone' }, NOW);

    const pieces = await workOff(world);

    expect(hasNeedle(world.bytes())).toEqual([]);
    expect(everything(world)).not.toContain('Lund');
    /* Two pages of sales, three sales, two places outside of them of two pages each, one of another. */
    expect(pieces).toBeGreaterThan(6);
    expect(world.parked.all().map(({ source }) => source)).toEqual(['web', 'web']);
  });

  it('leaves the sales of another source alone', async () => {
    await forgetShop(world.ports, { source: 'web', eventId: 'gone' }, NOW);
    await workOff(world);

    expect((await saleOf())?.isErased).toBe(false);
    expect(world.parked.all().map(({ source }) => source)).toEqual(['shop', 'shop']);
  });
});

/** Every call of every port, in turn, fails before it has done anything, or right after. */
const faulty = (ports: ForgettingPorts, isBroken: (when: 'before' | 'after') => boolean): ForgettingPorts => {
  const wrapped = (port: object): object =>
    new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function' || name === 'digest' || name === 'token') return member;
        return async (...given: unknown[]) => {
          if (isBroken('before')) throw new Error('the network failed before');
          const result: unknown = await Reflect.apply(member, target, given);
          if (isBroken('after')) throw new Error('the network failed after');
          return result;
        };
      },
    });
  return new Proxy(ports, {
    get: (target, name) => {
      const port: unknown = Reflect.get(target, name);
      return name !== 'settings' && typeof port === 'object' && port !== null ? wrapped(port) : port;
    },
  });
};

/** The state that matters in the end; the order of some writes may differ. */
const outcome = async () => ({
  needles: hasNeedle(withoutOther(everything(world))),
  mails: world.archive.keys(),
  links: world.links.all().map(({ saleId }) => saleId),
  parked: world.parked.all().map(({ id }) => id),
  unsorted: world.box.all().map(({ id }) => id),
  ended: world.workflows.told.map(({ token }) => token).sort(),
  statuses: (await saleOf())?.promises.map(({ status }) => status),
});

describe('a failure anywhere', () => {
  const build = async () => {
    world = memoryWorld();
    await plant(world, A1);
    await plant(world, A2);
    await plant(world, OTHER, somebody);
    await park(world);
  };

  /** Asks again until it is taken, and works until all is done; the call `broken` fails once. */
  const forget = async (broken: number, moment: 'before' | 'after') => {
    await build();
    let calls = 0;
    const ports = faulty(world.ports, (when) => {
      if (when === 'before') calls += 1;
      return calls === broken && when === moment;
    });
    const ask = () => forgetPerson(ports, asked, NOW);
    const { number } = await ask().catch(ask);
    await workOff(world, ports);
    return { calls, receipt: await world.ports.receipts.find(number) };
  };

  it('changes nothing about the end, whichever call of whichever port it hits', {
    timeout: 60_000,
  }, async () => {
    const smooth = await forget(0, 'before');
    const wanted = await outcome();
    expect(wanted.needles).toEqual([]);

    for (const moment of ['before', 'after'] as const) {
      for (let broken = 1; broken <= smooth.calls; broken += 1) {
        const { receipt } = await forget(broken, moment);
        expect({ moment, broken, ...(await outcome()) }).toEqual({ moment, broken, ...wanted });
        expect({ moment, broken, receipt }).toEqual({ moment, broken, receipt: smooth.receipt });
      }
    }
  });
});
